import type { DomainEvent, LngLat, SweepLook, Task } from '@skerry/contract'
import { localFrame, type MultiPolygonLngLat } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, HOME, REPORT, SETUP, at, flyingStatus, world } from '../domain/test-kit.ts'
import { areaSorties } from './area-sorties.ts'
import { cutSorties } from './cut-sorties.ts'
import { mapChanged } from './map-changed.ts'
import { createSearchMaps } from './search-maps.ts'

function searching(land: MultiPolygonLngLat | null = null) {
  const maps = createSearchMaps({ land: () => land })
  const town = world(
    maps,
    (request) => cutSorties(maps.ground(request.searchId)!, request),
    (request) => areaSorties(maps.ground(request.searchId)!, request),
  )
  let followed = 0
  const follow = (): void => {
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
  }
  const give = (command: Parameters<typeof town.give>[1]) => {
    const answer = town.give(COORDINATOR, command)
    follow()
    return answer
  }
  for (const id of ['main-1', 'main-2']) town.see(id)
  town.give(DISPATCHER, REPORT)
  give({ type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const { id: searchId } = town.only('search')
  give({ type: 'search.set-highest-ground', searchId, highestGroundAmslM: 30 })
  const apply = (events: DomainEvent[]): void => {
    town.apply(events)
    follow()
    town.apply(mapChanged(maps, town.only('search'), town.picture))
    follow()
  }
  return { maps, town, give, searchId, apply }
}

/** Looks straight down along lanes, one every 10 m and second, 50 m wide, with a gap between lanes. */
function flown(task: Task, lanes: number): DomainEvent {
  const frame = localFrame(HOME)
  const looks: SweepLook[] = []
  let atMs = 1e6
  for (const [from, to] of task.lanes.slice(0, lanes)) {
    const [a, b] = [frame.toLocal(from!), frame.toLocal(to!)]
    const lengthM = Math.hypot(b[0] - a[0], b[1] - a[1])
    for (let m = -20; m <= lengthM + 20; m += 10) {
      const [x, y] = [a[0] + ((b[0] - a[0]) * m) / lengthM, a[1] + ((b[1] - a[1]) * m) / lengthM]
      const corners = [at(x - 25, y - 25), at(x + 25, y - 25), at(x + 25, y + 25), at(x - 25, y + 25)]
      looks.push({ atMs: (atMs += 1000), position: at(x, y), corners })
    }
    atMs += 10_000
  }
  const { searchId, id: taskId, droneId, sweepWidthM } = task
  return { type: 'search.swept', searchId, taskId, droneId, looks, sweepWidthM, swathM: 50 }
}

describe('what a task has achieved', () => {
  it('stands beside what was planned, with the lanes that are left', () => {
    const { town, give, searchId, apply } = searching()
    give({ type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 50 })
    const task = town.only('task')
    expect(task.achieved).toBeUndefined()
    const half = Math.floor(task.lanes.length / 2)
    apply([flown(task, half)])
    const achieved = town.picture.task.get(task.id)!.achieved!
    expect(achieved.sweptShare).toBeGreaterThan(0.25)
    expect(achieved.sweptShare).toBeLessThan(0.75)
    expect(achieved.achievedPod).toBeLessThan(achieved.plannedPod)
    expect(achieved.pos).toBeCloseTo(town.only('search').pos, 2)
    expect(achieved.remainder.length).toBeGreaterThanOrEqual(task.lanes.length - half - 1)
    apply([flown(task, task.lanes.length)])
    const whole = town.picture.task.get(task.id)!.achieved!
    expect(whole.sweptShare).toBeGreaterThan(0.9)
    expect(whole.remainder.length).toBeLessThan(achieved.remainder.length)
  })

  it('is handed over as a task of what is left alone, once, when the drone has come back', () => {
    const { town, give, searchId, apply } = searching()
    give({ type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 50 })
    const task = town.only('task')
    expect(give({ type: 'task.hand-over', taskId: task.id, droneId: 'main-2' })).toBe('task-still-flown')
    apply([flown(task, Math.floor(task.lanes.length / 2)), { type: 'task.done', taskId: task.id }])
    expect(typeof give({ type: 'task.hand-over', taskId: task.id, droneId: 'main-2' })).not.toBe('string')
    const rest = town.only('task')
    expect(rest).toMatchObject({ restOf: task.id, droneId: 'main-2', state: 'drafted' })
    expect(rest.timeS).toBeLessThan(task.timeS)
    expect(rest.lanes.length).toBeLessThan(task.lanes.length)
    expect(town.picture.task.get(task.id)!.restFlownBy).toBe(rest.id)
    expect(give({ type: 'task.hand-over', taskId: task.id, droneId: 'main-1' })).toBe('rest-handed-over')
    // Cutting again takes no draft away that a person asked for by itself.
    give({ type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 50 })
    expect(town.picture.task.has(rest.id)).toBe(true)
  })

  it('leaves everything of a task that never saw ground', () => {
    const { town, give, searchId } = searching()
    give({ type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 50 })
    const task = town.only('task')
    town.apply([{ type: 'task.failed', taskId: task.id, reason: 'x' }])
    give({ type: 'task.hand-over', taskId: task.id, droneId: 'main-2' })
    expect(town.only('task').lanes).toHaveLength(task.lanes.length)
  })
})

describe('of a drone in the air', () => {
  const distanceM = (a: LngLat, b: LngLat): number => Math.hypot(...localFrame(a).toLocal(b))
  const away = { lngLat: at(900, 0), altAmslM: 130, heightAboveTakeoffM: 118, atMs: 1e6, accuracyM: 1 }

  it('the flight begins where it is and ends at its home', () => {
    const { town, give, searchId } = searching()
    town.statuses.set('main-1', flyingStatus('main-1', { position: away }))
    give({ type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 50 })
    const { path, transitS } = town.only('task')
    // 10 m/s without wind, one turn of 3 s into the lanes, and no zone in the way.
    expect((transitS - 3) * 10).toBeCloseTo(distanceM(away.lngLat, path[0]!) + distanceM(path.at(-1)!, HOME), -1)
  })

  it('what another task left is planned from where it is, and fits the battery that it has left', () => {
    const { town, give, searchId } = searching()
    give({ type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 50 })
    const task = town.only('task')
    town.apply([{ type: 'task.failed', taskId: task.id, reason: 'x' }])
    const battery = { remainingShare: 0.4, voltageV: 22, remainingS: null }
    town.statuses.set('main-2', flyingStatus('main-2', { position: away, battery }))
    expect(typeof give({ type: 'task.hand-over', taskId: task.id, droneId: 'main-2' })).not.toBe('string')
    const rest = town.only('task')
    // 0.4 of 25 minutes, less the fifth that must be left.
    expect(rest.timeS).toBeLessThanOrEqual(300)
    const [first, last] = [rest.path[0]!, rest.path.at(-1)!]
    expect(rest.transitS * 10).toBeCloseTo(distanceM(away.lngLat, first) + distanceM(last, HOME), -1)
    const battery2 = { remainingShare: null, voltageV: 22, remainingS: null }
    town.statuses.set('main-1', flyingStatus('main-1', { battery: battery2 }))
    expect(give({ type: 'task.hand-over', taskId: rest.id, droneId: 'main-1' })).toBe('task-still-flown')
    town.apply([{ type: 'task.failed', taskId: rest.id, reason: 'x' }])
    expect(give({ type: 'task.hand-over', taskId: rest.id, droneId: 'main-1' })).toBe('drone-battery-unknown')
  })
})

describe('a pattern by name', () => {
  const plan = { centre: at(100, 100), bearingDeg: 30, reachM: 200, acrossM: 100 }
  it.each(['expanding-square', 'sector', 'parallel-track'] as const)(
    '%s is a task with height and law like others',
    (name) => {
      const { town, give, searchId } = searching()
      const done = give({
        type: 'search.lay-pattern',
        searchId,
        droneIds: ['main-1'],
        clearanceM: 50,
        pattern: { name, ...plan },
      })
      expect(typeof done).not.toBe('string')
      const task = town.only('task')
      expect(task.pattern).toMatchObject({ name })
      expect(task.lanes.length).toBeGreaterThan(2)
      expect(task.heightAboveTakeoffM).toBe(68)
      expect(task.energyShare).toBeLessThanOrEqual(1)
      expect(task.poa).toBeGreaterThan(0)
    },
  )

  it('is laid around its middle', () => {
    const { town, give, searchId } = searching()
    give({
      type: 'search.lay-pattern',
      searchId,
      droneIds: ['main-1'],
      clearanceM: 50,
      pattern: { name: 'parallel-track', ...plan },
    })
    const points = town
      .only('task')
      .lanes.flat()
      .map((point) => localFrame(plan.centre).toLocal(point))
    const [east, north] = [0, 1].map((axis) => points.reduce((sum, p) => sum + p[axis]!, 0) / points.length)
    expect(Math.hypot(east!, north!)).toBeLessThan(5)
    expect(Math.max(...points.map((p) => Math.hypot(...p)))).toBeLessThan(Math.hypot(200, 100))
  })

  it('follows the shore of the map, over the water or over the land', () => {
    const ISLAND = [[[at(-3000, -400), at(3000, -400), at(3000, 100), at(-3000, 100), at(-3000, -400)]]]
    const { town, give, searchId } = searching(ISLAND)
    const shore = { name: 'shoreline', centre: at(0, 160), reachM: 300, offsetM: 40, tracks: 1 } as const
    for (const [side, northM] of [
      ['water', 140],
      ['land', 60],
    ] as const) {
      give({ type: 'search.lay-pattern', searchId, droneIds: ['main-1'], clearanceM: 50, pattern: { ...shore, side } })
      const { lanes, pattern, poa } = town.only('task')
      expect(pattern).toMatchObject({ name: 'shoreline', side })
      // Nobody of this story is in the water.
      expect(poa > 0).toBe(side === 'land')
      const points = lanes.flat().map((point) => localFrame(HOME).toLocal(point))
      for (const [, north] of points) expect(north).toBeCloseTo(northM, 0)
      expect(Math.max(...points.map(([east]) => east)) - Math.min(...points.map(([east]) => east))).toBeCloseTo(600, 0)
    }
  })

  it('of the shore is refused where no coast is near, or none is known', () => {
    for (const land of [null, [[[at(0, -9000), at(100, -9000), at(0, -8900), at(0, -9000)]]]]) {
      const { give, searchId } = searching(land)
      const pattern = { name: 'shoreline', centre: HOME, reachM: 300, offsetM: 40, tracks: 1, side: 'water' } as const
      expect(give({ type: 'search.lay-pattern', searchId, droneIds: ['main-1'], clearanceM: 50, pattern })).toBe(
        'no-coast-near',
      )
    }
  })

  it('is refused where it cannot be laid', () => {
    const { give, searchId } = searching()
    const lay = (over: object) =>
      give({
        type: 'search.lay-pattern',
        searchId,
        droneIds: ['main-1'],
        clearanceM: 50,
        pattern: { name: 'creeping-line', ...plan, ...over },
      })
    expect(lay({})).toBe('pattern-not-possible')
    expect(lay({ centre: at(9000, 0) })).toBe('outside-map')
  })
})

describe('tracks inside a drawn area', () => {
  const square = (halfM: number): LngLat[] => [
    at(-halfM, -halfM),
    at(halfM, -halfM),
    at(halfM, halfM),
    at(-halfM, halfM),
  ]
  const lay = (searchId: string, polygon: LngLat[][], droneIds = ['main-1', 'main-2']) =>
    ({
      type: 'search.lay-pattern',
      searchId,
      droneIds,
      clearanceM: 50,
      pattern: { name: 'parallel-track-inside', polygon, from: null },
    }) as const

  it('are tasks with height, layer and law like others, one for each drone', () => {
    const { town, give, searchId } = searching()
    give(lay(searchId, [square(250)]))
    const tasks = [...town.picture.task.values()]
    expect(tasks.map(({ droneId, number, state }) => [droneId, number, state])).toEqual([
      ['main-1', 1, 'drafted'],
      ['main-2', 2, 'drafted'],
    ])
    for (const task of tasks) {
      expect(task.pattern?.name).toBe('parallel-track-inside')
      expect(task.heightAboveTakeoffM).not.toBeNull()
      expect(task.layer).toBeGreaterThan(0)
      expect(task.expectedPos).toBeGreaterThan(0)
      expect(task.left).toBeUndefined()
    }
    give({ type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 50 })
    expect(town.picture.task.has(tasks[0]!.id)).toBe(true)
  })

  it('hand over what fitted into no sortie together with what was not swept', () => {
    const { town, give, searchId } = searching()
    give(lay(searchId, [square(900)], ['main-1']))
    const task = town.only('task')
    expect(task.left!.length).toBeGreaterThan(5)
    town.apply([{ type: 'task.failed', taskId: task.id, reason: 'x' }])
    expect(typeof give({ type: 'task.hand-over', taskId: task.id, droneId: 'main-2' })).not.toBe('string')
    const rest = town.only('task')
    // One battery is not enough for all of it: what it leaves goes on to the next.
    const pieces = (one: Task): number => one.lanes.length + (one.left?.length ?? 0)
    expect(pieces(rest)).toBeGreaterThanOrEqual(pieces(task))
  })

  it('are refused where the area is none, or not on the map', () => {
    const { give, searchId } = searching()
    const bow = [[at(0, 0), at(200, 200), at(200, 0), at(0, 200)]]
    expect(give(lay(searchId, bow))).toBe('pattern-area-not-possible')
    expect(give(lay(searchId, [square(1200)]))).toBe('outside-map')
    expect(give(lay(searchId, [square(200)], ['main-9']))).toBe('drone-not-seen')
  })
})

describe('the wind of a cut', () => {
  const drone = (id: string, wind: { fromDeg: number; speedMps: number } | null) => ({
    id,
    startLngLat: HOME,
    airspeedMps: 10,
    enduranceS: 900,
    reserveS: 300,
    wind,
  })
  it('is the strongest for the way lanes are laid, and each drone keeps its own for the budget', () => {
    const { maps, searchId, town } = searching()
    const cover = maps.cover(town.only('search'), town.statuses.get('main-1')!, 50, 10)
    const wind = { fromDeg: 10, speedMps: 8 }
    const drones = [
      { ...drone('main-1', null), cover },
      { ...drone('main-2', wind), cover },
    ]
    const cuts = cutSorties(maps.ground(searchId)!, { drones, taken: [], noFly: [] })
    expect(Object.fromEntries(cuts.map(({ droneId, plannedWind }) => [droneId, plannedWind]))).toEqual({
      'main-1': null,
      'main-2': wind,
    })
    // Lanes are tried across the wind, and at turns of whole 15 degrees from there.
    const frame = localFrame(HOME)
    const [a, b] = cuts[0]!.lanes[0]!.map((end) => frame.toLocal(end)) as [[number, number], [number, number]]
    const turns = ((Math.atan2(b[0] - a[0], b[1] - a[1]) * 180) / Math.PI - (wind.fromDeg + 90)) / 15
    expect(turns).toBeCloseTo(Math.round(turns), 1)
  })

  it('is told on the task that was cut, and told as unknown where nobody reports any', () => {
    const { town, give, searchId } = searching()
    give({ type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 50 })
    expect(town.only('task').plannedWind).toBeNull()
    town.see('main-2', { wind: { fromDeg: 90, speedMps: 4 } })
    give({ type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 50 })
    expect(town.only('task').plannedWind).toEqual({ fromDeg: 90, speedMps: 4 })
  })
})
