import { expect, test, type Page } from '@playwright/test'
import type { Alarm } from '../contract/src/index.ts'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('a dispatcher works an alarm flood with the keyboard alone', async ({ browser }) => {
  const skerry = await startSkerry({ seed: 5, speed: 2 })
  try {
    const seat = await takeSeat(skerry, 'coordinator')
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    const wall = await crew.signIn(browser, skerry, 'wall', crew.WALL)
    await wall.goto(`${skerry.url}/#/wall`)
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })

    // Every unit on duty stands in this zone: their real positions raise the flood.
    const atOnce = { hysteresisM: 0, minTimeS: 0, minFixes: 1 }
    const rule = { movers: ['unit'] as const, only: [] }
    const shape = { kind: 'circle', centre: [122.2, 30.05], radiusM: 100_000 } as const
    const declare = (name: string, priority: Alarm['priority'], only: string[]) =>
      seat.give({
        type: 'zone.declare',
        zone: {
          name,
          shape: { ...shape, centre: [...shape.centre] },
          rules: [{ kind: 'enter', priority, ...rule, movers: [...rule.movers], only }],
          evidence: atOnce,
        },
      })
    await declare('群岛', 'warning', [])
    const waiting = async (): Promise<Alarm[]> =>
      (await seat.all('alarm')).filter(({ acknowledged }) => acknowledged === null)
    await expect.poll(async () => (await waiting()).length, { timeout: 60_000 }).toBeGreaterThan(11)
    // Of those that are heard: some of the city's units are silent for a while.
    const heard = (await waiting()).map(({ subject }) => subject).filter(({ kind }) => kind === 'unit')
    await declare('油库', 'critical', [heard.at(-1)!.id])
    await expect.poll(async () => (await waiting()).some(({ priority }) => priority === 'critical')).toBe(true)

    // The wall tells the flood by kind and the one that is different by itself, and takes no answer.
    await expect(wall.getByTestId('wall-flood')).toBeVisible({ timeout: 30_000 })
    await expect(wall.getByTestId('wall-alarms')).toContainText('油库')
    await expect(wall.getByRole('button')).toHaveCount(0)

    await desk.keyboard.press('Shift+A')
    const list = desk.getByTestId('alarm-list')
    await expect(list).toBeVisible()
    await expect(desk.getByTestId('alarm-flood')).toBeVisible({ timeout: 30_000 })
    await expect(desk.getByTestId('alarm-sounding')).toBeVisible()
    // The critical one is first, marked, and says cause, consequence and action.
    const marked = desk.locator('[data-testid="alarm"][aria-current="true"]')
    await expect(marked).toHaveAttribute('data-count', '1')
    await expect(marked).toContainText('油库')
    await expect(marked).toContainText('原因')
    expect(await accessibilityFaults(desk)).toEqual([])

    await desk.keyboard.press('a')
    await expect.poll(async () => (await waiting()).some(({ priority }) => priority === 'critical')).toBe(false)

    // The group: unfolded to see who is in it, folded, and answered in one act.
    await marks(desk, /^(?!1$)\d+$/)
    await desk.keyboard.press('Enter')
    await expect(list.locator('.within').first()).toBeVisible()
    await desk.keyboard.press('Enter')
    await expect(list.locator('.within')).toHaveCount(0)
    const group = await waiting()
    await desk.keyboard.press('a')
    await expect.poll(async () => (await waiting()).filter(({ id }) => group.some((one) => one.id === id))).toEqual([])
    await expect(desk.getByTestId('alarm-sounding')).toBeHidden({ timeout: 30_000 })

    // One is found by its words, put away with a reason, looked at on the shelf, and taken back.
    await desk.keyboard.press('/')
    await desk.keyboard.type('油库')
    await desk.keyboard.press('Enter')
    await expect(list.getByTestId('alarm')).toHaveCount(1)
    await expect(marked).toContainText('油库')
    await desk.keyboard.press('s')
    await expect(desk.getByTestId('shelf-reason')).toBeFocused()
    await desk.keyboard.type('检修中')
    await desk.keyboard.press('Enter')
    await expect(desk.getByTestId('shelf-form')).toBeHidden() // until then keys are words of the reason
    await expect(list.getByTestId('alarm')).toHaveCount(0)
    for (let i = 0; i < 2; i++) await desk.keyboard.press('v')
    await expect(desk.getByTestId('alarm-view-shelved')).toHaveAttribute('aria-pressed', 'true')
    await expect(marked).toContainText('检修中')
    await desk.keyboard.press('s')
    await expect.poll(async () => (await waiting()).map(({ priority }) => priority)).toContain('critical')
    await expect(desk.getByTestId('alarm-sounding')).toBeVisible() // the desk knows of it too
    await desk.keyboard.press('Escape')
    await expect(list).toBeHidden()
    // Back at the desk: one key answers the most urgent.
    await desk.keyboard.press('a')
    await expect.poll(async () => (await waiting()).some(({ priority }) => priority === 'critical')).toBe(false)

    const load = (await (await seat.get('/api/alarms/measures?hours=1')).json()) as {
      raised: number
      acknowledge: { n: number; p50S: number | null }
      seats: { acknowledged: number }[]
      floodShare: number
    }
    expect(load.acknowledge.n).toBeGreaterThan(10)
    expect(load.acknowledge.p50S).toBeGreaterThan(0)
    expect(load.floodShare).toBeGreaterThan(0)
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

/** Presses `j` until the mark stands on a line of so many alarms. */
async function marks(desk: Page, count: RegExp): Promise<void> {
  const marked = desk.locator('[data-testid="alarm"][aria-current="true"]')
  await expect(async () => {
    if (!count.test((await marked.getAttribute('data-count')) ?? '')) await desk.keyboard.press('j')
    await expect(marked).toHaveAttribute('data-count', count, { timeout: 1000 })
  }).toPass({ timeout: 30_000 })
}
