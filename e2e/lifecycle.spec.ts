import { expect, test } from '@playwright/test'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { noMouse, tabTo, takeCall } from './support/keyboard.ts'
import { look } from './support/look.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry, type Skerry } from './support/skerry.ts'

test('an incident is walked from the call to its end by what is heard by radio, and its place is corrected on the way', async ({
  browser,
}) => {
  // Slow units: the dispatcher's radio is ahead of their terminals.
  const skerry = await startSkerry({ seed: 8, speed: 0.2 })
  try {
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    await noMouse(desk)
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    await takeCall(desk, { at: '29.95 122.30', place: '沈家门 滨港路', said: '行人摔倒' })
    const room = desk.getByTestId('incident-room')
    const state = (named: string) => expect(room).toHaveAttribute('data-state', named)
    const timeline = desk.getByTestId('timeline')

    await expect(desk.locator('[data-testid="ranked-unit"][data-picked="true"]').first()).toBeVisible()
    await desk.keyboard.press('d')
    await state('dispatched')
    await desk.keyboard.press('y')
    await state('acknowledged')

    // A unit without a terminal is ordered, not asked: its line says for how long it has not signed.
    const seat = await takeSeat(skerry, 'coordinator')
    await silentUnit(skerry, 'R-900')
    const incidentId = (await room.getAttribute('data-id'))!
    await seat.give({ type: 'incident.assign', incidentId, unitId: 'R-900' })
    const ordered = desk.locator('[data-testid="offer-line"][data-id="R-900"]')
    await expect(ordered).toHaveAttribute('data-state', 'unsigned')
    await expect(ordered).toContainText(/已命令 .+，未签收/)

    // Whoever took the call heard the wrong place: those who are on their way are sent to the right one.
    await desk.keyboard.press('L')
    await expect(desk.getByTestId('correct-position')).toBeFocused()
    expect(await accessibilityFaults(desk)).toEqual([])
    await desk.keyboard.type('29.96 122.31')
    await desk.keyboard.press('Tab')
    await desk.keyboard.press('ControlOrMeta+a')
    await desk.keyboard.type('沈家门 东河路')
    await desk.keyboard.press('Enter')
    await expect(room).toContainText('沈家门 东河路')
    await expect(timeline).toContainText('“沈家门 滨港路” → “沈家门 东河路”')

    const heard = desk.locator('[data-testid="radio-steps"][data-heard="true"]')
    await desk.keyboard.press('z')
    await state('en-route')
    await expect(heard.getByTestId('radio-en-route')).toHaveAttribute('aria-pressed', 'true')
    await expect(timeline).toContainText('电台报告：出发')
    await desk.keyboard.press('i')
    await state('on-scene')

    // Entered too early: it is taken back with a reason, stays in sight, and the clock of the way runs again.
    const arrive = desk.locator('[data-testid="step-clocks"] [data-step="arrive"]')
    await expect(arrive).toHaveAttribute('data-state', 'stopped')
    await desk.keyboard.press('Shift+Z')
    await expect(desk.getByTestId('withdraw-reason')).toBeFocused()
    await expect(desk.getByTestId('withdraw-form')).toContainText('撤回「到场」')
    expect(await accessibilityFaults(desk)).toEqual([])
    await desk.keyboard.press('Escape')
    await state('on-scene') // thought better of it
    await desk.keyboard.press('Shift+Z')
    await desk.keyboard.type('听错了，还在路上')
    await look(desk, 'withdraw')
    await desk.getByTestId('withdraw-reason').press('Enter')
    await state('en-route')
    await expect(arrive).toHaveAttribute('data-state', 'running')
    await expect(desk.getByTestId('withdrawn-step')).toContainText('听错了，还在路上')
    await expect(timeline.locator('[data-withdrawn] s').filter({ hasText: '电台报告：到场' })).toHaveCount(1)
    await expect(timeline).toContainText('的电台步骤「到场」：听错了，还在路上')

    await desk.keyboard.press('i')
    await state('on-scene')
    await desk.keyboard.press('f')
    await expect(heard.getByTestId('radio-text')).toBeFocused()
    await desk.keyboard.type('伤者清醒，已止血')
    await look(desk, 'radio')
    await heard.getByTestId('radio-text').press('Enter') // a picture taken moves the focus off the field
    await state('feedback-given')
    await expect(timeline).toContainText('电台报告：反馈 · 伤者清醒，已止血')
    expect(await accessibilityFaults(desk)).toEqual([])

    // Of several units the arrows choose the one that is heard.
    const out = await desk.getByTestId('radio-steps').count()
    const line = () => desk.locator('[data-testid="offer-line"]', { has: heard }).getAttribute('data-id')
    const first = await line()
    await desk.keyboard.press('ArrowRight')
    if (out > 1) await expect.poll(line).not.toBe(first)
    await desk.keyboard.press('ArrowLeft')
    await expect.poll(line).toBe(first)

    // Its time to sign is over: an alarm says so until its answer by radio is entered.
    const alarms = async () =>
      (await seat.all('alarm')).flatMap(({ kind, clearedAtMs }) => (kind === 'order-unsigned' ? [clearedAtMs] : []))
    await expect(ordered).toHaveAttribute('data-state', 'late', { timeout: 90_000 })
    await expect(ordered).toContainText('逾时未签收')
    await expect.poll(alarms).toEqual([null])
    expect(await accessibilityFaults(desk)).toEqual([])
    await look(desk, 'late')
    await tabTo(desk, ordered.getByTestId('sign-order'))
    await desk.keyboard.press('Enter')
    await expect(ordered).toHaveAttribute('data-state', 'ordered')
    await expect(timeline).toContainText('机动-900 电台报告：已收到')
    await expect.poll(alarms).toEqual([expect.any(Number)])

    await desk.keyboard.press('c')
    await desk.keyboard.type('送医观察')
    await desk.keyboard.press('Enter')
    await state('closed')
    for (const step of ['dispatch', 'sign', 'go', 'arrive', 'feedback', 'close'])
      await expect(desk.locator(`[data-testid="step-clocks"] [data-step="${step}"]`)).toHaveAttribute(
        'data-state',
        'stopped',
      )
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

/** A unit of a roster of its own that nothing speaks for. */
async function silentUnit(skerry: Skerry, id: string): Promise<void> {
  const admin = await takeSeat(skerry, 'admin')
  const made = (await (await admin.post('/api/feeds', { id: 'reserve', scopes: ['roster'] })).json()) as {
    token: string
  }
  const units = [{ id, callSign: '机动-900', agency: '机动', kind: 'car', skills: [], onDuty: true }]
  const answer = await fetch(`${skerry.url}/api/intake/roster`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${made.token}` },
    body: JSON.stringify({ units }),
  })
  expect(answer.ok).toBe(true)
}
