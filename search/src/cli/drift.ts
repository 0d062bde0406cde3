import { z } from 'zod'
import { driftEnsemble, type Fate } from '../drift/drift-ensemble.ts'
import { steadyFlow, sumOfFlows } from '../drift/flow.ts'
import { leewayVelocity } from '../drift/leeway.ts'
import { LEEWAY_OBJECTS, leewayObject } from '../drift/leeway-objects.ts'
import { HALF_TIDE_S, tidalFlow } from '../drift/tide.ts'
import { BadInput } from './bad-input.ts'
import { FlowField, flowOf, TidePeriodS } from './drift-fields.ts'
import { AtLeastZero, LngLatField, Share, SlackS } from './fields.ts'
import { landPolygons } from './geojson-land.ts'
import { jsonVerb } from './json-verb.ts'
import { FARTHEST_REACH_M, FINEST_CELL_M, landAround, NEAREST_REACH_M } from './land-around.ts'

const MAX_PARTICLES = 200_000
const MAX_DURATION_S = 30 * 86_400

const HELP = `usage: search drift [FILE] [--detail]
       search drift --objects

Drift of a person or a craft in the water under wind and current (leeway). JSON from FILE or standard input.
  in   {"object","wind":{"toEastMps","toNorthMps"},"current":{"eastMps","northMps"},"side":"right"|"left",
        "convention":"allen"|"opendrift","durationS","particles","seed",
        "jibePerHour"?,"capsizing"?,"datumErrorM"?,"stepS"?,
        "tide"?:{"ebb":{"eastMps","northMps"},"flood":{...},"slackS":[...],"afterFirstSlack":"ebb"|"flood",
                "periodS"?},
        "windField"?,"currentField"?:{"southWestM":[e,n],"stepM","rows","cols","timesS":[...],"eastMps":[...],"northMps":[...]},
        "start"?:[lng,lat],"land"?:GeoJSON}
  out  {"velocityMps":[e,n],"meanM":[e,n],"particlesM":[[e,n],...]}; with particles 0 only velocityMps

  --detail     adds "fates": how many particles are afloat, stranded, lost, and "fateOf": the fate of each
  --objects    the ${LEEWAY_OBJECTS.length} leeway classes with their coefficients

velocityMps  without deviations, wind and current as given; particlesM in metres from the start
side         of every particle at the start; "both" is half each. Each hour 4 % jibe (jibePerHour; 0 switches it off)
convention   allen: right is right of downwind, as measured; opendrift: its mirror image
tide         is added to the current; slack times in seconds after the start; before and after them it goes on
             with half periods (periodS, from one high water to the next; default ${2 * HALF_TIDE_S}, M2)
windField    in place of wind, by the way it blows to; currentField in place of current. Nodes in metres from the start,
             one number per time, row from the south and column; null: not known. A particle that comes where nothing is
             known is lost: it is in neither meanM (null when all are lost) nor particlesM, a line on standard error
             says how many, and fateOf names them in their order
land         needs start; particles strand where land begins, drawn on cells of ${FINEST_CELL_M} m within ${NEAREST_REACH_M / 1000} km of the start,
             twice as coarse with each doubling of that, up to ${FARTHEST_REACH_M / 1000} km; beyond, none is, and a line on standard
             error says how many particles went there
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
      slackS: z.array(SlackS).min(1).max(1000),
      afterFirstSlack: z.enum(['ebb', 'flood']),
      periodS: TidePeriodS.optional(),
    })
    .optional(),
  windField: FlowField.optional(),
  currentField: FlowField.optional(),
  start: LngLatField.optional(),
  land: z.unknown().optional(),
})

/** `drift`: one deterministic velocity, or a cloud of particles. */
export const drift = jsonVerb({
  help: HELP,
  input: Input,
  flags: ['objects', 'detail'],
  answer: (flags) => (flags.has('objects') ? { objects: LEEWAY_OBJECTS } : null),
  run: ({ wind, current, tide, windField, currentField, start, land, ...asked }, { flags, note }) => {
    const object = leewayObject(asked.object)
    const winds = windField ? flowOf(windField, 'windField') : steadyFlow([wind.toEastMps, wind.toNorthMps])
    const currents = currentField ? flowOf(currentField, 'currentField') : steadyFlow(pair(current))
    const [windTo, steady] = [winds(0, 0, 0), currents(0, 0, 0)]
    if (!windTo) throw new BadInput('windField: must be known at the start, [0, 0] m and 0 s')
    if (!steady) throw new BadInput('currentField: must be known at the start, [0, 0] m and 0 s')
    if (land !== undefined && !start) throw new BadInput('start: missing, must be [lng, lat] when land is given')
    const side = asked.side === 'both' ? null : asked.side
    const sides = side ? [side] : (['right', 'left'] as const)
    const leeways = sides.map((each) => leewayVelocity(object, windTo, each, { convention: asked.convention }))
    const mean = (axis: 0 | 1): number => leeways.reduce((sum, each) => sum + each[axis], 0) / leeways.length
    const velocityMps = [mean(0) + steady[0], mean(1) + steady[1]]
    if (asked.particles === 0) return { velocityMps }

    const tidal = tide && tidalFlow({ ...tide, ebb: pair(tide.ebb), flood: pair(tide.flood) })
    const coast = land === undefined ? undefined : landAround(start!, landPolygons(land, 'land'))
    const { positionsM, fates } = driftEnsemble({
      ...asked,
      object,
      wind: winds,
      current: tidal ? sumOfFlows(currents, tidal) : currents,
      isLand: coast?.isLand,
    })
    const particlesM: [number, number][] = []
    let beyond = 0
    const sum: [number, number] = [0, 0]
    for (let i = 0; i < asked.particles; i++) {
      if (fates[i] === 'lost') continue
      const [eastM, northM] = [positionsM[2 * i]!, positionsM[2 * i + 1]!]
      particlesM.push([eastM, northM])
      if (coast && Math.max(Math.abs(eastM), Math.abs(northM)) >= coast.reachM) beyond++
      sum[0] += eastM
      sum[1] += northM
    }
    const count = (fate: Fate): number => fates.filter((each) => each === fate).length
    const lost = count('lost')
    if (lost > 0)
      note(
        `particles: ${lost} of ${asked.particles} came where wind or current is not known; they are in neither meanM nor particlesM`,
      )
    if (coast && beyond > 0)
      note(
        `land: is drawn up to ${coast.reachM / 1000} km from the start; ${beyond} of ${asked.particles} went farther, where nothing strands`,
      )
    const meanM = particlesM.length > 0 ? [sum[0] / particlesM.length, sum[1] / particlesM.length] : null
    const out = { velocityMps, meanM, particlesM }
    if (!flags.has('detail')) return out
    const counts = { afloat: count('afloat'), stranded: count('stranded'), lost }
    return { ...out, fates: counts, fateOf: fates }
  },
})

const pair = ({ eastMps, northMps }: z.infer<typeof Current>): [number, number] => [eastMps, northMps]
