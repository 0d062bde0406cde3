import { putPlan } from '@skerry/mavlink-bridge/exchanges'
import {
  compareMissions,
  createRandom,
  FakeClock,
  lossyPort,
  type MissionItem,
  missionOfFile,
  NO_LOSS,
  notKept,
  readPlanFile,
} from '@skerry/mavlink-bridge/testing'
import { describe, expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { TEST_HOME } from '../vehicle/bench-rig.ts'
import { planVehicle } from './plan-vehicle.ts'

type Kind = 'ardupilot' | 'arduplane' | 'px4'
type Params = readonly (number | null)[]

const at = (eM: number, nM: number, heightM: number): Params => {
  const [lng, lat] = moved(TEST_HOME, eM, nM)
  return [lat, lng, heightM]
}
const RELATIVE = 3
const NO_PLACE = 2
const item = (command: number, frame: number, params: Params) => ({ type: 'SimpleItem', command, frame, params })
/** As QGroundControl writes it: take off, two waypoints, a loiter, a jump, the start of the landing, the landing. */
const fileText = (kind: Kind): string =>
  JSON.stringify({
    fileType: 'Plan',
    version: 1,
    mission: {
      version: 2,
      plannedHomePosition: [TEST_HOME[1], TEST_HOME[0], 12],
      items: [
        item(22, RELATIVE, [kind === 'arduplane' ? 15 : 0, 0, 0, null, ...at(0, 0, 50)]),
        item(178, NO_PLACE, [1, 8.3, -1, 0, 0, 0, 0]),
        item(16, RELATIVE, [0, kind === 'arduplane' ? 2.5 : 0, 0, null, ...at(120, 60, 50)]),
        item(16, RELATIVE, [0, kind === 'arduplane' ? 300 : 0, 0, kind === 'px4' ? -90 : null, ...at(240, 60, 62.37)]),
        item(19, RELATIVE, [30, 0, 40, null, ...at(240, 160, 60)]),
        item(177, NO_PLACE, [3, 2, 0, 0, 0, 0, 0]),
        item(189, NO_PLACE, [0, 0, 0, 0, 0, 0, 0]),
        item(21, RELATIVE, [0, 0, 0, null, ...at(0, 20, 0)]),
      ],
    },
    geoFence: { version: 2, polygons: [], circles: [] },
    rallyPoints: { version: 2, points: [] },
  })

/** Puts the file into a vehicle over the real codec; gives what was sent, how it ended and how often it was begun. */
async function upload(kind: Kind) {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, NO_LOSS, { path: 'codec' })
  const vehicle = planVehicle(kind, clock, link)
  const dialect = kind === 'px4' ? kind : 'ardupilot'
  const file = readPlanFile(fileText(kind))
  if (file.kind !== 'items') throw new Error('not a plan of QGroundControl')
  const items = missionOfFile(file, dialect)
  const policy = { dialect, storage: kind, rttMs: NO_LOSS.rttMs, expiresAtMs: clock.nowMs() + 600_000 } as const
  let ended: Awaited<ReturnType<typeof putPlan>> | null = null
  void putPlan(items, policy, { port: link.port, clock, comp: 1 }, () => undefined).then((end) => (ended = end))
  await clock.advanceUntil(() => ended !== null, 700_000)
  vehicle.stop()
  const end = ended as Awaited<ReturnType<typeof putPlan>> | null
  if (end?.ok !== true) throw new Error(end === null ? 'it never ended' : `${end.error.code} ${end.error.detail}`)
  const begun = link.sent.filter(({ name }) => name === 'MISSION_COUNT').length
  return { items, read: end.value.items, begun }
}

describe.each(['ardupilot', 'arduplane', 'px4'] as const)('a plan of QGroundControl in %s', (kind) => {
  it('is verified the first time', async () => {
    const { items, read, begun } = await upload(kind)
    expect([begun, compareMissions(items, read, kind)]).toEqual([1, []])
  })

  it('is another one with any change of what is kept', async () => {
    const { items, read } = await upload(kind)
    const seqOf = (command: number): number => read.findIndex((one, i) => one.command === command && i > 0)
    const changes: [number, Partial<MissionItem>][] = [
      [seqOf(16), { z: 49 }],
      [seqOf(16), { x: items[seqOf(16)]!.x + 100 }],
      [seqOf(19), { param1: 20 }],
      [seqOf(177), { param1: 1 }],
      [seqOf(177), { param2: 1 }],
      [seqOf(178), { param2: 5 }],
      [seqOf(21), { command: 20 }],
      [seqOf(21), { z: 30 }],
    ]
    for (const [seq, change] of changes) {
      const other = read.map((one, i) => (i === seq ? { ...one, ...change } : one))
      expect([seq, change, compareMissions(items, other, kind).map((found) => found.seq)]).toEqual([seq, change, [seq]])
    }
    const [one, two] = [seqOf(16), seqOf(16) + 1]
    const swapped = read.with(one, read[two]!).with(two, read[one]!)
    expect(compareMissions(items, swapped, kind)).toHaveLength(2)
    expect(compareMissions(items, read.slice(0, -1), kind)).toHaveLength(1)
  })
})

it('says what an ArduPilot had no room for', async () => {
  const [copter, plane, px4] = [await upload('ardupilot'), await upload('arduplane'), await upload('px4')]
  expect(notKept(copter.items, copter.read, 'ardupilot')).toEqual([{ seq: 5, what: 'param3 40 → 1' }])
  expect(notKept(plane.items, plane.read, 'arduplane')).toEqual([
    { seq: 3, what: 'param2 2.5 → 2' },
    { seq: 4, what: 'param2 300 → 255' },
    { seq: 5, what: 'param3 40 → 1' },
  ])
  expect(notKept(px4.items, px4.read, 'px4')).toEqual([])
})
