import { expect, test, type Page } from '@playwright/test'
import * as crew from './support/crew.ts'
import { whileStopped } from './support/parts.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('the live picture: everything can be looked at with its age, in two languages, and a dead feed is said aloud', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 8 })
  try {
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    const seat = await takeSeat(skerry, 'dispatcher')
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    await expect(desk.getByTestId('attribution')).toContainText('OpenStreetMap')

    const unit = (await seat.all('unit')).find((one) => one.kind === 'boat' && one.onDuty)!
    await choose(desk, unit.callSign)
    await expect(desk.getByTestId('inspector-title')).toContainText(unit.callSign)
    await expect(desk.getByTestId('inspector-ages')).toContainText(/定位（终端时钟）\s*\d+ 秒\s*\d\d:\d\d:\d\d/)
    await expect(desk.getByTestId('inspector-ages')).toContainText(/收到（服务器时钟）\s*\d+ 秒\s*\d\d:\d\d:\d\d/)

    // Where it was: the last quarter of an hour, as far as it was heard; an hour ago this Skerry did not run.
    await desk.getByTestId('track-0.25').click()
    await expect(desk.getByTestId('track-at')).toContainText(/\d+\.\d{5} N/, { timeout: 30_000 })
    await desk.getByTestId('track-1').click()
    await desk.getByTestId('track-moment').press('Home')
    await expect(desk.getByTestId('track-at')).toContainText('当时没有收到位置')
    await desk.getByTestId('track-1').click()
    await expect(desk.getByTestId('track-moment')).toBeHidden()

    // A gate far from everything else: what is under the pointer on the map is what the card tells about.
    const gate = (await seat.all('checkpoint')).find((one) => one.name.zh.includes('李柱山'))!
    await choose(desk, gate.name.zh)
    await expect(desk.getByTestId('inspector')).toContainText('排队人数')
    await desk.getByTestId('inspector-look').click()
    await expect(async () => {
      if (await desk.getByTestId('inspector-close').isVisible()) await desk.getByTestId('inspector-close').click()
      await clickOnMap(desk, gate.position)
      await expect(desk.getByTestId('inspector-title')).toContainText(gate.name.zh, { timeout: 4_000 })
    }).toPass({ timeout: 90_000 })

    await desk.getByTestId('lang').click()
    await expect(desk.locator('html')).toHaveAttribute('lang', /^en/)
    await expect(desk.getByTestId('inspector-title')).toContainText(gate.name.en)
    await theTopEdgeHoldsAll(desk)
    await desk.getByTestId('lang').click()
    await desk.getByTestId('theme').click()
    await expect(desk.locator('html')).toHaveAttribute('data-theme', 'day')

    await whileStopped(skerry, 'server', async () => {
      const stoodStillAt = Date.now()
      await expect(desk.getByTestId('feed-lost')).toBeVisible({ timeout: 30_000 })
      console.log(`the console said so after ${((Date.now() - stoodStillAt) / 1000).toFixed(1)} s`)
      await theTopEdgeHoldsAll(desk)
    })
    await expect(desk.getByTestId('feed-lost')).toBeHidden({ timeout: 60_000 })
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    expect(crew.strayRequests).toEqual([])
    expect(crew.pageErrors).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

/** Nothing of the top edge is off the screen, at a large desk and at a small one. */
async function theTopEdgeHoldsAll(desk: Page): Promise<void> {
  for (const size of [{ width: 1366, height: 768 }, crew.DESK]) {
    await desk.setViewportSize(size)
    const overhang = () => desk.locator('header.top').evaluate((edge) => edge.scrollWidth - edge.clientWidth)
    await expect.poll(overhang).toBe(0)
    await expect(desk.getByTestId('sign-out')).toBeInViewport({ ratio: 1 })
    await expect(desk.getByTestId('alarms')).toBeInViewport({ ratio: 1 })
  }
}

/** Finds a thing in the list of everything on the map, and opens its card. */
async function choose(desk: Page, name: string): Promise<void> {
  await desk.getByTestId('find').fill(name)
  const things = desk.getByTestId('things')
  if ((await things.getAttribute('open')) === null) await things.locator('summary').click()
  await things.getByTestId('thing').filter({ hasText: name }).first().click()
  await expect(desk.getByTestId('inspector')).toBeVisible()
}

/** Clicks the map where a position is drawn (Web Mercator, 512 px tiles, north up). */
async function clickOnMap(desk: Page, [lng, lat]: readonly [number, number]): Promise<void> {
  const map = desk.getByTestId('map')
  const box = (await map.boundingBox())!
  const number = async (name: string): Promise<number> => Number(await map.getAttribute(`data-${name}`))
  const size = 512 * 2 ** (await number('zoom'))
  const x = (degrees: number): number => ((degrees + 180) / 360) * size
  const y = (degrees: number): number => ((1 - Math.asinh(Math.tan((degrees * Math.PI) / 180)) / Math.PI) / 2) * size
  const dx = x(lng) - x(await number('lng'))
  const dy = y(lat) - y(await number('lat'))
  await desk.mouse.click(box.x + box.width / 2 + dx, box.y + box.height / 2 + dy)
}
