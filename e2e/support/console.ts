import type { Page } from '@playwright/test'

interface VueRoot {
  ['__vue_app__']: { config: { globalProperties: { $pinia: { ['_s']: Map<string, unknown> } } } }
}

/** What a console holds: the journal number it is at, and its picture by kind and id. */
export interface Held {
  seq: number | null
  byKind: Record<string, Record<string, unknown>>
}

/** Hotspot cells as the console computed them last. */
export const hotspotsOf = (page: Page): Promise<{ cell: string; centre: [number, number] }[]> =>
  page.evaluate(() => {
    const app = (document.querySelector('#app') as unknown as VueRoot)['__vue_app__']
    const store = app.config.globalProperties.$pinia['_s'].get('hotspots') as {
      cells: { cell: string; centre: [number, number] }[]
    }
    return store.cells.map(({ cell, centre }) => ({ cell, centre }))
  })

/** Reads the picture out of a running console, as its screens see it. */
export const heldBy = (page: Page): Promise<Held> =>
  page.evaluate(() => {
    const app = (document.querySelector('#app') as unknown as VueRoot)['__vue_app__']
    const store = app.config.globalProperties.$pinia['_s'].get('picture') as {
      seq: number | null
      all: Record<string, Map<string, unknown>>
    }
    const byKind = Object.fromEntries(Object.entries(store.all).map(([kind, map]) => [kind, Object.fromEntries(map)]))
    return { seq: store.seq, byKind: JSON.parse(JSON.stringify(byKind)) as Held['byKind'] }
  })

/** What a page noticed by its own clock about the band that says at full size that its feed is lost. */
export interface FeedWatch {
  /** From `sinceMs` (ms since 1970) until the band stood on the screen, ms, less the time that the page itself could not run. */
  lostAfterMs: (sinceMs: number) => Promise<number>
  /** Share of the height and of the width of the screen that the band took. */
  size: () => Promise<{ height: number; width: number }>
}

interface Watched {
  shownAtMs: number | null
  size: { height: number; width: number }
  /** Times at which the page stood still (the machine was busy elsewhere), and for how long. */
  stalls: { atMs: number; ms: number }[]
}

/**
 * Starts watching inside the page, so that the slowness of a loaded machine between this test and the page is not
 * counted as the console's.
 */
export async function watchFeed(page: Page): Promise<FeedWatch> {
  await page.evaluate(() => {
    const watched: Watched = { shownAtMs: null, size: { height: 0, width: 0 }, stalls: [] }
    ;(globalThis as unknown as { feedWatched: Watched }).feedWatched = watched
    const EVERY_MS = 20
    let tickedAtMs = Date.now()
    setInterval(() => {
      const now = Date.now()
      if (now - tickedAtMs > 5 * EVERY_MS) watched.stalls.push({ atMs: now, ms: now - tickedAtMs - EVERY_MS })
      tickedAtMs = now
      const band = document.querySelector('[data-testid="feed-lost"]')
      if (band === null || watched.shownAtMs !== null) return
      const box = band.getBoundingClientRect()
      watched.size = { height: box.height / innerHeight, width: box.width / innerWidth }
      watched.shownAtMs = now
    }, EVERY_MS)
  })
  const read = (): Promise<Watched> =>
    page.evaluate(() => (globalThis as unknown as { feedWatched: Watched }).feedWatched)
  return {
    async lostAfterMs(sinceMs) {
      await page.getByTestId('feed-lost').waitFor({ timeout: 30_000 })
      await page.waitForFunction(
        () => (globalThis as unknown as { feedWatched: Watched }).feedWatched.shownAtMs !== null,
      )
      const { shownAtMs, stalls } = await read()
      const stood = stalls.filter(({ atMs }) => atMs > sinceMs && atMs <= shownAtMs!)
      const stoodMs = stood.reduce((sum, { ms }) => sum + ms, 0)
      console.log(
        `feed lost on the screen after ${shownAtMs! - sinceMs} ms, of which the page itself stood still ${stoodMs} ms`,
      )
      return shownAtMs! - sinceMs - stoodMs
    },
    size: async () => (await read()).size,
  }
}
