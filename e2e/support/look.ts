import { expect, type Page } from '@playwright/test'
import { mkdir } from 'node:fs/promises'

const SIZES = [
  [1024, 768],
  [1440, 900],
  [1920, 1080],
] as const

/**
 * Pictures for a person to look at, in both languages, themes and sizes, with each panel scrolled to its beginning and
 * its end; only where SKERRY_LOOK names a folder. The screen is left as it was.
 */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['SKERRY_LOOK']
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  const before = page.viewportSize()!
  for (const looks of ['zh-night', 'en-day']) {
    if (looks === 'en-day') await turnOver(page)
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height })
      for (const part of ['top', 'end']) {
        for (const panel of await page.locator('section.panel').all())
          await panel.evaluate((element, to) => (element.scrollTop = to === 'end' ? element.scrollHeight : 0), part)
        await page.waitForTimeout(1200)
        await page.screenshot({ path: `${folder}/${name}-${looks}-${width}-${part}.png` })
      }
    }
  }
  await turnOver(page)
  await page.setViewportSize(before)
}

/** One picture of the screen as it stands, for a journey that pictures must not disturb: nothing is pressed or resized. */
export async function glance(page: Page, name: string): Promise<void> {
  const folder = process.env['SKERRY_LOOK']
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png` })
}

/** The other language and the other theme, by their buttons. */
async function turnOver(page: Page): Promise<void> {
  const html = page.locator('html')
  const lang = (await html.getAttribute('lang'))!
  await page.getByTestId('lang').click()
  await page.getByTestId('theme').click()
  await expect(html).not.toHaveAttribute('lang', lang)
}
