import type { Judgement } from './frame-background.ts'
import type { LocalFrame } from './local-frame.ts'
import type { Candidate, TriagePolicy } from './thermal-reading.ts'

interface OpenLook {
  readonly atMs: number
  readonly bearingRad: number | undefined
  frames: number
  hits: number
}

/** A place that stood out at least once, and everything seen of it since. */
export interface WarmPlace {
  readonly key: string
  readonly firstSeenMs: number
  lastSeenMs: number
  /** Sums over hits, weighted by 1 / radius^2. */
  weight: number
  eastWeighted: number
  northWeighted: number
  squareWeighted: number
  bestRadiusM: number
  /** Frames whose maximum was here, and frames that stood out elsewhere though this place was in view and as hot. */
  hits: number
  strays: number
  maxSumC: number
  contrastSumC: number
  excessSumC: number
  /** The look still open per drone: frames close in time and direction belong to it. */
  readonly openLook: Map<string, OpenLook>
  looks: number
  opportunities: number
  readonly sectors: Set<number>
  readonly droneIds: Set<string>
  raised: boolean
}

export function newPlace(key: string, atMs: number): WarmPlace {
  return {
    key,
    firstSeenMs: atMs,
    lastSeenMs: atMs,
    weight: 0,
    eastWeighted: 0,
    northWeighted: 0,
    squareWeighted: 0,
    bestRadiusM: Infinity,
    hits: 0,
    strays: 0,
    maxSumC: 0,
    contrastSumC: 0,
    excessSumC: 0,
    openLook: new Map(),
    looks: 0,
    opportunities: 0,
    sectors: new Set(),
    droneIds: new Set(),
    raised: false,
  }
}

export const placeCentreM = (place: WarmPlace): [number, number] => [
  place.eastWeighted / place.weight,
  place.northWeighted / place.weight,
]

/** Adds a frame that showed the place at `pointM`. */
export function addHit(place: WarmPlace, pointM: readonly number[], judged: Judgement, policy: TriagePolicy): void {
  const { reading, excessC } = judged
  const [eastM, northM] = pointM as [number, number]
  const weight = 1 / Math.max(reading.errorRadiusM, 1) ** 2
  place.weight += weight
  place.eastWeighted += weight * eastM
  place.northWeighted += weight * northM
  place.squareWeighted += weight * (eastM * eastM + northM * northM)
  place.bestRadiusM = Math.min(place.bestRadiusM, reading.errorRadiusM)
  place.hits++
  place.maxSumC += reading.maxC
  place.contrastSumC += reading.contrastC
  place.excessSumC += excessC
  place.lastSeenMs = Math.max(place.lastSeenMs, reading.atMs)
  place.droneIds.add(reading.droneId)
  const sector = reading.bearingRad === undefined ? -1 : Math.floor(((reading.bearingRad / Math.PI) * 3 + 6) % 6)
  place.sectors.add(sector)
  addLook(place, judged, true, policy)
}

/**
 * Counts a frame that showed the ground of the place but has its maximum elsewhere; says whether it counted. A frame
 * whose maximum is clearly hotter than the place ever was proves nothing: the place is outshone. Any other is a miss,
 * for a frame's maximum is at least as hot as everything in it.
 */
export function addMiss(place: WarmPlace, judged: Judgement, policy: TriagePolicy): boolean {
  const { reading, standsOut } = judged
  if (place.hits > 0 && reading.maxC >= place.maxSumC / place.hits + policy.outshoneC) return false
  if (standsOut) place.strays++
  addLook(place, judged, false, policy)
  return true
}

/** One look per drone, moment and direction; it showed the place when at least half of its frames did. */
function addLook(place: WarmPlace, { reading }: Judgement, hit: boolean, policy: TriagePolicy): void {
  const open = place.openLook.get(reading.droneId)
  const same =
    open !== undefined &&
    Math.abs(reading.atMs - open.atMs) < policy.independentMs &&
    turnBetween(open.bearingRad, reading.bearingRad) < policy.independentBearingRad
  const look = same ? open : { atMs: reading.atMs, bearingRad: reading.bearingRad, frames: 0, hits: 0 }
  if (!same) {
    place.openLook.set(reading.droneId, look)
    place.opportunities++
  }
  const before = look.frames > 0 && 2 * look.hits >= look.frames
  look.frames++
  if (hit) look.hits++
  const after = 2 * look.hits >= look.frames
  place.looks += Number(after) - Number(before)
}

function turnBetween(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined) return 0
  const turn = Math.abs(a - b) % (2 * Math.PI)
  return Math.min(turn, 2 * Math.PI - turn)
}

/** The place as people are shown it. Looks multiply: recall / false alarm for each hit, the complements for misses. */
export function toCandidate(place: WarmPlace, frame: LocalFrame, policy: TriagePolicy): Candidate {
  const centreM = placeCentreM(place)
  const variance = place.squareWeighted / place.weight - centreM[0] ** 2 - centreM[1] ** 2
  const misses = place.opportunities - place.looks
  const logRatio =
    place.looks * Math.log(policy.recall / policy.falseAlarm) +
    misses * Math.log((1 - policy.recall) / (1 - policy.falseAlarm))
  const likelihoodRatio = Math.min(policy.maxLikelihoodRatio, Math.exp(logRatio))
  // One extra stray in the count: two frames that agree by chance are not yet steady.
  const steadiness = place.hits / (place.hits + place.strays + 1)
  return {
    key: place.key,
    position: frame.toLngLat(centreM),
    errorRadiusM: Math.max(
      policy.errorFloorM,
      place.bestRadiusM / Math.sqrt(place.sectors.size),
      Math.sqrt(Math.max(0, variance)),
    ),
    looks: place.looks,
    opportunities: place.opportunities,
    aspects: place.sectors.size,
    droneIds: [...place.droneIds].sort(),
    contrastC: place.contrastSumC / place.hits,
    excessC: place.excessSumC / place.hits,
    firstSeenMs: place.firstSeenMs,
    lastSeenMs: place.lastSeenMs,
    likelihoodRatio,
    steadiness,
    standing:
      place.looks >= policy.minLooks &&
      steadiness >= policy.minSteadiness &&
      place.looks >= policy.minShare * place.opportunities &&
      likelihoodRatio >= policy.minLikelihoodRatio,
  }
}
