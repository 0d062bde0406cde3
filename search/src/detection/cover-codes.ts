import type { Terrain } from '../prior/subject-categories.ts'
import type { CoverClass } from '../terrain/cover-factors.ts'
import type { GroundCover } from './ground-cover.ts'

/**
 * Covers by their code in a map of cover, one code per cell. Code 0: nothing is known of what grows on the cell. Journals keep
 * the codes: new covers are added at the end.
 */
export const COVER_CODES = [
  null,
  'open',
  'shore-rocks',
  'scrub',
  'broadleaf',
  'evergreen',
  'water',
] as const satisfies readonly (GroundCover | null)[]

/** Code of cells of which no layer tells a cover. */
export const NO_COVER = 0

/**
 * What a class of a land-cover layer hides from a camera above. ASSUMPTIONS of this project: between houses the ground counts
 * as open (nobody is seen inside a house); woodland whose trees are not told apart counts as
 * broadleaf in leaf, in whose range an evergreen forest lies.
 */
export const COVER_OF_CLASS: Readonly<Record<CoverClass, GroundCover>> = {
  field: 'open',
  structure: 'open',
  water: 'water',
  rock: 'shore-rocks',
  scrub: 'scrub',
  brush: 'scrub',
  woodland: 'broadleaf',
}

/**
 * What lies over ground of which no layer tells the cover, by the kind of terrain of the search: open ground where it is flat
 * or built up, island scrub (40 % of positions hidden from above) in the hills. ASSUMPTIONS, to be shown as such.
 */
export const COVER_OF_TERRAIN: Readonly<Record<Terrain, GroundCover>> = {
  flat: 'open',
  urban: 'open',
  mountain: 'scrub',
}

/** Code of a class; of unknown ground `NO_COVER`. */
export const coverCodeOf = (cover: CoverClass | null): number =>
  cover === null ? NO_COVER : COVER_CODES.indexOf(COVER_OF_CLASS[cover])
