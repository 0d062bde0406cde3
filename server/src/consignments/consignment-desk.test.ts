import type { ConsignmentFix, LngLat } from '@skerry/contract'
import { expect, it } from 'vitest'
import { petrol } from '../domain/consignments/consignment-kit.ts'
import { COORDINATOR, DISPATCHER, NOW_MS, at, squareMaps, squarePlanner } from '../domain/test-kit.ts'
import { createEngine } from '../engine/create-engine.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { createFixIntake } from '../intake/fixes.ts'
import { memoryJournal } from '../journal/memory-journal.ts'
import { createMotionStore } from '../motion/motion-store.ts'
import { startZoneRecorder } from '../zones/zone-recorder.ts'
import { createConsignmentDesk } from './consignment-desk.ts'

async function setUp() {
  const clock = new FakeScheduler()
  clock.advance(NOW_MS - clock.nowMs())
  let ids = 0
  const newId = () => `id-${++ids}`
  const faults: unknown[] = []
  const onFault = (error: unknown): void => void faults.push(error)
  const engine = await createEngine({
    journal: memoryJournal(),
    clock,
    newId,
    maps: squareMaps(),
    planner: squarePlanner,
    drones: { get: () => null, statuses: () => [] },
    version: '1',
  })
  const zones = startZoneRecorder({ engine, clock, newId, onFault })
  const desk = createConsignmentDesk({ engine, zones, clock })
  const intake = createFixIntake({
    engine,
    motion: createMotionStore(),
    tracks: { add: () => {} },
    clock,
    zones,
    consignments: desk,
  })
  const give = async (draft: object, seat = DISPATCHER): Promise<void> => {
    const done = await engine.submit({ id: crypto.randomUUID(), ...draft } as never, seat)
    if (!done.ok) throw new Error(done.error.detail)
  }
  await give({ type: 'consignment.declare', consignment: petrol() })
  const { id: consignmentId } = [...engine.picture.consignment.values()][0]!
  const report = (position: LngLat, unitId = 'T-3') => intake.take('gps', [{ unitId, atMs: clock.nowMs(), position }])
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  /** Drives at 15 m/s, a position a second. */
  async function drive(fromM: [number, number], toM: [number, number], seconds: number): Promise<void> {
    for (let i = 0; i <= seconds; i++) {
      const part = i / seconds
      await report(at(fromM[0] + (toM[0] - fromM[0]) * part, fromM[1] + (toM[1] - fromM[1]) * part))
      clock.advance(1000)
      await settle()
    }
  }
  const alarms = () => [...engine.picture.alarm.values()]
  return { engine, intake, desk, give, report, drive, clock, settle, consignmentId, alarms, faults }
}

it('takes positions of a vehicle on the road, and refuses them at every other time and of strangers', async () => {
  const { report, give, consignmentId, desk, clock } = await setUp()
  expect((await report(at(0, 0))).refused).toEqual([{ index: 0, reason: 'off-duty' }])
  expect((await report(at(0, 0), 'T-9')).refused).toEqual([{ index: 0, reason: 'unknown-unit' }])
  await give({ type: 'consignment.check', consignmentId }, COORDINATOR)
  await give({ type: 'consignment.start', consignmentId })
  const told: ConsignmentFix[][] = []
  desk.onChange((fixes) => told.push(fixes))
  expect(await report(at(0, 0))).toMatchObject({ accepted: 1, refused: [] })
  clock.advance(1000)
  expect(told.at(-1)).toMatchObject([{ consignmentId, position: at(0, 0), headingDeg: null }])
  await give({ type: 'consignment.arrive', consignmentId })
  clock.advance(1000)
  expect(told.at(-1)).toEqual([])
  expect((await report(at(100, 0))).refused).toEqual([{ index: 0, reason: 'unknown-unit' }])
})

it('does not take after what a terminal stored before it set out, or before an act was approved', async () => {
  const { engine, intake, give, consignmentId, clock, desk } = await setUp()
  const stored = (agoS: number) =>
    intake.take('gps', [{ unitId: 'T-3', atMs: clock.nowMs() - agoS * 1000, position: at(0, 0) }])
  await give({ type: 'consignment.check', consignmentId }, COORDINATOR)
  clock.advance(1_200_000)
  await give({ type: 'consignment.start', consignmentId })
  clock.advance(60_000)
  expect((await stored(900)).refused).toEqual([{ index: 0, reason: 'off-duty' }])
  expect((await stored(70)).refused).toEqual([{ index: 0, reason: 'off-duty' }])
  expect(desk.get(consignmentId)).toBeNull()
  expect(await stored(63)).toMatchObject({ accepted: 1 }) // clocks are not that good
  expect([...engine.picture.alarm.values()]).toEqual([])
})

it('takes positions off the road while an approved act follows the vehicle, and tells them to nobody else', async () => {
  const { engine, intake, report, give, consignmentId, desk, clock } = await setUp()
  await give({
    type: 'incident.report',
    category: 'fire',
    priority: 'warning',
    position: at(0, 0),
    place: '',
    text: '',
    occurredAtMs: NOW_MS,
    subject: null,
  })
  const [incidentId] = [...engine.picture.incident.keys()] as [string]
  const act = { incidentId, number: 1 }
  const target = { kind: 'consignment', id: consignmentId }
  await give({ type: 'act.ask', incidentId, target, reason: '失联车辆', minutes: 1 })
  expect((await report(at(0, 0))).refused).toEqual([{ index: 0, reason: 'off-duty' }])
  const approve = { id: crypto.randomUUID(), type: 'act.approve' as const, ...act }
  clock.advance(30_000)
  expect(await engine.submit(approve, COORDINATOR)).toMatchObject({ ok: true })
  const stored = { unitId: 'T-3', atMs: clock.nowMs() - 20_000, position: at(0, 0) }
  expect((await intake.take('gps', [stored])).refused).toEqual([{ index: 0, reason: 'off-duty' }])
  expect(await report(at(0, 0))).toMatchObject({ accepted: 1 })
  expect(desk.get(consignmentId)).toMatchObject({ position: at(0, 0) })
  expect(desk.list()).toEqual([])
  clock.advance(60_000)
  expect((await report(at(0, 0))).refused).toEqual([{ index: 0, reason: 'off-duty' }])
})

it('raises an alarm by call sign when it leaves its corridor, and ends it when it is back', async () => {
  const { drive, give, consignmentId, alarms, faults } = await setUp()
  await give({ type: 'consignment.check', consignmentId }, COORDINATOR)
  await give({ type: 'consignment.start', consignmentId })
  await drive([0, 0], [900, 0], 60)
  expect(alarms()).toEqual([])
  await drive([900, 0], [900, 600], 40)
  expect(alarms()).toMatchObject([
    {
      kind: 'zone-corridor',
      subject: { kind: 'consignment', id: consignmentId },
      detail: '危运-3 · DG-1 危运-3',
      clearedAtMs: null,
    },
  ])
  await drive([900, 600], [900, 0], 60)
  await drive([900, 0], [1500, 0], 40)
  expect(alarms().every(({ clearedAtMs }) => clearedAtMs !== null)).toBe(true)
  expect(faults).toEqual([])
})
