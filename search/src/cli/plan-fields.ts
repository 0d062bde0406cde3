import { z } from 'zod'
import { ALIVE_WHEN_FOUND } from '../plan/survival-curve.ts'
import { AboveZero, AtLeastZero, Bearing, LngLatField, Share } from './fields.ts'

/** No search is wider than this, and a longer leg would take minutes to score. */
const FARTHEST_M = 10_000_000
/** A point of the grid's frame, metres from its south-west corner. */
const MetresFromCorner = z.number().min(-FARTHEST_M).max(FARTHEST_M)
export const PointM = z.tuple([MetresFromCorner, MetresFromCorner], { error: 'must be [eastM, northM] in metres' })

const Side = z.number().int().min(1).max(20_000)

/** A probability grid: rows from the south, columns from the west. What `map` prints is taken as it is. */
export const GridField = z
  .strictObject({
    rows: Side,
    cols: Side,
    cellM: AboveZero,
    values: z.array(z.number().min(0)),
    origin: LngLatField.optional(),
    restOfWorld: Share.optional(),
  })
  .refine(({ rows, cols, values }) => values.length === rows * cols, {
    path: ['values'],
    error: 'must have rows x cols numbers',
  })
  .refine(({ values }) => values.reduce((sum, value) => sum + value, 0) <= 1 + 1e-6, {
    path: ['values'],
    error: 'must add up to at most 1',
  })

export const SensorField = z.strictObject({ detectionRadiusM: AboveZero })

/** Whether a sweep width fits into the swath: no sensor finds more than what lies in it. A hair for rounding. */
export const fitsSwath = (asked: {
  readonly sensor?: { readonly detectionRadiusM: number } | undefined
  readonly sweepWidthM?: number | undefined
}): boolean =>
  asked.sensor === undefined ||
  asked.sweepWidthM === undefined ||
  asked.sweepWidthM <= 2 * asked.sensor.detectionRadiusM * (1 + 1e-9)

/** What to say where it does not. */
export const FIT_SWATH = {
  path: ['sweepWidthM'],
  error: 'must be at most twice sensor.detectionRadiusM, the width that is seen',
}

const Ring = z.array(PointM).min(3)
const POLYGON = 'must be a polygon of at least 3 corners, [[eastM, northM], ...] or rings of such'

/** A zone: one ring, or rings as in GeoJSON of which the outer one counts (a hole in a zone is zone). */
export const ZoneField = z.union([Ring, z.array(Ring).min(1)], { error: POLYGON }).transform((zone) => {
  const [first] = zone
  return Array.isArray(first?.[0]) ? (first as [number, number][]) : (zone as [number, number][])
})

const CATEGORIES = Object.keys(ALIVE_WHEN_FOUND)
const AlivePoint = z.tuple([AtLeastZero, Share], { error: 'must be [hours, share alive], the share 0 to 1' })

/** What is known of how long the subject may live; see `SurvivalConditions`. */
export const SurvivalField = z
  .strictObject({
    sinceS: AtLeastZero.default(0),
    points: z
      .array(AlivePoint)
      .min(1)
      .max(1000)
      .refine(
        (points) => points.every(([hours], i) => i === 0 || hours > points[i - 1]![0]),
        'must have hours that rise',
      )
      .refine(
        (points) => points.every(([, alive], i) => i === 0 || alive <= points[i - 1]![1]),
        'must have shares that do not rise',
      )
      .optional(),
    category: z.enum(CATEGORIES).optional(),
    waterC: z.number().min(-2).max(40).optional(),
    airC: z.number().min(-90).max(60).optional(),
  })
  .refine(
    ({ points, category, waterC, airC }) => [points, category, waterC, airC].some((given) => given !== undefined),
    { error: 'must have points, category, waterC or airC' },
  )

/** What to say where what is given of survival tells nothing: then no find is worth more than another. */
export const SURVIVAL_UNKNOWN =
  'survival: tells nothing of how long; water above 20 C (exhaustion decides) and air from -10 C up are past their models; survivalWeightedPos is null'

export const WindField = z.strictObject({ fromDeg: Bearing, speedMps: AtLeastZero })

/** The grid as the science takes it. */
export const cellsOf = ({ rows, cols, cellM, values }: z.infer<typeof GridField>) => ({
  rows,
  cols,
  cellM,
  values: Float64Array.from(values),
})
