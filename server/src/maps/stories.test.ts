import type { DomainEvent } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, NOW_MS, REPORT, SETUP, at, world } from '../domain/test-kit.ts'
import { storiesAhead } from '../domain/searches/stories-ahead.ts'
import { createSearchMaps } from './search-maps.ts'
import { drawJob } from './stories.ts'

const DRIFT = {
  name: '落水',
  kind: 'drift',
  planningPoint: at(300, 0),
  entryErrorM: 50,
  enteredAtMs: NOW_MS - 600_000,
  objectId: 'PIW-1',
  wind: { fromDeg: 30, speedMps: 5 },
  current: { kind: 'steady', towardDeg: 90, speedMps: 0.4 },
} as const

/** Maps that count how often anything has to be drawn where orders are taken: for that the coast must be known. */
function searching() {
  let drawnHere = 0
  const land = () => {
    drawnHere += 1
    return null
  }
  const maps = createSearchMaps({ land })
  const town = world(maps)
  let followed = 0
  const follow = (): void => {
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
  }
  /** As the server does it: what a command will need is drawn by another thread before its turn. */
  const give = (command: Parameters<typeof town.give>[1]) => {
    const wanted = storiesAhead(town.picture, { ...command, id: 'c' } as never, town.nowMs())
    const job = wanted && maps.undrawn(wanted.search, wanted.stories)
    if (job) maps.keep(job, drawJob(JSON.parse(JSON.stringify(job)) as typeof job))
    drawnHere = 0
    const answer = town.give(COORDINATOR, command)
    follow()
    return answer
  }
  town.give(DISPATCHER, REPORT)
  return { maps, town, give, drawnHere: () => drawnHere, search: () => town.only('search') }
}

describe('stories that were drawn ahead', () => {
  it('are not drawn again where orders are taken: to open, to add, to move, to weigh, to sight', () => {
    const { town, give, drawnHere, search } = searching()
    give({ type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
    expect(drawnHere()).toBe(0)
    const searchId = search().id
    give({ type: 'search.add-scenario', searchId, story: DRIFT, weight: 1 })
    expect(drawnHere()).toBe(0)
    const { id: scenarioId } = search().scenarios[1]!
    town.pass(600_000)
    give({ type: 'search.move-scenario', searchId, scenarioId, mapAtMs: town.nowMs() })
    expect(drawnHere()).toBe(0)
    give({ type: 'search.weigh-scenario', searchId, scenarioId, weight: 3 })
    const report = {
      kind: 'clue',
      position: at(100, 50),
      atMs: NOW_MS,
      errorM: 40,
      movedM: 100,
      certainty: 0.7,
      note: '',
    } as const
    give({ type: 'search.add-sighting', searchId, report })
    give({ type: 'search.withdraw-sighting', searchId, sightingId: search().sightings[0]!.id, reason: '认错了' })
    give({ type: 'search.remove-scenario', searchId, scenarioId, reason: '不可能' })
    expect(drawnHere()).toBe(0)
  })

  it('make the same map as those that are drawn on a replay, where nobody draws ahead', () => {
    const { town, give, maps, search } = searching()
    give({ type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
    give({ type: 'search.add-scenario', searchId: search().id, story: DRIFT, weight: 2 })
    const replayed = createSearchMaps({ land: () => null })
    for (const event of JSON.parse(JSON.stringify(town.log)) as DomainEvent[]) replayed.follow({ event })
    expect(replayed.frame(search().id)).toEqual(maps.frame(search().id))
  })

  it('are drawn here where nobody has drawn them ahead: later, but no less', () => {
    const { town, drawnHere, maps } = searching()
    town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
    for (const event of town.log) maps.follow({ event })
    expect(drawnHere()).toBe(1)
    expect(maps.frame(town.only('search').id)!.restOfWorld).toBeGreaterThan(0)
  })
})
