import type { LngLat } from '@skerry/contract'

/** What broadcasts: ITU-R M.1371 message types 1-3, 18/19, 9, 4/11, 21 and 27. */
export type AisStation = 'class-a' | 'class-b' | 'aircraft' | 'base-station' | 'aid-to-navigation' | 'long-range'

/** A position as it was broadcast. What the sender does not know is null. */
export interface AisPosition {
  station: AisStation
  lngLat: LngLat | null
  /** Better than 10 m. */
  accurate: boolean
  speedMps: number | null
  courseDeg: number | null
  headingDeg: number | null
  /** Rate of turn, degrees a minute, to starboard; null where there is no turn indicator. */
  turnDegPerMin: number | null
  /** 0 under way using engine ... 14 a distress beacon is active, 15 not defined (a beacon under test). */
  navStatus: number | null
  /** UTC second of the position, 0..59. */
  second: number | null
  /** Of aircraft, metres; 4094 is that or higher. */
  altitudeM: number | null
  /** Aids to navigation: away from where it should be; drawn by radio only. */
  offPosition: boolean | null
  virtual: boolean | null
}

/** What a sender says about itself. Each message has some of it; null says nothing about the rest. */
export interface AisIdentity {
  name: string | null
  callSign: string | null
  imo: number | null
  shipType: number | null
  aidType: number | null
  lengthM: number | null
  beamM: number | null
  draughtM: number | null
  destination: string | null
}

export interface AisMessage {
  type: number
  /** Nine digits. */
  mmsi: string
  position: AisPosition | null
  identity: AisIdentity | null
  /** Safety-related text, to one station (type 12) or to all (14). */
  safety: { to: string | null; text: string } | null
}

export const NO_IDENTITY: AisIdentity = {
  name: null,
  callSign: null,
  imo: null,
  shipType: null,
  aidType: null,
  lengthM: null,
  beamM: null,
  draughtM: null,
  destination: null,
}
