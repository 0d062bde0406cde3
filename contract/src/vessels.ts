import type { LngLat } from './geo.ts'

/** What a vessel is for, from its AIS type; in the order of the motion plane's state byte. */
export const VESSEL_GROUPS = [
  'unknown',
  'cargo',
  'tanker',
  'passenger',
  'fishing',
  'high-speed',
  'service',
  'pleasure',
  'authority',
  'aircraft',
  'base-station',
  'aid-to-navigation',
  'distress-beacon',
  'other',
] as const
export type VesselGroup = (typeof VESSEL_GROUPS)[number]

/** AIS navigational status 0..15; 15 is "not defined". */
export const NAV_STATUS_UNKNOWN = 15

/** State byte of a vessel on the motion plane: navigational status in the low four bits, group in the high four. */
export const vesselState = (group: VesselGroup, navStatus: number | null): number =>
  ((navStatus ?? NAV_STATUS_UNKNOWN) & 15) | (VESSEL_GROUPS.indexOf(group) << 4)

/** What a ship or station sent as a safety text (AIS messages 12 and 14), without telephone and identity numbers. */
export interface SafetyText {
  /** MMSI it was addressed to; null: to all. */
  to: string | null
  text: string
  /** When it was heard first, and last: a repeat is the same text. */
  firstAtMs: number
  lastAtMs: number
}

/**
 * Something that broadcasts AIS, with what it says of itself. Unknown is null. `name` is the ship's own.
 * `handle` is its short number on the motion plane for as long as it is heard.
 */
export interface Vessel {
  mmsi: string
  handle: number
  group: VesselGroup
  name: string | null
  callSign: string | null
  imo: number | null
  shipType: number | null
  lengthM: number | null
  beamM: number | null
  draughtM: number | null
  destination: string | null
  navStatus: number | null
  /** Newest true position, by the vessel's clock and by ours. */
  latest: {
    lngLat: LngLat
    atMs: number
    receivedAtMs: number
    speedMps: number | null
    courseDeg: number | null
    headingDeg: number | null
  } | null
  /** Feed that brought the newest message; null: a stored position from before a restart that no longer says. */
  feed: string | null
}
