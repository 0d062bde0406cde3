import type { DroneStatus } from '@skerry/contract'
import { expect, it } from 'vitest'
import type { MoverFix } from '../stores/mover-table.ts'
import { movedDrones } from './moved-drones.ts'

const status = (atMs: number | null): DroneStatus =>
  ({
    droneId: 'main-1',
    headingDeg: 10,
    position: atMs === null ? null : { lngLat: [122, 30], atMs, altAmslM: 80, heightAboveTakeoffM: 60, accuracyM: 1 },
  }) as DroneStatus
const fix = (fixAtMs: number | null, headingDeg: number | null = 20): MoverFix => ({
  lngLat: [122.1, 30],
  headingDeg,
  speedMps: 5,
  fixAtMs,
  receivedAtMs: fixAtMs,
  state: 6,
})

it('moves a drone to where the motion plane has it when that is newer, and keeps its height', () => {
  expect(movedDrones([status(1000)], () => fix(1400))[0]).toMatchObject({
    headingDeg: 20,
    position: { lngLat: [122.1, 30], atMs: 1400, heightAboveTakeoffM: 60 },
  })
  expect(movedDrones([status(1000)], () => fix(1400, null))[0]!.headingDeg).toBe(10)
})
it('keeps the status where the motion plane knows nothing newer, or the drone has no place', () => {
  for (const known of [null, fix(null), fix(900), fix(1050)]) {
    const own = status(1000)
    expect(movedDrones([own], () => known)[0]).toBe(own)
  }
  const nowhere = status(null)
  expect(movedDrones([nowhere], () => fix(9000))[0]).toBe(nowhere)
})
