import { z } from 'zod'
import { survivalKnown } from '../plan/survival-curve.ts'
import { AboveZero, AtLeastZero } from './fields.ts'
import { jsonVerb } from './json-verb.ts'
import {
  cellsOf,
  FIT_SWATH,
  fitsSwath,
  GridField,
  PointM,
  SensorField,
  SURVIVAL_UNKNOWN,
  SurvivalField,
} from './plan-fields.ts'
import { scoresOf } from './scores.ts'

const HELP = `usage: search score [FILE]

What flown or planned paths are worth. JSON from FILE or standard input.
  in   {"grid":{"rows","cols","cellM","values":[...]},"paths":[{"points":[[eastM,northM],...],"timesS"?:[...]}],
        "sensor":{"detectionRadiusM"} and/or "sweepWidthM","horizonS"?,
        "survival"?:{"sinceS"?,"points"?:[[hours,alive],...],"category"?,"waterC"?,"airC"?}}
  out  {"areaLikelihood","sarenvLikelihood","pos","restrictedMeanTimeS","survivalWeightedPos"?}
areaLikelihood: probability of the 5 m sub-cells whose centre lies within the radius of a path. sarenvLikelihood: of whole
cells whose centre lies within the radius of a position sampled every 15 m. pos: with POD = 1 - exp(-coverage), where each
pass adds sweepWidthM / (2 x radius) to the coverage of its swath; without sweepWidthM it is twice the radius, without
sensor the radius is half of it. restrictedMeanTimeS: integral of 1 - pos over the horizon; null unless horizonS and the
times of every path are given.
survival: what is known of how long the subject may live; the lowest share counts. sinceS: how long ago it went missing;
points: an own curve; category: dementia or despondent; waterC, airC: degrees of cold water or air (water above 20 C and
air from -10 C up tell nothing). Then
survivalWeightedPos is the probability to find the subject alive, the sum of dPOS(t) S(t); null unless something is known
of survival and the times of every path are given. It compares plans and hours; it is never a reason to stop.
`

const Path = z
  .strictObject({
    drone: z.string().optional(),
    points: z.array(PointM).min(1),
    lengthM: z.number().optional(),
    timesS: z.array(AtLeastZero).optional(),
    heightM: z.number().optional(),
  })
  .refine(({ points, timesS }) => !timesS || timesS.length === points.length, {
    path: ['timesS'],
    error: 'must have one time per point',
  })
  .refine(({ timesS }) => !timesS || timesS.every((atS, i) => i === 0 || atS >= timesS[i - 1]!), {
    path: ['timesS'],
    error: 'must not fall',
  })

const Input = z
  .strictObject({
    grid: GridField,
    paths: z.array(Path),
    sensor: SensorField.optional(),
    sweepWidthM: AboveZero.optional(),
    horizonS: AtLeastZero.optional(),
    survival: SurvivalField.optional(),
  })
  .refine(({ sensor, sweepWidthM }) => sensor !== undefined || sweepWidthM !== undefined, {
    path: ['sensor'],
    error: 'must be given, or sweepWidthM',
  })
  .refine(fitsSwath, FIT_SWATH)

/** `score`: what paths see, find, and how soon. */
export const score = jsonVerb({
  help: HELP,
  input: Input,
  run: ({ grid, paths, sensor, sweepWidthM, horizonS, survival }, { note }) => {
    if (survival && !survivalKnown(survival)) note(SURVIVAL_UNKNOWN)
    const swathM = sensor ? 2 * sensor.detectionRadiusM : sweepWidthM!
    const sweeping = { swathM, sweepWidthM: sweepWidthM ?? swathM }
    return scoresOf(cellsOf(grid), paths, sweeping, horizonS ?? null, survival)
  },
})
