import { expect, test } from '@playwright/test'
import type { MadeKiosk } from '../contract/src/index.ts'
import * as crew from './support/crew.ts'
import { nodeHeap, pageHeap, slopeOf } from './support/heap-of.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

/** How long it runs, minutes; SKERRY_SOAK_MIN asks for it, and for nothing else. */
const MINUTES = Number(process.env['SKERRY_SOAK_MIN'] ?? 5)
/** The city lives so many times as fast: units, calls, gates and ferries. */
const SPEED = Number(process.env['SKERRY_SOAK_SPEED'] ?? 20)
const SAMPLE_MS = 15_000
/** Before this, caches fill and code is compiled: no growth is read from it. */
const WARM_SHARE = 0.4
/** More than this between warm and end is a leak until somebody has shown that it is none. */
const MOST_GROWTH = 0.1
const MIB = 2 ** 20

test.setTimeout((MINUTES + 6) * 60_000)

test('a wall and its server hold no more after hours of a busy city than when they were warm', async ({ browser }) => {
  const skerry = await startSkerry({ seed: 8, speed: SPEED })
  try {
    const admin = await takeSeat(skerry, 'admin')
    const made = (await (await admin.post('/api/kiosks', { id: 'soak' })).json()) as MadeKiosk
    const context = await browser.newContext({ viewport: crew.WALL })
    const wall = await context.newPage()
    const errors: string[] = []
    wall.on('pageerror', ({ message }) => errors.push(message))
    await wall.goto(`${skerry.url}/#/kiosk?key=${made.token}`)
    await expect(wall.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 90_000 })
    const cdp = await context.newCDPSession(wall)
    const server = await nodeHeap(await skerry.pid('server'))
    const rows: { min: number; page: number; nodes: number; listeners: number; server: number; snapshot: number }[] = []
    const startMs = Date.now()
    while (Date.now() - startMs < MINUTES * 60_000) {
      await wall.waitForTimeout(SAMPLE_MS)
      const page = await pageHeap(cdp)
      rows.push({
        min: (Date.now() - startMs) / 60_000,
        page: page.heapBytes / MIB,
        nodes: page.nodes,
        listeners: page.listeners,
        server: (await server.heapBytes()) / MIB,
        snapshot: (await (await admin.get('/api/picture')).text()).length / 1024,
      })
    }
    server.close()
    const warm = rows.filter(({ min }) => min >= MINUTES * WARM_SHARE)
    const growth = (of: 'page' | 'server' | 'nodes'): number => {
      const perMin = slopeOf(warm.map((row) => [row.min, row[of]] as const))
      return (perMin * (warm.at(-1)!.min - warm[0]!.min)) / warm[0]![of]
    }
    console.log(`speed ${SPEED}, ${MINUTES} min: about ${((MINUTES * SPEED) / 60).toFixed(1)} h of the city`)
    console.log(
      '| min | wall heap, MiB | DOM nodes | listeners | server heap, MiB | picture, KiB |\n|---|---|---|---|---|---|',
    )
    for (const row of rows)
      console.log(
        `| ${row.min.toFixed(1)} | ${row.page.toFixed(1)} | ${row.nodes} | ${row.listeners} | ${row.server.toFixed(1)} | ${row.snapshot.toFixed(0)} |`,
      )
    const [page, nodes, held] = [growth('page'), growth('nodes'), growth('server')]
    console.log(
      `growth from warm to end: wall ${(page * 100).toFixed(1)} %, nodes ${(nodes * 100).toFixed(1)} %, server ${(held * 100).toFixed(1)} %`,
    )
    expect(errors).toEqual([])
    await expect(wall.getByTestId('feed-state')).toHaveAttribute('data-state', 'live')
    expect(page).toBeLessThan(MOST_GROWTH)
    expect(nodes).toBeLessThan(MOST_GROWTH)
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})
