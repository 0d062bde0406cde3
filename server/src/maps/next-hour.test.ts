import type { Search, Task } from '@skerry/contract'
import { createGrid } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, REPORT, SETUP, at, world } from '../domain/test-kit.ts'
import { mapChanged } from './map-changed.ts'
import { nextHourWorth } from './next-hour-worth.ts'
import { SearchMap } from './search-map.ts'
import { createSearchMaps } from './search-maps.ts'

/** A search in which each drone is given the same pattern at the same height, at a centre of its own. */
function patterns(centres: readonly [drone: string, eastM: number][]): { before: Search; after: Search[] } {
  const maps = createSearchMaps({ land: () => null })
  const town = world(maps)
  let followed = 0
  const follow = (): void => {
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
  }
  const give = (command: Parameters<typeof town.give>[1]): Search => {
    town.give(COORDINATOR, command)
    follow()
    town.apply(mapChanged(maps, town.only('search'), town.picture))
    follow()
    return town.only('search')
  }
  for (const [drone] of centres) town.see(drone)
  town.give(DISPATCHER, REPORT)
  const opened = give({ type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const searchId = opened.id
  const before = give({ type: 'search.set-highest-ground', searchId, highestGroundAmslM: 30 })
  const after = centres.map(([droneId, eastM]) => {
    const pattern = {
      name: 'parallel-track',
      centre: at(eastM, 0),
      bearingDeg: 0,
      reachM: 200,
      acrossM: 150,
    } as const
    return give({ type: 'search.lay-pattern', searchId, droneIds: [droneId], clearanceM: 50, pattern })
  })
  return { before, after }
}

describe('what the next hour buys', () => {
  it('is unknown while there is nothing to fly', () => {
    expect(patterns([]).before.nextHourPos).toBeNull()
  })

  it('counts ground that lies under two tasks once, and the second pass for what it still finds', () => {
    const [one, two] = patterns([
      ['main-1', 300],
      ['main-2', 300],
    ]).after
    expect(two!.nextHourPos!).toBeGreaterThan(one!.nextHourPos!)
    expect(two!.nextHourPos!).toBeLessThan(1.8 * one!.nextHourPos!)
  })

  it('adds up what tasks find on ground of their own', () => {
    const [one, two] = patterns([
      ['main-1', 300],
      ['main-2', -300],
    ]).after
    expect(two!.nextHourPos! / one!.nextHourPos!).toBeCloseTo(2, 1)
  })
})

describe('the turns in which tasks are flown', () => {
  const grid = createGrid({ rows: 20, cols: 20, cellM: 50, origin: at(-500, -500) })
  grid.values.fill(1 / 400)
  const map = new SearchMap([{ id: 's', weight: 1, grid, restOfWorld: 0, inWater: false, on: 'land', cloud: null }], {
    hiddenDown: 0,
    hiddenSlant: 0,
  })
  const task = (number: number, over: Partial<Task>, [west, east] = [-500, 0]): Task =>
    ({
      id: `t${number}`,
      number,
      droneId: 'main-1',
      state: 'flying',
      timeS: 1500,
      transitS: 100,
      area: [at(west, -500), at(east, -500), at(east, 500), at(west, 500)],
      lanes: [],
      sweepWidthM: 40,
      laneSpacingM: 40,
      ...over,
    }) as unknown as Task
  const gain = (...tasks: Task[]): number => nextHourWorth(map, tasks, () => 0)!.whole.gain

  it('begin with what is in the air, whenever it was drafted', () => {
    const draft = task(1, { state: 'drafted', timeS: 3500 }, [0, 50])
    const flying = task(2, {})
    expect(gain(draft, flying)).toBeCloseTo(gain(flying, draft), 12)
    expect(gain(draft, flying)).toBeGreaterThan(gain(flying))
  })

  it('count the wait before a take-off, and what waits for others to be down finds nothing before', () => {
    const own = task(1, { state: 'ready' })
    expect(gain(task(1, { state: 'ready', startAfterS: 600 }))).toBeCloseTo(gain(own), 12)
    expect(gain(task(1, { state: 'ready', startAfterS: 2900 }))).toBeCloseTo(gain(own) * (650 / 1400), 2)
    expect(gain(task(1, { state: 'ready', startAfterS: 3600 }))).toBe(0)
    const first = task(2, { droneId: 'main-2', state: 'ready', startAfterS: 0, timeS: 3600 }, [0, 500])
    expect(gain(task(1, { state: 'ready', startAfterS: null }), first)).toBeCloseTo(gain(first), 12)
    expect(gain(task(1, { state: 'flying', startAfterS: null }), first)).toBeGreaterThan(gain(first) + 0.1)
  })
})
