import type { LightChoice } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createSearchMaps } from '../../maps/search-maps.ts'
import { COORDINATOR, DISPATCHER, REPORT, SETUP, at, world } from '../test-kit.ts'

/** A search by day: the sun is up where the drone stands. */
function scene() {
  const maps = createSearchMaps({ land: () => null })
  const town = world(maps)
  town.see('main-1', { atMs: Date.parse('2023-11-14T04:00:00Z') })
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  for (const event of town.log) maps.follow({ event })
  const searchId = town.only('search').id
  const set = (light: LightChoice) => town.give(COORDINATOR, { type: 'search.set-light', searchId, light })
  const cut = () => {
    const pattern = { name: 'sector', centre: at(100, 100), bearingDeg: 0, reachM: 150, acrossM: 150 } as const
    town.give(COORDINATOR, { type: 'search.lay-pattern', searchId, droneIds: ['main-1'], clearanceM: 60, pattern })
    return town.only('task')
  }
  return { town, searchId, set, cut }
}

describe('the light that contrast is counted for', () => {
  it('is that of the sun until the coordinator chooses, and then of tasks cut from then on alone', () => {
    const { town, set, cut } = scene()
    const byDay = cut()
    expect(byDay.sweepAssumed).toMatchObject({ light: 'day', lightBy: 'sun', contrast: 'weak' })
    expect(set('night')).toMatchObject([{ type: 'search.light-set', light: 'night' }])
    const byNight = cut()
    expect(byNight.sweepAssumed).toMatchObject({ light: 'night', lightBy: 'coordinator', contrast: 'moderate' })
    expect(byNight.sweepWidthM).toBeGreaterThan(1.4 * byDay.sweepWidthM)
    expect(town.picture.task.get(byDay.id)).toEqual(byDay)
    set('by-sun')
    expect(cut().sweepAssumed).toMatchObject({ lightBy: 'sun' })
  })

  it('is journaled once, and not chosen for a search that is over', () => {
    const { town, searchId, set } = scene()
    expect(set('by-sun')).toEqual([])
    set('day')
    expect(set('day')).toEqual([])
    expect(town.only('search').light).toBe('day')
    town.give(COORDINATOR, { type: 'search.end', searchId, as: 'suspended', reason: '天气' })
    expect(set('night')).toBe('search-over')
  })
})
