import type { LngLat, ZoneMover, ZoneRuleKind } from '@skerry/contract'

/** One position of something that moves, as the zones take it. Unknown values are null. */
export interface ZoneFix {
  kind: ZoneMover
  id: string
  /** When it was true, by its source, ms since 1970. */
  atMs: number
  lngLat: LngLat
  /** Radius that holds the truth in about two of three cases, metres. */
  accuracyM: number | null
  speedMps: number | null
  /** Counts for coverage: on duty and free. */
  available: boolean
  /** Feed that brought it. */
  feed: string | null
}

/** Something a rule of a zone found. `start` and `end` alternate for one zone, rule and subject. */
export interface ZoneEvent {
  edge: 'start' | 'end'
  zoneId: string
  rule: ZoneRuleKind
  /** Null: the zone itself, as for coverage. */
  mover: { kind: ZoneMover; id: string } | null
  /** The other one of a meeting. */
  other: { kind: ZoneMover; id: string } | null
  /** When it happened, by the clocks of the sources; for a crossing, interpolated. */
  atMs: number
  /** Source time of the evidence that made it certain. */
  knownAtMs: number
  lngLat: LngLat | null
  feed: string | null
  /** What was measured: speed in m/s, units inside, metres between two. */
  figure: number | null
  /** Found in positions that came too late to be judged in their order. */
  late?: true
  /** A start or end that was said, with the time that later positions give it. */
  corrects?: true
}

/** Accuracy that is taken for a receiver that does not say, metres. */
export const UNSAID_ACCURACY_M = 15

export const accuracyOf = (fix: Pick<ZoneFix, 'accuracyM'>): number => fix.accuracyM ?? UNSAID_ACCURACY_M

/** A mover by one word; kinds hold no slash. */
export const keyOf = (mover: { kind: ZoneMover; id: string }): string => `${mover.kind}/${mover.id}`
