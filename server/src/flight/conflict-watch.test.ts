import type { DroneStatus, Task } from '@skerry/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { planOf } from '../domain/tasks/plan.ts'
import { HOME, at, flyingStatus, squareMaps, squarePlanner, statusOf } from '../domain/test-kit.ts'
import { createEngine } from '../engine/create-engine.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { memoryJournal } from '../journal/memory-journal.ts'
import { startConflictWatch } from './conflict-watch.ts'
import { createDroneBoard } from './drone-board.ts'
import { predictedTrack } from './predicted-track.ts'

let stop = (): void => {}
afterEach(() => stop())

async function watching(journal = memoryJournal()) {
  const clock = new FakeScheduler()
  const board = createDroneBoard((error) => expect.unreachable(String(error)))
  let ids = 0
  const newId = (): string => `id-${++ids}`
  const engine = await createEngine({
    journal,
    clock,
    newId,
    maps: squareMaps(),
    planner: squarePlanner,
    drones: board,
    version: '1',
  })
  const onFault = (error: unknown): void => expect.unreachable(String(error))
  stop = startConflictWatch({ engine, board, clock, newId, onFault })
  /** Drones that fly for so many seconds from where they are, with a position each second. */
  const fly = (
    drones: Record<string, { from: [number, number]; v: [number, number]; amslM: number | null }>,
    s: number,
  ) => {
    const startMs = clock.nowMs()
    for (let i = 0; i <= s; i++) {
      board.put(
        Object.entries(drones).map(([id, { from, v, amslM }]) => {
          const lngLat = at(from[0] + v[0] * i, from[1] + v[1] * i)
          const position = { lngLat, altAmslM: amslM, heightAboveTakeoffM: 60, atMs: startMs + i * 1000, accuracyM: 1 }
          return flyingStatus(id, { position, mode: { name: 'GUIDED', kind: 'guided' }, climbMps: 0 })
        }),
      )
      clock.advance(1000)
    }
  }
  const alarms = async () => {
    await engine.record({ kind: 'system', part: 'test' }, () => []) // what was queued before has been journaled
    return [...engine.picture.alarm.values()].map(({ kind, subject, detail, clearedAtMs }) => ({
      kind,
      pair: subject.id,
      detail,
      stands: clearedAtMs === null,
    }))
  }
  return { clock, board, engine, fly, alarms, journal }
}

describe('drones that will come too close', () => {
  it('raise one alarm before they do, which is taken back when they have passed', async () => {
    const { fly, alarms } = await watching()
    const east = { from: [0, 0] as [number, number], v: [10, 0] as [number, number], amslM: 60 }
    const west = { from: [600, 10] as [number, number], v: [-10, 0] as [number, number], amslM: 65 }
    fly({ 'main-1': east, 'main-2': west }, 3)
    const standing = [{ kind: 'predicted-conflict', pair: 'main-1 main-2', detail: '10 5', stands: true }]
    expect(await alarms()).toEqual(standing)
    fly({ 'main-1': { ...east, from: [40, 0] }, 'main-2': { ...west, from: [560, 10] } }, 24)
    expect(await alarms()).toEqual(standing)
    fly({ 'main-1': { ...east, from: [290, 0] }, 'main-2': { ...west, from: [310, 10] } }, 12)
    expect(await alarms()).toEqual([{ ...standing[0], stands: false }])
  })

  it('raise none in layers of their own, and one when a height is not known', async () => {
    const { fly, alarms } = await watching()
    const east = { from: [0, 0] as [number, number], v: [10, 0] as [number, number], amslM: 60 }
    const west = { from: [600, 0] as [number, number], v: [-10, 0] as [number, number], amslM: 80 }
    fly({ 'main-1': east, 'main-2': west }, 3)
    expect(await alarms()).toEqual([])
    fly({ 'main-1': east, 'main-2': { ...west, amslM: null } }, 3)
    expect(await alarms()).toMatchObject([{ detail: '0 ?', stands: true }])
  })

  it('keep their alarm while one of them is silent in the air, and lose it when one is on the ground', async () => {
    const { board, clock, fly, alarms } = await watching()
    const still = { from: [0, 0] as [number, number], v: [0, 0] as [number, number], amslM: 60 }
    fly({ 'main-1': still, 'main-2': { ...still, from: [20, 0] } }, 2)
    expect(await alarms()).toMatchObject([{ stands: true }])
    clock.advance(60_000)
    expect(await alarms()).toMatchObject([{ stands: true }])
    board.put([statusOf('main-2')])
    clock.advance(1000)
    expect(await alarms()).toMatchObject([{ stands: false }])
  })

  it('count neither on the ground nor when nobody else flies', async () => {
    const { board, clock, alarms } = await watching()
    board.put([statusOf('main-1'), statusOf('main-2'), flyingStatus('main-3')])
    clock.advance(3000)
    expect(await alarms()).toEqual([])
  })
})

describe('the predicted track of an aircraft on its plan', () => {
  const path = [at(0, 100), at(200, 100), at(200, 140), at(0, 140)]
  const task = { path, heightAboveTakeoffM: 60, speedMps: 10 } as Task
  const total = planOf(task).steps.length
  const uploaded = { ...task, upload: { done: total, total, verified: true, planId: 'p' } } as Task
  const onPlan = (current: number, over: Partial<DroneStatus> = {}): DroneStatus =>
    flyingStatus('main-1', {
      home: { lngLat: HOME, altAmslM: 12 },
      position: { lngLat: at(100, 100), altAmslM: 72, heightAboveTakeoffM: 60, atMs: 0, accuracyM: 1 },
      mission: { current, reached: null, total, plan: 'verified', planId: 'p' },
      ...over,
    })
  const local = ([lng, lat]: readonly number[]): readonly number[] => [
    (lng! - HOME[0]) * 96_486,
    (lat! - HOME[1]) * 110_860,
  ]
  const track = (status: DroneStatus, of: Task | null = uploaded) => predictedTrack(status, of, [10, 0], local)!
  const turns = (status: DroneStatus, of?: Task | null) =>
    track(status, of).points.map(({ atS, positionM }) => [atS, positionM[0], positionM[1]].map(Math.round))

  it('turns where the plan turns', () => {
    // Takeoff, speed, gimbal and the first point are behind it: it flies to the second.
    expect(turns(onPlan(4))).toEqual([
      [0, 100, 100],
      [10, 200, 100],
      [14, 200, 140],
      [34, 0, 140],
      [45, 0, 30],
    ])
    expect(track(onPlan(4)).points.every(({ positionM }) => Math.abs(positionM[2]! - 72) < 1e-9)).toBe(true)
  })

  it('is straight on when it does not fly its verified plan', () => {
    const straight = [
      [0, 100, 100],
      [45, 550, 100],
    ]
    expect(turns(onPlan(4), null)).toEqual(straight)
    expect(turns(onPlan(4, { mode: { name: 'LOITER', kind: 'hold' } }))).toEqual(straight)
    expect(turns(onPlan(4, { mission: { current: 4, reached: null, total, plan: 'differs', planId: 'x' } }))).toEqual(
      straight,
    )
  })

  it('climbs over its home before it goes anywhere', () => {
    const low = { lngLat: HOME, altAmslM: 22, heightAboveTakeoffM: 10, atMs: 0, accuracyM: 1 }
    const [start, top] = track(onPlan(0, { position: low })).points
    expect(start!.positionM).toEqual([0, 0, 22])
    expect(top).toMatchObject({ atS: 20, positionM: [0, 0, 72] })
  })
})
