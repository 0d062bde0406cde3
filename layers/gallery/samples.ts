// Things to draw, the same on every run. Around Putuoshan, so that the numbers in the gallery are plausible.
import type {
  Candidate,
  Checkpoint,
  DroneStatus,
  FlowStream,
  GridFrame,
  Incident,
  LngLat,
  MoverColumns,
  Reading,
  Task,
} from '@skerry/contract'
import { VESSEL_GROUPS, emptyColumns, vesselState } from '@skerry/contract'
import type {
  ConsignmentOnMap,
  DrawnThing,
  DroneOnMap,
  Evidence,
  SailingOnMap,
  TrackPlace,
  ZoneOnMap,
} from '../src/index.ts'

/** Middle of everything the gallery draws, degrees. */
export const CENTRE: LngLat = [122.386, 30.0]
export const NOW_MS = Date.UTC(2026, 10, 22, 4, 0)

/** A place some kilometres from the middle. */
export const at = (eastKm: number, northKm: number): LngLat => [CENTRE[0] + eastKm / 96.4, CENTRE[1] + northKm / 110.9]

/** Numbers in 0..1 that repeat with the seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Every kind (columns) in every status (rows); fixes grow older to the right, the last column has no heading. */
export function unitColumns(): MoverColumns {
  const columns = emptyColumns(30)
  for (let i = 0; i < 30; i++) {
    const kind = i % 5
    const status = Math.floor(i / 5)
    columns.handle[i] = i + 1
    columns.positions.set(at((kind - 2) * 1.6, (2.5 - status) * 1.2), i * 2)
    columns.headingDeg[i] = kind === 4 ? NaN : i * 12
    columns.speedMps[i] = kind === 4 ? NaN : 2 + kind * 4
    columns.ageS[i] = [2, 15, 40, 90, Infinity][kind]!
    columns.state[i] = (kind << 4) | status
  }
  return columns
}

export function incident(number: number, position: LngLat, facts: Partial<Incident>): Incident {
  return {
    id: `incident-${number}`,
    number,
    category: 'traffic',
    priority: 'notice',
    state: 'received',
    position,
    place: '普陀山',
    text: '',
    occurredAtMs: NOW_MS - 600_000,
    receivedAtMs: NOW_MS - 590_000,
    closedAtMs: null,
    outcome: null,
    subject: null,
    unitIds: [],
    searchId: null,
    source: 'gallery',
    ...facts,
  }
}

export const incidents = (): Incident[] => [
  incident(1, at(-3, 1), { priority: 'critical', category: 'missing-person' }),
  incident(2, at(-1, 1), { priority: 'critical' }),
  incident(3, at(1, 1), { priority: 'warning' }),
  incident(4, at(3, 1), { priority: 'notice', level: 'routine' }),
  incident(7, at(3, -1), { priority: 'notice', level: 'enquiry' }),
  incident(5, at(-1, -1), { priority: 'warning', category: 'missing-person' }),
  incident(6, at(1, -1), { priority: 'critical', state: 'closed' }),
]

/** Sixty incidents in one corner of a quiet area of forty. */
export function incidentPlaces(): LngLat[] {
  const rand = seeded(7)
  const anywhere = Array.from({ length: 40 }, () => at((rand() - 0.5) * 30, (rand() - 0.5) * 30))
  return [...anywhere, ...Array.from({ length: 60 }, () => at(3 + rand() * 2, 2 + rand() * 2))]
}

export const checkpoints = (): Checkpoint[] => [
  checkpoint('zhujiajian', '朱家尖蜈蚣峙码头', 'Wugongzhi ferry', at(-2, -2), 46, 31, 120),
  surging(checkpoint('putuoshan', '普陀山客运码头', 'Putuoshan ferry', at(0, 0), 12, 64, 35)),
  checkpoint('shenjiamen', '沈家门半升洞码头', 'Banshengdong ferry', at(-5, 1), null, null, null),
]

function checkpoint(
  id: string,
  zh: string,
  en: string,
  position: LngLat,
  inPersonsPerMin: number | null,
  outPersonsPerMin: number | null,
  queuePersons: number | null,
): Checkpoint {
  const known = inPersonsPerMin !== null
  const streams: FlowStream[] = queuePersons === null ? [] : [queueing(queuePersons)]
  return {
    id,
    name: { zh, en },
    kind: 'ferry',
    position,
    terminal: null,
    onto: null,
    off: null,
    lanes: [{ id: 'out', direction: 'out', counts: 'persons' }],
    feed: 'gallery',
    newestMinuteMs: known ? NOW_MS - 60_000 : null,
    receivedAtMs: known ? NOW_MS - 20_000 : null,
    state: known ? 'live' : 'unknown',
    flow: known ? { inPersonsPerMin, outPersonsPerMin, minutes: 5 } : null,
    waiting: { persons: queuePersons, vehicles: null },
    streams,
    history: { in: [], out: [] },
    laneRates: [],
  }
}

/** A queue that will have doubled in an hour. */
function queueing(waiting: number): FlowStream {
  const spread = (middle: number) => ({ p05: middle * 0.7, p50: middle, p95: middle * 1.4 })
  return {
    direction: 'out',
    counts: 'persons',
    line: null,
    passedPerMin: 30,
    arrivingPerMin: 34,
    arrivingBy: 'queue',
    minutes: 15,
    lastHour: { passed: 1800, invalid: 30, manual: 40, minutes: 60 },
    waiting,
    waitingAtMs: NOW_MS,
    waitMin: 25,
    waitBy: 'boats',
    usual: { perHour: { p05: 900, p50: 1100, p95: 1400 }, n: 8, basis: 'same-weekday' },
    surge: null,
    ahead: Array.from({ length: 12 }, (_, i) => ({
      atMs: NOW_MS + (i + 1) * 900_000,
      perHour: spread(1800),
      waiting: spread(waiting * (1 + (i + 1) / 4)),
      waitMin: spread(25 + i * 3),
    })),
  }
}

const surging = (gate: Checkpoint): Checkpoint => ({
  ...gate,
  streams: gate.streams.map((stream) => ({
    ...stream,
    surge: { observed: 2400, expected: 1100, z: 14, n: 8, stands: true },
  })),
})

/** Ways between two terminals: on time, late, cancelled, and one of which nobody knows where it is. */
export const sailings = (): SailingOnMap[] => {
  const way = (north: number): LngLat[] => [at(-4, north), at(-1, north + 0.3), at(2, north - 0.2), at(4, north)]
  return [
    {
      id: 's1',
      path: way(1.6),
      state: 'under-way',
      position: at(-1, 1.9),
      headingDeg: 95,
      delayMin: 0,
      label: '普陀山 08:20',
    },
    {
      id: 's2',
      path: way(0.5),
      state: 'under-way',
      position: at(2, 0.3),
      headingDeg: 75,
      delayMin: 14,
      label: '普陀山 08:00',
    },
    {
      id: 's3',
      path: way(-0.6),
      state: 'cancelled',
      position: null,
      headingDeg: null,
      delayMin: null,
      label: '桃花 08:30',
    },
    {
      id: 's4',
      path: way(-1.7),
      state: 'unknown',
      position: null,
      headingDeg: null,
      delayMin: null,
      label: '六横 07:30',
    },
  ]
}

export function droneStatus(droneId: string, facts: Partial<DroneStatus>): DroneStatus {
  return {
    droneId,
    systemId: 7,
    autopilot: 'ardupilot',
    vehicle: 'quadrotor',
    atMs: NOW_MS,
    link: { state: 'live', lastHeartbeatAtMs: NOW_MS, lossShare: 0, failsafeInS: null, remote: '' },
    duplicateId: false,
    armed: true,
    mode: { name: 'AUTO', kind: 'auto' },
    landed: 'in-air',
    position: { lngLat: CENTRE, altAmslM: 80, heightAboveTakeoffM: 60, atMs: NOW_MS, accuracyM: 1 },
    headingDeg: 60,
    groundSpeedMps: 9,
    climbMps: 0,
    battery: null,
    wind: null,
    gps: null,
    home: null,
    mission: { current: null, reached: null, total: null, plan: 'none', planId: null },
    camera: null,
    gimbal: null,
    footprint: null,
    readiness: { canArm: null, reasons: [] },
    texts: [],
    ...facts,
  }
}

export function drones(): DroneOnMap[] {
  return (['live', 'degraded', 'lost'] as const).map((state, i) => {
    const east = (i - 1) * 2
    const place = at(east, 0)
    const status = droneStatus(`main-${i + 1}`, {
      link: { state, lastHeartbeatAtMs: NOW_MS, lossShare: null, failsafeInS: null, remote: '' },
      position: { lngLat: place, altAmslM: 80, heightAboveTakeoffM: 60, atMs: NOW_MS, accuracyM: 1 },
      headingDeg: 45,
      footprint: {
        corners: [at(east + 0.1, 0.1), at(east + 0.5, 0.15), at(east + 0.4, 0.5), at(east + 0.05, 0.4)],
        reason: null,
        atMs: NOW_MS,
      },
    })
    const trail = Array.from({ length: 40 }, (_, k) => ({
      lngLat: at(east - (40 - k) * 0.03, -(40 - k) * 0.035 + Math.sin(k / 6) * 0.1),
      // Ten seconds in the middle are not known.
      atMs: NOW_MS - (40 - k) * 1000 - (k < 20 ? 10_000 : 0),
    }))
    return { status, trail, label: status.droneId }
  })
}

/** A ring-shaped map around the middle with a little mass at the far shore; the south-west quarter has been searched. */
export function gridFrame(side = 120, cellM = 50): GridFrame {
  const poa = new Float32Array(side * side)
  const pod = new Uint8Array(side * side)
  let sum = 0
  for (let row = 0; row < side; row++)
    for (let col = 0; col < side; col++) {
      const distanceKm = (Math.hypot(row - side / 2, col - side / 2) * cellM) / 1000
      const value = Math.exp(-((distanceKm - 0.8) ** 2) / 0.5) / (0.3 + distanceKm)
      poa[row * side + col] = value
      sum += value
      if (row < side / 2 && col < side / 2) pod[row * side + col] = Math.round((col / (side / 2)) * 250)
    }
  for (let i = 0; i < poa.length; i++) poa[i]! *= 0.85 / sum
  const halfKm = (side * cellM) / 2000
  return {
    shape: { rows: side, cols: side, cellM, origin: at(-halfKm, -halfKm) },
    revision: 1,
    restOfWorld: 0.15,
    pos: 0.2,
    poa,
    pod,
  }
}

export function task(number: number, eastKm: number, northKm: number): Task {
  const lanes = Array.from({ length: 8 }, (_, i): LngLat[] => {
    const north = northKm + 0.06 + i * 0.12
    const line = [at(eastKm + 0.06, north), at(eastKm + 1.34, north)]
    return i % 2 === 0 ? line : line.reverse()
  })
  return {
    id: `task-${number}`,
    number,
    searchId: 'search-1',
    incidentId: 'incident-1',
    kind: 'sweep',
    candidateId: null,
    droneId: `main-${number}`,
    state: 'drafted',
    reason: null,
    area: [at(eastKm, northKm), at(eastKm + 1.4, northKm), at(eastKm + 1.4, northKm + 1), at(eastKm, northKm + 1)],
    lanes,
    path: lanes.flat(),
    lengthM: 11_200,
    timeS: 1400,
    transitS: 90,
    energyShare: 0.6,
    laneSpacingM: 120,
    sweepWidthM: 80,
    poa: 0.12,
    expectedPos: 0.08,
    heightAboveTakeoffM: null,
    highestGroundAmslM: null,
    clearanceM: 60,
    speedMps: 8,
    notices: [],
    approvalRef: null,
    blockers: ['no-highest-ground'],
    offeredAtMs: null,
    offerExpiresAtMs: null,
    pilot: null,
    upload: null,
    startedAtMs: null,
    endedAtMs: null,
  }
}

export const readings = (): Reading[] =>
  Array.from({ length: 12 }, (_, i) => ({
    atMs: NOW_MS - i * 2000,
    droneId: 'main-1',
    position: at((i % 4) * 0.25 - 0.4, Math.floor(i / 4) * 0.25 - 0.3),
    errorRadiusM: 15 + i * 5,
    maxC: 24 + i,
    contrastSd: 3,
  }))

export const candidates = (): Candidate[] =>
  (['open', 'looking-again', 'team-sent', 'confirmed', 'dismissed', 'nothing-there'] as const).map((state, i) => ({
    id: `candidate-${i + 1}`,
    number: i + 1,
    searchId: 'search-1',
    incidentId: 'incident-1',
    state,
    position: at((i % 3) - 1, 0.4 - Math.floor(i / 3) * 0.8),
    errorRadiusM: 60 + i * 20,
    firstSeenAtMs: NOW_MS - 60_000,
    lastSeenAtMs: NOW_MS,
    looks: 4,
    opportunities: 5,
    maxC: 29,
    contrastSd: 4,
    likelihoodRatio: 12,
    passes: 1,
    taskId: null,
    unitId: null,
    reason: null,
  }))

/** Every group of vessel, with and without heading, getting older to the right; the last two are in distress. */
export function vesselColumns(): MoverColumns {
  const groups = VESSEL_GROUPS.length
  const columns = emptyColumns(groups * 2)
  for (let i = 0; i < columns.count; i++) {
    const group = VESSEL_GROUPS[i % groups]!
    const row = Math.floor(i / groups)
    columns.handle[i] = i + 1
    columns.positions.set(at(((i % groups) - groups / 2) * 0.8, 1.2 - row * 2.4), i * 2)
    columns.headingDeg[i] = row === 0 ? i * 25 : NaN
    columns.speedMps[i] = row === 0 ? 1 + (i % 5) * 2 : NaN
    columns.ageS[i] = 20 + i * 40
    columns.state[i] = vesselState(group, group === 'distress-beacon' ? 14 : 0)
  }
  return columns
}
/** Every shape; one is looked at and two have an alarm (see the exhibit). */
export const zones = (): ZoneOnMap[] => [
  {
    id: 'zone-1',
    name: '普陀山景区',
    shape: { kind: 'polygon', rings: [[at(-4, 0.5), at(-2.6, 0.3), at(-2.2, 1.8), at(-3.6, 2)]] },
  },
  { id: 'zone-2', name: '锚地', shape: { kind: 'circle', centre: at(0, 1.2), radiusM: 800 } },
  {
    id: 'zone-3',
    name: '油库',
    shape: {
      kind: 'polygon',
      rings: [
        [at(2, 0.4), at(4, 0.4), at(4, 2), at(2, 2)],
        [at(2.6, 0.9), at(3.4, 0.9), at(3.4, 1.5), at(2.6, 1.5)],
      ],
    },
  },
  {
    id: 'zone-4',
    name: '危险品路线',
    shape: { kind: 'corridor', line: [at(-4, -1.6), at(-1, -0.8), at(1.4, -1.8), at(4, -1)], halfWidthM: 150 },
  },
]

/** Quiet, off its corridor, in an accident, not seen, and not yet on its way. */
export const consignments = (): ConsignmentOnMap[] =>
  (
    [
      ['under-way', 0, 12, null, '3'],
      ['under-way', 0.45, 40, 'warning', '2.1'],
      ['accident', 0, 5, null, '8'],
      ['under-way', null, null, null, '3'],
      ['checked', null, null, null, '5.1'],
    ] as const
  ).map(([state, offKm, ageS, alarm, hazardClass], i) => ({
    id: `c${i + 1}`,
    state,
    corridor: {
      line: [at(-4, 2 - i), at(-1, 2.3 - i), at(4, 1.8 - i)],
      halfWidthM: 120,
    },
    position: offKm === null ? null : at(0.6 + i, 2.1 - i - 0.08 * i + offKm),
    ageS,
    alarm,
    label: `危运-${i + 1} ${hazardClass}`,
  }))

/** An hour of a patrol: a round, a stay of ten minutes, seven minutes in which nothing was heard. */
export const track = (): TrackPlace[] =>
  Array.from({ length: 61 }, (_, minute) => minute)
    .filter((minute) => minute < 38 || minute > 45)
    .map((minute) => {
      const angle = Math.min(minute, 15) + Math.max(0, minute - 25)
      return {
        atMs: NOW_MS - (60 - minute) * 60_000,
        lngLat: at(2.6 * Math.sin(angle / 9), 1.4 * Math.sin(angle / 4.5)),
      }
    })

export const evidence = (): Evidence[] => [
  { id: 'e1', position: at(0, 0), label: '最后出现', spreadM: 0 },
  { id: 'e2', position: at(0.6, 0.3), label: '目击 14:20', spreadM: 250 },
  { id: 'e3', position: at(-0.5, -0.4), label: '线索', spreadM: 60 },
]

export const drawings = (): DrawnThing[] => [
  {
    id: 'd1',
    name: '步道 A',
    shape: { kind: 'line', line: [at(-0.9, -0.3), at(-0.3, 0.1), at(0.2, 0), at(0.9, 0.4)] },
  },
  {
    id: 'd2',
    name: '采石场',
    shape: { kind: 'area', rings: [[at(0.1, -0.6), at(0.6, -0.6), at(0.5, -0.2)]] },
  },
  { id: 'd3', name: '水井', shape: { kind: 'point', at: at(-0.5, 0.5) } },
]
