import { z } from 'zod'
import { AboveZero } from './fields.ts'
import { jsonVerb } from './json-verb.ts'
import { cellsOf, GridField, PointM, SensorField } from './plan-fields.ts'
import { scoresOf } from './scores.ts'

const HELP = `usage: search score [FILE]

What flown or planned paths are worth. JSON from FILE or standard input.
  in   {"grid":{"rows","cols","cellM","values":[...]},"paths":[{"points":[[eastM,northM],...],"timesS"?:[...]}],
        "sensor":{"detectionRadiusM"} and/or "sweepWidthM","horizonS"?}
  out  {"areaLikelihood","sarenvLikelihood","pos","restrictedMeanTimeS"}
areaLikelihood: probability of the 5 m sub-cells whose centre lies within the radius of a path. sarenvLikelihood: of whole
cells whose centre lies within the radius of a position sampled every 15 m. pos: with POD = 1 - exp(-coverage), where each
pass adds sweepWidthM / (2 x radius) to the coverage of its swath; without sweepWidthM it is twice the radius, without
sensor the radius is half of it. restrictedMeanTimeS: integral of 1 - pos over the horizon; null unless horizonS and the
times of every path are given.
`

const Path = z
  .strictObject({
    drone: z.string().optional(),
    points: z.array(PointM).min(1),
    lengthM: z.number().optional(),
    timesS: z.array(z.number()).optional(),
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
    horizonS: AboveZero.optional(),
  })
  .refine(({ sensor, sweepWidthM }) => sensor !== undefined || sweepWidthM !== undefined, {
    path: ['sensor'],
    error: 'must be given, or sweepWidthM',
  })

/** `score`: what paths see, find, and how soon. */
export const score = jsonVerb({
  help: HELP,
  input: Input,
  run: ({ grid, paths, sensor, sweepWidthM, horizonS }) => {
    const swathM = sensor ? 2 * sensor.detectionRadiusM : sweepWidthM!
    return scoresOf(cellsOf(grid), paths, { swathM, sweepWidthM: sweepWidthM ?? swathM }, horizonS ?? null)
  },
})
