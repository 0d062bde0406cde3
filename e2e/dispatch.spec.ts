import { expect, test } from '@playwright/test'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { noMouse, openNumber, openReport, takeCall } from './support/keyboard.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('a dispatcher’s quarter hour with the keyboard alone: a call across the water, a duplicate, a no, the next one, the end', async ({
  browser,
}) => {
  // Slow units: their terminals answer after many seconds, so that the dispatcher's radio is first.
  const skerry = await startSkerry({ seed: 8, speed: 0.2 })
  try {
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    await noMouse(desk)
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    await expect(desk.getByTestId('queue-row').first()).toBeVisible({ timeout: 120_000 })

    await takeCall(desk, { at: '29.812 122.29', place: '桃花岛 塔湾', said: '老人在台阶摔倒，脚踝受伤' })
    const first = await openNumber(desk)
    const ranked = desk.getByTestId('ranked-unit')
    await expect(ranked.first()).toBeVisible()
    await expect(desk.getByTestId('shortfalls')).toContainText('需要')
    // The way over the water is told leg by leg, and the next unit's when one moves on.
    await expect(desk.getByTestId('legs')).toContainText(/乘艇|轮渡|接/)
    const looked = () => desk.locator('.unit.open').getAttribute('data-id')
    const before = await looked()
    await desk.keyboard.press('ArrowDown')
    await expect.poll(looked).not.toBe(before)
    expect(await accessibilityFaults(desk)).toEqual([])

    await takeCall(desk, { at: '29.8125 122.2905', place: '桃花岛 塔湾台阶', said: '有老人摔倒，脚受伤了' })
    const second = await openNumber(desk)
    expect(second).not.toBe(first)
    await expect(desk.getByTestId('similar')).toContainText(`#${first}`)
    await desk.keyboard.press('g')
    await expect(desk.getByTestId('same-as')).toContainText(`#${first}`)
    await desk.keyboard.press('u')
    await expect(desk.getByTestId('same-as')).toBeHidden()
    await expect(desk.getByTestId('similar')).toContainText(`#${first}`) // the key means the report that is shown
    await desk.keyboard.press('g')
    await expect(desk.getByTestId('same-as')).toContainText(`#${first}`)

    await openReport(desk, first)
    await expect(desk.locator('[data-testid="ranked-unit"][data-picked="true"]').first()).toBeVisible()
    await desk.keyboard.press('d')
    const line = (state: string) => desk.locator(`[data-testid="offer-line"][data-state="${state}"]`)
    await expect(line('open').first()).toBeVisible()
    await desk.keyboard.press('x')
    await expect(line('declined').first()).toContainText('电台')
    const byRule = desk.locator('[data-testid="offer-line"][data-chosen-by="rule"]')
    await expect(byRule.first()).toBeVisible()
    await desk.keyboard.press('y')
    await expect(line('accepted').first()).toBeVisible()
    await expect(desk.getByTestId('incident-room')).not.toHaveAttribute('data-state', 'dispatched')

    await desk.keyboard.press('m')
    await desk.keyboard.type('现场已由村医照看')
    await desk.keyboard.press('Enter')
    await expect(desk.getByTestId('timeline')).toContainText('现场已由村医照看')
    await desk.keyboard.press('Escape')
    await desk.keyboard.press('c')
    await desk.keyboard.type('送医观察')
    await desk.keyboard.press('Enter')
    await expect(desk.getByTestId('room-outcome')).toContainText('送医观察')
    await expect(desk.locator('[data-testid="step-clocks"] [data-state="running"]')).toHaveCount(0)
    const stood = await desk.getByTestId('step-clocks').innerText()
    const pulse = await desk.getByTestId('clock').innerText()
    await expect.poll(() => desk.getByTestId('clock').innerText()).not.toBe(pulse)
    expect(await desk.getByTestId('step-clocks').innerText()).toBe(stood)

    const seat = await takeSeat(skerry, 'dispatcher')
    const rate = (await (await seat.get(`/api/kpis/repeat-rate?fromMs=0&toMs=${Date.now()}`)).json()) as object
    expect(rate).toMatchObject({ merged: 1, repeats: 0, definition: { valid: 'not-closed-as-invalid' } })
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
