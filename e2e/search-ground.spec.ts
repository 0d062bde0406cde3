import { expect, test, type Page } from '@playwright/test'
import type { LngLat, Search } from '../contract/src/index.ts'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { takeSeat, type Seat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

/** Degrees of a metre at the reference city, near enough for a test. */
const LNG_PER_M = 1 / 96_500
const LAT_PER_M = 1 / 110_850

test('segments are drawn, teams go where they are worth most, and what they searched counts once it is confirmed', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 16 })
  try {
    const dispatcher = await crew.signIn(browser, skerry, 'dispatcher')
    const page = await crew.signIn(browser, skerry, 'coordinator')
    const auditor = await takeSeat(skerry, 'coordinator')
    const number = await crew.reportMissingPerson(dispatcher)
    await dispatcher.close()
    await crew.openSearch(page, number)
    await crew.enterHighestGround(page, 40)
    const { setup } = await theSearch(auditor)
    const at = (eastM: number, northM: number): LngLat => [
      setup.planningPoint[0] + eastM * LNG_PER_M,
      setup.planningPoint[1] + northM * LAT_PER_M,
    ]
    await draw(page, '步道以西', [at(-500, -300), at(0, -300), at(0, 300), at(-500, 300)])
    await draw(page, '东坡', [at(400, -300), at(1200, -300), at(1200, 300), at(400, 300)])
    await look(page, 'segments')

    const near = page.getByTestId('segment-1')
    await near.getByTestId('segment-send').click()
    await near.getByTestId('send-hours').fill('2')
    await near.getByTestId('send-go').click()
    await expect(near.getByTestId('segment-team')).toBeVisible()
    const [team] = (await theSearch(auditor)).segments![0]!.teams
    const unit = (await auditor.all('unit')).find(({ id }) => id === team!.unitId)!
    expect(unit.assignment).toMatchObject({ incidentId: (await theSearch(auditor)).incidentId })

    await confirmByFile(page, auditor, at)
    await whereItIsWorthMost(page, auditor)
    await whereDronesAreWorthMost(page, auditor)
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

const theSearch = async (auditor: Seat): Promise<Search> => (await auditor.all('search'))[0]!

/** A segment by the keyboard: its name, and its corners as text. */
async function draw(page: Page, name: string, corners: readonly LngLat[]): Promise<void> {
  const form = page.getByTestId('segment-form')
  if (!(await form.isVisible())) await page.getByTestId('segment-new').press('Enter')
  await form.getByTestId('segment-name').fill(name)
  const field = form.getByTestId('draw-corners')
  if (!(await field.isVisible())) await form.getByTestId('draw-typed').press('Enter')
  await field.fill(corners.map(([lng, lat]) => `${lng.toFixed(6)} ${lat.toFixed(6)}`).join('\n'))
  await field.press('Tab')
  await form.getByTestId('segment-add').press('Enter')
  await expect(page.getByTestId('segments')).toContainText(name)
}

/** The team comes back with the track of its receiver; nothing counts before the coordinator answers for it. */
async function confirmByFile(page: Page, auditor: Seat, at: (e: number, n: number) => LngLat): Promise<void> {
  const card = page.getByTestId('segment-1')
  await card.getByTestId('segment-searched').click()
  const form = page.getByTestId('searched-form')
  const points: string[] = []
  const startMs = Date.now() - 50 * 60_000
  // Six lanes of 480 m, 90 m apart, at 1.2 m/s.
  for (let lane = 0, s = 0; lane < 6; lane++)
    for (let m = 0; m <= 480; m += 24, s += 20) {
      const [lng, lat] = at(-490 + (lane % 2 === 0 ? m : 480 - m), -230 + 90 * lane)
      const time = new Date(startMs + 1000 * s).toISOString()
      points.push(`<trkpt lat="${lat.toFixed(7)}" lon="${lng.toFixed(7)}"><time>${time}</time></trkpt>`)
    }
  const gpx = `<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points.join('')}</trkseg></trk></gpx>`
  const file = { name: 'team.gpx', mimeType: 'application/gpx+xml', buffer: Buffer.from(gpx) }
  await form.getByTestId('searched-file').setInputFiles(file)
  await form.getByTestId('sensor-range').fill('25')
  await expect(form.getByTestId('searched-preview')).toHaveAttribute('data-length', /^2[4-9]\d\d|^30\d\d/)
  const confirm = form.getByTestId('searched-confirm')
  await expect(confirm).toBeDisabled()
  expect((await theSearch(auditor)).pos).toBe(0)
  await form.getByTestId('searched-sure').check()
  await look(page, 'segment-searched')
  await confirm.click()
  await expect(card.getByTestId('effort')).toBeVisible()
  await expect.poll(async () => (await theSearch(auditor)).pos).toBeGreaterThan(0.01)
  const { posBySource, pos, efforts } = await theSearch(auditor)
  expect(posBySource!.teams).toBeCloseTo(pos, 9)
  expect(efforts![0]).toMatchObject({ source: 'team', from: 'file' })
  await expect(page.getByTestId('change')).toContainText('步道以西')
}

/** With twelve team-hours: the table, against sharing them out evenly, and the teams that go. */
async function whereItIsWorthMost(page: Page, auditor: Seat): Promise<void> {
  await page.getByTestId('effort-open').press('Enter')
  await page.getByTestId('effort-hours').fill('12')
  const table = page.getByTestId('effort-table')
  await expect(table).toBeVisible()
  const figure = async (name: string): Promise<number> => Number(await table.getAttribute(name))
  await expect(table.getByTestId('effort-why').first()).toContainText(/密度.*头一小时 \+[\d.]+%/)
  await expect(table).toContainText(/已搜，POD/)
  expect(await figure('data-pos')).toBeGreaterThanOrEqual(await figure('data-even'))
  await page.getByTestId('effort-teams').fill('3')
  await look(page, 'effort')
  const before = await teamsSent(auditor)
  await page.getByTestId('effort-go').press('Enter')
  await expect.poll(() => teamsSent(auditor)).toBeGreaterThan(before)
  const { segments } = await theSearch(auditor)
  const sent = segments!.flatMap(({ teams }) => teams).filter(({ untilMs }) => untilMs === null)
  expect(sent.some(({ hours }) => hours === 4)).toBe(true)
}

/** The same question for sorties, by the pointer; the lanes lie in the segments. */
async function whereDronesAreWorthMost(page: Page, auditor: Seat): Promise<void> {
  await page.getByTestId('effort-source').selectOption('drone')
  await page.getByTestId('effort-sorties').fill('2')
  await expect(page.getByTestId('effort-table').getByTestId('effort-why').first()).toContainText(/头一小时|这里一小时/)
  await look(page, 'effort-drones')
  await page.getByTestId('effort-go').click()
  await expect
    .poll(
      async () => (await auditor.all('task')).filter(({ pattern }) => pattern?.name === 'parallel-track-inside').length,
    )
    .toBeGreaterThan(0)
  await expect(crew.taskCards(page, 'drafted').first()).toBeVisible()
}

const teamsSent = async (auditor: Seat): Promise<number> =>
  (await theSearch(auditor)).segments!.reduce((sum, { teams }) => sum + teams.length, 0)
