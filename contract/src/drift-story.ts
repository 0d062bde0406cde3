import { z } from 'zod'
import { EpochMs, LngLat } from './geo.ts'
import { SubjectCategory } from './incidents.ts'

/** A drift is computed for so long at most: beyond it a single wind and tide say nothing. */
export const LONGEST_DRIFT_MS = 72 * 3_600_000
/** How far ahead of the clock a drift can be shown: to where somebody will be when a drone gets there. */
export const DRIFT_AHEAD_MS = 6 * 3_600_000

/** More changes of the wind than anybody enters by hand while a person is in the water. */
export const MOST_LATER_WINDS = 11

/** Ground that distances are told apart by. */
export const Terrain = z.enum(['flat', 'mountain', 'urban'])

/** More samples of a component of a field than this make a search too heavy to send to every console. */
export const MOST_FLOW_SAMPLES = 4000

const Rising = (most: number, least: number, highest: number) =>
  z
    .array(z.number().min(least).max(highest))
    .min(1)
    .max(most)
    .refine((axis) => axis.every((at, i) => i === 0 || at > axis[i - 1]!), { error: 'must rise' })

/**
 * Wind or current over an area and a time, as a forecast gives it: the nodes of a lattice of meridians and parallels at
 * certain times. Between them it is linear; one time holds always. Outside it, and where no node tells, it is unknown.
 */
export const FlowGrid = z
  .strictObject({
    /** Where it comes from, for whoever reads it later: the name of a file. */
    source: z.string().trim().min(1).max(120),
    /** Columns from west and rows from south, degrees. */
    lngs: Rising(200, -180, 180),
    lats: Rising(200, -90, 90),
    timesMs: z
      .array(EpochMs)
      .min(1)
      .max(500)
      .refine((axis) => axis.every((at, i) => i === 0 || at > axis[i - 1]!), { error: 'must rise' }),
    /** Metres per second TO the east and north, one number per time, row and column; null where not known (land). */
    eastMps: z.array(z.number().min(-60).max(60).nullable()).max(MOST_FLOW_SAMPLES),
    northMps: z.array(z.number().min(-60).max(60).nullable()).max(MOST_FLOW_SAMPLES),
  })
  .refine(
    ({ lngs, lats, timesMs, eastMps, northMps }) =>
      eastMps.length === lngs.length * lats.length * timesMs.length && northMps.length === eastMps.length,
    { path: ['eastMps'], error: 'must have one number per time, row and column' },
  )
export type FlowGrid = z.infer<typeof FlowGrid>

/** How far from the drift the only time of a field may lie: after a quarter of a tide it tells of another stream. */
export const ONE_TIME_HOLDS_MS = 3 * 3_600_000

/** Whether a field tells of a span of time; one time holds throughout, for a drift that it is of. */
export function flowTellsOf({ timesMs }: Pick<FlowGrid, 'timesMs'>, fromMs: number, toMs: number): boolean {
  const [first, last] = [timesMs[0]!, timesMs.at(-1)!]
  if (timesMs.length > 1) return fromMs >= first && toMs <= last
  return first >= fromMs - ONE_TIME_HOLDS_MS && first <= toMs + ONE_TIME_HOLDS_MS
}

const BearingDeg = z.number().min(0).max(360)

/** Set and rate of a current: the bearing that it runs TO, clockwise from north, and its speed. */
export const SetAndRate = z.strictObject({ towardDeg: BearingDeg, speedMps: z.number().min(0).max(5) })
export type SetAndRate = z.infer<typeof SetAndRate>

/**
 * Current as a person states it, the same over the whole map: one set and rate, or the strongest ebb and flood with a
 * slack; or as a forecast gives it, from place to place and with the tide in it.
 */
export const DriftCurrent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('steady'), ...SetAndRate.shape }),
  z.strictObject({
    kind: z.literal('tide'),
    ebb: SetAndRate,
    flood: SetAndRate,
    /** A slack water near the time of the drift, and what runs after it. */
    slackAtMs: EpochMs,
    afterSlack: z.enum(['ebb', 'flood']),
    /** From one high water to the next, hours; missing: that of the principal lunar tide (M2, 12.42 h). */
    periodH: z.number().min(4).max(30).optional(),
    /** What runs beside the tide all the time, for example from a river mouth. */
    residual: SetAndRate.optional(),
  }),
  z.strictObject({ kind: z.literal('field'), field: FlowGrid }),
])
export type DriftCurrent = z.infer<typeof DriftCurrent>

/** Wind 10 m above the water: where it comes FROM, clockwise from north. */
const FromAndSpeed = { fromDeg: BearingDeg, speedMps: z.number().min(0).max(40) }

/** Wind as a person states it, or as a forecast gives it from place to place. */
export const DriftWind = z.union([z.strictObject(FromAndSpeed), z.strictObject({ field: FlowGrid })], {
  error: `must be fromDeg and speedMps, or a field with rising axes, at most ${MOST_FLOW_SAMPLES} numbers a component, each from -60 to 60`,
})
export type DriftWind = z.infer<typeof DriftWind>

/** The wind at a later moment, as it was measured or is forecast. */
export const LaterWind = z.strictObject({ atMs: EpochMs, ...FromAndSpeed })
export type LaterWind = z.infer<typeof LaterWind>

/** Whether the moments of a changing wind follow the entry and one another. */
export const windsRise = (enteredAtMs: number, laterWinds: readonly Pick<LaterWind, 'atMs'>[]): boolean =>
  laterWinds.every(({ atMs }, i) => atMs > (laterWinds[i - 1]?.atMs ?? enteredAtMs))

/** A person or craft that is in the water and drifts with wind and current. */
export const DriftStory = z
  .strictObject({
    name: z.string().trim().min(1).max(60),
    kind: z.literal('drift'),
    /** Where the drift began: the place of entry. With `fromShore`: the planning point on land. */
    planningPoint: LngLat,
    /**
     * Set where nobody knows the place of entry: somewhere on the shore that such a person could reach on foot from the
     * planning point, as likely as the distances and the layers of the ground have it there.
     */
    fromShore: z.strictObject({ category: SubjectCategory, terrain: Terrain }).optional(),
    /** Radius that holds half of the places where it may have begun (total probable error), metres. */
    entryErrorM: z.number().min(0).max(5000),
    enteredAtMs: EpochMs,
    /** Leeway class of the search science; the server refuses an id that it does not know. */
    objectId: z.string().regex(/^[A-Za-z0-9-]{2,40}$/),
    /** From the entry on; with `laterWinds` it turns into the first of them until then. A field has its own times. */
    wind: DriftWind,
    /** In the order of their time, after the entry; the last one holds on. */
    laterWinds: z.array(LaterWind).max(MOST_LATER_WINDS).optional(),
    current: DriftCurrent,
  })
  .refine(({ enteredAtMs, laterWinds = [] }) => windsRise(enteredAtMs, laterWinds), {
    path: ['laterWinds'],
    error: 'must follow the entry and one another in time',
  })
  .refine(({ wind, laterWinds = [] }) => !('field' in wind) || laterWinds.length === 0, {
    path: ['laterWinds'],
    error: 'must be left out where the wind is a field, which has its own times',
  })
export type DriftStory = z.infer<typeof DriftStory>
