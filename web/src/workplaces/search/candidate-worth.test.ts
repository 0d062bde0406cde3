import type { Candidate, DetectorRates, DroneStatus, Task } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { expect, it } from 'vitest'
import { candidateWorths } from './candidate-worth.ts'

const detector = { recall: 0.8, recallBasis: 'measured', falseBasis: 'assumed' } as DetectorRates
const candidate = (id: string, probability: number | null, over: Partial<Candidate> = {}): Candidate =>
  ({
    id,
    position: [122.2, 30],
    errorRadiusM: 12,
    detector,
    onMap: probability === null ? null : { probability, clutterPerKm2: 5 },
    ...over,
  }) as Candidate
const { toLngLat } = localFrame([122.2, 30])
const drone = (droneId: string, eastM: number, over: Partial<DroneStatus> = {}): DroneStatus =>
  ({
    droneId,
    link: { state: 'live' },
    duplicateId: false,
    armed: true,
    landed: 'in-air',
    position: { lngLat: toLngLat([eastM, 0]) },
    home: { lngLat: [122.2, 30], altAmslM: 10 },
    battery: { remainingShare: 0.7, voltageV: null, remainingS: null },
    ...over,
  }) as DroneStatus
const task = (droneId: string, over: Partial<Task> = {}): Task =>
  ({ droneId, number: 1, state: 'flying', timeS: 1000, transitS: 200, expectedPos: 0.3, ...over }) as Task
const worthOf = (
  one: Candidate,
  nextHourPos: number | null = 0.3,
  statuses: readonly DroneStatus[] = [drone('near', 300)],
  tasks: readonly Task[] = [task('near')],
) => candidateWorths({ nextHourPos }, [one], { statuses, tasks }).get(one.id)

it('another look pays for what is likely the person on the map, and not for what is likely a roof', () => {
  const likely = worthOf(candidate('a', 0.5))!
  expect(likely.worthIt).toBe(true)
  expect(likely.gain).toBeCloseTo(0.5 * 0.8, 12)
  expect(worthOf(candidate('a', 0.001))!.worthIt).toBe(false)
})
it('gives up what the one drone that goes has left of its own task, whatever the others fly', () => {
  const tasks = [
    task('near'),
    task('far', { expectedPos: 0.9 }),
    task('near', { number: 2, state: 'drafted', expectedPos: 0.8 }),
  ]
  const fleet = [drone('far', 900), drone('near', 300)]
  const fresh = worthOf(candidate('a', 0.5), 0.9, fleet, tasks)!
  expect(fresh.droneId).toBe('near')
  expect(fresh.givenUp).toBeCloseTo((0.3 / 1000) * fresh.timeS, 10)
  const achieved = { sweptShare: 0.5, pos: 0.1 } as NonNullable<Task['achieved']>
  const half = worthOf(candidate('a', 0.5), 0.9, fleet, [task('near', { achieved })])!
  expect(half.givenUp).toBeCloseTo((0.2 / (100 + 400)) * half.timeS, 10)
  expect(worthOf(candidate('a', 0.5), 0.9, fleet, [task('far'), task('near', { state: 'done' })])!.givenUp).toBe(0)
})
it('goes by the nearest drone that can go, with its way, and says nothing where none can', () => {
  const at = (...fleet: DroneStatus[]) => worthOf(candidate('a', 0.5), 0.3, fleet, [])
  const [near, far] = [at(drone('near', 300), drone('far', 900))!, at(drone('far', 900))!]
  expect([near.droneId, far.droneId]).toEqual(['near', 'far'])
  expect(far.timeS - near.timeS).toBeCloseTo((2 * 600) / 10, 0)
  const unable: Partial<DroneStatus>[] = [
    { link: { ...drone('x', 0).link, state: 'lost' } },
    { duplicateId: true },
    { position: null },
    { battery: null },
    { home: null },
  ]
  for (const over of unable) {
    expect(at(drone('near', 300, over), drone('far', 900))!.droneId).toBe('far')
    expect(at(drone('near', 300, over))).toBeUndefined()
  }
  expect(at(drone('near', 300, { landed: 'on-ground', battery: null }))!.droneId).toBe('near')
  expect(at()).toBeUndefined()
})
it('counts with the recall that the map has weighed the candidate by', () => {
  const better = worthOf(candidate('a', 0.1, { detector: { ...detector, recall: 0.9 } }))!
  expect(better.gain).toBeCloseTo(0.09, 12)
  expect(better.pd).toBe(0.9)
})
it('says nothing without a plan to compare with, of what is not on the map, or of unknown rates', () => {
  expect(worthOf(candidate('a', 0.5), null)).toBeUndefined()
  expect(worthOf(candidate('a', null))).toBeUndefined()
  expect(worthOf({ ...candidate('a', 0.5), onMap: undefined } as never)).toBeUndefined()
  expect(worthOf({ ...candidate('a', 0.5), detector: undefined } as never)).toBeUndefined()
})
