import { z } from 'zod'
import {
  DEFAULT_DISTANCE_TABLE,
  distanceTable,
  type DistanceTable,
  withDefaultCategories,
} from '../prior/distance-table.ts'
import { probabilityMap } from '../prior/probability-map.ts'
import { BadInput, inside } from './bad-input.ts'
import { DriftField, mapDriftOf } from './drift-fields.ts'
import { AboveZero, AtLeastZero, Bearing, LngLatField, Share } from './fields.ts'
import { landPolygons } from './geojson-land.ts'
import { jsonVerb } from './json-verb.ts'

/** Cells of one map: more could not be read by anybody, nor written as one line. */
const MAX_CELLS = 4_000_000
const MAX_HALF_SIZE_M = 100_000

const HELP = `usage: search map [FILE] [--detail] [--table TABLE]
       search map --categories [--table TABLE]

Probability map of a missing person. JSON from FILE or standard input.
  in   {"subject":{"category","terrain":"flat"|"mountain"|"urban","distancesKm"?:[q25,q50,q75,q95]},
        "ipp":[lng,lat],"halfSizeM","cellM","land"?:GeoJSON,"shoreShare"?,"waterBranch"?:{"share","drift"},
        "scenarios"?:[{"weight","ipp"?,"subject"?,"kind"?:"radial"|"shore"|"drift","drift"?,
                      "entry"?:"point"|"shore"}],
        "sightings"?:[{"position":[lng,lat],"errorM","reliability"?,"movedM"?,"sinceS"?,"headingDeg"?,"headingErrorDeg"?}]}
  out  {"rows","cols","cellM","origin":[lng,lat],"values":[...],"restOfWorld"}; values + restOfWorld = 1

  --categories  ids and distance tables of the categories, in the form of a TABLE: edit it to make your own
  --table TABLE an agency's own distances, JSON: {"attribution","categories":[{"id","label",
                "distancesKm":{"flat":[q25,q50,q75,q95],"mountain"?:[...],"urban"?:[...]}}]}; categories that it lacks are
                those of the default table
  --detail      adds "scenarios": weight, kind, restOfWorld and where the probability went, for each

distancesKm   an own distance table; any category name then
land          Polygon, MultiPolygon, Feature or FeatureCollection: nobody walks over water. What the coast cuts off
              goes to restOfWorld, except shoreShare of it (0 to 1, default 0), which is put on the reachable shore
waterBranch   share of what the coast cuts off that entered the water at the shore and drifted
drift         {"object","wind","current","durationS","side"?,"particles"?,"seed"?,"datumErrorM"?,"jibePerHour"?,"tide"?}
              as in search drift; kind "drift": was in the water at the planning point
entry         "shore": the drift began somewhere on the shore that could be reached on foot from the planning point
scenarios     weights are relative and are divided by their sum; what a scenario leaves out is the map's own
sightings     errorM: one standard deviation; reliability: probability that it was this subject (default 0.8);
              movedM: how far since, one deviation, or sinceS: seconds since; headingDeg: direction of travel
Limits: cellM >= 1, halfSizeM up to ${MAX_HALF_SIZE_M}, ${MAX_CELLS} cells; not across the 180th meridian.
`

const Subject = z.strictObject({
  category: z.string().min(1),
  terrain: z.enum(['flat', 'mountain', 'urban']),
  distancesKm: z.tuple([AboveZero, AboveZero, AboveZero, AboveZero]).optional(),
})

const Input = z.strictObject({
  subject: Subject,
  ipp: LngLatField,
  halfSizeM: z.number().gt(0).max(MAX_HALF_SIZE_M),
  cellM: z.number().min(1),
  land: z.unknown().optional(),
  shoreShare: Share.optional(),
  waterBranch: z.strictObject({ share: Share, drift: DriftField }).optional(),
  scenarios: z
    .array(
      z.strictObject({
        weight: AtLeastZero,
        ipp: LngLatField.optional(),
        subject: Subject.optional(),
        kind: z.enum(['radial', 'shore', 'drift']).optional(),
        drift: DriftField.optional(),
        entry: z.enum(['point', 'shore']).optional(),
      }),
    )
    .min(1)
    .max(64)
    .optional(),
  sightings: z
    .array(
      z.strictObject({
        position: LngLatField,
        errorM: AboveZero,
        reliability: Share.default(0.8),
        movedM: AtLeastZero.optional(),
        sinceS: AtLeastZero.optional(),
        headingDeg: Bearing.optional(),
        headingErrorDeg: z.number().gt(0).max(180).optional(),
      }),
    )
    .max(1000)
    .optional(),
})

/** The agency's table, completed from the default one; the default one without `--table`. */
const tableOf = (files: ReadonlyMap<string, unknown>): DistanceTable =>
  files.has('table') ? withDefaultCategories(distanceTable(files.get('table'))) : DEFAULT_DISTANCE_TABLE

/** A grid must have at least one whole cell, few enough in all, and lie on one side of the 180th meridian. */
function refuseSize({ ipp, halfSizeM, cellM }: { ipp: readonly number[]; halfSizeM: number; cellM: number }): void {
  if (cellM > 2 * halfSizeM) throw new BadInput(`cellM: must be at most ${2 * halfSizeM}, the side of the map`)
  if ((2 * halfSizeM) / cellM > Math.sqrt(MAX_CELLS)) {
    const least = Math.ceil((2 * halfSizeM) / Math.sqrt(MAX_CELLS))
    throw new BadInput(`cellM: must be at least ${least} for this halfSizeM (${MAX_CELLS} cells in all)`)
  }
  const halfLngDeg = ((halfSizeM + cellM) / 111_000 / Math.cos((ipp[1]! * Math.PI) / 180)) * 1.1
  if (Math.abs(ipp[0]!) + halfLngDeg >= 180)
    throw new BadInput('ipp: must be farther from the 180th meridian than the map reaches')
}

/** `map`: the probability map as one row-major array. */
export const map = jsonVerb({
  help: HELP,
  input: Input,
  flags: ['categories', 'detail'],
  files: ['table'],
  answer: (flags, files) => {
    if (!flags.has('categories')) return null
    const { categories, attribution } = tableOf(files)
    return { categories, attribution }
  },
  run: ({ land, shoreShare = 0, waterBranch, ...asked }, { flags, files, note }) => {
    refuseSize(asked)
    const ground = land === undefined ? undefined : landPolygons(land, 'land')
    const { grid, restOfWorld, perScenario } = probabilityMap({
      ...asked,
      table: tableOf(files),
      scenarios: asked.scenarios?.map(({ drift, ...story }, i) => ({
        ...story,
        drift: drift && inside(`scenarios[${i}].drift.`, () => mapDriftOf(drift)),
      })),
      shoreShare,
      waterBranch: waterBranch && {
        share: waterBranch.share,
        drift: inside('waterBranch.drift.', () => mapDriftOf(waterBranch.drift)),
      },
      land: ground,
    })
    if (ground?.every((rings) => rings.length === 0))
      note('land: holds no polygon, so everything counts as open water; leave it out where the land is not known')
    else if (perScenario.some(({ kind }) => kind === 'water'))
      note(
        'ipp: lies in the water; distances of walkers are only a placeholder there, a scenario with a drift belongs in its place',
      )
    // Where one story agrees with a sighting, the others have lost their weight and nothing was left out of the map.
    const leftOut = (perScenario[0]!.leftOut ?? []).filter((i) =>
      perScenario.every((story) => story.leftOut?.includes(i)),
    )
    if (leftOut.length > 0)
      note(
        `sightings: no place of any story agrees with all of them; left out ${leftOut.map((i) => `sightings[${i}]`).join(', ')}. Lower the reliability of those that may be wrong`,
      )
    const weights = (asked.scenarios ?? []).reduce((sum, { weight }) => sum + weight, 0)
    if (asked.scenarios && Math.abs(weights - 1) > 1e-9)
      note(`scenarios: weights sum to ${weights}; they are relative and were divided by their sum`)
    const { rows, cols, cellM, origin, values } = grid
    const out = { rows, cols, cellM, origin, values, restOfWorld }
    if (!flags.has('detail')) return out
    return {
      ...out,
      scenarios: perScenario.map(({ weight, kind, planningPointOn, restOfWorld, split }) => ({
        weight,
        kind,
        planningPointOn,
        restOfWorld,
        split,
      })),
    }
  },
})
