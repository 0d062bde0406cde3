import type { DomainEvent, DrawnGround, EventOf, SweepLook, Task } from '@skerry/contract'
import { COVER_CODES, localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { declareGroundLayers } from '../domain/ground-layers.ts'
import { decide } from '../domain/decide.ts'
import { COORDINATOR, DISPATCHER, REPORT, SETUP, at, world } from '../domain/test-kit.ts'
import { drawGround } from '../ground/draw-ground.ts'
import { declaredGround, groundJobOf, type GroundSource } from '../ground/ground-source.ts'
import { readLayers } from '../ground/read-layers.ts'
import { cutSorties } from './cut-sorties.ts'
import { createSearchMaps } from './search-maps.ts'

const square = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon',
  coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
})
/** A forest in the west; of the east no layer tells anything. */
const FOREST: GroundSource = {
  layers: readLayers(
    JSON.stringify({
      type: 'FeatureCollection',
      title: '试验',
      attribution: '© OSM',
      features: [{ geometry: square(-1100, -1100, 0, 1100), properties: { natural: 'wood' } }],
    }),
  ),
  terrain: null,
}
const OPEN_GROUND = { ...SETUP, terrain: 'flat', ground: 'unknown' } as const

async function forest(change: (ground: DrawnGround) => DrawnGround = (ground) => ground) {
  const maps = createSearchMaps({ land: () => null })
  const town = world(maps)
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  town.apply(declareGroundLayers(town.picture, declaredGround(FOREST)))
  const ground = change((await drawGround(groundJobOf(OPEN_GROUND, FOREST)!, null)) satisfies DrawnGround)
  const incidentId = town.only('incident').id
  const command = { id: crypto.randomUUID(), type: 'search.open', incidentId, setup: OPEN_GROUND } as const
  const decided = decide(town.picture, command, { ...town.ctx(COORDINATOR), ground })
  if (!decided.ok) throw new Error(decided.error.detail)
  town.apply(decided.value)
  for (const event of town.log) maps.follow({ event })
  const search = town.only('search')
  const status = town.statuses.get('main-1')!
  const cover = maps.cover(search, status, 60, 10)
  const podAt = (eastM: number, northM: number): number => {
    const { shape, pod } = maps.frame(search.id)!
    const [e, n] = localFrame(shape.origin).toLocal(at(eastM, northM))
    return pod[Math.floor(n / shape.cellM) * shape.cols + Math.floor(e / shape.cellM)]! / 255
  }
  return { maps, town, search, cover, podAt }
}

/** One straight pass from the forest into the open, along the planning point's parallel. */
const flown = (searchId: string, over: Partial<EventOf<'search.swept'>> = {}, look: Partial<SweepLook> = {}) => ({
  type: 'search.swept' as const,
  searchId,
  taskId: 't',
  droneId: 'main-1',
  looks: Array.from({ length: 81 }, (_, i): SweepLook => {
    const e = -400 + 10 * i
    return {
      atMs: 1000 * i,
      corners: [at(e - 30, -50), at(e + 30, -50), at(e + 30, 50), at(e - 30, 50)],
      position: at(e, 0),
      ...look,
    }
  }),
  sweepWidthM: 80,
  swathM: 100,
  sweepWidthsM: { open: 80, 'shore-rocks': 68, scrub: 48, broadleaf: 16, evergreen: 8 },
  ...over,
})

describe('cover of each cell', () => {
  it('is told with the search, and goes by the kind of terrain where no layer tells it', async () => {
    const { search, cover, maps } = await forest()
    expect(search.groundUsed!.covers).toEqual([
      { cover: null, share: expect.closeTo(0.5, 1) },
      { cover: 'broadleaf', share: expect.closeTo(0.5, 1) },
    ])
    expect(maps.hasCovers(search.id)).toBe(true)
    expect(cover.byCover!.broadleaf.sweepWidthM).toBeCloseTo(0.2 * cover.sweepWidthM, 6)
  })

  it('makes the same pass find less under trees, and however often it is flown no more than they let through', async () => {
    const { maps, search, podAt } = await forest()
    maps.follow({ event: flown(search.id) })
    expect(podAt(200, 0)).toBeCloseTo(1 - Math.exp(-0.8), 1)
    expect(podAt(-200, 0)).toBeLessThan(0.17)
    expect(podAt(-200, 0)).toBeGreaterThan(0.08)
    for (let again = 1; again < 12; again++) {
      const { looks, ...event } = flown(search.id)
      maps.follow({ event: { ...event, looks: looks.map((look) => ({ ...look, atMs: look.atMs + again * 1e6 })) } })
    }
    expect(podAt(200, 0)).toBeGreaterThan(0.98)
    expect(podAt(-200, 0)).toBeLessThanOrEqual(0.205)
  })

  it('hides more of a slanting look under trees than in the open, whose weight it carries', async () => {
    const { maps, search, podAt } = await forest()
    maps.follow({ event: flown(search.id, {}, { view: 'north', weight: 0.9, depressionRad: Math.PI / 6 }) })
    expect(podAt(200, 0)).toBeCloseTo(1 - Math.exp(-0.72), 1)
    // Down to 30 degrees twice as long a way through the crowns: 0.2 x 0.2 of what a look into the open shows.
    expect(podAt(-200, 0)).toBeLessThan(0.05)
    expect(podAt(-200, 0)).toBeGreaterThan(0.01)
  })

  it('decides where sorties are cut and what they are expected to find', async () => {
    const { maps, town, search, cover } = await forest()
    const drone = { id: 'main-1', startLngLat: at(0, 0), airspeedMps: 10, enduranceS: 900, reserveS: 300 }
    const cut = (withCover: boolean) => {
      const { byCover: _, ...one } = cover
      const ground = maps.ground(search.id)!
      const request = { drones: [{ ...drone, cover: withCover ? cover : one, wind: null }], taken: [], noFly: [] }
      return cutSorties(ground, request)[0]!
    }
    const woods = (of: ReturnType<typeof cut>): number =>
      of.coverShares!.find((one) => one.cover === 'broadleaf')?.share ?? 0
    expect(woods(cut(false))).toBeGreaterThan(woods(cut(true)) + 0.2)
    expect(cut(false).expectedPos).toBeGreaterThan(cut(true).expectedPos)
    const given = town.give(COORDINATOR, {
      type: 'search.lay-pattern',
      searchId: search.id,
      droneIds: ['main-1'],
      clearanceM: 60,
      pattern: { name: 'parallel-track', centre: at(0, 0), bearingDeg: 90, reachM: 300, acrossM: 100 },
    })
    expect(given).toHaveLength(1)
    const task: Task = town.only('task')
    expect(task.sweepByCover!.map((one) => [one.cover, one.share > 0.4])).toEqual(
      expect.arrayContaining([
        [null, true],
        ['broadleaf', true],
      ]),
    )
    expect(task.sweepWidthM).toBeCloseTo(0.6 * cover.sweepWidthM, 0)
    expect(task.expectedPos).toBeLessThan(0.75 * task.poa)
  })

  it('says of a segment what a camera can find there: a mean over its ground, by its probability', async () => {
    const { maps, search, cover } = await forest()
    const over = (west: number, east: number) =>
      maps.sweepOver(search.id, [[at(west, -200), at(east, -200), at(east, 200), at(west, 200)]], cover)[0]!
    expect(over(-400, -100).podCap).toBeCloseTo(0.2, 9)
    expect(over(100, 400)).toEqual({ sweepWidthM: expect.closeTo(cover.sweepWidthM, 9), podCap: expect.closeTo(1, 9) })
    expect(over(-400, 400).podCap).toBeCloseTo(0.6, 1)
    const { byCover: _, ...oneCover } = cover
    expect(maps.sweepOver(search.id, [[at(0, 0), at(9, 0), at(9, 9)]], oneCover)).toEqual([null])
  })

  it('does not make ground under trees look as if it had not been flown', async () => {
    const { maps, town, search } = await forest()
    const { sweepWidthM, swathM, byCover } = maps.cover(search, town.statuses.get('main-1')!, 60, 10)
    town.give(COORDINATOR, {
      type: 'search.lay-pattern',
      searchId: search.id,
      droneIds: ['main-1'],
      clearanceM: 60,
      pattern: { name: 'parallel-track', centre: at(0, 0), bearingDeg: 90, reachM: 200, acrossM: 30 },
    })
    const task: Task = town.only('task')
    const widths = Object.fromEntries(
      Object.entries(byCover!).map(([name, { sweepWidthM: w }]) => [name, (w * 100) / swathM]),
    ) as EventOf<'search.swept'>['sweepWidthsM']
    maps.follow({
      event: flown(search.id, { taskId: task.id, sweepWidthM: (sweepWidthM * 100) / swathM, sweepWidthsM: widths! }),
    })
    const [figures] = maps.state(search.id, town.picture)!.tasks
    expect(figures).toMatchObject({ taskId: task.id, remainder: [] })
    expect(figures!.sweptShare).toBeGreaterThan(0.9)
    expect(figures!.achievedPod).toBeLessThan(figures!.plannedPod + 0.05)
    // What the task may still find is next to nothing: it was flown, under the trees as well.
    expect(maps.state(search.id, town.picture)!.nextHourPos).toBeLessThan(0.01)
  })

  it('is a function of the journal, and of an older one, which tells of none, nothing changes', async () => {
    const { maps, town, search } = await forest()
    maps.follow({ event: flown(search.id) })
    const replayed = createSearchMaps({ land: () => null })
    const journal = JSON.parse(JSON.stringify([...town.log, flown(search.id)])) as DomainEvent[]
    for (const event of journal) replayed.follow({ event })
    expect(replayed.frame(search.id)).toEqual(maps.frame(search.id))
    const older = await forest((ground) => {
      const { id, condition, layers, elevation, reasons, packed } = ground
      return { id, condition, layers, elevation, reasons, packed: { factors: packed.factors, reasons: packed.reasons } }
    })
    const { searchId, taskId, droneId, looks, sweepWidthM, swathM } = flown(older.search.id)
    older.maps.follow({ event: { type: 'search.swept', searchId, taskId, droneId, looks, sweepWidthM, swathM } })
    expect(older.podAt(-200, 0)).toBeCloseTo(older.podAt(200, 0), 2)
    expect(older.maps.hasCovers(older.search.id)).toBe(false)
    expect(older.cover).not.toHaveProperty('byCover')
    expect(older.maps.ground(older.search.id)).not.toHaveProperty('covers')
  })
})

describe('water by the coast', () => {
  /** An island of hills in the west; the sea in the east. */
  const land = () => [[[at(-1500, -1500), at(0, -1500), at(0, 1500), at(-1500, 1500), at(-1500, -1500)]]]
  const island = () => {
    const maps = createSearchMaps({ land })
    const town = world(maps)
    town.give(DISPATCHER, REPORT)
    const setup = { ...SETUP, planningPoint: at(-300, 0) }
    town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup })
    return { town, search: town.only('search') }
  }
  const podAfter = (journal: readonly DomainEvent[], searchId: string) => {
    const maps = createSearchMaps({ land })
    for (const event of journal) maps.follow({ event })
    for (let again = 0; again < 12; again++) {
      const { looks, ...event } = flown(searchId)
      maps.follow({ event: { ...event, looks: looks.map((look) => ({ ...look, atMs: look.atMs + again * 1e6 })) } })
    }
    const { shape, pod } = maps.frame(searchId)!
    return (eastM: number): number => {
      const [e, n] = localFrame(shape.origin).toLocal(at(eastM, 0))
      return pod[Math.floor(n / shape.cellM) * shape.cols + Math.floor(e / shape.cellM)]! / 255
    }
  }

  it('is open, whatever grows on the hills of the island; an older search goes on as it did', () => {
    const { town, search } = island()
    expect(search.waterOpen).toBe(true)
    const now = podAfter(town.log, search.id)
    expect(now(-200)).toBeLessThanOrEqual(0.605)
    expect(now(200)).toBeGreaterThan(0.95)
    const older = town.log.map((event): DomainEvent => {
      if (event.type !== 'search.opened') return event
      const { waterOpen: _, ...opened } = event.search
      return { ...event, search: opened }
    })
    const before = podAfter(older, search.id)
    expect(before(200)).toBeLessThanOrEqual(0.605)
    expect(before(-200)).toBe(now(-200))
  })

  it('is a cover of its own, in which a camera sweeps less; a search of an older journal goes on with open ground', () => {
    const { town, search } = island()
    const coversOf = (journal: readonly DomainEvent[]) => {
      const maps = createSearchMaps({ land })
      for (const event of journal) maps.follow({ event })
      return new Set(maps.ground(search.id)!.covers)
    }
    expect([...coversOf(town.log)].map((code) => COVER_CODES[code]).toSorted()).toEqual([null, 'water'])
    const maps = createSearchMaps({ land })
    for (const event of town.log) maps.follow({ event })
    const { byCover } = maps.cover(search, null, 60, 10)
    expect(byCover!.water.sweepWidthM).toBeLessThan(byCover!.open.sweepWidthM)
    const older = town.log.map((event): DomainEvent => {
      if (event.type !== 'search.opened') return event
      const { waterCover: _, ...opened } = event.search
      return { ...event, search: opened }
    })
    expect([...coversOf(older)].map((code) => COVER_CODES[code]).toSorted()).toEqual([null, 'open'])
    // A sweep that was journaled before water had a width of its own, on a map that has: credited as open ground.
    const before = podAfter(town.log, search.id)(200)
    const { sweepWidthsM } = flown(search.id)
    expect(sweepWidthsM).not.toHaveProperty('water')
    expect(before).toBeGreaterThan(0.95)
  })

  it('is not counted where nobody knows the coast', async () => {
    expect((await forest()).search).not.toHaveProperty('waterOpen')
  })
})
