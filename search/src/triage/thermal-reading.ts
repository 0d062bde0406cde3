import type { LngLat } from '../frame/position.ts'

/**
 * What one thermal frame tells when the camera reports only its extremes (MAVLink CAMERA_THERMAL_RANGE): the hottest
 * point, placed on the ground. Every frame has one; by itself it means nothing.
 */
export interface ThermalReading {
  readonly atMs: number
  readonly droneId: string
  /** Ground position of the frame's hottest point. */
  readonly position: readonly number[]
  /** Radius about `position` that holds the true place in about 95 of 100 cases, metres, > 0. */
  readonly errorRadiusM: number
  /** Temperature of the hottest point, Celsius. */
  readonly maxC: number
  /** How far it is above its surroundings in the same frame (median or mean; the minimum if that is all there is). */
  readonly contrastC: number
  /** Direction of view over the ground, clockwise from north; omit when looking straight down or unknown. */
  readonly bearingRad?: number | undefined
  /** Chance that this camera, from there and in this light, shows a person who is there; omit for the policy's. */
  readonly recall?: number | undefined
  /** Ground the frame showed, ring of positions. Without it the frame is no evidence against any other place. */
  readonly footprint?: readonly (readonly number[])[] | undefined
}

/** When readings count as one thing, and when the thing is worth a person's attention. */
export interface TriagePolicy {
  /** Robust z-score over the drone's recent frame maxima from which a frame stands out. */
  readonly minZ: number
  /** Least contrast within the frame, Celsius. */
  readonly minContrastC: number
  /** Least scatter of the background ever assumed, Celsius: NETD, calibration jumps, texture. */
  readonly scatterFloorC: number
  /** Frames of a drone that must be known before any of them is judged. */
  readonly minBackground: number
  /** Background frames remembered per drone, and how long. */
  readonly maxBackground: number
  readonly backgroundMs: number
  /** When most frames have stood out for this long, the ground has changed: they become background. */
  readonly adaptMs: number
  /** More candidates than this within `adaptMs`, with few ordinary frames between, are warm ground. */
  readonly maxHeld: number
  /** Frames of one drone closer in time than this, from about the same direction, are one look. */
  readonly independentMs: number
  readonly independentBearingRad: number
  /** Looks of a drone no farther apart than the gap, within so long and from about the same direction, are one pass. */
  readonly passGapMs: number
  readonly passMs: number
  /** How much the looks of one pass share, 0 (independent) to 1 (all the same look) [assumption]. */
  readonly lookCorrelation: number
  /** Readings closer than this are one thing even if their error radii say less. */
  readonly sameThingM: number
  /** Error radius that no amount of averaging goes below, metres: boresight, datum and terrain errors are shared. */
  readonly errorFloorM: number
  /** Chance that a look shows a person who is there, where the reading does not say; that it shows noise at a given place. */
  readonly recall: number
  readonly falseAlarm: number
  /** A frame hotter than a place by this much outshines it and is no evidence against it, Celsius. */
  readonly outshoneC: number
  /** Least steadiness of a candidate (see there). */
  readonly minSteadiness: number
  /** Most that looks which showed something may speak for it: rocks, animals and engines are as persistent as people. */
  readonly maxLikelihoodRatio: number
  /** A candidate needs at least so many looks that showed it, such a share of all looks, such a likelihood ratio. */
  readonly minLooks: number
  readonly minShare: number
  readonly minLikelihoodRatio: number
  /** Things seen once are forgotten after this time. */
  readonly forgetMs: number
}

/**
 * Defaults. Recall and false alarm are ASSUMPTIONS of the order measured on annotated frames with a hot-blob detector
 * (HIT-UAV test split, search-science notes 5); replace them by the measured values of the camera in use. minZ 6 is set
 * from the Gumbel tail of frame maxima: noise alone passes in less than one frame of a thousand, and then anywhere.
 */
export const DEFAULT_TRIAGE_POLICY: TriagePolicy = {
  minZ: 6,
  minContrastC: 1.5,
  scatterFloorC: 0.5,
  minBackground: 10,
  maxBackground: 120,
  backgroundMs: 180_000,
  adaptMs: 60_000,
  maxHeld: 3,
  independentMs: 1500,
  independentBearingRad: Math.PI / 6,
  passGapMs: 20_000,
  passMs: 15_000,
  lookCorrelation: 0.3,
  sameThingM: 8,
  errorFloorM: 4,
  recall: 0.7,
  falseAlarm: 0.02,
  outshoneC: 1,
  minSteadiness: 0.6,
  maxLikelihoodRatio: 50,
  minLooks: 2,
  minShare: 0.25,
  minLikelihoodRatio: 8,
  forgetMs: 3_600_000,
}

/** A candidate of an earlier triage of the same ground. */
export interface KnownPlace {
  readonly key: string
  readonly position: readonly number[]
  readonly errorRadiusM: number
  readonly maxC: number
  readonly lastSeenMs: number
}

/** A warm place that several looks agree on: something for a person to judge, not a finding. */
export interface Candidate {
  /** Stays the same while the candidate's numbers change. */
  readonly key: string
  readonly position: LngLat
  /** About 95 %, metres. */
  readonly errorRadiusM: number
  /** Independent looks that showed it, of those that could have. */
  readonly looks: number
  readonly opportunities: number
  /** Passes over it, and those of them on which it was seen: far fewer than looks, and much nearer to independent. */
  readonly passes: number
  readonly passesSeen: number
  /** Directions of view (60 degree sectors) and drones that showed it. */
  readonly aspects: number
  readonly droneIds: readonly string[]
  /** Mean contrast within the frame and mean excess over the background of frame maxima, Celsius. */
  readonly contrastC: number
  readonly excessC: number
  readonly firstSeenMs: number
  readonly lastSeenMs: number
  /**
   * P(these looks | a warm person-like thing is there) / P(these looks | nothing is), limited by the policy. It tells a
   * warm thing from noise, not a person from a rock: that is for clutter rates (`alertsOnMap`), other views and people.
   */
  readonly likelihoodRatio: number
  /** The part of it that later looks which showed nothing make, 0..1; 1 without any. */
  readonly missedRatio: number
  /**
   * Of the frames that stood out while it was in view, the share that had their maximum here, 0..1. A small warm thing
   * keeps the maximum; on a large warm surface (sea beside cold land, sunlit rock) it wanders.
   */
  readonly steadiness: number
  /** False when later looks no longer support it. */
  readonly standing: boolean
}
