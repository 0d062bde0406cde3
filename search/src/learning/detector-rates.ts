/** A measured share with the range it lies in (95 %). */
export interface MeasuredShare {
  readonly best: number
  readonly low: number
  readonly high: number
}

/**
 * Recall (or false-alarm share) of a detector from trials: `hits` of `trials`, with the Wilson score interval, which
 * stays inside 0..1 and is not certain after few trials. No trials: 0..1 and one half. RangeError unless 0 <= hits <=
 * trials. Source: Wilson 1927.
 */
export function measuredShare(hits: number, trials: number): MeasuredShare {
  if (!(hits >= 0 && hits <= trials && Number.isFinite(trials))) throw new RangeError('hits: must be 0 to trials')
  if (trials === 0) return { best: 0.5, low: 0, high: 1 }
  const z2 = 1.959964 ** 2
  const share = hits / trials
  const middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
  const half = Math.sqrt(z2 * ((share * (1 - share)) / trials + z2 / (4 * trials * trials))) / (1 + z2 / trials)
  return { best: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** A measured rate of chance events with the range it lies in (95 %). */
export interface MeasuredRate {
  readonly count: number
  readonly areaKm2: number
  readonly perKm2: number
  readonly low: number
  readonly high: number
}

/**
 * False alarms per km2 from an exercise: `count` of them over `areaKm2` of ground. (n + 1/2) / A, so that none counted is
 * not none there (Jeffreys' prior of a Poisson rate); interval by Byar's approximation (Breslow & Day 1987).
 * RangeError unless count is 0 or above and the area above 0.
 */
export function measuredRate(count: number, areaKm2: number): MeasuredRate {
  if (!(count >= 0 && Number.isFinite(count))) throw new RangeError('count: must be 0 or above')
  if (!(areaKm2 > 0 && Number.isFinite(areaKm2))) throw new RangeError('areaKm2: must be above 0')
  const byar = (n: number, z: number): number => (n > 0 ? n * (1 - 1 / (9 * n) + z / (3 * Math.sqrt(n))) ** 3 : 0)
  return {
    count,
    areaKm2,
    perKm2: (count + 0.5) / areaKm2,
    low: byar(count, -1.959964) / areaKm2,
    high: byar(count + 1, 1.959964) / areaKm2,
  }
}

/** Fewer passes through the picture than this say too little of a recall. */
const LEAST_PASSES = 10

/** What an exercise says of the detector: drone, camera, screen and the person before it together. */
export interface MeasuredDetector {
  /** Chance that a look with the target in the picture showed it; null where too few passes were flown. */
  readonly recall: (MeasuredShare & { readonly passes: number }) | null
  /** Marks where no target lay; null where nobody counted them. */
  readonly falseAlarms: MeasuredRate | null
}

/**
 * Recall and false alarms of an exercise. A pass counts for the recall when its target lay within half the swath, so
 * within the picture; the area is what all flights along the track showed.
 * @param falseAlarms marks where no target lay; null where they were not counted
 * RangeError unless swath and track length are above 0.
 */
export function measuredDetector(input: {
  readonly passes: readonly { readonly lateralM: number; readonly detected: boolean; readonly targetId: string }[]
  readonly swathM: number
  readonly trackM: number
  readonly falseAlarms: number | null
}): MeasuredDetector {
  const { passes, swathM, trackM, falseAlarms } = input
  if (!(swathM > 0)) throw new RangeError('swathM: must be above 0')
  if (!(trackM > 0)) throw new RangeError('trackM: must be above 0')
  const inside = passes.filter(({ lateralM }) => lateralM <= swathM / 2)
  const perTarget = new Map<string, number>()
  for (const { targetId } of passes) perTarget.set(targetId, (perTarget.get(targetId) ?? 0) + 1)
  const flights = Math.max(0, ...perTarget.values())
  const hits = inside.filter(({ detected }) => detected).length
  return {
    recall: inside.length < LEAST_PASSES ? null : { ...measuredShare(hits, inside.length), passes: inside.length },
    falseAlarms:
      falseAlarms === null || flights === 0 ? null : measuredRate(falseAlarms, (flights * trackM * swathM) / 1e6),
  }
}

/**
 * Warm things that are not the subject, per km2: those people have dismissed (or ground teams have found to be nothing)
 * over the ground swept so far, with a prior guess that is worth `priorKm2` of swept ground. Gamma-Poisson mean
 * (n + rate x priorKm2) / (A + priorKm2), so it is never 0. RangeError for values below 0 or a prior of 0.
 */
export function clutterPerKm2(input: {
  readonly dismissed: number
  readonly sweptKm2: number
  /** Guess before anything was dismissed, > 0; default 5 per km2 [assumption]. */
  readonly priorPerKm2?: number | undefined
  /** Default 0.5 km2. */
  readonly priorKm2?: number | undefined
}): number {
  const { dismissed, sweptKm2, priorPerKm2 = 5, priorKm2 = 0.5 } = input
  if (!(dismissed >= 0)) throw new RangeError('dismissed: must be 0 or above')
  if (!(sweptKm2 >= 0)) throw new RangeError('sweptKm2: must be 0 or above')
  if (!(priorPerKm2 > 0 && priorKm2 > 0)) throw new RangeError('priorPerKm2, priorKm2: must be above 0')
  return (dismissed + priorPerKm2 * priorKm2) / (sweptKm2 + priorKm2)
}
