import { expect, type Browser, type Page } from '@playwright/test'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import * as crew from './crew.ts'
import { takeSeat } from './seat.ts'
import { root, type Skerry } from './skerry.ts'
import { flySortie, type Sortie } from './sortie.ts'

const SHOTS = path.join(root, 'docs/screenshots')

/** Pictures of every workplace at its real size, with a search in the air, for the documentation. */
export async function takeScreenshots(browser: Browser, skerry: Skerry): Promise<void> {
  await mkdir(SHOTS, { recursive: true })
  const coordinator = await takeSeat(skerry, 'coordinator')
  const pilot = await takeSeat(skerry, 'pilot')
  const sortie = await flySortie(coordinator, pilot, { drones: 2 })
  const at = (place: string): string => `${skerry.url}/#/${place}`
  for (const [theme, lang] of [
    ['night', 'zh'],
    ['day', 'en'],
    ['day', 'zh'],
  ] as const) {
    const shoot = async (account: string, name: string, place: string, size: typeof crew.DESK): Promise<void> => {
      const page = await crew.signIn(browser, skerry, account, size)
      await choose(page, theme, lang)
      await page.goto(at(place))
      await settle(page)
      await page.screenshot({ path: path.join(SHOTS, `${name}-${theme}-${lang}.png`) })
      await page.context().close()
    }
    if (lang === 'zh' || theme === 'day') {
      await shoot('dispatcher', 'dispatch-desk', `dispatch/${sortie.incident.id}`, crew.DESK)
      await shoot('coordinator', 'search-desk', searchPlace(sortie), crew.DESK)
      await shoot('pilot', 'fly-tablet', 'fly', crew.TABLET)
      await shoot('wall', 'wall', 'wall', crew.WALL)
    }
  }
}

const searchPlace = ({ incident }: Sortie): string => `search/${incident.id}`

/** The choices of a screen, as its buttons make them. */
async function choose(page: Page, theme: 'night' | 'day', lang: 'zh' | 'en'): Promise<void> {
  await page.evaluate((choices) => localStorage.setItem('skerry.console', JSON.stringify(choices)), { theme, lang })
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', lang === 'zh' ? /^zh/ : /^en/)
}

/** Live, and drawn: a picture is taken when two in a row show the same land under what moves. */
async function settle(page: Page): Promise<void> {
  await expect(page.getByTestId('feed-state').first()).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
  await page.waitForTimeout(6000)
}
