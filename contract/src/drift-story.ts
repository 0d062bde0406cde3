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

const BearingDeg = z.number().min(0).max(360)

/** Set and rate of a current: the bearing that it runs TO, clockwise from north, and its speed. */
export const SetAndRate = z.strictObject({ towardDeg: BearingDeg, speedMps: z.number().min(0).max(5) })
export type SetAndRate = z.infer<typeof SetAndRate>

/** Current over the whole map, as a person states it: one set and rate, or the strongest ebb and flood with a slack. */
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
])
export type DriftCurrent = z.infer<typeof DriftCurrent>

/** Wind 10 m above the water: where it comes FROM, clockwise from north. */
const FromAndSpeed = { fromDeg: BearingDeg, speedMps: z.number().min(0).max(40) }

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
    /** From the entry on; with `laterWinds` it turns into the first of them until then. */
    wind: z.strictObject(FromAndSpeed),
    /** In the order of their time, after the entry; the last one holds on. */
    laterWinds: z.array(LaterWind).max(MOST_LATER_WINDS).optional(),
    current: DriftCurrent,
  })
  .refine(({ enteredAtMs, laterWinds = [] }) => windsRise(enteredAtMs, laterWinds), {
    path: ['laterWinds'],
    error: 'must follow the entry and one another in time',
  })
export type DriftStory = z.infer<typeof DriftStory>
