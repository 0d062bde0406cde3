import { expect, test, type Locator, type Page } from '@playwright/test'
import type { Checkpoint } from '../contract/src/index.ts'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { takeSeat, type Seat } from './support/seat.ts'
import { startSkerry, type Skerry } from './support/skerry.ts'

const GATE = 'wugongzhi'
const PIER = 'old-pier'
const MINUTE_MS = 60_000

test.setTimeout(20 * 60_000)

test('counts, queues and forecasts of the ferries; a crowd raises an alarm; a source that falls silent leaves unknown', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, surge: GATE })
  try {
    const seat = await takeSeat(skerry, 'coordinator')
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    await desk.getByTestId('nav-checkpoints').click()
    await test.step('counts arrive', () => countsArrive(desk, seat))
    await test.step('sailings, islands, holidays', () => theOtherViews(desk))
    const pier = await test.step('a second source', () => aPierThatStopsCounting(skerry))
    await test.step('lost is unknown', () => theLostPier(desk, seat, pier))
    await test.step('a crowd', () => theCrowd(browser, skerry, desk, seat))
    expect(crew.pageErrors).toEqual([])
    expect(crew.strayRequests).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

const checkpointOf = async (seat: Seat, id: string): Promise<Checkpoint | undefined> =>
  ((await (await seat.get('/api/checkpoints')).json()) as Checkpoint[]).find((one) => one.id === id)
/** Whether somebody has been told how long the queue of a boat will be. A pier of several lines has a queue for each. */
const foresees = (checkpoint: Checkpoint | undefined): boolean =>
  checkpoint?.streams.some(
    ({ direction, counts, ahead }) =>
      direction === 'out' && counts === 'persons' && ahead?.some(({ waiting }) => waiting !== null) === true,
  ) === true
const row = (desk: Page, id: string): Locator => desk.locator(`[data-testid="checkpoint-row"][data-id="${id}"]`)
const outward = (desk: Page): Locator =>
  desk.locator('[data-testid="direction"][data-direction="out"][data-counts="persons"]')

async function countsArrive(desk: Page, seat: Seat): Promise<void> {
  await expect
    .poll(async () => foresees(await checkpointOf(seat, GATE)), { timeout: 180_000, intervals: [1000] })
    .toBe(true)
  await row(desk, GATE).click()
  const panel = desk.getByTestId('checkpoint-panel')
  await expect(panel).toHaveAttribute('data-id', GATE)
  await expect(outward(desk).getByTestId('passed')).toHaveText(/^[\d.]+ \/分$/)
  await expect(outward(desk).getByTestId('usual')).toContainText(/往常 \d+ \/时（\d+–\d+/)
  const queue = desk.getByTestId('queue').first()
  await expect(queue.getByTestId('waiting')).toHaveText(/^\d+$/)
  await expect(queue.getByTestId('wait')).toBeVisible()
  // The forecast is a picture with its words: a middle and a range at several times ahead.
  await expect(queue.getByTestId('queue-ahead')).toBeVisible()
  await expect(queue).toContainText(/\d\d:\d\d 约 \d+（\d+–\d+）/)
  await expect(desk.getByTestId('day-charts')).toBeVisible()
  expect(await accessibilityFaults(desk)).toEqual([])
  await look(desk, 'checkpoints-gate')
}

async function theOtherViews(desk: Page): Promise<void> {
  await desk.keyboard.press('2')
  await expect(desk.getByTestId('sailing').first()).toBeVisible()
  await desk.keyboard.press('/')
  await desk.keyboard.type('蜈蚣')
  const all = await desk.getByTestId('sailing').count()
  await desk.keyboard.press('Escape')
  await desk.getByTestId('sailing-filter-next').click()
  expect(await desk.getByTestId('sailing').count()).toBeLessThanOrEqual(all)
  await desk.getByTestId('checkpoint-find').fill('')
  await look(desk, 'checkpoints-sailings')

  await desk.getByTestId('checkpoint-find').blur()
  await desk.keyboard.press('3')
  await expect(desk.getByTestId('island').first()).toContainText('±')
  await look(desk, 'checkpoints-islands')

  await desk.keyboard.press('4')
  await desk.getByTestId('holiday').selectOption('national-day')
  // A year with an earlier first day has rows above, and may have no counts: the day itself is known of each counted one.
  await expect(desk.getByTestId('holiday-day').filter({ hasText: '节日当天' })).toContainText('倍')
  await expect(desk.getByTestId('calendar-source')).toContainText('国务院办公厅')
  await look(desk, 'checkpoints-holidays')
  await desk.keyboard.press('1')
}

/** Another owner's pier: one lane, counted until nearly ten minutes ago. Resolves with its last minute. */
async function aPierThatStopsCounting(skerry: Skerry): Promise<number> {
  const admin = await takeSeat(skerry, 'admin')
  const made = await admin.post('/api/feeds', { id: 'old-pier-gates', scopes: ['checkpoints'] })
  const { token } = (await made.json()) as { token: string }
  const send = async (method: string, path: string, body: unknown): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(skerry.url + path, { method, headers, body: JSON.stringify(body) })
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true)
    return (await answer.json()) as Record<string, unknown>
  }
  await send('PUT', '/api/intake/checkpoints', {
    checkpoints: [
      {
        id: PIER,
        name: { zh: '老码头', en: 'Old pier' },
        kind: 'ferry',
        position: [122.13, 30.0],
        lanes: [{ id: 'a', direction: 'out', counts: 'persons' }],
      },
    ],
  })
  const lastMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 10 * MINUTE_MS
  const minutes = Array.from({ length: 40 }, (_, i) => lastMs - (39 - i) * MINUTE_MS)
  const done = await send('POST', '/api/intake/counts', {
    counts: [
      // A hole in the middle: nothing came for these minutes, and nobody knows how many passed.
      ...minutes
        .filter((_, i) => i < 20 || i >= 25)
        .map((minuteMs) => ({ checkpointId: PIER, lane: 'a', minuteMs, valid: 6, invalid: 0, manual: 1 })),
      // A gate that belongs to somebody else.
      { checkpointId: GATE, lane: 'a', minuteMs: lastMs, valid: 500 },
    ],
    queues: [{ checkpointId: PIER, direction: 'out', counts: 'persons', minuteMs: lastMs, waiting: 12 }],
  })
  expect(done).toMatchObject({ accepted: 36, refused: [{ list: 'counts', index: 35, reason: 'not-owner' }] })
  return lastMs
}

async function theLostPier(desk: Page, seat: Seat, lastMs: number): Promise<void> {
  await desk.getByTestId('checkpoint-find').fill('老码头')
  await row(desk, PIER).click()
  const pier = await checkpointOf(seat, PIER)
  expect(pier?.history.out.filter((count) => count === 7)).not.toEqual([])
  expect(pier?.history.out).not.toContain(0)

  await expect
    .poll(async () => (await checkpointOf(seat, PIER))?.state, { timeout: lastMs + 13 * MINUTE_MS - Date.now() })
    .toBe('lost')
  // Consoles are told once a minute.
  await expect(desk.getByTestId('counts-state')).toHaveAttribute('data-state', 'lost', { timeout: 75_000 })
  await expect(outward(desk).getByTestId('passed')).toHaveText('未知')
  await expect(desk.getByTestId('waiting')).toHaveText('未知')
  await expect(desk.getByTestId('wait')).toContainText('未知')
  await expect(row(desk, PIER)).toHaveAttribute('data-standing', 'lost')
  await look(desk, 'checkpoints-lost')
  await desk.getByTestId('checkpoint-find').fill('')
  await desk.getByTestId('checkpoint-find').blur()
  await expect
    .poll(
      async () =>
        (await seat.all('alarm')).some(({ kind, subject }) => kind === 'checkpoint-silent' && subject.id === PIER),
      { timeout: 180_000 },
    )
    .toBe(true)
}

async function theCrowd(
  browser: Parameters<typeof crew.signIn>[0],
  skerry: Skerry,
  desk: Page,
  seat: Seat,
): Promise<void> {
  const surge = async () =>
    (await seat.all('alarm')).find(({ kind, subject }) => kind === 'checkpoint-surge' && subject.id === GATE)
  await expect.poll(surge, { timeout: 10 * MINUTE_MS, intervals: [2000] }).toBeDefined()

  await row(desk, GATE).click()
  await expect(row(desk, GATE)).toHaveAttribute('data-standing', 'surge')
  await expect(desk.getByTestId('surge')).toContainText(/激增：近一小时 \d+，往常 \d+/)
  await look(desk, 'checkpoints-surge')

  await desk.keyboard.press('Shift+A')
  const line = desk.getByTestId('alarm').filter({ hasText: '卡口人车流激增' }).first()
  await line.click()
  for (const said of ['原因', '后果', '处置']) await expect(desk.getByTestId('alarm-list')).toContainText(said)
  await desk.keyboard.press('Escape')

  const wall = await crew.signIn(browser, skerry, 'wall', crew.WALL)
  await wall.goto(`${skerry.url}/#/wall`)
  await expect(wall.getByTestId('wall-checkpoints').locator('[data-standing="surge"]')).toBeVisible()
  await look(wall, 'checkpoints-wall')
  await desk.getByTestId('gate-map').click()
  await expect(desk).toHaveURL(/#\/dispatch/)
}
