import { expect, type Locator, type Page } from '@playwright/test'

/** Anything that a mouse or a finger does fails the test. */
export async function noMouse(page: Page): Promise<void> {
  if (process.env['SKERRY_LOOK'] !== undefined) return // pictures turn the screen over by its buttons
  await page.evaluate(() => {
    for (const type of ['pointerdown', 'touchstart'])
      addEventListener(type, () => {
        throw new Error(`${type} in a test of the keyboard`)
      })
  })
}

/** From `n` to the room of the new incident, typed field by field. */
export async function takeCall(page: Page, call: { at: string; place: string; said: string }): Promise<void> {
  await page.keyboard.press('n')
  await expect(page.getByTestId('form-category')).toBeFocused()
  while ((await page.getByTestId('form-category').inputValue()) !== 'medical') await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  for (const text of [call.at, call.place]) {
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Tab')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(call.said)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('room-text')).toHaveText(call.said)
  const number = await openNumber(page)
  await expect(page.locator(`[data-testid="queue-row"][data-number="${number}"]`)).toBeVisible()
}

export async function openNumber(page: Page): Promise<string> {
  const heading = await page.getByTestId('incident-room').getByRole('heading').first().innerText()
  return /#(\d+)/.exec(heading)![1]!
}

/** Marks a report in the queue with `j` and opens it. The city goes on: others may have come before it. */
export async function openReport(page: Page, number: string): Promise<void> {
  const marked = page.locator(`[data-testid="queue-row"].cursor[data-number="${number}"]`)
  await expect(async () => {
    const rows = await page.getByTestId('queue-row').count()
    for (let i = 0; i < rows && (await marked.count()) === 0; i++) await page.keyboard.press('k')
    for (let i = 0; i < rows && (await marked.count()) === 0; i++) await page.keyboard.press('j')
    await expect(marked).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 30_000 })
  await page.keyboard.press('Enter')
  await expect.poll(() => openNumber(page)).toBe(number)
}

/** Goes on with Tab (or back with Shift+Tab) until this is where the keyboard is, as a person does who sees where it is. */
export async function tabTo(page: Page, to: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(to).toBeVisible()
  const reached = () => to.evaluate((element) => element === document.activeElement)
  for (let i = 0; i < MOST_STOPS && !(await reached()); i++) await page.keyboard.press(key)
  await expect(to).toBeFocused({ timeout: 1000 })
}
/** Whoever has to press Tab more often than this looks for another way. */
const MOST_STOPS = 60
