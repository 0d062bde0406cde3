import type { Command, DomainEvent, DroneStatus, LngLat, Ring, Seat } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { evolve } from '../picture/evolve.ts'
import { applyChanges, createPicture, type Picture } from '../picture/picture.ts'
import type {
  AreaRequest,
  CutRequest,
  DecideContext,
  MapsPort,
  Planned,
  PlannerPort,
  SortieCut,
  SortieDrone,
  UnitFix,
} from './context.ts'
import { decide } from './decide.ts'
import { planNeeded } from './plan-needed.ts'
import { assumedOf } from './planned.ts'
import { ok, type Decision } from './result.ts'

/** Things that tests of the domain share: seats, a drone's telemetry, maps with made-up geometry, a running picture. */
export const NOW_MS = 1_700_000_000_000
export const HOME: LngLat = [122.2, 30.0]
export const DISPATCHER: Seat = { id: 'seat-d', role: 'dispatcher', name: '调度员' }
export const COORDINATOR: Seat = { id: 'seat-c', role: 'coordinator', name: '协调员' }
export const PILOT: Seat = { id: 'seat-p', role: 'pilot', name: '飞手甲' }
export const OTHER_PILOT: Seat = { id: 'seat-q', role: 'pilot', name: '飞手乙' }

export const at = (eastM: number, northM: number): LngLat => localFrame(HOME).toLngLat([eastM, northM])

export const statusOf = (droneId = 'main-1', over: Partial<DroneStatus> = {}): DroneStatus => ({
  droneId,
  systemId: Number(droneId.split('-')[1]),
  autopilot: 'ardupilot',
  vehicle: 'quadrotor',
  atMs: NOW_MS,
  link: { state: 'live', lastHeartbeatAtMs: NOW_MS, lossShare: 0, failsafeInS: null, remote: '127.0.0.1:5000' },
  duplicateId: false,
  armed: false,
  mode: { name: 'GUIDED', kind: 'guided' },
  landed: 'on-ground',
  position: { lngLat: HOME, altAmslM: 12, heightAboveTakeoffM: 0, atMs: NOW_MS, accuracyM: 1 },
  headingDeg: 0,
  groundSpeedMps: 0,
  climbMps: 0,
  battery: { remainingShare: 1, voltageV: 24, remainingS: null },
  wind: null,
  gps: { fixType: 3, satellites: 14 },
  home: { lngLat: HOME, altAmslM: 12 },
  mission: { current: null, reached: null, total: null, plan: 'none', planId: null },
  camera: null,
  gimbal: null,
  footprint: null,
  readiness: { canArm: true, reasons: [] },
  texts: [],
  ...over,
})

export const flyingStatus = (droneId = 'main-1', over: Partial<DroneStatus> = {}): DroneStatus =>
  statusOf(droneId, {
    armed: true,
    landed: 'in-air',
    mode: { name: 'AUTO', kind: 'auto' },
    position: { lngLat: at(0, 300), altAmslM: 130, heightAboveTakeoffM: 118, atMs: NOW_MS, accuracyM: 1 },
    ...over,
  })

const square = (centre: LngLat, halfM: number): Ring => {
  const frame = localFrame(centre)
  return [
    [-halfM, -halfM],
    [halfM, -halfM],
    [halfM, halfM],
    [-halfM, halfM],
  ].map((corner) => frame.toLngLat(corner))
}

const cutAt = (drone: SortieDrone, centre: LngLat, halfM: number): SortieCut => {
  const area = square(centre, halfM)
  return {
    droneId: drone.id,
    area,
    lanes: [
      [area[0]!, area[1]!],
      [area[2]!, area[3]!],
    ],
    path: area,
    lengthM: halfM * 6,
    timeS: 200,
    transitS: 60,
    energyShare: 0.4,
    laneSpacingM: 40,
    poa: 0.2,
    expectedPos: 0.1,
  }
}

/** Maps that answer with one square per drone, side by side; enough for rules that do not look inside. */
export const squareMaps = (): MapsPort => ({
  prior: (setup) => ({
    shape: { rows: 41, cols: 41, cellM: setup.cellM, origin: at(-1000, -1000) },
    restOfWorld: 0.2,
  }),
  scenario: () => 'drawn',
  coast: () => null,
  lanes: ({ drone, lanes }) => (lanes.length === 0 ? null : { ...cutAt(drone, lanes[0]![0]!, 80), lanes }),
  effort: (_, __, fixes) => ({
    sweepWidthM: 30,
    sweepRangeM: [20, 40],
    lengthM: 50 * fixes.length,
    coverage: 0.2,
    pod: 0.18,
    pos: 0.01,
    fixes: [...fixes],
  }),
  relook: ({ drone, centre, radiusM }) => cutAt(drone, centre, radiusM),
  cover: () => ({ swathM: 50, sweepWidthM: 30, podCap: 1, basis: 'assumed', rangeM: [20, 40] }),
})

export const squareCuts = ({ drones }: Pick<CutRequest, 'drones'>): SortieCut[] =>
  drones.map((drone, i) => cutAt(drone, at(i * 300, 300), 100))

/** A planner that answers at once. */
export const squarePlanner: PlannerPort = {
  cut: (request) => Promise.resolve(ok(squareCuts(request))),
  area: (request) => Promise.resolve(ok(squareCuts(request))),
  ahead: () => Promise.resolve(),
  ground: () => Promise.resolve(null),
}

type Wish<T> = T extends unknown ? Omit<T, 'id'> : never

/** A picture with its own time, ids and telemetry: commands go in, what came of them comes out. */
export function world(
  maps: MapsPort = squareMaps(),
  cut: (request: CutRequest) => SortieCut[] = squareCuts,
  area: (request: AreaRequest) => Decision<SortieCut[]> = (request) => ok(squareCuts(request)),
  warnings: DecideContext['warnings'] = null,
) {
  const picture: Picture = createPicture()
  const statuses = new Map<string, DroneStatus>()
  const log: DomainEvent[] = []
  const staff = new Map<string, { name: string; role: Seat['role'] }>()
  let nowMs = NOW_MS
  let ids = 0
  let track: readonly UnitFix[] = []
  const newId = (): string => `id-${++ids}`
  const apply = (events: readonly DomainEvent[]): void => {
    for (const event of events) {
      log.push(event)
      applyChanges(picture, evolve(picture, { event, atMs: nowMs }))
    }
  }
  const ctx = (seat: Seat): DecideContext => ({
    nowMs,
    newId,
    seat,
    maps,
    etaOf: () => null,
    coverPlace: ({ shape }) => (shape.kind === 'polygon' ? shape.rings[0]![0]! : null),
    drones: { get: (id) => statuses.get(id) ?? null, statuses: () => [...statuses.values()] },
    warnings,
    staff: { get: (account) => staff.get(account) ?? null },
    planned: null,
    ground: null,
    drawnForMs: null,
    track: null,
    pastIncident: null,
  })
  const plannedFor = (command: Command, seat: Seat): Decision<Planned | null> => {
    const needed = planNeeded(picture, command, ctx(seat))
    if (!needed?.ok) return needed ?? ok(null)
    const { value: request } = needed
    const cuts = 'area' in request ? area(request) : ok(cut(request))
    const assumed = assumedOf(picture.search.get(request.searchId)!)
    return cuts.ok ? ok({ request, assumed, cuts: cuts.value }) : cuts
  }
  return {
    picture,
    statuses,
    staff,
    log,
    newId,
    apply,
    ctx,
    nowMs: () => nowMs,
    /** What the store holds of the way of whichever unit is asked about. */
    report: (fixes: readonly UnitFix[]): void => {
      track = fixes
    },
    pass: (byMs: number): void => {
      nowMs += byMs
    },
    /** Decides and, when it is taken, applies; the events or the code of the refusal. */
    give(seat: Seat, command: Wish<Command>): DomainEvent[] | string {
      const given = { ...command, id: crypto.randomUUID() } as Command
      const planned = plannedFor(given, seat)
      const decided = planned.ok ? decide(picture, given, { ...ctx(seat), planned: planned.value, track }) : planned
      if (!decided.ok) return decided.error.code
      apply(decided.value)
      return decided.value
    },
    see(droneId = 'main-1', over: Partial<DroneStatus> = {}): void {
      statuses.set(droneId, statusOf(droneId, over))
      if (picture.drone.has(droneId)) return
      const { systemId, autopilot, vehicle } = statusOf(droneId)
      apply([
        {
          type: 'drone.seen',
          drone: {
            id: droneId,
            handle: picture.drone.size + 1,
            systemId,
            bridgeId: 'main',
            autopilot,
            vehicle,
            firstSeenAtMs: nowMs,
          },
        },
      ])
    },
    only<K extends 'incident' | 'search' | 'task' | 'candidate' | 'alarm' | 'command' | 'unit' | 'zone' | 'act'>(
      kind: K,
    ) {
      const all = [...picture[kind].values()]
      return all.at(-1)! as NonNullable<ReturnType<Picture[K]['get']>>
    },
  }
}

export const REPORT = {
  type: 'incident.report',
  category: 'missing-person',
  priority: 'critical',
  position: HOME,
  place: '普陀山后山',
  text: '老人上山未归',
  occurredAtMs: NOW_MS - 3_600_000,
  subject: {
    category: 'dementia',
    lastKnownAtMs: NOW_MS - 3_600_000,
    lastKnownPosition: HOME,
    description: '蓝色外套',
  },
} satisfies Wish<Command>

export const SETUP = {
  category: 'dementia',
  terrain: 'mountain',
  planningPoint: HOME,
  halfSizeM: 1000,
  cellM: 50,
  shoreShare: 0.3,
} as const
