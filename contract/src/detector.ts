/** Where a figure comes from: an exercise under these conditions, one under others, or nobody has measured it. */
export type RateBasis = 'measured' | 'transferred' | 'assumed'

/** How often the detector is right and wrong, as it was when a candidate was judged by it; journaled with the candidate. */
export interface DetectorRates {
  /** Whose camera, and how it flew when it looked. */
  look: { droneId: string; heightM: number; speedMps: number }
  /** Chance that a look shows a person who is there and in the picture, 0..1, and the range that it may lie in. */
  recall: number
  recallRange: [low: number, high: number]
  recallBasis: RateBasis
  /** Warm things that are not the subject, per km2 of ground seen, before what this search has dismissed corrects it. */
  falsePerKm2: number
  /** Ground that this rate was found on, km2: the more, the less the search's own ground corrects it. */
  falseWorthKm2: number
  falseBasis: RateBasis
  /** Number of the exercise; null where all is assumed. */
  exercise: number | null
}

/** What a candidate is on the map of its search, after everything that was seen. */
export interface CandidateOnMap {
  /** Probability that it is the subject, 0..1. Candidates compete: together they are below 1. */
  probability: number
  /** Warm things that are not the subject, per km2, that it competes with now. */
  clutterPerKm2: number
}
