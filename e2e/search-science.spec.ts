import { expect, test, type Page } from '@playwright/test'
import type { DriftCurrent, LngLat, ScenarioStory, Search, Task } from '../contract/src/index.ts'
import * as crew from './support/crew.ts'
import { takeSeat, type Seat } from './support/seat.ts'
import { look } from './support/look.ts'
import { startSkerry } from './support/skerry.ts'
import { nearestWater } from './support/water.ts'

const SPEED = 16

test('the search science on the coordinator’s screen, from scenarios to the rest of a task', async ({ browser }) => {
  const skerry = await startSkerry({ seed: 8, speed: SPEED })
  try {
    const dispatcher = await crew.signIn(browser, skerry, 'dispatcher')
    const coordinator = await crew.signIn(browser, skerry, 'coordinator')
    const auditor = await takeSeat(skerry, 'coordinator')
    const number = await crew.reportMissingPerson(dispatcher)
    await crew.openSearch(coordinator, number)
    await crew.enterHighestGround(coordinator, 40)
    const { setup } = await theSearch(auditor)

    await aScenarioAndASighting(coordinator, auditor, setup.planningPoint)
    const water = await nearestWater(setup.planningPoint)
    await inTheWater(coordinator, auditor, water)
    await offTheShore(coordinator, auditor, setup.planningPoint)
    await waterAndAir(coordinator)
    await look(coordinator, 'assumptions')
    await crew.signIn(browser, skerry, 'pilot', crew.TABLET).then(async (pilot) => {
      await flyWithAdvice(coordinator, pilot, auditor, setup.planningPoint)
    })
    await alongTheShore(coordinator, auditor, water)
    await look(coordinator, 'work')
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
const theTask = async (auditor: Seat, id: string): Promise<Task> =>
  (await auditor.all('task')).find((task) => task.id === id)!

/** The line about the newest change, and with it the figures behind it. */
const changed = (page: Page, number: number): Promise<void> =>
  expect(page.getByTestId('change')).toHaveAttribute('data-number', String(number))

async function place(page: Page, form: string, [lng, lat]: LngLat): Promise<void> {
  await page
    .getByTestId(form)
    .getByTestId('position')
    .fill(`${lat.toFixed(6)} ${lng.toFixed(6)}`)
}

/** Another story a little east, and a sighting that speaks for it; places are typed, as a keyboard does it. */
async function aScenarioAndASighting(page: Page, auditor: Seat, [lng, lat]: LngLat): Promise<void> {
  await page.getByTestId('scenario-new').click()
  await page.getByTestId('scenario-name').fill('往东走，去了老屋')
  await place(page, 'scenario-form', [lng + 0.006, lat])
  await page.getByTestId('scenario-add').click()
  await changed(page, 1)
  expect((await theSearch(auditor)).scenarioFigures).toHaveLength(2)

  const shareOf = async (): Promise<number> => (await theSearch(auditor)).scenarioFigures[1]!.share
  const before = await shareOf()
  await report(page, [lng + 0.007, lat], { note: '采茶人看见有人坐在路边' })
  await changed(page, 2)
  expect(await shareOf()).toBeGreaterThan(before)

  const { id } = (await theSearch(auditor)).scenarios[1]!
  await page.getByTestId(`scenario-show-${id}`).check()
  await expect(page.getByTestId('legend')).toBeVisible()
  await page.getByTestId('scenario-show-all').check()
  await page.getByTestId(`scenario-edit-${id}`).click()
  await page.getByTestId(`scenario-${id}`).getByTestId('weight').fill('2')
  await page.getByTestId(`scenario-${id}`).getByTestId('weigh').click()
  await changed(page, 3)
}

interface Told {
  note: string
  certainty?: number
}

async function report(page: Page, at: LngLat, told: Told): Promise<void> {
  await fillReport(page, at, told)
  await page.getByTestId('sighting-add').click()
}

async function fillReport(page: Page, at: LngLat, { note, certainty }: Told): Promise<void> {
  await page.getByTestId('sighting-new').click()
  await place(page, 'sighting-form', at)
  await page.getByTestId('sighting-note').fill(note)
  if (certainty !== undefined) await page.getByTestId('sighting-certainty').fill(String(certainty))
}

/** Fell from the rocks, in a tide that turns and a wind that has: a drift, its map moved to the slack and back by a person. */
async function inTheWater(page: Page, auditor: Seat, at: LngLat): Promise<void> {
  await page.getByTestId('scenario-new').click()
  await page.getByTestId('scenario-name').fill('从礁石落水')
  await page.getByTestId('scenario-kind').selectOption('drift')
  await page.getByTestId('drift-find').fill('救生衣')
  await page.getByTestId('drift-object').selectOption('PIW-2')
  await page.getByTestId('drift-ago').fill('30')
  await page.getByTestId('drift-wind').fill('20')
  await page.getByTestId('drift-wind-mps').fill('6')
  await laterWind(page)
  await theTide(page)
  await place(page, 'scenario-form', at)
  await look(page, 'drift-form')
  await page.getByTestId('scenario-add').click()
  await changed(page, 4)
  const drift = (await theSearch(auditor)).scenarios[2]!
  expect(drift.story).toMatchObject({ kind: 'drift', objectId: 'PIW-2', wind: { fromDeg: 20, speedMps: 6 } })
  expect(drift.story).toMatchObject({
    laterWinds: [{ fromDeg: 45, speedMps: 8 }],
    current: { kind: 'tide', ebb: { towardDeg: 120, speedMps: 0.3 }, flood: { towardDeg: 300 }, periodH: 12.42 },
  })
  const row = page.getByTestId(`scenario-${drift.id}`)
  await expect(row.getByTestId('drift-facts')).toHaveAttribute('data-map-at', String(drift.mapAtMs))
  await expect(row.getByTestId('drift-facts')).toContainText('周期 12.42 小时')
  await expect(row.getByTestId('drift-facts')).toContainText('45° 来风 8.0 米/秒')
  await expect(row.getByTestId('stranded')).toBeVisible()
  await page.getByTestId(`scenario-show-${drift.id}`).check()
  await look(page, 'drift')

  // High water was an hour ago and the ebb set in 40 minutes later: it turns half a tide after that.
  await row.getByTestId('drift-to-slack').press('Enter')
  await changed(page, 5)
  const { current } = drift.story as Extract<ScenarioStory, { kind: 'drift' }>
  const slackAtMs = (current as Extract<DriftCurrent, { kind: 'tide' }>).slackAtMs
  expect((await theSearch(auditor)).scenarios[2]!.mapAtMs! - slackAtMs).toBe(22_356_000)
  await row.getByTestId('drift-minutes').fill('30')
  await row.getByTestId('drift-move').click()
  await changed(page, 6)
  expect((await theSearch(auditor)).scenarios[2]!.mapAtMs! - drift.mapAtMs!).toBeGreaterThan(25 * 60_000)
  await page.getByTestId('scenario-show-all').check()
}

/** By the keyboard: whoever adds a wind goes on in its first field. */
async function laterWind(page: Page): Promise<void> {
  await page.getByTestId('drift-later-add').press('Enter')
  await expect(page.getByTestId('drift-later-0')).toBeFocused()
  await page.keyboard.type('-40')
  await expect(page.getByTestId('drift-winds-clash')).toBeVisible()
  await page.getByTestId('drift-later-0').fill('-10')
  await expect(page.getByTestId('drift-winds-clash')).toHaveCount(0)
  await page.getByTestId('drift-later-from-0').fill('45')
  await page.getByTestId('drift-later-mps-0').fill('8')
}

/** Streams of a channel and a high water from the tide table; the flood is proposed as the ebb turned round. */
async function theTide(page: Page): Promise<void> {
  await page.getByTestId('drift-current').selectOption('tide')
  await page.getByTestId('drift-ebb').fill('120')
  await page.getByTestId('drift-ebb-mps').fill('0.3')
  await expect(page.getByTestId('drift-flood')).toHaveValue('300')
  await page.getByTestId('drift-flood-mps').fill('0.25')
  await page.getByTestId('drift-tide-by').selectOption('high-water')
  await page.getByTestId('drift-high-water').fill('-60')
  await page.getByTestId('drift-turns-after').fill('40')
  await expect(page.getByTestId('drift-period')).toHaveValue('12.42')
}

/** Nobody knows where on the shore; the map of it lies off the coast, and it counts with the others. */
async function offTheShore(page: Page, auditor: Seat, at: LngLat): Promise<void> {
  await page.getByTestId('scenario-new').click()
  await page.getByTestId('scenario-name').fill('在岸边某处落水')
  await page.getByTestId('scenario-kind').selectOption('fromShore')
  await expect(page.getByTestId('drift-error')).toHaveCount(0)
  await page.getByTestId('drift-object').selectOption('PIW-1')
  await page.getByTestId('drift-ago').fill('40')
  await page.getByTestId('drift-wind').fill('20')
  await page.getByTestId('drift-wind-mps').fill('6')
  await page.getByTestId('drift-set').fill('120')
  await page.getByTestId('drift-rate').fill('0.3')
  await place(page, 'scenario-form', at)
  await look(page, 'shore-form')
  await page.getByTestId('scenario-add').click()
  await changed(page, 7)
  const { scenarios } = await theSearch(auditor)
  const { id, story } = scenarios.at(-1)!
  expect(story).toMatchObject({ kind: 'drift', fromShore: { category: 'dementia' } })
  await page.getByTestId(`scenario-show-${id}`).check()
  await expect(page.getByTestId(`scenario-${id}`).getByTestId('stranded')).toBeVisible()
  await look(page, 'shore')
  await page.getByTestId('scenario-show-all').check()
}

async function waterAndAir(page: Page): Promise<void> {
  // Nothing is to be flown yet: that is said, and no figure stands in for it.
  await expect(page.getByTestId('worth').getByText('尚无可飞任务').first()).toBeVisible()
  await page.getByTestId('conditions-edit').click()
  await page.getByTestId('water-c').fill('13.2')
  await page.getByTestId('air-c').fill('6')
  await page.getByTestId('conditions-save').click()
  await expect(page.getByTestId('valuable-line').first()).toContainText('3.8')
  await expect(page.getByTestId('valuable')).toContainText('之后搜索继续')
}

/** One drone flies; what is reported meanwhile makes another place the better one; what it leaves is handed over. */
async function flyWithAdvice(page: Page, pilot: Page, auditor: Seat, [lng, lat]: LngLat): Promise<void> {
  await page.getByTestId('cut-drone-main-2').uncheck()
  await crew.cutTasks(page)
  await expect(page.getByTestId('next-hour')).toHaveAttribute('data-gain', /0\.\d/)
  // Under each scenario: what it adds, what of that comes in time, and when; all that a person has stated counts.
  for (const { id } of (await theSearch(auditor)).scenarios) {
    await expect(page.getByTestId(`alive-${id}`)).toHaveAttribute('data-alive', /^0(\.\d+)?|e-/)
    await expect(page.getByTestId(`mean-${id}`)).toContainText(/\d/)
  }
  await expect(page.getByTestId('next-hour-alive')).toHaveAttribute('data-of', 'known')
  // Water and air were stated: what the hour adds is weighed by the chance to live, and is said not to end anything.
  await expect(page.getByTestId('next-hour-alive')).toContainText(/\+[\d.]+\s*%/)
  const id = (await crew.taskCards(page, 'drafted').first().getAttribute('data-id'))!
  const [drone] = await crew.offerAll(page)
  // Written down before the start and sent in the air: the demo's batteries do not wait for the typing of a test.
  await fillReport(page, [lng - 0.009, lat + 0.004], { note: '渔民隔着海湾听到呼救', certainty: 99 })
  await crew.acceptAndStart(pilot, drone!)
  const card = page.locator(`article[data-id="${id}"]`)
  await expect.poll(async () => Number(await achieved(card)), { timeout: 120_000 }).toBeGreaterThan(0)

  await page.getByTestId('sighting-add').click()
  await expect(page.getByTestId('advice')).toBeVisible({ timeout: 90_000 })
  // What is known of survival weighs: who is found alive stands first.
  await expect(page.getByTestId('advice-text')).toContainText(/活着找到 [+−][\d.]+%/)
  await look(page, 'advice')
  await page.getByTestId('advice-take').click()
  await expect(page.getByTestId('advice')).toHaveCount(0)
  const other = (await auditor.all('task')).find(({ insteadOf }) => insteadOf === id)!
  await expect(page.locator(`article[data-id="${other.id}"]`)).toHaveAttribute('data-state', /offered|seen/)

  // The pilot brings the drone home instead; the other drone is to fly what is left.
  await crew.turnTo(pilot, drone!)
  await crew.hold(pilot.getByTestId('fly-order-return'))
  await expect(card.getByTestId('rest')).toBeVisible({ timeout: 60_000 })
  await card.getByTestId('rest-drone').selectOption('main-2')
  await card.getByTestId('hand-over').click()
  await expect(card.getByTestId('rest-flown-by')).toBeVisible()
  const { restFlownBy } = await theTask(auditor, id)
  expect(await theTask(auditor, restFlownBy!)).toMatchObject({ droneId: 'main-2', restOf: id })
}

const achieved = async (card: ReturnType<Page['locator']>): Promise<string> =>
  (await card.getByTestId('achieved').count()) === 0
    ? '0'
    : ((await card.getByTestId('achieved').getAttribute('data-pod')) ?? '0')

async function alongTheShore(page: Page, auditor: Seat, near: LngLat): Promise<void> {
  await page.getByTestId('pattern-new').click()
  await page.getByTestId('pattern-name').selectOption('shoreline')
  await place(page, 'pattern-form', near)
  await page.getByTestId('pattern-reach').fill('300')
  await page.getByTestId('pattern-drone-main-1').uncheck()
  await page.getByTestId('pattern-drone-main-2').check()
  await page.getByTestId('pattern-lay').click()
  await expect(page.getByText('沿岸搜索').first()).toBeVisible()
  await expect
    .poll(async () => (await auditor.all('task')).filter(({ pattern }) => pattern?.name === 'shoreline').length)
    .toBe(1)
}
