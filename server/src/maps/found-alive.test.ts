import type { Command, DriftStory, Search } from '@skerry/contract'
import { aliveShare } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, HOME, NOW_MS, REPORT, SETUP, at, statusOf, world } from '../domain/test-kit.ts'
import { cutRequest } from '../domain/searches/cut.ts'
import { cutSorties } from './cut-sorties.ts'
import { mapChanged } from './map-changed.ts'
import { createSearchMaps } from './search-maps.ts'

const HOUR_MS = 3_600_000
const IN_WATER: DriftStory = {
  name: '落水',
  kind: 'drift',
  planningPoint: at(-600, 0),
  entryErrorM: 60,
  enteredAtMs: NOW_MS - HOUR_MS,
  objectId: 'PIW-1',
  wind: { fromDeg: 180, speedMps: 0 },
  current: { kind: 'steady', towardDeg: 0, speedMps: 0 },
}

/** A search with a story on land in the east and one in the water in the west, and one pattern laid over both. */
function searching(category: 'dementia' | 'hiker' = 'hiker') {
  const maps = createSearchMaps({ land: () => null })
  const town = world(maps)
  let followed = 0
  const follow = (nowMs: number | null): void => {
    const catchUp = (): void => {
      for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
    }
    catchUp()
    town.apply(mapChanged(maps, town.only('search'), town.picture, nowMs))
    catchUp()
  }
  const give = (command: Parameters<typeof town.give>[1]): void => {
    town.give(COORDINATOR, command)
    follow(NOW_MS)
  }
  const search = (): Search => town.only('search')
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  give({ type: 'search.open', incidentId: town.only('incident').id, setup: { ...SETUP, category } })
  give({ type: 'search.add-scenario', searchId: search().id, story: IN_WATER, weight: 1 })
  give({ type: 'search.set-highest-ground', searchId: search().id, highestGroundAmslM: 30 })
  give({
    type: 'search.lay-pattern',
    searchId: search().id,
    droneIds: ['main-1'],
    clearanceM: 50,
    pattern: { name: 'parallel-track', centre: HOME, bearingDeg: 90, reachM: 700, acrossM: 150 },
  })
  const conditions = (waterC: number | null, airC: number | null = null): void =>
    give({ type: 'search.set-conditions', searchId: search().id, conditions: { waterC, airC, windMps: null } })
  const drift = () => search().scenarioFigures.find(({ id }) => id === search().scenarios[1]!.id)!
  const land = () => search().scenarioFigures.find(({ id }) => id === search().scenarios[0]!.id)!
  return { maps, town, search, conditions, drift, land, follow }
}

describe('who is found alive within the next hour', () => {
  it('is unknown while nobody has stated anything that tells', () => {
    const { search, drift, conditions } = searching()
    expect(search().nextHourPos).toBeGreaterThan(0)
    expect([search().nextHourAlive, drift().nextHourAlive]).toEqual([null, null])
    conditions(null, null)
    expect(search().nextHourAlive).toBeNull()
  })

  it('counts each find by the chance to live then, in the story that it is known of; others count in full', () => {
    const { search, drift, land, conditions } = searching()
    conditions(8)
    const share = drift().nextHourAlive! / drift().nextHourPos!
    expect(share).toBeLessThan(aliveShare({ waterC: 8 }, 1))
    expect(share).toBeGreaterThan(aliveShare({ waterC: 8 }, 2))
    expect(land().nextHourAlive).toBeNull()
    const whole = drift().share * drift().nextHourAlive! + land().share * land().nextHourPos!
    expect(search().nextHourAlive!).toBeCloseTo(whole, 9)
    const cold = search().nextHourAlive!
    conditions(3)
    expect(search().nextHourAlive!).toBeLessThan(cold)
  })

  it('knows the kind of person, whose record says more than nothing', () => {
    const { land } = searching('dementia')
    expect(land().nextHourAlive! / land().nextHourPos!).toBeCloseTo(aliveShare({ category: 'dementia' }, 1.3), 2)
  })

  it('is not told again for every second that passes, and is after an hour', () => {
    const { maps, search, town, conditions } = searching()
    conditions(8)
    expect(mapChanged(maps, search(), town.picture, NOW_MS + 5000)).toEqual([])
    const [told] = mapChanged(maps, search(), town.picture, NOW_MS + HOUR_MS)
    expect(told).toMatchObject({ type: 'search.map-changed', nextHourPos: search().nextHourPos })
    expect((told as { nextHourAlive: number }).nextHourAlive).toBeLessThan(search().nextHourAlive!)
  })

  it('decides where sorties are cut, when both stories are as likely', () => {
    const { maps, town, search, conditions } = searching()
    const cut = (waterC: number) => {
      conditions(waterC)
      const command = {
        type: 'search.cut-tasks',
        searchId: search().id,
        droneIds: ['main-1'],
        clearanceM: 50,
        id: 'c',
      } satisfies Command
      const asked = cutRequest(town.picture, command, {
        maps,
        drones: { get: () => statusOf('main-1'), statuses: () => [] },
        nowMs: NOW_MS + 3 * HOUR_MS,
      })
      if (!asked.ok) throw new Error(asked.error.code)
      const short = asked.value.drones.map((drone) => ({ ...drone, enduranceS: drone.reserveS + 400 }))
      const [task] = cutSorties(maps.ground(search().id)!, { ...asked.value, taken: [], drones: short })
      const middle = task!.lanes.flat().reduce((sum, [lng]) => sum + lng, 0) / task!.lanes.flat().length
      return { middle, asked: asked.value }
    }
    const cold = cut(3)
    expect(cold.asked.survivals).toMatchObject([{ scenarioId: search().scenarios[1]!.id, conditions: { waterC: 3 } }])
    expect(cut(20).middle).toBeLessThan(cold.middle)
  })
})
