import type { Health, PartState } from '@skerry/contract'
import type { Feeds } from '../access/feeds.ts'
import type { BridgeHealth } from '../bridge-gate/bridge-gate.ts'
import type { Clock } from '../clock.ts'
import type { FeedCounters } from '../intake/feed-counters.ts'
import type { Store } from '../store/open-store.ts'

/** A bridge says something five times a second. */
const BRIDGE_SILENT_MS = 2500

export type HealthReport = () => Promise<Health>

export function healthReport(parts: {
  store: Pick<Store, 'info' | 'lastWrite'> & { journal: Pick<Store['journal'], 'head'> }
  feeds: Pick<Feeds, 'list'>
  counters: Pick<FeedCounters, 'of'>
  /** Feeds of the feeds file that are open. */
  opened: () => readonly { name: string; protocol: string }[]
  bridges: () => readonly BridgeHealth[]
  planner: () => Health['planner']
  motion: () => Health['motion']
  tracks: () => Health['tracks']
  retention: () => Health['retention']
  consoles: () => number
  clock: Clock
  run: { id: string; version: string; startedAtMs: number; demo: boolean }
}): HealthReport {
  const { store, feeds, counters, opened, bridges, planner, motion, tracks, retention, consoles, clock, run } = parts
  return async () => {
    const [head, listed] = await Promise.all([store.journal.head().catch(() => null), feeds.list().catch(() => [])])
    const nowMs = clock.nowMs() // after the store has answered: nothing below is younger than this
    const written = store.lastWrite()
    const feedStates = [
      ...listed.map(({ id, scopes }) => ({ scope: scopes.join(' '), ...counters.of(id) })),
      ...opened().map(({ name, protocol }) => ({ scope: protocol, ...counters.of(name) })),
    ]
    const bridgeStates = bridges().map(({ id, connected, lastAtMs, links, drones, stations }) => {
      const silent = lastAtMs === null || nowMs - lastAtMs > BRIDGE_SILENT_MS
      const state: PartState = !connected || silent ? 'lost' : links.every(isOpen) ? 'ok' : 'degraded'
      return { id, state, lastAtMs, links, drones, ...(stations === null ? {} : { stations }) }
    })
    const storeState: PartState = head === null ? 'lost' : 'ok'
    const states = [...feedStates, ...bridgeStates, planner(), motion(), tracks(), retention()].map(
      ({ state }) => state,
    )
    return {
      atMs: nowMs,
      version: run.version,
      run: run.id,
      startedAtMs: run.startedAtMs,
      demo: run.demo,
      // Without a bridge no drone can be seen or ordered: that is never "ok".
      state: storeState === 'lost' ? 'lost' : states.some(isBad) || bridgeStates.length === 0 ? 'degraded' : 'ok',
      store: {
        ...store.info,
        state: storeState,
        lastSeq: head?.seq ?? 0,
        lastWriteAtMs: written?.atMs ?? null,
        lastWriteMs: written?.tookMs ?? null,
      },
      feeds: feedStates,
      bridges: bridgeStates,
      planner: planner(),
      motion: motion(),
      tracks: tracks(),
      retention: retention(),
      consoles: consoles(),
    }
  }
}

const isOpen = ({ state }: { state: string }): boolean => state === 'open'
const isBad = (state: PartState): boolean => state === 'degraded' || state === 'lost'

/** The same states and ages without the addresses of this machine. */
export const forAnybody = (health: Health): Health => ({
  ...health,
  feeds: health.feeds.map(({ fault, ...feed }) => ({
    ...feed,
    fault: fault === null ? null : { ...fault, text: 'hidden' },
  })),
  bridges: health.bridges.map((bridge) => ({
    ...bridge,
    links: bridge.links.map((link) => ({ ...link, local: 'hidden', detail: link.detail === null ? null : 'hidden' })),
  })),
})
