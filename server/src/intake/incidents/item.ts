import type { FeedReason, IncidentChange, IncidentReport } from '@skerry/contract'
import type { AlertNotice } from '../../domain/incidents/alert.ts'

/** One statement out of a document of a feed, in the feed's own datum, or why there is none. */
export type Item =
  | { kind: 'notice'; notice: IncidentReport | IncidentChange }
  | { kind: 'alert'; notice: AlertNotice }
  | { kind: 'fault'; reason: FeedReason; detail: string }
  /** Well formed and not for us. */
  | { kind: 'ignored'; detail: string }

/** An item with where it stood: `line 7`, `incidents[3]`. */
export interface PlacedItem {
  at: string
  item: Item
}

export const faultAt = (at: string, reason: FeedReason, detail: string): PlacedItem => ({
  at,
  item: { kind: 'fault', reason, detail },
})

/** What a document of a feed says: its items, or why it says nothing at all. */
export type ReadDocument = { ok: true; items: PlacedItem[] } | { ok: false; reason: FeedReason; detail: string }
export const unreadable = (detail: string): ReadDocument => ({ ok: false, reason: 'malformed', detail })
