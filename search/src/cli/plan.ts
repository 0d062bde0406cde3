import { z } from 'zod'
import type { Cells } from '../plan/path-score.ts'
import { type BatteryDrone, layersUnder, type NoFlightReason, planFlights, whyNoFlight } from '../plan/plan-flights.ts'
import { planPaths } from '../plan/plan-paths.ts'
import { survivalKnown, worthOfFind } from '../plan/survival-curve.ts'
import { HEIGHT_CEILING_M } from '../separation/height-layers.ts'
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
  WindField,
  ZoneField,
} from './plan-fields.ts'
import { scoresOf } from './scores.ts'

const HELP = `usage: search plan [FILE]

Paths that find the most within each drone's means. JSON from FILE or standard input.
  in   {"grid":{"rows","cols","cellM","values":[...]},"drones":[{"id","start":null|[eastM,northM],"budgetM"}],
        "sensor":{"detectionRadiusM"},"noFly"?:[polygons]}
  or   drones of {"id","start","airspeedMps","enduranceS","reserveS","returnTo":null|[eastM,northM]} and, if wanted,
        "wind":{"fromDeg","speedMps"},"sweepWidthM","noFly":[polygons],"ceilingM","separationM",
        "survival":{"sinceS"?,"points"?,"category"?,"waterC"?,"airC"?} as in search score
  out  {"paths":[{"drone","points":[[eastM,northM],...],"lengthM","timesS"?,"heightM"?}],"score":{...}}
Points in metres from the south-west corner of the grid. "start":null: anywhere, nothing to fly to it. Values may sum to
less than 1; they are never rescaled. At most one path per drone: none when nothing within its means is worth a flight,
and a line on standard error says why.
timesS counts from the start of the search; a drone that must keep separationM from another takes off later. heightM is
the drone's layer under ceilingM, which is at most 120. score.restrictedMeanTimeS runs to the last landing. With survival, finds are worth the
chance that the subject is alive then, and score.survivalWeightedPos says what that comes to.
`

const Id = z.string().min(1)
const Start = PointM.nullable()
const ByLength = z.strictObject({ id: Id, start: Start, budgetM: AtLeastZero })
const ByBattery = z
  .strictObject({
    id: Id,
    start: Start,
    airspeedMps: AboveZero,
    enduranceS: AtLeastZero,
    reserveS: AtLeastZero,
    returnTo: PointM.nullable(),
  })
  .refine(({ enduranceS, reserveS }) => reserveS <= enduranceS, {
    path: ['reserveS'],
    error: 'must be at most enduranceS',
  })

const shape = { grid: GridField, sensor: SensorField, noFly: z.array(ZoneField).optional() }
const distinct = (drones: readonly { readonly id: string }[]): boolean =>
  new Set(drones.map(({ id }) => id)).size === drones.length
const DISTINCT = { path: ['drones'], error: 'must have different ids' }

const Lengths = z
  .strictObject({ ...shape, drones: z.array(ByLength).min(1).max(200) })
  .refine(({ drones }) => distinct(drones), DISTINCT)
const Batteries = z
  .strictObject({
    ...shape,
    drones: z.array(ByBattery).min(1).max(200),
    wind: WindField.nullable().optional(),
    sweepWidthM: AboveZero.optional(),
    ceilingM: AboveZero.max(HEIGHT_CEILING_M, {
      error: `must be at most ${HEIGHT_CEILING_M}: above that true height is controlled airspace`,
    }).optional(),
    separationM: AtLeastZero.optional(),
    survival: SurvivalField.optional(),
  })
  .refine(fitsSwath, FIT_SWATH)
  .refine(({ drones }) => distinct(drones), DISTINCT)

/** Whether the drones are given by length: decides which form the rest must have, so that faults name the right field. */
const givenByLength = (input: unknown): boolean => {
  const drones: unknown = (input as { drones?: unknown } | null)?.drones
  const first: unknown = Array.isArray(drones) ? drones[0] : undefined
  return typeof first !== 'object' || first === null || !('airspeedMps' in first || 'enduranceS' in first)
}

const Input = z.unknown().transform((input, context): z.infer<typeof Lengths> | z.infer<typeof Batteries> => {
  const parsed = givenByLength(input) ? Lengths.safeParse(input) : Batteries.safeParse(input)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, input } as never)
  return z.NEVER
})

const isByLength = (asked: z.infer<typeof Input>): asked is z.infer<typeof Lengths> =>
  asked.drones.every((drone) => 'budgetM' in drone)

/** `plan`: who flies where. */
export const plan = jsonVerb({
  help: HELP,
  input: Input,
  run: (asked, { note }) => {
    const cells = cellsOf(asked.grid)
    try {
      return isByLength(asked)
        ? byLength(asked, cells, note)
        : byBattery(asked as z.infer<typeof Batteries>, cells, note)
    } catch (error) {
      // The planner speaks of its lanes; whoever called gave a radius.
      const lanes = error instanceof RangeError && error.message.startsWith('tasks:')
      throw lanes ? new RangeError('sensor.detectionRadiusM: must be larger for a grid of this size') : error
    }
  },
})

type Note = (line: string) => void

const WHY: Readonly<Record<NoFlightReason, string>> = {
  'start-in-no-fly': 'starts inside a zone of noFly',
  'landing-in-no-fly': 'lands inside a zone of noFly',
  'no-energy': 'has nothing left to fly with',
  'wind-too-strong': 'makes no way against the wind, which is as fast as it flies',
  'nothing-in-reach': 'finds nothing worth a flight within its means',
}

/** One line on the drones without a path, and why. */
function noteIdle(
  drones: readonly BatteryDrone[],
  flights: readonly { readonly droneId: string }[],
  about: Parameters<typeof whyNoFlight>[2],
  note: Note,
): void {
  const idle = whyNoFlight(drones, flights, about)
  if (idle.length > 0)
    note(
      `paths: none for ${idle.map(({ droneId, reason }) => `${JSON.stringify(droneId)}, which ${WHY[reason]}`).join('; ')}`,
    )
}

function byLength({ drones, sensor, noFly }: z.infer<typeof Lengths>, grid: Cells, note: Note): object {
  const { detectionRadiusM } = sensor
  // Metres are seconds at 1 m/s: the planner that goes around zones does not care which.
  const flyers = drones.map(({ id, start, budgetM }) => ({
    id,
    startM: start,
    returnM: null,
    airspeedMps: 1,
    enduranceS: budgetM,
    reserveS: 0,
  }))
  const flown = noFly?.length
    ? planFlights({ grid, drones: flyers, detectionRadiusM, noFly })
    : planPaths({
        grid,
        drones: drones.map(({ id, start, budgetM }) => ({ id, startM: start, budgetM })),
        detectionRadiusM,
      }).map(({ droneId, pointsM, lengthM }) => ({ droneId, points: pointsM, lengthM }))
  noteIdle(flyers, flown, { noFly }, note)
  const swathM = 2 * detectionRadiusM
  return {
    paths: flown.map(({ droneId, points, lengthM }) => ({ drone: droneId, points, lengthM })),
    score: scoresOf(
      grid,
      flown.map(({ points }) => ({ points })),
      { swathM, sweepWidthM: swathM },
      null,
    ),
  }
}

function byBattery(asked: z.infer<typeof Batteries>, grid: Cells, note: Note): object {
  const { sensor, sweepWidthM, wind, noFly, ceilingM, separationM, survival } = asked
  const drones = asked.drones.map(({ start, returnTo, ...drone }) => ({ ...drone, startM: start, returnM: returnTo }))
  if (survival && !survivalKnown(survival)) note(SURVIVAL_UNKNOWN)
  const flights = planFlights({
    grid,
    drones,
    detectionRadiusM: sensor.detectionRadiusM,
    sweepWidthM,
    wind,
    noFly,
    ceilingM,
    separationM,
    stories:
      survival && survivalKnown(survival)
        ? [{ values: grid.values, valueAt: worthOfFind(survival, survival.sinceS) }]
        : undefined,
  })
  noteIdle(drones, flights, { noFly, wind }, note)
  const layers = ceilingM === undefined ? flights.length : layersUnder(ceilingM)
  if (layers < flights.length)
    note(
      `ceilingM: leaves room for ${layers} ${layers === 1 ? 'layer' : 'layers'} 15 m apart, so ${flights.length} drones share heights; ${separationM === undefined ? 'only separationM would keep them apart in time' : 'they are kept apart by separationM'}`,
    )
  const swathM = 2 * sensor.detectionRadiusM
  // Without a flight there is no time to find in: not known, rather than found at once.
  const horizonS = flights.length === 0 ? null : Math.max(...flights.map(({ timesS }) => timesS[timesS.length - 1]!))
  return {
    paths: flights.map(({ droneId, points, lengthM, timesS, heightM }) => ({
      drone: droneId,
      points,
      lengthM,
      timesS,
      ...(heightM === null ? {} : { heightM }),
    })),
    score: scoresOf(grid, flights, { swathM, sweepWidthM: sweepWidthM ?? swathM }, horizonS, survival),
  }
}
