import { z } from 'zod'
import { type Flow, sampledFlow, steadyFlow, sumOfFlows } from '../drift/flow.ts'
import { leewayObject } from '../drift/leeway-objects.ts'
import { tidalFlow } from '../drift/tide.ts'
import type { MapDrift } from '../prior/scenario-map.ts'
import { BadInput } from './bad-input.ts'
import { AboveZero, AtLeastZero, Share, SlackS } from './fields.ts'

/** From one high water to the next, seconds: up to that of a daily tide. */
export const TidePeriodS = z
  .number()
  .min(3600)
  .max(30 * 3600)

/** Numbers of one component of a field. */
const MAX_SAMPLES = 4_000_000

const Velocity = z.strictObject({ eastMps: z.number().min(-20).max(20), northMps: z.number().min(-20).max(20) })

/** A drift as a scenario of a map: what `drift` takes, with what a map can do without. */
export const DriftField = z.strictObject({
  object: z.string(),
  wind: z.strictObject({ toEastMps: z.number().min(-100).max(100), toNorthMps: z.number().min(-100).max(100) }),
  current: Velocity,
  durationS: AtLeastZero.max(30 * 86_400),
  side: z.enum(['right', 'left', 'both']).default('both'),
  particles: z.int().min(1).max(50_000).default(3000),
  seed: z.int().default(0),
  datumErrorM: AtLeastZero.default(0),
  jibePerHour: Share.optional(),
  tide: z
    .strictObject({
      ebb: Velocity,
      flood: Velocity,
      slackS: z.array(SlackS).min(1).max(1000),
      afterFirstSlack: z.enum(['ebb', 'flood']),
      periodS: TidePeriodS.optional(),
    })
    .optional(),
})

const Numbers = z.array(z.number().nullable()).min(1).max(MAX_SAMPLES)

/**
 * Wind or current as a field, samples as in `FlowSamples`, metres from the start of the drift; null where not known. Wind by
 * the way it blows TO.
 */
export const FlowField = z.strictObject({
  southWestM: z.tuple([z.number(), z.number()]),
  stepM: AboveZero,
  rows: z.int().min(1).max(2000),
  cols: z.int().min(1).max(2000),
  timesS: z.array(z.number()).min(1).max(1000),
  eastMps: Numbers,
  northMps: Numbers,
})

/** A field as a flow; BadInput that names the field when its sizes do not fit. */
export function flowOf(field: z.infer<typeof FlowField>, name: string): Flow {
  const { rows, cols, timesS, eastMps, northMps } = field
  for (const [key, list] of Object.entries({ eastMps, northMps })) {
    if (list.length !== rows * cols * timesS.length)
      throw new BadInput(
        `${name}.${key}: must have ${rows * cols * timesS.length} numbers, one per time, row and column`,
      )
  }
  if (timesS.some((atS, i) => i > 0 && !(atS > timesS[i - 1]!))) throw new BadInput(`${name}.timesS: must rise`)
  const known = (list: readonly (number | null)[]): Float64Array => Float64Array.from(list, (v) => v ?? Number.NaN)
  return sampledFlow({ ...field, eastMps: known(eastMps), northMps: known(northMps) })
}

const pair = ({ eastMps, northMps }: z.infer<typeof Velocity>): [number, number] => [eastMps, northMps]

/** The drift of a map, with wind and current the same everywhere and the tide on top. */
export function mapDriftOf({ object, wind, current, tide, ...rest }: z.infer<typeof DriftField>): MapDrift {
  const steady = steadyFlow(pair(current))
  return {
    ...rest,
    object: leewayObject(object),
    wind: steadyFlow([wind.toEastMps, wind.toNorthMps]),
    current: tide ? sumOfFlows(steady, tidalFlow({ ...tide, ebb: pair(tide.ebb), flood: pair(tide.flood) })) : steady,
  }
}
