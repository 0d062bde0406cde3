import { BOUNDS } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import type { DomainEvent, Search, SweepLook } from '@skerry/contract'
import { gridSum, localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { cutRequest } from '../domain/searches/cut.ts'
import { COORDINATOR, DISPATCHER, HOME, REPORT, SETUP, at, world } from '../domain/test-kit.ts'
import type { RelookRequest } from '../domain/context.ts'
import { cutSorties } from './cut-sorties.ts'
import { createFrameContrast } from './frame-contrast.ts'
import { landSource } from './land-source.ts'
import { createSearchMaps, type SearchMaps } from './search-maps.ts'

const PUTUO: [number, number] = [122.385, 29.985]

function opened(maps: SearchMaps, over: object = {}) {
  const town = world(maps)
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, {
    type: 'search.open',
    incidentId: town.only('incident').id,
    setup: { ...SETUP, ...over },
  })
  for (const event of town.log) maps.follow({ event })
  return { town, search: town.only('search') }
}

/** A drone that flies north from `startM` metres, looking straight down on 60 by 48 metres. */
function pass(search: Search, eastM: number, fromMs: number): DomainEvent {
  const looks: SweepLook[] = Array.from({ length: 40 }, (_, i) => {
    const northM = -200 + i * 10
    const corner = (e: number, n: number) => at(eastM + e, northM + n)
    return {
      atMs: fromMs + i * 1000,
      position: at(eastM, northM),
      corners: [corner(-30, -24), corner(30, -24), corner(30, 24), corner(-30, 24)],
    }
  })
  return {
    type: 'search.swept',
    searchId: search.id,
    taskId: 't',
    droneId: 'main-1',
    looks,
    sweepWidthM: 30,
    swathM: 60,
  }
}

describe('a search map', () => {
  it('keeps all probability: cells and the rest of the world make one, before and after sweeps', () => {
    const maps = createSearchMaps({ land: () => null })
    const { search } = opened(maps)
    const total = () => {
      const frame = maps.frame(search.id)!
      return gridSum(frame.poa) + frame.restOfWorld
    }
    expect(total()).toBeCloseTo(1, 5)
    maps.follow({ event: pass(search, 100, 0) })
    expect(maps.figures(search.id)!.pos).toBeGreaterThan(0.005)
    expect(total()).toBeCloseTo(1, 5)
  })

  it('goes down where nothing was seen and up elsewhere', () => {
    const maps = createSearchMaps({ land: () => null })
    const { search } = opened(maps)
    const before = maps.frame(search.id)!
    maps.follow({ event: pass(search, 100, 0) })
    const after = maps.frame(search.id)!
    const [eastM, northM] = localFrame(search.grid.origin).toLocal(at(100, 0))
    const seen = Math.floor(northM / 50) * search.grid.cols + Math.floor(eastM / 50)
    expect(after.poa[seen]!).toBeLessThan(before.poa[seen]!)
    expect(after.pod[seen]!).toBeGreaterThan(40)
    expect(after.poa[0]!).toBeGreaterThan(before.poa[0]!)
    expect(after.pod[0]!).toBe(0)
  })

  it('is the same bit for bit when the journal is replayed', () => {
    const live = createSearchMaps({ land: () => null })
    const { town, search } = opened(live)
    const events = [pass(search, 100, 0), pass(search, -60, 50_000), pass(search, 20, 100_000)]
    for (const event of events) {
      live.follow({ event })
      live.frame(search.id) // looking at it in between must change nothing
    }
    const replayed = createSearchMaps({ land: () => null })
    // Through JSON, as the journal does.
    for (const event of JSON.parse(JSON.stringify([...town.log, ...events])) as DomainEvent[])
      replayed.follow({ event })
    const [a, b] = [live.frame(search.id)!, replayed.frame(search.id)!]
    expect(Buffer.from(b.poa.buffer).equals(Buffer.from(a.poa.buffer))).toBe(true)
    expect(Buffer.from(b.pod.buffer).equals(Buffer.from(a.pod.buffer))).toBe(true)
    expect(replayed.figures(search.id)).toEqual(live.figures(search.id))
  })

  it('credits nothing across a gap in the flight', () => {
    const maps = createSearchMaps({ land: () => null })
    const { search } = opened(maps)
    const event = pass(search, 100, 0)
    if (event.type !== 'search.swept') throw new Error('not a sweep')
    const [first, last] = [event.looks[0]!, event.looks.at(-1)!]
    maps.follow({ event: { ...event, looks: [first, last] } })
    expect(maps.figures(search.id)!.pos).toBe(0)
  })

  it('cuts one sortie per drone within its energy, and does not cut the same ground twice', () => {
    const maps = createSearchMaps({ land: () => null })
    const { search } = opened(maps, { halfSizeM: 2000 })
    const cover = {
      swathM: 50,
      sweepWidthM: 25,
      podCap: 0.6,
      basis: 'assumed',
      rangeM: [20, 40] as [number, number],
    } as const
    const drone = (id: string) => ({
      id,
      startLngLat: HOME,
      airspeedMps: 10,
      enduranceS: 1200,
      reserveS: 300,
      cover,
      wind: null,
    })
    const request = {
      drones: [drone('main-1'), drone('main-2')],
      taken: [],
      noFly: [],
    }
    const first = cutSorties(maps.ground(search.id)!, request)
    expect(first.map(({ droneId }) => droneId).toSorted()).toEqual(['main-1', 'main-2'])
    for (const sortie of first) {
      expect(sortie.energyShare).toBeLessThanOrEqual(1)
      expect(sortie.timeS).toBeLessThanOrEqual(900)
      expect(sortie.path.length).toBeGreaterThan(4)
      expect(sortie.area.at(-1)).not.toEqual(sortie.area[0])
    }
    const later = cutSorties(maps.ground(search.id)!, { ...request, taken: first.map(({ area }) => area) })
    expect(Math.max(...later.map(({ poa }) => poa))).toBeLessThan(Math.max(...first.map(({ poa }) => poa)))
  })

  it('gives each drone of a mixed fleet the lane spacing and the sweep width of its own camera', () => {
    const camera = {
      thermal: true,
      hfovRad: 0.4,
      vfovRad: 0.3,
      widthPx: 160,
      heightPx: 120,
      vendor: 'FLIR',
      model: 'Lepton',
    }
    const maps = createSearchMaps({ land: () => null })
    const { town, search } = opened(maps)
    town.see('main-2', { camera, wind: { fromDeg: 90, speedMps: 4 } })
    const asked = cutRequest(
      town.picture,
      {
        id: crypto.randomUUID(),
        type: 'search.cut-tasks',
        searchId: search.id,
        droneIds: ['main-1', 'main-2'],
        clearanceM: 50,
      },
      town.ctx(COORDINATOR),
    )
    if (!asked.ok) throw new Error(asked.error.detail)
    const [wide, narrow] = asked.value.drones
    expect(narrow!.cover.swathM).toBeLessThan(0.6 * wide!.cover.swathM)
    // The one that tells no wind is budgeted in the other's.
    expect([wide!.wind, narrow!.wind]).toEqual(Array(2).fill({ fromDeg: 90, speedMps: 4 }))
    const cuts = cutSorties(maps.ground(search.id)!, asked.value)
    const spacing = (id: string): number => cuts.find(({ droneId }) => droneId === id)!.laneSpacingM
    expect(spacing('main-1')).toBeCloseTo(0.85 * wide!.cover.swathM, 6)
    expect(spacing('main-2')).toBeCloseTo(0.85 * narrow!.cover.swathM, 6)
  })

  it('plans another look that stays near the place, or says that the drone cannot reach it', () => {
    const maps = createSearchMaps({ land: () => null })
    const ask = (eastM: number, noFly: [number, number][][] = [], over: Partial<RelookRequest> = {}) =>
      maps.relook({
        noFly,
        searchId: 'any',
        drone: { id: 'main-1', startLngLat: HOME, airspeedMps: 10, enduranceS: 900, reserveS: 300 },
        speedMps: 5,
        centre: at(eastM, 0),
        radiusM: 30,
        cover: {
          swathM: 35,
          sweepWidthM: 20,
          podCap: 0.6,
          basis: 'assumed' as const,
          rangeM: [20, 40] as [number, number],
        },
        wind: null,
        ...over,
      })
    const frame = localFrame(at(500, 0))
    const far = ask(500)!.path.map((point) => Math.hypot(...frame.toLocal(point)))
    expect(Math.max(...far)).toBeLessThan(80)
    expect(ask(4000)).toBeNull()
    // A zone that lies across the way is not entered: so small a path is not led around it.
    expect(ask(500, [[at(200, -50), at(260, -50), at(260, 50), at(200, 50)]])).toBeNull()
    expect(ask(500, [[at(200, 80), at(260, 80), at(260, 150), at(200, 150)]])).not.toBeNull()
    // From the air: the way there from where the drone is, the way back to its home, against the wind on one of them.
    const drone = {
      id: 'main-1',
      startLngLat: at(480, 0),
      landLngLat: HOME,
      airspeedMps: 10,
      enduranceS: 900,
      reserveS: 300,
    }
    const [ground, air] = [ask(500)!, ask(500, [], { drone })!]
    expect(ground.transitS - air.transitS).toBeGreaterThan(40)
    expect(air.transitS).toBeGreaterThan(45)
    const wind = { fromDeg: 270, speedMps: 6 }
    expect(ask(500, [], { drone, wind })!.transitS).toBeGreaterThan(2 * air.transitS)
    expect(ask(500, [], { drone, wind: { fromDeg: 270, speedMps: 12 } })).toBeNull()
  })

  it('keeps the subject on the island: probability over the sea is none, and the rest is said', async () => {
    const land = landSource(await loadLand(), BOUNDS)
    const maps = createSearchMaps({ land })
    const { search } = opened(maps, { planningPoint: PUTUO, halfSizeM: 5000, cellM: 50 })
    const frame = maps.frame(search.id)!
    const sea = localFrame(search.grid.origin).toLocal([122.43, 29.985])
    expect(frame.poa[Math.floor(sea[1] / 50) * search.grid.cols + Math.floor(sea[0] / 50)]).toBe(0)
    expect(search.restOfWorld).toBeGreaterThan(0.05)
    expect(gridSum(frame.poa) + frame.restOfWorld).toBeCloseTo(1, 5)
  })

  it('knows no land outside of the basemap, which is not the same as sea', async () => {
    const land = landSource(await loadLand(), BOUNDS)
    expect(land([0, 0, 1, 1])).toBeNull()
    expect(land([122.35, 29.95, 122.42, 30.02])?.length).toBeGreaterThan(0)
  })
})

describe('frame contrast', () => {
  it('is nothing for the hottest point of uniform ground and much for a warm body', () => {
    const contrast = createFrameContrast()
    let seed = 7
    const noise = () => ((seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5) * 0.6
    const usual = Array.from({ length: 100 }, () => contrast.add(18 + noise()))
    expect(Math.max(...usual)).toBeLessThan(4)
    expect(contrast.add(25)).toBeGreaterThan(15)
  })
})
