import type { Judgement } from './frame-background.ts'
import type { LocalFrame } from '../frame/local-frame.ts'
import type { Candidate, KnownPlace, TriagePolicy } from './thermal-reading.ts'

interface OpenLook {
  readonly atMs: number
  readonly bearingRad: number | undefined
  frames: number
  hits: number
}

/** Looks of one drone on one way past a place: they share what stands between, so they count for less than their number. */
interface Pass {
  readonly fromMs: number
  lastMs: number
  readonly bearingRad: number | undefined
  /** Recall of the drone that flew it, in the conditions in which it began. */
  readonly recall: number
  looks: number
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
  /** Passes in order, and the last one per drone. */
  readonly passes: Pass[]
  readonly openPass: Map<string, Pass>
  looks: number
  opportunities: number
  readonly sectors: Set<number>
  readonly droneIds: Set<string>
  raised: boolean
  /** Known from before this triage began: looks that show nothing count as later ones from the first. */
  readonly resumed: boolean
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
    passes: [],
    openPass: new Map(),
    looks: 0,
    opportunities: 0,
    sectors: new Set(),
    droneIds: new Set(),
    raised: false,
    resumed: false,
  }
}

/** A place that stood out before this triage began. Only looks from now on count here; what was found stays with whoever knows it. */
export function resumedPlace(known: KnownPlace, pointM: readonly number[]): WarmPlace {
  const [eastM, northM] = pointM as [number, number]
  const weight = 1 / Math.max(known.errorRadiusM, 1) ** 2
  return {
    ...newPlace(known.key, known.lastSeenMs),
    weight,
    eastWeighted: weight * eastM,
    northWeighted: weight * northM,
    squareWeighted: weight * (eastM * eastM + northM * northM),
    bestRadiusM: known.errorRadiusM,
    hits: 1,
    maxSumC: known.maxC,
    sectors: new Set([-1]),
    raised: true,
    resumed: true,
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
  const pass = passOf(place, reading, policy)
  if (!same) {
    place.openLook.set(reading.droneId, look)
    place.opportunities++
    pass.looks++
  }
  const before = look.frames > 0 && 2 * look.hits >= look.frames
  look.frames++
  if (hit) look.hits++
  const after = 2 * look.hits >= look.frames
  place.looks += Number(after) - Number(before)
  pass.hits += Number(after) - Number(before)
}

/** The pass a reading belongs to: the drone's last one while it goes on, from about the same side, and not for ever. */
function passOf(place: WarmPlace, reading: Judgement['reading'], policy: TriagePolicy): Pass {
  const { droneId, atMs, bearingRad, recall = policy.recall } = reading
  const open = place.openPass.get(droneId)
  const goesOn =
    open !== undefined &&
    Math.abs(atMs - open.lastMs) <= policy.passGapMs &&
    Math.abs(atMs - open.fromMs) <= policy.passMs &&
    turnBetween(open.bearingRad, bearingRad) < policy.independentBearingRad
  if (goesOn) {
    open.lastMs = atMs
    return open
  }
  const pass = { fromMs: atMs, lastMs: atMs, bearingRad, recall, looks: 0, hits: 0 }
  place.passes.push(pass)
  place.openPass.set(droneId, pass)
  return pass
}

function turnBetween(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined) return 0
  const turn = Math.abs(a - b) % (2 * Math.PI)
  return Math.min(turn, 2 * Math.PI - turn)
}

/** A place that showed nothing before it first showed something may have been empty then: people arrive. */
const ARRIVED_SINCE = 0.5

/**
 * P(these looks | a person is there) / P(these looks | nothing is). The looks of one pass are not independent (they share
 * crowns and clutter): n hits count as n / (1 + (n - 1) r) (Kish's effective sample size), and all misses of a pass
 * together as one at most. What speaks for the place is limited before the misses are counted: a warm rock looks as good
 * however often it is seen, and many looks in one place must not outvote later passes that show nothing. Misses from
 * before the first hit cost no more than the chance that the person came since.
 */
function likelihoodRatiosOf(place: WarmPlace, policy: TriagePolicy): { all: number; missed: number } {
  let [foundLog, missBefore, missAfter] = [0, 1, 1]
  const firstHitMs = Math.min(...place.passes.map((pass) => (pass.hits > 0 ? pass.fromMs : Infinity)))
  for (const { fromMs, looks, hits: seen, recall } of place.passes) {
    if (looks === 0) continue
    foundLog += (seen / (1 + (looks - 1) * policy.lookCorrelation)) * Math.log(recall / policy.falseAlarm)
    const miss = ((1 - recall) / (1 - policy.falseAlarm)) ** ((looks - seen) / looks)
    if (!place.resumed && fromMs < firstHitMs) missBefore *= miss
    else missAfter *= miss
  }
  const found = Math.min(policy.maxLikelihoodRatio, Math.exp(foundLog))
  return { all: found * Math.max(ARRIVED_SINCE, missBefore) * missAfter, missed: missAfter }
}

/** The place as people are shown it. */
export function toCandidate(place: WarmPlace, frame: LocalFrame, policy: TriagePolicy): Candidate {
  const centreM = placeCentreM(place)
  const variance = place.squareWeighted / place.weight - centreM[0] ** 2 - centreM[1] ** 2
  const { all: likelihoodRatio, missed } = likelihoodRatiosOf(place, policy)
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
    passes: place.passes.filter(({ looks }) => looks > 0).length,
    passesSeen: place.passes.filter(({ hits }) => hits > 0).length,
    aspects: place.sectors.size,
    droneIds: [...place.droneIds].sort(),
    contrastC: place.contrastSumC / place.hits,
    excessC: place.excessSumC / place.hits,
    firstSeenMs: place.firstSeenMs,
    lastSeenMs: place.lastSeenMs,
    likelihoodRatio,
    missedRatio: missed,
    steadiness,
    standing:
      place.looks >= policy.minLooks &&
      steadiness >= policy.minSteadiness &&
      place.looks >= policy.minShare * place.opportunities &&
      likelihoodRatio >= policy.minLikelihoodRatio,
  }
}
