import { z } from 'zod'
import { steadyFlow, sumOfFlows } from '../drift/flow.ts'
import { leewayObject } from '../drift/leeway-objects.ts'
import { tidalFlow } from '../drift/tide.ts'
import type { MapDrift } from '../scenario-map.ts'
import { AtLeastZero, Share } from './fields.ts'

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
      slackS: z.array(z.number()).min(1).max(1000),
      afterFirstSlack: z.enum(['ebb', 'flood']),
    })
    .optional(),
})

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
