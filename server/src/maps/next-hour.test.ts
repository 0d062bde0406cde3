import type { Search } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, REPORT, SETUP, at, world } from '../domain/test-kit.ts'
import { mapChanged } from './map-changed.ts'
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
    return give({ type: 'search.lay-pattern', searchId, droneId, clearanceM: 50, pattern })
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
