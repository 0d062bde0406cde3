import { expect, type Page } from '@playwright/test'

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
  const before = await page.getByTestId('queue-row').count()
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
  await expect.poll(() => page.getByTestId('queue-row').count()).toBeGreaterThan(before)
}

export async function openNumber(page: Page): Promise<string> {
  const heading = await page.getByTestId('incident-room').getByRole('heading').first().innerText()
  return /#(\d+)/.exec(heading)![1]!
}
