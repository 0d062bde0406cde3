import type { Checkpoint, Drone, DroneStatus, Incident, Sailing, Unit } from '@skerry/contract'
import { expect, it } from 'vitest'
import { emptyPicture } from '../stores/apply-changes.ts'
import type { Known } from './facts.ts'
import type { VesselFacts } from '../stores/vessels.ts'
import { inspect } from './inspect.ts'

const NOW = 1_000_000
const t: Known['t'] = (key, named) => (named === undefined ? key : `${key} ${Object.values(named).join(' ')}`)
const known = (change: Partial<Known> = {}): Known => ({
  picture: emptyPicture(),
  statuses: new Map(),
  movers: { find: () => null },
  hotspots: [],
  vessels: new Map(),
  sailings: new Map(),
  consignmentPlaces: new Map(),
  placeName: (id) => id,
  nowMs: NOW,
  lang: 'zh',
  t,
  ...change,
})
const unit: Unit = {
  id: 'u1',
  handle: 7,
  callSign: '普陀-101',
  agency: 'a',
  kind: 'car',
  skills: [],
  onDuty: true,
  status: 'available',
  assignment: null,
}
const value = (inspection: ReturnType<typeof inspect>, label: string): string | null | undefined =>
  inspection?.facts.find((fact) => fact.label === label)?.value

it('shows where a unit is and how old that is', () => {
  const picture = { ...emptyPicture(), unit: new Map([['u1', unit]]) }
  const find: Known['movers']['find'] = (_kind, handle) =>
    handle === 7
      ? { lngLat: [122.1, 30], headingDeg: 12.4, speedMps: 10, fixAtMs: NOW - 9000, receivedAtMs: NOW - 7000, state: 0 }
      : null
  const inspection = inspect({ kind: 'unit', id: 'u1' }, known({ picture, movers: { find } }))
  expect(inspection).toMatchObject({ title: '普陀-101', position: [122.1, 30] })
  expect(value(inspection, 'inspect.heading')).toBe('12°')
  expect(value(inspection, 'inspect.speed')).toBe('inspect.kmh 36')
  expect(inspection?.ages).toEqual([
    { label: 'inspect.age.fix', seconds: 9, atMs: NOW - 9000 },
    { label: 'inspect.age.received', seconds: 7, atMs: NOW - 7000 },
  ])
})
it('says unknown, not zero, for a unit without a fix', () => {
  const picture = { ...emptyPicture(), unit: new Map([['u1', unit]]) }
  const inspection = inspect({ kind: 'unit', id: 'u1' }, known({ picture }))
  expect(inspection?.position).toBeNull()
  for (const label of ['inspect.position', 'inspect.heading', 'inspect.speed'])
    expect(value(inspection, label)).toBeNull()
  expect(inspection?.ages[0]!.seconds).toBeNull()
})
it('keeps the ages of fix, link and receipt of a drone apart, and never knows its true height', () => {
  const drone = { id: 'main-1', lease: null, taskId: null, vehicle: 'quad', autopilot: 'px4' } as unknown as Drone
  const status = {
    droneId: 'main-1',
    atMs: NOW - 1000,
    link: { state: 'live', lastHeartbeatAtMs: NOW - 2000 },
    position: { lngLat: [122, 30], atMs: NOW - 3000, heightAboveTakeoffM: 118.4 },
    armed: null,
    battery: { remainingShare: null },
  } as unknown as DroneStatus
  const picture = { ...emptyPicture(), drone: new Map([['main-1', drone]]) }
  const inspection = inspect(
    { kind: 'drone', id: 'main-1' },
    known({ picture, statuses: new Map([['main-1', status]]) }),
  )
  expect(inspection?.ages.map((age) => age.seconds)).toEqual([3, 2, 1])
  expect(value(inspection, 'inspect.heightAboveTakeoff')).toBe('common.distance.metres 118')
  for (const label of ['inspect.trueHeight', 'inspect.armed', 'inspect.battery', 'inspect.wind'])
    expect(value(inspection, label)).toBeNull()
})
it('shows a drone that the picture knows and no bridge reports', () => {
  const drone = { id: 'main-1', lease: null, taskId: null, vehicle: 'quad', autopilot: 'px4' } as unknown as Drone
  const picture = { ...emptyPicture(), drone: new Map([['main-1', drone]]) }
  const inspection = inspect({ kind: 'drone', id: 'main-1' }, known({ picture }))
  expect(value(inspection, 'inspect.link')).toBeNull()
  expect(inspection?.ages.every((age) => age.seconds === null)).toBe(true)
})
it('says unknown for counts of a gate that nobody counted', () => {
  const gate: Checkpoint = {
    id: 'g',
    name: { zh: '门', en: 'gate' },
    kind: 'ferry',
    position: [122, 30],
    terminal: null,
    onto: null,
    off: null,
    lanes: [{ id: 'a', direction: 'in', counts: 'persons' }],
    feed: 'gates',
    newestMinuteMs: null,
    receivedAtMs: null,
    state: 'unknown',
    flow: null,
    waiting: { persons: null, vehicles: null },
    streams: [],
    history: { in: [], out: [] },
    laneRates: [],
  }
  const picture = { ...emptyPicture(), checkpoint: new Map([['g', gate]]) }
  const inspection = inspect({ kind: 'checkpoint', id: 'g' }, known({ picture }))
  expect(inspection?.title).toBe('门')
  expect(inspection?.facts.length).toBeGreaterThan(0)
  expect(inspection?.facts.every((fact) => fact.value === null)).toBe(true)
  expect(inspection?.ages.every((age) => age.seconds === null)).toBe(true)
})
it('says unknown for a sailing that nobody has reported, and why one is off', () => {
  const sailing: Sailing = {
    id: 'a-b/a/0',
    line: 'a-b',
    from: 'a',
    to: 'b',
    vessel: 'car-ferry',
    scheduledAtMs: NOW - 600_000,
    leavesAtMs: null,
    departedAtMs: null,
    arrivesAtMs: null,
    arrivedAtMs: null,
    state: 'unknown',
    delayMin: null,
    delayBy: null,
    persons: null,
    vehicles: null,
    capacity: { persons: null, vehicles: null },
    mmsi: null,
    position: null,
    positionAtMs: null,
    reason: null,
    extra: false,
    undated: false,
  }
  const look = (change: Partial<Sailing>) =>
    inspect({ kind: 'sailing', id: 's' }, known({ sailings: new Map([['s', { ...sailing, ...change }]]) }))
  const silent = look({})
  expect(silent?.title).toBe('a → b')
  expect(silent?.facts.every((fact) => fact.value === null)).toBe(true)
  const off = look({ state: 'cancelled', reason: 'fog' })
  expect(value(off, 'checkpoint.sailing.cols.state')).toBe(
    'checkpoint.sailing.state.cancelled · checkpoint.sailing.reason.fog',
  )
})
it('names the units of an incident by call sign', () => {
  const incident = {
    id: 'i',
    number: 3,
    category: 'fire',
    priority: 'critical',
    unitIds: ['u1', 'u9'],
    searchId: null,
    position: [122, 30],
  }
  const picture = {
    ...emptyPicture(),
    unit: new Map([['u1', unit]]),
    incident: new Map([['i', incident as unknown as Incident]]),
  }
  const inspection = inspect({ kind: 'incident', id: 'i' }, known({ picture }))
  expect(value(inspection, 'inspect.units')).toBe('普陀-101, u9')
  expect([inspection?.title, value(inspection, 'inspect.level')]).toEqual(['#3 火情', '特急'])
})
it('has nothing to say about what is gone', () => {
  for (const kind of [
    'unit',
    'drone',
    'incident',
    'checkpoint',
    'task',
    'candidate',
    'search',
    'hotspot',
    'sailing',
  ] as const)
    expect(inspect({ kind, id: 'x' }, known())).toBeNull()
})
it('shows what a vessel says of itself, its receipt apart from its fix, and what is not known as unknown', () => {
  const find: Known['movers']['find'] = (kind, handle) =>
    kind === 'vessel' && handle === 3
      ? {
          lngLat: [122.3, 29.9],
          headingDeg: 75,
          speedMps: 4.1156,
          fixAtMs: NOW - 60_000,
          receivedAtMs: NOW - 2000,
          state: (1 << 4) | 5,
        }
      : null
  const bare = inspect({ kind: 'vessel', id: '3' }, known({ movers: { find } }))
  expect(bare).toMatchObject({ title: 'common.unknown', subtitle: 'domain.vesselGroup.cargo' })
  expect(value(bare, 'inspect.navStatus')).toBe('domain.navStatus.moored')
  expect(value(bare, 'inspect.mmsi')).toBeNull()
  const facts: VesselFacts = {
    mmsi: '412345678',
    handle: 3,
    group: 'tanker',
    name: 'HAI YUN 7',
    callSign: null,
    imo: null,
    lengthM: 96,
    beamM: 15,
    draughtM: null,
    destination: null,
    navStatus: 5,
    feed: 'harbour',
    safetyTexts: [{ to: null, text: 'ENGINE FAILED', firstAtMs: NOW - 60_000, lastAtMs: NOW - 60_000 }],
  }
  const whole = inspect({ kind: 'vessel', id: '3' }, known({ movers: { find }, vessels: new Map([[3, facts]]) }))
  expect(whole).toMatchObject({ title: 'HAI YUN 7', subtitle: 'domain.vesselGroup.tanker', position: [122.3, 29.9] })
  expect(value(whole, 'inspect.speed')).toBe('inspect.knots 8.0')
  expect(value(whole, 'inspect.size')).toBe('96 × 15 m')
  expect(value(whole, 'inspect.draught')).toBeNull()
  expect(value(whole, 'inspect.safetyTexts')).toContain('ENGINE FAILED')
  expect(value(bare, 'inspect.safetyTexts')).toBeUndefined()
  expect(whole?.ages.map(({ seconds }) => seconds)).toEqual([60, 2])
  expect(inspect({ kind: 'vessel', id: '4' }, known())).toBeNull()
})
