import { type DistanceQuantilesKm, isDistanceTable, isSpread, MUST_SPREAD } from './lognormal.ts'

/** Terrain family of a distance table: temperate flat, temperate mountain, urban. */
export type Terrain = 'flat' | 'mountain' | 'urban'

/** Distances of one kind of missing person. A terrain without a row falls back as `distancesFor` says. */
export interface SubjectCategory {
  readonly id: string
  /** English name; a screen translates by `id`. */
  readonly label: string
  readonly distancesKm: { readonly flat: DistanceQuantilesKm } & Partial<Record<Terrain, DistanceQuantilesKm>>
}

/** Where the default distances come from; show it wherever they are shown. */
export const SUBJECT_CATEGORIES_ATTRIBUTION =
  'Distances: R. J. Koester, Lost Person Behavior (dbS Productions, 2008), as published through IGT4SAR; ' +
  'quoted with attribution. An agency should replace them by its own table.'

/**
 * Default table: straight-line distance from the planning point to the find, km, at 25, 50, 75 and 95 %.
 * It is data to be edited: give an agency's own as a `DistanceTable`, or `distancesKm` of one subject.
 * Limits: temperate land; other regions differ; islands cut the tails (`probabilityMap` shows where the mass goes).
 */
export const SUBJECT_CATEGORIES: readonly SubjectCategory[] = [
  {
    id: 'child-1-3',
    label: 'Child, 1 to 3 years',
    distancesKm: { flat: [0.16, 0.32, 0.97, 3.2], mountain: [0.16, 0.32, 0.97, 3.2], urban: [0.16, 0.48, 0.8, 1.1] },
  },
  {
    id: 'child-4-6',
    label: 'Child, 4 to 6 years',
    distancesKm: { flat: [0.16, 0.64, 1.45, 6.6], mountain: [0.16, 0.8, 1.45, 3.7], urban: [0.1, 0.48, 0.97, 3.4] },
  },
  {
    id: 'child-7-9',
    label: 'Child, 7 to 9 years',
    distancesKm: { flat: [0.16, 0.8, 2.09, 8], mountain: [0.8, 1.61, 3.22, 11.3], urban: [0.16, 0.48, 1.45, 5.1] },
  },
  {
    id: 'child-10-12',
    label: 'Child, 10 to 12 years',
    distancesKm: { flat: [0.48, 1.61, 4.83, 10], mountain: [0.8, 1.61, 3.22, 9], urban: [0.32, 1.45, 2.9, 5.8] },
  },
  {
    id: 'child-13-15',
    label: 'Child, 13 to 15 years',
    distancesKm: { flat: [0.64, 1.29, 3.22, 10], mountain: [0.8, 2.09, 4.83, 21.4] },
  },
  {
    id: 'dementia',
    label: 'Person with dementia',
    distancesKm: { flat: [0.32, 0.97, 2.41, 12.7], mountain: [0.32, 0.8, 1.93, 8.2], urban: [0.32, 1.13, 3.22, 12.6] },
  },
  {
    id: 'despondent',
    label: 'Despondent person',
    distancesKm: { flat: [0.32, 0.8, 2.25, 17.2], mountain: [0.32, 1.13, 3.22, 21.4], urban: [0.1, 0.48, 1.45, 13] },
  },
  { id: 'hiker', label: 'Hiker', distancesKm: { flat: [0.64, 1.77, 3.22, 9.8], mountain: [1.13, 3.06, 5.79, 18.2] } },
  { id: 'angler', label: 'Angler', distancesKm: { flat: [0.8, 1.61, 5.47, 9.8], mountain: [0.32, 1.45, 5.47, 9.8] } },
  {
    id: 'gatherer',
    label: 'Gatherer',
    distancesKm: { flat: [1.45, 3.22, 6.44, 12.9], mountain: [1.45, 3.22, 6.44, 12.9] },
  },
  {
    id: 'autistic',
    label: 'Autistic person',
    distancesKm: { flat: [0.64, 1.61, 3.7, 15.3], mountain: [0.64, 1.61, 3.7, 15.3], urban: [0.32, 0.97, 3.86, 8] },
  },
  {
    id: 'mental-illness',
    label: 'Person with a mental illness',
    distancesKm: { flat: [0.8, 0.97, 2.25, 8], mountain: [0.64, 2.25, 8.21, 14.5], urban: [0.32, 0.64, 1.45, 12.4] },
  },
  {
    id: 'intellectual-disability',
    label: 'Person with an intellectual disability',
    distancesKm: { flat: [0.32, 0.97, 2.09, 11.7], mountain: [0.64, 1.61, 3.22, 11.3], urban: [0.32, 0.8, 3.7, 9.9] },
  },
  {
    id: 'substance',
    label: 'Person under the influence of a substance',
    distancesKm: { flat: [0.48, 1.13, 4.18, 9.7], mountain: [0.48, 1.13, 4.18, 9.7] },
  },
]

/** Who is missing and over what ground; `distancesKm` replaces the default table. */
export interface Subject {
  readonly category: string
  readonly terrain: Terrain
  readonly distancesKm?: DistanceQuantilesKm | undefined
}

/** Distances used for a subject, and whether they are those of the asked terrain. */
export interface SubjectDistances {
  readonly quantilesKm: DistanceQuantilesKm
  readonly from: 'own-table' | Terrain
}

/**
 * Distances of a subject: its own four, else the table's row of its terrain, else the flat row (`from` says which;
 * the source has no urban row for some categories). RangeError for an unknown category without its own distances, and for
 * distances that are none.
 * @param table an agency's (see `distanceTable`); default the one that ships with the program
 */
export function distancesFor(
  subject: Subject,
  table: { readonly categories: readonly SubjectCategory[] } = { categories: SUBJECT_CATEGORIES },
): SubjectDistances {
  if (subject.distancesKm) {
    if (!isDistanceTable(subject.distancesKm))
      throw new RangeError('subject.distancesKm: must be four distances above 0 km, rising (25, 50, 75, 95 %)')
    if (!isSpread(subject.distancesKm)) throw new RangeError(`subject.distancesKm: ${MUST_SPREAD}`)
    return { quantilesKm: subject.distancesKm, from: 'own-table' }
  }
  const category = table.categories.find(({ id }) => id === subject.category)
  if (!category)
    throw new RangeError(
      `subject.category: must be an id of the table of distances (map --categories), or come with distancesKm; not '${subject.category}'`,
    )
  const row = category.distancesKm[subject.terrain]
  return row ? { quantilesKm: row, from: subject.terrain } : { quantilesKm: category.distancesKm.flat, from: 'flat' }
}
