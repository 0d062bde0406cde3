import type { DomainEvent, Search, SweepLook } from '@skerry/contract'
import { gridSum } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, HOME, REPORT, SETUP, at, world } from '../domain/test-kit.ts'
import { mapChanged } from './map-changed.ts'
import { createSearchMaps } from './search-maps.ts'

const STORY = {
  name: '下到沟里',
  kind: 'radial',
  planningPoint: at(500, 400),
  category: 'hiker',
  terrain: 'flat',
} as const

/** A search whose maps follow everything that happens in it. */
function searching() {
  const maps = createSearchMaps({ land: () => null })
  const town = world(maps)
  let followed = 0
  const follow = (): void => {
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
  }
  const give = (...[command]: [Parameters<typeof town.give>[1]]) => {
    const answer = town.give(COORDINATOR, command)
    follow()
    town.apply(mapChanged(maps, town.only('search'), town.picture))
    follow()
    return answer
  }
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  give({ type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const search = (): Search => town.only('search')
  const sweep = (eastM: number, fromMs: number, taskId = 't'): void => {
    town.apply([pass(search().id, eastM, fromMs, taskId)])
    follow()
    town.apply(mapChanged(maps, search(), town.picture))
    follow()
  }
  return { maps, town, give, search, sweep }
}

/** A drone that flies north, looking straight down on 60 by 48 metres. */
function pass(searchId: string, eastM: number, fromMs: number, taskId: string): DomainEvent {
  const looks: SweepLook[] = Array.from({ length: 40 }, (_, i) => {
    const corner = (e: number, n: number) => at(eastM + e, -200 + i * 10 + n)
    const corners = [corner(-30, -24), corner(30, -24), corner(30, 24), corner(-30, 24)]
    return { atMs: fromMs + i * 1000, position: at(eastM, -200 + i * 10), corners }
  })
  return { type: 'search.swept', searchId, taskId, droneId: 'main-1', looks, sweepWidthM: 30, swathM: 60 }
}

describe('scenarios side by side', () => {
  it('start with the story that the search was opened with, which has all the weight', () => {
    const { search, town, maps } = searching()
    expect(search().scenarios).toHaveLength(1)
    town.apply(mapChanged(maps, search(), town.picture))
    expect(search().scenarioFigures[0]!.share).toBe(1)
  })

  it('keep what was flown when a story is added, and say at once what it changed', () => {
    const { give, search, sweep } = searching()
    for (const eastM of [-60, 0, 60]) sweep(eastM, eastM * 1000 + 1e6)
    const before = search()
    expect(before.pos).toBeGreaterThan(0.03)
    give({ type: 'search.add-scenario', searchId: before.id, story: STORY, weight: 1 })
    const after = search()
    expect(after.scenarioFigures).toHaveLength(2)
    expect(after.pos).toBeGreaterThan(0)
    expect(after.change).toMatchObject({ number: 1, kind: 'scenario-added', about: STORY.name })
    expect(after.change!.before.pos).toBe(before.pos)
    expect(after.change!.after.pos).toBe(after.pos)
    expect(after.change!.movedShare).toBeGreaterThan(0.1)
    const [opened, added] = after.scenarioFigures
    // The search found nothing where the first story put the most: that story is less likely now, the other more.
    expect(opened!.pos).toBeCloseTo(before.pos, 10)
    expect(added!.pos).toBeLessThan(opened!.pos)
    expect(opened!.share).toBeLessThan(0.5)
    expect(opened!.share + added!.share).toBeCloseTo(1, 10)
  })

  it('mix so that the whole is their sum by share, rest of the world included', () => {
    const { give, search, sweep, maps } = searching()
    give({ type: 'search.add-scenario', searchId: search().id, story: STORY, weight: 3 })
    sweep(0, 1000)
    const { id, scenarioFigures, restOfWorld } = search()
    const whole = maps.frame(id)!
    expect(gridSum(whole.poa) + whole.restOfWorld).toBeCloseTo(1, 5)
    const outside = scenarioFigures.reduce((sum, one) => sum + one.share * one.restOfWorld, 0)
    expect(outside).toBeCloseTo(restOfWorld, 10)
    const parts = scenarioFigures.map((one) => ({ share: one.share, poa: maps.frame(id, one.id)!.poa }))
    for (const cell of [0, 400, 820, 1200]) {
      const sum = parts.reduce((total, { share, poa }) => total + share * poa[cell]!, 0)
      expect(sum).toBeCloseTo(whole.poa[cell]!, 6)
    }
    expect(maps.frame(id, 'no such story')).toBeNull()
  })

  it('weigh and go with a reason, and the last one stays', () => {
    const { give, search } = searching()
    const { id } = search()
    give({ type: 'search.add-scenario', searchId: id, story: STORY, weight: 1 })
    const [opened, added] = search().scenarios
    give({ type: 'search.weigh-scenario', searchId: id, scenarioId: added!.id, weight: 9 })
    expect(search().scenarioFigures[1]!.share).toBeCloseTo(0.9, 10)
    expect(search().change).toMatchObject({ number: 2, kind: 'scenario-weighed', about: STORY.name })
    give({ type: 'search.remove-scenario', searchId: id, scenarioId: opened!.id, reason: '证人改口' })
    expect(search().scenarioFigures).toMatchObject([{ id: added!.id, share: 1 }])
    expect(give({ type: 'search.remove-scenario', searchId: id, scenarioId: added!.id, reason: '证人改口' })).toBe(
      'last-scenario',
    )
    expect(give({ type: 'search.weigh-scenario', searchId: id, scenarioId: 'x', weight: 1 })).toBe('unknown-scenario')
  })

  it('are refused off the map, with a kind of person that nobody knows, or when there are too many', () => {
    const { give, search } = searching()
    const add = (over: object) =>
      give({ type: 'search.add-scenario', searchId: search().id, story: { ...STORY, ...over }, weight: 1 })
    expect(add({ planningPoint: at(5000, 0) })).toBe('outside-map')
    expect(add({ category: 'martian' })).toBe('unknown-category')
    for (let n = 0; n < 7; n++) expect(typeof add({})).not.toBe('string')
    expect(add({})).toBe('too-many-scenarios')
  })
})

describe('sightings and clues', () => {
  const REPORTED = {
    kind: 'sighting',
    position: at(600, 0),
    atMs: 0,
    errorM: 50,
    movedM: 80,
    certainty: 0.8,
    note: '',
  } as const

  it('draw the map to their place, by their certainty, and let go of it when they are withdrawn', () => {
    const { give, search, maps } = searching()
    const { id } = search()
    const near = () => {
      const { shape, poa } = maps.frame(id)!
      const col = Math.floor((1000 + 600) / shape.cellM)
      return poa[20 * shape.cols + col]!
    }
    const before = near()
    give({ type: 'search.add-sighting', searchId: id, report: REPORTED })
    const sighting = search().sightings[0]!
    expect(near()).toBeGreaterThan(5 * before)
    expect(search().change).toMatchObject({ kind: 'sighting-added', about: '1' })
    give({ type: 'search.withdraw-sighting', searchId: id, sightingId: sighting.id, reason: '认错人' })
    expect(near()).toBeCloseTo(before, 10)
    expect(search().sightings[0]!.withdrawn).toMatchObject({ reason: '认错人' })
    expect(give({ type: 'search.withdraw-sighting', searchId: id, sightingId: sighting.id, reason: '认错人' })).toBe(
      'sighting-withdrawn',
    )
  })

  it('draw the map the way that the person went, where somebody saw it', () => {
    const { give, search, maps } = searching()
    const { id } = search()
    const beside = (eastM: number) => {
      const { shape, poa } = maps.frame(id)!
      return poa[20 * shape.cols + Math.floor((1000 + eastM) / shape.cellM)]!
    }
    give({ type: 'search.add-sighting', searchId: id, report: { ...REPORTED, movedM: 300, headingDeg: 90 } })
    const [east, west] = [beside(850), beside(350)]
    give({ type: 'search.withdraw-sighting', searchId: id, sightingId: search().sightings[0]!.id, reason: '方向记错' })
    give({ type: 'search.add-sighting', searchId: id, report: { ...REPORTED, movedM: 300, headingDeg: 270 } })
    expect(beside(850)).toBeLessThan(east / 3)
    expect(beside(350)).toBeGreaterThan(3 * west)
  })

  it('speak for the scenario that foresaw them', () => {
    const { give, search } = searching()
    const { id } = search()
    give({ type: 'search.add-scenario', searchId: id, story: { ...STORY, planningPoint: at(600, 0) }, weight: 1 })
    give({ type: 'search.add-sighting', searchId: id, report: REPORTED })
    expect(search().scenarioFigures[1]!.share).toBeGreaterThan(0.6)
  })

  it('are refused off the map or from the future', () => {
    const { give, search, town } = searching()
    const add = (over: object) =>
      give({ type: 'search.add-sighting', searchId: search().id, report: { ...REPORTED, ...over } })
    expect(add({ position: at(0, 9000) })).toBe('outside-map')
    expect(add({ atMs: town.nowMs() + 3_600_000 })).toBe('future-time')
  })
})

describe('a replay', () => {
  it('gives the same scenarios, figures and maps, and a change that was never told is told then', () => {
    const { give, search, sweep, town, maps } = searching()
    sweep(0, 1000)
    give({ type: 'search.add-scenario', searchId: search().id, story: STORY, weight: 2 })
    give({
      type: 'search.add-sighting',
      searchId: search().id,
      report: { kind: 'clue', position: at(300, 300), atMs: 0, errorM: 30, movedM: 0, certainty: 0.5, note: '帽子' },
    })
    sweep(120, 100_000)
    const again = createSearchMaps({ land: () => null })
    for (const event of JSON.parse(JSON.stringify(town.log)) as DomainEvent[]) again.follow({ event })
    const { id } = search()
    for (const one of [null, ...search().scenarios.map((scenario) => scenario.id)])
      expect(again.frame(id, one)).toEqual(maps.frame(id, one))
    expect(mapChanged(again, search(), town.picture)).toEqual([])

    // Killed between the change and its figures.
    town.give(COORDINATOR, {
      type: 'search.remove-scenario',
      searchId: id,
      scenarioId: search().scenarios[1]!.id,
      reason: '排除',
    })
    again.follow({ event: town.log.at(-1)! })
    expect(mapChanged(again, search(), town.picture)).toMatchObject([
      { change: { number: 3, kind: 'scenario-removed' } },
    ])
  })

  it('of a journal from before there were scenarios opens with one, as its setup says', () => {
    const { town } = searching()
    const opened = JSON.parse(JSON.stringify(town.log)) as DomainEvent[]
    const old = opened.find((event) => event.type === 'search.opened')!
    if (old.type !== 'search.opened') throw new Error('no opening')
    for (const field of ['scenarios', 'scenarioFigures', 'sightings', 'change', 'nextHourMeanMin'])
      delete (old.search as Record<string, unknown>)[field]
    const before = world()
    before.apply(opened)
    expect(before.only('search').scenarios).toMatchObject([{ story: { planningPoint: HOME }, weight: 1 }])
    expect(before.only('search').sightings).toEqual([])
  })
})
