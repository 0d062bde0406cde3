import { expect, type Browser, type Page } from '@playwright/test'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import * as crew from './crew.ts'
import { MAP_COLOURS, shareOfColour } from './map.ts'
import { takeSeat, type Seat } from './seat.ts'
import { root, type Skerry } from './skerry.ts'
import { flySortie, type Sortie } from './sortie.ts'
import { nearestWater } from './water.ts'

const LOOKS = [
  ['night', 'zh'],
  ['day', 'en'],
] as const
/** Units and grids come after the picture itself, and are drawn by a processor without a graphics card. */
const DRAWN_MS = 8000
const SHOTS = path.join(root, 'docs/screenshots')

/** Pictures of every workplace at its real size, with a search in the air, for the documentation. */
export async function takeScreenshots(browser: Browser, skerry: Skerry): Promise<void> {
  await mkdir(SHOTS, { recursive: true })
  const coordinator = await takeSeat(skerry, 'coordinator')
  const pilot = await takeSeat(skerry, 'pilot')
  const sortie = await flySortie(coordinator, pilot, { drones: 2 })
  await tellStories(coordinator, sortie)
  for (const [theme, lang] of LOOKS) {
    const shoot = async (account: string, name: string, place: string, size: typeof crew.DESK): Promise<void> => {
      const page = await crew.signIn(browser, skerry, account, size)
      await choose(page, theme, lang)
      await page.goto(`${skerry.url}/#/${place}`)
      if (account === 'pilot') await takeLease(page)
      await picture(page, theme, path.join(SHOTS, `${name}-${theme}-${lang}.png`))
      await page.context().close()
    }
    await shoot('pilot', 'fly-tablet', 'fly', crew.TABLET)
    await shoot('coordinator', 'search-desk', searchPlace(sortie), crew.DESK)
    await shoot('dispatcher', 'dispatch-desk', `dispatch/${sortie.incident.id}`, crew.DESK)
    await shoot('wall', 'wall', 'wall', crew.WALL)
  }
}

/** What a search rests on after a while: a second story, one in the water, a sighting, the temperatures. */
async function tellStories(coordinator: Seat, { search }: Sortie): Promise<void> {
  const { id: searchId, setup } = search
  const { category, terrain, planningPoint } = setup
  const [lng, lat] = planningPoint
  const nowMs = Date.now()
  await coordinator.give({
    type: 'search.add-scenario',
    searchId,
    weight: 1,
    story: { name: '老屋 / old house', kind: 'radial', category, terrain, planningPoint: [lng + 0.006, lat + 0.002] },
  })
  await coordinator.give({
    type: 'search.add-scenario',
    searchId,
    weight: 1,
    story: {
      name: '落水 / fell in',
      kind: 'drift',
      planningPoint: await nearestWater(planningPoint),
      entryErrorM: 100,
      enteredAtMs: nowMs - 30 * 60_000,
      objectId: 'PIW-1',
      wind: { fromDeg: 70, speedMps: 5 },
      current: { kind: 'steady', towardDeg: 170, speedMps: 0.3 },
    },
  })
  await coordinator.give({
    type: 'search.add-sighting',
    searchId,
    report: {
      kind: 'sighting',
      position: [lng + 0.004, lat - 0.003],
      atMs: nowMs - 20 * 60_000,
      errorM: 80,
      movedM: 170,
      certainty: 0.4,
      note: '',
    },
  })
  const conditions = { waterC: 17.2, airC: 12, windMps: 5 }
  await coordinator.give({ type: 'search.set-conditions', searchId, conditions })
}

const searchPlace = ({ incident }: Sortie): string => `search/${incident.id}`

/** The choices of a screen, as its buttons make them. */
async function choose(page: Page, theme: 'night' | 'day', lang: 'zh' | 'en'): Promise<void> {
  await page.evaluate((choices) => localStorage.setItem('skerry.console', JSON.stringify(choices)), { theme, lang })
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', lang === 'zh' ? /^zh/ : /^en/)
}

/** The sortie was started at another desk: the pilot of the picture takes the drone over, as at a change of shift. */
async function takeLease(page: Page): Promise<void> {
  await page.getByTestId('lease-take').click()
  await page.getByTestId('lease-agreed').click()
  await expect(page.getByTestId('lease')).toHaveAttribute('data-mine', 'true')
}

/** Taken when the map is drawn and the picture is live, before and after; a busy machine makes that a matter of tries. */
async function picture(page: Page, theme: 'night' | 'day', file: string): Promise<void> {
  const live = (): Promise<void> =>
    expect(page.getByTestId('feed-state').first()).toHaveAttribute('data-state', 'live', { timeout: 30_000 })
  await expect(async () => {
    await live()
    expect(await shareOfColour(page, MAP_COLOURS[theme].ground)).toBeLessThan(0.02) // where nothing is drawn yet
    await page.waitForTimeout(DRAWN_MS)
    await live()
    await page.screenshot({ path: file })
    expect(await page.getByTestId('feed-state').first().getAttribute('data-state')).toBe('live')
  }).toPass({ timeout: 180_000, intervals: [1000] })
}
