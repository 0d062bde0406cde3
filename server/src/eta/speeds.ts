import type { UnitKind, VesselKind } from '@skerry/contract'

const KMH = 1 / 3.6

/**
 * Mean speeds of a whole way, metres per second: our own assumptions, stated in the dispatch guide. A router that the
 * user brings replaces those on land.
 */
export const LAND_MPS: Readonly<Record<Exclude<UnitKind, 'boat'>, number>> = {
  car: 40 * KMH,
  motorbike: 40 * KMH,
  'ground-team': 35 * KMH,
  foot: 5 * KMH,
}
export const WALK_MPS = 5 * KMH
export const BOAT_MPS = 45 * KMH
export const DRONE_MPS = 12
export const VESSEL_MPS: Readonly<Record<VesselKind, number>> = {
  ordinary: 22 * KMH,
  'car-ferry': 22 * KMH,
  fast: 46 * KMH,
  speedboat: 46 * KMH,
}

/** From the order to moving off, seconds. */
export const TURNOUT_S: Readonly<Record<UnitKind | 'drone', number>> = {
  car: 60,
  motorbike: 60,
  foot: 30,
  'ground-team': 180,
  boat: 90,
  drone: 180,
}
/** Leaving one quay and coming alongside at the other, seconds. */
export const BERTHING_S = 300
/** At the terminal before the ferry sails: on foot, and with a car. */
export const BOARD_ON_FOOT_S = 120
export const BOARD_BY_CAR_S = 600
/** A crew goes aboard a patrol boat, or ashore from it. */
export const BOARD_BOAT_S = 120
