import type { DomainEvent, DrawnGround } from '@skerry/contract'
import { gridSum, localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { drawGround } from '../ground/draw-ground.ts'
import { groundJobOf, type GroundSource } from '../ground/ground-source.ts'
import { readLayers } from '../ground/read-layers.ts'
import { declareGroundLayers } from '../domain/ground-layers.ts'
import { declaredGround } from '../ground/ground-source.ts'
import { decide } from '../domain/decide.ts'
import { COORDINATOR, DISPATCHER, REPORT, SETUP, at, world } from '../domain/test-kit.ts'
import { createSearchMaps } from './search-maps.ts'

const SOURCE: GroundSource = {
  layers: readLayers(
    JSON.stringify({
      type: 'FeatureCollection',
      title: '试验',
      attribution: '© OSM',
      features: [
        {
          geometry: { type: 'LineString', coordinates: [at(-1000, 300), at(1000, 300)] },
          properties: { highway: 'path' },
        },
      ],
    }),
  ),
  terrain: null,
}
const GIVEN = { ...SETUP, ground: 'unknown' } as const

function town() {
  const maps = createSearchMaps({ land: () => null })
  const place = world(maps)
  place.give(DISPATCHER, REPORT)
  const open = (setup: typeof SETUP | typeof GIVEN, ground: DrawnGround | null) => {
    const incidentId = place.only('incident').id
    const command = { id: crypto.randomUUID(), type: 'search.open', incidentId, setup } as const
    const decided = decide(place.picture, command, { ...place.ctx(COORDINATOR), ground })
    if (!decided.ok) return decided.error.code
    place.apply(decided.value)
    for (const event of place.log) maps.follow({ event })
    return place.only('search')
  }
  return { maps, place, open }
}

describe('a search with layers of the ground', () => {
  it('has more probability by the path and as much in all, and says what draws', async () => {
    const { maps, place, open } = town()
    place.apply(declareGroundLayers(place.picture, declaredGround(SOURCE)))
    expect(declareGroundLayers(place.picture, declaredGround(SOURCE))).toEqual([])
    const ground = await drawGround(groundJobOf(GIVEN, SOURCE)!, null)
    const search = open(GIVEN, ground)
    if (typeof search === 'string') throw new Error(search)
    const frame = maps.frame(search.id)!
    const poaAt = (eastM: number, northM: number): number => {
      const [e, n] = localFrame(search.grid.origin).toLocal(at(eastM, northM))
      return frame.poa[Math.floor(n / 50) * search.grid.cols + Math.floor(e / 50)]!
    }
    // As far from the planning point, by the path and off it.
    expect(poaAt(410, 310)).toBeGreaterThan(3 * poaAt(410, -310))
    expect(gridSum(frame.poa) + frame.restOfWorld).toBeCloseTo(1, 5)
    expect(search.groundUsed).toMatchObject({
      condition: 'unknown',
      layers: { title: '试验' },
      elevation: null,
      reasons: [{ reason: 'trail' }],
    })
    expect(JSON.stringify(search)).not.toContain(ground.packed.factors)
  })

  it('keeps its map when the layers are others later: a replay needs the journal alone', async () => {
    const { maps, place, open } = town()
    place.apply(declareGroundLayers(place.picture, declaredGround(SOURCE)))
    const search = open(GIVEN, await drawGround(groundJobOf(GIVEN, SOURCE)!, null))
    if (typeof search === 'string') throw new Error(search)
    const replayed = createSearchMaps({ land: () => null })
    for (const event of JSON.parse(JSON.stringify(place.log)) as DomainEvent[]) replayed.follow({ event })
    expect(replayed.frame(search.id)).toEqual(maps.frame(search.id))
  })

  it('is refused where there are no layers, and opened without where they could not be drawn', () => {
    const without = town()
    expect(without.open(GIVEN, null)).toBe('no-ground-layers')
    const { place, open } = town()
    place.apply(declareGroundLayers(place.picture, declaredGround(SOURCE)))
    const search = open(GIVEN, null)
    expect(search).toMatchObject({ setup: { ground: 'unknown' } })
    expect(search).not.toHaveProperty('groundUsed')
  })

  it('asks for no ground where none is to count, or none is there', () => {
    expect(groundJobOf(SETUP, SOURCE)).toBeNull()
    expect(groundJobOf(GIVEN, { layers: null, terrain: null })).toBeNull()
    expect(groundJobOf(GIVEN, { layers: null, terrain: { file: 't.json', attribution: '' } })).toMatchObject({
      layers: null,
      terrainFile: 't.json',
    })
  })
})

describe('why the map is bright at a place', () => {
  it('is told under each story: distance, ground, coast, sightings, flights', async () => {
    const { maps, place, open } = town()
    place.apply(declareGroundLayers(place.picture, declaredGround(SOURCE)))
    const search = open(GIVEN, await drawGround(groundJobOf(GIVEN, SOURCE)!, null))
    if (typeof search === 'string') throw new Error(search)
    const by = maps.why(search.id, at(410, 310))!
    const off = maps.why(search.id, at(410, -310))!
    expect(by.scenarios).toHaveLength(1)
    const [story] = by.scenarios
    expect(story).toMatchObject({ share: 1, on: null, sightings: null, ground: { reason: 'trail' } })
    expect(story!.ground!.factor).toBeCloseTo(6, 0)
    expect(story!.distance!.metres).toBeCloseTo(Math.hypot(410, 310), -2)
    expect(story!.distance!.foundWithin).toBeGreaterThan(0.2)
    expect(story!.distance!.foundWithin).toBeLessThan(0.6)
    expect(off.scenarios[0]!.ground).toEqual({ factor: 1, reason: null })
    expect(by.brighterShare).toBeLessThan(off.brighterShare)
    expect(by.poa).toBeCloseTo(by.perHa * 0.25, 9)
    expect(maps.why(search.id, at(4100, 310))).toBeNull()
    expect(maps.why('none', at(0, 0))).toBeNull()
  })

  it('counts what was seen and found there, and what was flown', () => {
    const { maps, place, open } = town()
    const search = open(SETUP, null)
    if (typeof search === 'string') throw new Error(search)
    const here = at(210, 110)
    const before = maps.why(search.id, here)!
    expect(before.scenarios[0]!.ground).toBeNull()
    const report = { kind: 'clue', position: here, atMs: 0, errorM: 60, movedM: 50, certainty: 0.8, note: '' } as const
    const happen = (...events: DomainEvent[]): void => events.forEach((event) => maps.follow({ event }))
    happen({
      type: 'search.sighting-added',
      searchId: search.id,
      sighting: { id: 's', number: 1, report, withdrawn: null },
    })
    const sighted = maps.why(search.id, here)!
    expect(sighted.scenarios[0]!.sightings).toBeGreaterThan(2)
    expect(sighted.poa).toBeGreaterThan(2 * before.poa)
    happen({
      type: 'candidate.raised',
      candidate: {
        id: 'c',
        number: 7,
        searchId: search.id,
        incidentId: search.incidentId,
        state: 'open',
        position: here,
        errorRadiusM: 10,
        firstSeenAtMs: 0,
        lastSeenAtMs: 0,
        looks: 3,
        opportunities: 3,
        maxC: 30,
        contrastSd: 9,
        likelihoodRatio: 50,
        passes: 1,
        taskId: null,
        unitId: null,
        reason: null,
      },
    })
    expect(maps.why(search.id, here)!.candidates).toEqual([{ number: 7, share: expect.closeTo(0.98, 1) }])
    expect(place.log.length).toBeGreaterThan(0)
  })
})
