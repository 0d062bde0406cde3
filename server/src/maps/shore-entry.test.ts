import type { DomainEvent, DriftStory, Search } from '@skerry/contract'
import { localFrame, type MultiPolygonLngLat } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, HOME, NOW_MS, REPORT, SETUP, at, world } from '../domain/test-kit.ts'
import { mapChanged } from './map-changed.ts'
import { createSearchMaps } from './search-maps.ts'

/** Entered the water half an hour ago somewhere on the island's shore; the current sets east at 0.3 m/s. */
const STORY: DriftStory = {
  name: '岸边落水',
  kind: 'drift',
  planningPoint: HOME,
  fromShore: { category: 'dementia', terrain: 'flat' },
  entryErrorM: 0,
  enteredAtMs: NOW_MS - 1_800_000,
  objectId: 'PIW-1',
  wind: { fromDeg: 270, speedMps: 0 },
  current: { kind: 'steady', towardDeg: 90, speedMps: 0.3 },
}
/** Half a kilometre of land to every side but the east, where the shore is near. */
const ISLAND: MultiPolygonLngLat = [[[at(-500, -500), at(200, -500), at(200, 500), at(-500, 500), at(-500, -500)]]]

function searching(land: MultiPolygonLngLat | null) {
  const maps = createSearchMaps({ land: () => land })
  const town = world(maps)
  let followed = 0
  const catchUp = (): void => {
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
  }
  const give = (command: Parameters<typeof town.give>[1]) => {
    const answer = town.give(COORDINATOR, command)
    catchUp()
    town.apply(mapChanged(maps, town.only('search'), town.picture))
    catchUp()
    return answer
  }
  town.give(DISPATCHER, REPORT)
  give({ type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const search = (): Search => town.only('search')
  const add = (over: Partial<DriftStory> = {}) =>
    give({ type: 'search.add-scenario', searchId: search().id, story: { ...STORY, ...over }, weight: 1 })
  /** Probability east of a meridian and in all, under the newest scenario. */
  const eastOf = (eastM: number) => {
    const { shape, poa } = maps.frame(search().id, search().scenarios.at(-1)!.id)!
    const [south] = localFrame(HOME).toLocal(shape.origin)
    const lies = (i: number): boolean => south + ((i % shape.cols) + 0.5) * shape.cellM > eastM
    return poa.reduce((sum, p, i) => sum + (lies(i) ? p : 0), 0)
  }
  return { maps, town, give, search, add, eastOf }
}

describe('a scenario of somebody who entered the water somewhere on the shore', () => {
  it('reaches the map of the search: off the shore that people reach, where the current carries them', () => {
    const { add, eastOf, search } = searching(ISLAND)
    add({ enteredAtMs: NOW_MS })
    expect(search().scenarios.at(-1)!.story).toMatchObject({ fromShore: { category: 'dementia' } })
    const atOnce = eastOf(600)
    add()
    expect(eastOf(600)).toBeGreaterThan(atOnce + 0.1)
    expect(search().scenarioFigures.at(-1)!.strandedShare).toBeGreaterThan(0.1)
  })

  it('moves on in time and is drawn the same by a replay, bit for bit', () => {
    const { add, give, maps, search, town, eastOf } = searching(ISLAND)
    add()
    const before = eastOf(600)
    const { id } = search().scenarios.at(-1)!
    give({ type: 'search.move-scenario', searchId: search().id, scenarioId: id, mapAtMs: NOW_MS + 600_000 })
    expect(eastOf(600)).not.toBe(before)
    const again = createSearchMaps({ land: () => ISLAND })
    for (const event of JSON.parse(JSON.stringify(town.log)) as DomainEvent[]) again.follow({ event })
    expect(again.frame(search().id, id)).toEqual(maps.frame(search().id, id))
  })

  it('is refused from the water, for an unknown kind of person, and while nobody knows the coast', () => {
    const { add, search } = searching(ISLAND)
    expect(add({ planningPoint: at(500, 0) })).toBe('starts-in-water')
    expect(add({ fromShore: { category: 'mermaid', terrain: 'flat' } })).toBe('unknown-category')
    expect(search().scenarios).toHaveLength(1)
    const blind = searching(null)
    expect(blind.add()).toBe('no-coast')
    const { fromShore: _, ...walked } = STORY
    const atTheEdge = { name: '水边', kind: 'shore', planningPoint: HOME, category: 'hiker', terrain: 'flat' } as const
    const { town, give } = blind
    expect(give({ type: 'search.add-scenario', searchId: town.only('search').id, story: atTheEdge, weight: 1 })).toBe(
      'no-coast',
    )
    expect(give({ type: 'search.add-scenario', searchId: town.only('search').id, story: walked, weight: 1 })).not.toBe(
      'no-coast',
    )
  })
})
