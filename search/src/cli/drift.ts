import { z } from 'zod'
import { driftEnsemble } from '../drift/drift-ensemble.ts'
import { steadyFlow, sumOfFlows } from '../drift/flow.ts'
import { leewayVelocity } from '../drift/leeway.ts'
import { LEEWAY_OBJECTS, leewayObject } from '../drift/leeway-objects.ts'
import { tidalFlow } from '../drift/tide.ts'
import { AtLeastZero, Share } from './fields.ts'
import { jsonVerb } from './json-verb.ts'

const MAX_PARTICLES = 200_000
const MAX_DURATION_S = 30 * 86_400

const HELP = `usage: search drift [FILE]
       search drift --objects

Drift of a person or a craft in the water under wind and current (leeway). JSON from FILE or standard input.
  in   {"object","wind":{"toEastMps","toNorthMps"},"current":{"eastMps","northMps"},"side":"right"|"left",
        "convention":"allen"|"opendrift","durationS","particles","seed",
        "jibePerHour"?,"capsizing"?,"datumErrorM"?,"stepS"?,
        "tide"?:{"ebb":{"eastMps","northMps"},"flood":{...},"slackS":[...],"afterFirstSlack":"ebb"|"flood"}}
  out  {"velocityMps":[e,n],"meanM":[e,n],"particlesM":[[e,n],...]}; with particles 0 only velocityMps

  --objects    the ${LEEWAY_OBJECTS.length} leeway classes with their coefficients

velocityMps  without deviations, wind and current as given; particlesM in metres from the start
side         of every particle at the start; "both" is half each. Each hour 4 % jibe (jibePerHour; 0 switches it off)
convention   allen: right is right of downwind, as measured; opendrift: its mirror image
tide         is added to the current; slack times in seconds after the start
Limits: ${MAX_PARTICLES} particles, ${MAX_DURATION_S / 86_400} days.
`

const Current = z.strictObject({ eastMps: z.number().min(-20).max(20), northMps: z.number().min(-20).max(20) })

const Input = z.strictObject({
  object: z.string(),
  wind: z.strictObject({ toEastMps: z.number().min(-100).max(100), toNorthMps: z.number().min(-100).max(100) }),
  current: Current,
  side: z.enum(['right', 'left', 'both']),
  convention: z.enum(['allen', 'opendrift']),
  durationS: AtLeastZero.max(MAX_DURATION_S),
  particles: z.int().min(0).max(MAX_PARTICLES),
  seed: z.int(),
  jibePerHour: Share.optional(),
  capsizing: z.boolean().optional(),
  datumErrorM: AtLeastZero.optional(),
  stepS: z.number().min(1).max(86_400).optional(),
  tide: z
    .strictObject({
      ebb: Current,
      flood: Current,
      slackS: z.array(z.number()).min(1).max(1000),
      afterFirstSlack: z.enum(['ebb', 'flood']),
    })
    .optional(),
})

/** `drift`: one deterministic velocity, or a cloud of particles. */
export const drift = jsonVerb({
  help: HELP,
  input: Input,
  flags: ['objects'],
  answer: (flags) => (flags.has('objects') ? { objects: LEEWAY_OBJECTS } : null),
  run: ({ wind, current, tide, ...asked }) => {
    const object = leewayObject(asked.object)
    const windTo = [wind.toEastMps, wind.toNorthMps] as const
    const steady = [current.eastMps, current.northMps] as const
    const side = asked.side === 'both' ? null : asked.side
    const sides = side ? [side] : (['right', 'left'] as const)
    const leeways = sides.map((each) => leewayVelocity(object, windTo, each, { convention: asked.convention }))
    const mean = (axis: 0 | 1): number => leeways.reduce((sum, each) => sum + each[axis], 0) / leeways.length
    const velocityMps = [mean(0) + steady[0], mean(1) + steady[1]]
    if (asked.particles === 0) return { velocityMps }

    const tidal = tide && tidalFlow({ ...tide, ebb: pair(tide.ebb), flood: pair(tide.flood) })
    const { positionsM } = driftEnsemble({
      ...asked,
      object,
      wind: steadyFlow(windTo),
      current: tidal ? sumOfFlows(steadyFlow(steady), tidal) : steadyFlow(steady),
    })
    const particlesM: [number, number][] = []
    const sum: [number, number] = [0, 0]
    for (let i = 0; i < asked.particles; i++) {
      const [eastM, northM] = [positionsM[2 * i]!, positionsM[2 * i + 1]!]
      particlesM.push([eastM, northM])
      sum[0] += eastM
      sum[1] += northM
    }
    return { velocityMps, meanM: [sum[0] / asked.particles, sum[1] / asked.particles], particlesM }
  },
})

const pair = ({ eastMps, northMps }: z.infer<typeof Current>): [number, number] => [eastMps, northMps]
