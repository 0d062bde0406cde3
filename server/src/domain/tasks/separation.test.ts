import type { LngLat } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, REPORT, SETUP, at, squareCuts, squareMaps, statusOf, world } from '../test-kit.ts'
import { ceilingOver, separate, type SeparateTask } from './separation.ts'

const task = (id: string, over: Partial<SeparateTask> = {}): SeparateTask => ({
  id,
  droneId: `main-${id}`,
  home: at(0, 0),
  path: [at(100, 200), at(600, 200), at(600, 240), at(100, 240)],
  clearanceM: 50,
  speedMps: 10,
  agreed: false,
  ...over,
})
const moved = (path: LngLat[], eastM: number): Partial<SeparateTask> => ({ home: at(eastM, 0), path })

describe('own drones that fly at once', () => {
  it('keep the height that was asked for while their ways never meet', () => {
    const given = separate([task('1'), task('2', moved([at(3000, 200), at(3400, 200)], 3000))], 110)
    for (const one of given.values()) expect(one).toEqual({ clearanceM: 50, layer: 1, startAfterS: 0 })
  })

  it('get layers 20 m apart where they do, and start one after the other from one place', () => {
    const given = separate([task('1'), task('2'), task('3')], 110)
    expect([...given.values()].map(({ clearanceM, layer }) => [clearanceM, layer])).toEqual([
      [50, 1],
      [70, 2],
      [90, 3],
    ])
    const waits = [...given.values()].map(({ startAfterS }) => startAfterS!)
    expect(waits[0]).toBe(0)
    expect(waits[1]).toBeGreaterThan(0)
    expect(waits[2]).toBeGreaterThan(waits[1]!)
  })

  it('start at once from places of their own, each in its layer, though their lanes cross', () => {
    const across = task('2', { home: at(350, -400), path: [at(350, -100), at(350, 600)] })
    const given = separate([task('1'), across], 110)
    expect(given.get('2')).toEqual({ clearanceM: 70, layer: 2, startAfterS: 0 })
  })

  it('stay under the ceiling: without a free layer the later one waits until the way is free', () => {
    const given = separate([task('1'), task('2'), task('3')], 80)
    for (const { clearanceM } of given.values()) expect(clearanceM).toBeLessThanOrEqual(80)
    expect(given.get('3')!.clearanceM).toBe(50)
    // The whole flight of the first is 1.5 km at 10 m/s, with climb and descent.
    expect(given.get('3')!.startAfterS).toBeGreaterThan(150)
  })

  it('make way for what is agreed already, at whatever height that is', () => {
    const given = separate([task('1', { agreed: true, clearanceM: 62 }), task('2')], 110)
    expect([...given.keys()]).toEqual(['2'])
    expect(Math.abs(given.get('2')!.clearanceM - 62)).toBeGreaterThanOrEqual(20)
  })

  it('need no approval for their height where a height without one is left', () => {
    expect(ceilingOver(30, 50)).toBe(90)
    // Over ground this high even the lowest layer needs one.
    expect(ceilingOver(100, 50)).toBe(120)
    expect(ceilingOver(null, 50)).toBe(120)
  })

  it('are kept apart by the cut, again once the ground is known, and by what is cut later', () => {
    // All over the same ground: the worst cut there can be.
    const town = world(squareMaps(), ({ drones }) => drones.map((drone) => squareCuts({ drones: [drone] })[0]!))
    for (const id of ['main-1', 'main-2', 'main-3']) town.see(id)
    town.give(DISPATCHER, REPORT)
    town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
    const searchId = town.only('search').id
    const droneIds = ['main-1', 'main-2', 'main-3']
    town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds, clearanceM: 50 })
    const figures = () => [...town.picture.task.values()].map(({ layer, clearanceM }) => [layer, clearanceM])
    expect(figures()).toEqual([
      [1, 50],
      [2, 70],
      [3, 90],
    ])
    town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 45 })
    // Only 75 m are left below 120 m: the third flies low, after the first.
    expect(figures()).toEqual([
      [1, 50],
      [2, 70],
      [1, 50],
    ])
    const [first, second, third] = [...town.picture.task.values()]
    expect(third!.startAfterS).toBeGreaterThan(second!.startAfterS!)
    expect(second!.heightAboveTakeoffM).toBe(45 + 70 - 12)
    expect(second!.notices).toEqual([])
    town.give(COORDINATOR, { type: 'task.offer', taskId: first!.id })
    town.statuses.set('main-4', statusOf('main-4'))
    town.see('main-4')
    town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-4'], clearanceM: 55 })
    expect(Math.abs(town.only('task').clearanceM - 50)).toBeGreaterThanOrEqual(20)
  })
})
