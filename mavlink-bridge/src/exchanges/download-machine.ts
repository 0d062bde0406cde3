import type { MissionItem } from '../plan/mission-item.ts'

export interface DownloadPolicy {
  readonly listQuietMs: number
  readonly itemQuietMs: number
  /** Requests of the list, and of each item, in total. */
  readonly maxTries: number
}
/** A plan as the vehicle holds it; `onboardId` is its own name for it, 0 when it gives none. */
export interface ReadMission {
  readonly items: readonly MissionItem[]
  readonly onboardId: number
}
export type DownloadOutcome =
  | { readonly kind: 'read'; readonly mission: ReadMission }
  | { readonly kind: 'refused'; readonly result: number }
  /** `begun`: the vehicle had answered, and then no more. */
  | { readonly kind: 'silent'; readonly begun: boolean }
  | { readonly kind: 'cancelled' }

export type DownloadState =
  | { readonly at: 'listing'; readonly tries: number; readonly quietAtMs: number }
  | {
      readonly at: 'fetching'
      readonly count: number
      readonly onboardId: number
      readonly items: readonly MissionItem[]
      readonly tries: number
      readonly quietAtMs: number
    }
  | { readonly at: 'ended'; readonly outcome: DownloadOutcome }
export type DownloadEvent =
  | { readonly type: 'counted'; readonly count: number; readonly onboardId: number; readonly atMs: number }
  | { readonly type: 'item'; readonly item: MissionItem; readonly atMs: number }
  | { readonly type: 'acked'; readonly result: number }
  | { readonly type: 'quiet'; readonly atMs: number }
  | { readonly type: 'cancelled' }
export type DownloadSend =
  | { readonly send: 'list' }
  | { readonly send: 'request'; readonly seq: number }
  /** Thanks; without it the vehicle keeps its sender occupied. */
  | { readonly send: 'accepted' }
  /** No more of it: PX4 would wait five seconds for the next request. */
  | { readonly send: 'cancel' }
type Step = readonly [DownloadState, ...DownloadSend[]]

export const startDownload = (nowMs: number, p: DownloadPolicy): Step => [
  { at: 'listing', tries: 1, quietAtMs: nowMs + p.listQuietMs },
  { send: 'list' },
]

/** One step. Getting the same state object back means "not for us". */
export function nextDownload(s: DownloadState, e: DownloadEvent, p: DownloadPolicy): Step {
  if (s.at === 'ended') return [s]
  switch (e.type) {
    case 'counted': {
      if (s.at !== 'listing') return [s] // the answer to a list request that was repeated
      const { count, onboardId } = e
      if (count === 0) return [read([], onboardId), { send: 'accepted' }]
      const fetching = {
        at: 'fetching',
        count,
        onboardId,
        items: [],
        tries: 1,
        quietAtMs: e.atMs + p.itemQuietMs,
      } as const
      return [fetching, { send: 'request', seq: 0 }]
    }
    case 'item': {
      if (s.at !== 'fetching' || e.item.seq !== s.items.length) return [s]
      const items = [...s.items, e.item]
      if (items.length === s.count) return [read(items, s.onboardId), { send: 'accepted' }]
      return [
        { ...s, items, tries: 1, quietAtMs: e.atMs + p.itemQuietMs },
        { send: 'request', seq: items.length },
      ]
    }
    case 'acked':
      // An ACCEPTED here is the echo of an upload that just ended.
      return e.result === 0 ? [s] : [{ at: 'ended', outcome: { kind: 'refused', result: e.result } }]
    case 'quiet': {
      if (e.atMs < s.quietAtMs) return [s]
      if (s.tries >= p.maxTries) return [{ at: 'ended', outcome: { kind: 'silent', begun: s.at === 'fetching' } }]
      const tries = s.tries + 1
      return s.at === 'listing'
        ? [{ ...s, tries, quietAtMs: e.atMs + p.listQuietMs }, { send: 'list' }]
        : [
            { ...s, tries, quietAtMs: e.atMs + p.itemQuietMs },
            { send: 'request', seq: s.items.length },
          ]
    }
    case 'cancelled':
      return [{ at: 'ended', outcome: { kind: 'cancelled' } }, { send: 'cancel' }]
  }
}

const read = (items: readonly MissionItem[], onboardId: number): DownloadState => ({
  at: 'ended',
  outcome: { kind: 'read', mission: { items, onboardId } },
})
