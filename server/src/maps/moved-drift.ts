import type { DriftCloud } from '@skerry/search'
import type { LazyViews } from './seen-ground.ts'

/** What the looks of one task had come to under a drift when its map was moved. */
export interface LearnedTask {
  /** Its own coverage then: it counts no further. */
  readonly views: LazyViews
  /** Probability of a find that it had added if the drift is true, by cell, as the map was at its time. */
  readonly gained: ReadonlyMap<number, number>
}

/** What a search learned of a drift before its map was moved to another moment. */
export interface LearnedDrift {
  /** Probability that each particle was missed so far, 0..1: 1 where nothing was searched. */
  readonly missed: Float64Array
  /** Coverage of the ground when the map was moved: it counts no further, for the water there is not the same water. */
  readonly before: LazyViews
  /** Candidates known then, and when each was last seen: they say nothing of where the drift is now. */
  readonly alertsBefore: ReadonlyMap<string, number>
  /** By the id of the task. */
  readonly tasks: ReadonlyMap<string, LearnedTask>
  /** Times that the map was moved. */
  readonly moves: number
}

/**
 * Learns, at the positions of the moment that the map holds for, what was seen since the last move says of each particle.
 * This is the update of a moving target: first the effort at its own time, then the motion.
 * @param podUnder POD since the last move at a point of the grid's frame; 0 off the grid
 * @param now coverage of the ground, candidates known and what tasks have gained, kept as they are
 */
export function learnDrift(
  cloud: DriftCloud,
  podUnder: (eastM: number, northM: number) => number,
  now: Pick<LearnedDrift, 'before' | 'alertsBefore' | 'tasks'>,
  known: LearnedDrift | undefined,
): LearnedDrift {
  const missed = Float64Array.from(cloud.fates, (fate, i) => {
    const pod = fate === 'lost' ? 0 : podUnder(cloud.positionsM[2 * i]!, cloud.positionsM[2 * i + 1]!)
    return (known?.missed[i] ?? 1) * (1 - pod)
  })
  return { ...now, missed, moves: (known?.moves ?? 0) + 1 }
}

/** Probability that the search before the newest move would have found the drifting person, 0..1. */
export const foundBefore = ({ missed }: LearnedDrift): number =>
  1 - missed.reduce((sum, share) => sum + share, 0) / missed.length

/** Share of the weight of a drift that has come ashore. */
export function strandedShare({ fates }: DriftCloud, weights: ArrayLike<number> | undefined): number {
  let [ashore, sum] = [0, 0]
  fates.forEach((fate, i) => {
    const weight = weights?.[i] ?? 1
    sum += weight
    if (fate === 'stranded') ashore += weight
  })
  return sum > 0 ? ashore / sum : 0
}
