import { expect, test, type Locator, type Page } from '@playwright/test'
import type { LngLat, Unit } from '../contract/src/index.ts'
import { hotspotsOf } from './support/console.ts'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { brightestIn, clickThing, MAP_COLOURS, metresBetween, pixelOf, shareOfColour } from './support/map.ts'
import { whileStopped } from './support/parts.ts'
import { takeSeat, type Seat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test.setTimeout(5 * 60_000)

const PATIENT = { timeout: 60_000, intervals: [250] }

test('the live map: land and sea in both themes, drones, units and hotspots under the pointer, stale looks stale', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 8 })
  const faults: string[] = []
  try {
    const seat = await takeSeat(skerry, 'coordinator')
    const desk = await crew.signIn(browser, skerry, 'dispatcher', crew.DESK)
    desk.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    await test.step('the map is drawn', () => theMapIsDrawn(desk))
    await expect(desk.getByTestId('no-map')).toHaveCount(0)
    await test.step('the drones', () => dronesAreListedAndThere(desk, seat))
    const unit = await test.step('a unit that stands apart', () => unitApart(desk, seat))
    // The world stands still: at eight times its speed a car is gone before a busy machine has clicked.
    const fresh = await whileStopped(skerry, 'mocks', async () => {
      await clickUnit(desk, unit)
      expect(await fixAgeS(desk), 'the unit is looked at while its fix is fresh').toBeLessThan(20)
      const bright = await brightnessOf(desk)
      await test.step('a hotspot', () => aHotspotTells(desk, seat))
      await test.step('the density of incidents', () => densityIsChosen(desk))
      await test.step('a unit that fell silent looks stale', async () => {
        await thing(desk, 'unit', unit.id).click()
        await expect.poll(() => fixAgeS(desk), { timeout: 120_000, intervals: [1000] }).toBeGreaterThan(65)
        await expect.poll(() => brightnessOf(desk), PATIENT).toBeLessThan(bright * 0.75)
      })
      return bright
    })
    await test.step('and fresh again when it is heard', async () => {
      await expect.poll(() => fixAgeS(desk), PATIENT).toBeLessThan(20)
      await expect.poll(() => brightnessOf(desk), PATIENT).toBeGreaterThan(fresh * 0.9)
    })
    expect(faults).toEqual([])
    expect(crew.strayRequests).toEqual([])
    expect(crew.pageErrors).toEqual([])
  } finally {
    await skerry.dispose()
  }
})

/** From the machine itself: nothing else is asked. */
async function theMapIsDrawn(desk: Page): Promise<void> {
  for (const theme of ['day', 'night'] as const) {
    await desk.getByTestId('theme').click()
    await expect.poll(() => shareOfColour(desk, MAP_COLOURS[theme].sea), PATIENT).toBeGreaterThan(0.3)
    await expect.poll(() => shareOfColour(desk, MAP_COLOURS[theme].land), PATIENT).toBeGreaterThan(0.02)
  }
}

const thing = (page: Page, kind: string, id?: string): Locator =>
  page.locator(`[data-testid="thing"][data-kind="${kind}"]${id === undefined ? '' : `[data-id="${id}"]`}`)

/** Picked in the list, which brings it into view. Resolves to where its card says that it is. */
async function pick(page: Page, kind: string, id: string): Promise<LngLat> {
  await thing(page, kind, id).click()
  const card = page.locator(`[data-testid="inspector"][data-id="${id}"]`)
  await expect(card).toContainText(POSITION)
  const [, lat, lng] = POSITION.exec((await card.textContent()) ?? '') ?? []
  return [Number(lng), Number(lat)]
}
const POSITION = /(\d+\.\d{5}) N (\d+\.\d{5}) E/

async function clickAfterPick(page: Page, kind: string, id: string): Promise<void> {
  await clickThing(page, { kind, id }, async () => {
    const place = await pick(page, kind, id)
    await page.getByTestId('inspector-close').click()
    return place
  })
  await expect(page.getByTestId('inspector-ages')).toContainText(/\d/)
}
const clickUnit = (page: Page, { id }: Unit): Promise<void> => clickAfterPick(page, 'unit', id)

async function dronesAreListedAndThere(desk: Page, seat: Seat): Promise<void> {
  await expect.poll(async () => (await seat.all('drone')).length, PATIENT).toBe(2)
  await desk.getByTestId('things').locator('summary').click()
  await expect(thing(desk, 'drone')).toHaveCount(2)
  const [drone] = await seat.all('drone')
  await clickAfterPick(desk, 'drone', drone!.id)
  await expect(desk.getByTestId('inspector')).toContainText('%')
}

/** The car that stands furthest from the others, wherever the map looks now: every listed one says where it is. */
async function unitApart(desk: Page, seat: Seat): Promise<Unit> {
  await desk.reload() // the map looks at the whole area again
  await desk.getByTestId('things').locator('summary').click()
  await expect.poll(() => thing(desk, 'unit').count(), PATIENT).toBeGreaterThan(5)
  const listed = await thing(desk, 'unit').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id')))
  const seen: { unit: Unit; at: LngLat }[] = []
  for (const unit of await seat.all('unit'))
    if (unit.kind === 'car' && listed.includes(unit.id)) seen.push({ unit, at: await pick(desk, 'unit', unit.id) })
  const apart = ({ unit, at }: (typeof seen)[number]): number =>
    Math.min(...seen.filter((other) => other.unit !== unit).map((other) => metresBetween(at, other.at)))
  return seen.toSorted((a, b) => apart(b) - apart(a))[0]!.unit
}

/** Cells where incidents gather, as the console computed them from the incidents of the past days. */
async function aHotspotTells(desk: Page, seat: Seat): Promise<void> {
  await expect.poll(async () => (await hotspotsOf(desk)).length, PATIENT).toBeGreaterThan(0)
  const [hottest] = await hotspotsOf(desk)
  const far = ({ position }: { position: LngLat }): number => metresBetween(position, hottest!.centre)
  const near = (await seat.all('checkpoint')).toSorted((a, b) => far(a) - far(b))[0]!
  await thing(desk, 'checkpoint', near.id).click()
  await desk.getByTestId('inspector-close').click()
  await expect(async () => {
    for (const { centre } of await hotspotsOf(desk)) {
      const at = await pixelOf(desk, centre)
      if (at !== null) await desk.mouse.click(at.x, at.y)
      if ((await desk.locator('[data-testid="inspector"][data-kind="hotspot"]').count()) > 0) return
    }
    throw new Error('no hotspot cell answered a click')
  }).toPass({ timeout: 60_000, intervals: [500] })
  await expect(desk.getByTestId('inspector')).toContainText('Gi*')
}

/** The other view, by keyboard; the legend says what its colours are, and the clusters come back. */
async function densityIsChosen(desk: Page): Promise<void> {
  await desk.getByTestId('layer-switches').locator('summary').click()
  const verdict = desk.getByTestId('hotspot-verdict')
  await expect(verdict).toContainText(/超出偶然/)
  await look(desk, 'hotspots-clusters')
  await desk.getByTestId('hotspot-view').focus()
  await desk.keyboard.press('ArrowDown')
  await expect(verdict).toContainText(/核半径/)
  await expect(desk.getByTestId('hotspot-legend')).toBeVisible()
  await expect.poll(async () => (await hotspotsOf(desk)).length).toBe(0)
  await look(desk, 'hotspots-density')
  await desk.getByTestId('hotspot-hours').selectOption({ index: 0 })
  await expect(verdict).toBeVisible()
  await desk.getByTestId('hotspot-hours').selectOption({ index: 3 })
  await desk.getByTestId('hotspot-view').selectOption('clusters')
  await expect.poll(async () => (await hotspotsOf(desk)).length, PATIENT).toBeGreaterThan(0)
  await desk.getByTestId('layer-switches').locator('summary').click()
}

/** Age of the fix as the card says it, seconds. */
async function fixAgeS(desk: Page): Promise<number> {
  const text = (await desk.getByTestId('inspector-ages').locator('dd').first().textContent()) ?? ''
  const n = Number(/\d+/.exec(text)?.[0] ?? Number.NaN)
  return /分/.test(text) ? n * 60 : n
}

/** Brightness of the symbol's strokes where the inspected unit is, 0 to 255; 0 where it is not in view. */
async function brightnessOf(desk: Page): Promise<number> {
  const [, lat, lng] = POSITION.exec((await desk.getByTestId('inspector').textContent()) ?? '') ?? []
  const at = await pixelOf(desk, [Number(lng), Number(lat)])
  return at === null ? 0 : brightestIn(desk, { x: at.x - 8, y: at.y - 8, width: 16, height: 16 })
}
