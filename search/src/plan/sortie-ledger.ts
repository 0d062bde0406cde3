import type { Lattice } from './lattice.ts'
import { latticeMass } from './lattice.ts'
import { createLookField } from './look-field.ts'
import type { Cells } from './path-score.ts'
import type { Sortie, SortieGround } from './sortie.ts'
import { meanValue, type TimeValue } from './time-value.ts'

/** A story of where the subject is, and what finding it there is worth by time. */
export interface PlanStory {
  /** Probability per cell that the story is true and the subject there; over all stories the map. */
  readonly values: Float64Array
  readonly valueAt: TimeValue
}

/** Which flights of a plan count as simultaneous. */
export interface Epochs {
  readonly count: number
  readonly lengthS: number
  /** How long the looks of a flight last from the epoch's start. */
  readonly flightS: number
}

/** What ground is still worth to the next flight, as flights are put into a plan and taken out of it again. */
export interface Ledger {
  /** Brings the ground's prices up to date for a flight of this epoch: what one more look at each square is worth. */
  price(epoch: number): void
  /** Worth of a flight at those prices. */
  worth(sortie: Sortie): number
  book(sortie: Sortie, epoch: number): void
  unbook(sortie: Sortie, epoch: number): void
}

/** What a look of an epoch is worth in each story: the finds of a flight come evenly over it. */
const worthByEpoch = ({ valueAt }: PlanStory, { count, lengthS, flightS }: Epochs): number[] =>
  Array.from({ length: count }, (_, epoch) => meanValue(valueAt, epoch * lengthS, flightS))

/** A ledger in which every square belongs to one flight, so that areas never overlap. */
export function closedLedger(
  { lattice, left, open }: SortieGround & { readonly left: Float64Array; readonly open: Uint8Array },
  cells: Cells,
  stories: readonly PlanStory[],
  epochs: Epochs,
): Ledger {
  const masses = stories.map(({ values }) => latticeMass({ ...cells, values }, lattice))
  const worths = stories.map((story) => worthByEpoch(story, epochs))
  return {
    price(epoch) {
      for (let square = 0; square < left.length; square++) {
        let price = 0
        if (open[square]) for (let k = 0; k < masses.length; k++) price += masses[k]![square]! * worths[k]![epoch]!
        left[square] = price
      }
    },
    worth: ({ squares }) => squares.reduce((sum, square) => sum + left[square]!, 0),
    book({ squares }) {
      for (const square of squares) open[square] = 0
    },
    unbook({ squares }) {
      for (const square of squares) open[square] = 1
    },
  }
}

/** A ledger in which every look leaves a share behind, wherever the flights lead, their ways out and back too. */
export function lookedLedger(
  { lattice, left }: { readonly lattice: Lattice; readonly left: Float64Array },
  cells: Cells,
  stories: readonly PlanStory[],
  epochs: Epochs,
  leftAfterLook: number,
): Ledger {
  const maps = stories.map((story) => ({ values: story.values, worth: worthByEpoch(story, epochs) }))
  const field = createLookField(cells, maps, lattice, leftAfterLook)
  return {
    price: (epoch) => field.price(epoch, left),
    worth: ({ pointsM }) => field.worth(pointsM),
    book: ({ pointsM }, epoch) => field.book(pointsM, epoch),
    unbook: ({ pointsM }, epoch) => field.unbook(pointsM, epoch),
  }
}
