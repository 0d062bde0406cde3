import type { Command, DomainEvent, DriftStory, FlowGrid, Search, SweepLook } from '@skerry/contract'
import { gridSum, localFrame, type MultiPolygonLngLat } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, HOME, NOW_MS, REPORT, SETUP, at, world } from '../domain/test-kit.ts'
import { mapChanged } from './map-changed.ts'
import { createSearchMaps } from './search-maps.ts'

const HOUR_MS = 3_600_000
/** In the water at the planning point for half an hour, and the current sets north at half a metre a second. */
const STORY: DriftStory = {
  name: '落水',
  kind: 'drift',
  planningPoint: HOME,
  entryErrorM: 30,
  enteredAtMs: NOW_MS - HOUR_MS / 2,
  objectId: 'PIW-1',
  wind: { fromDeg: 180, speedMps: 3 },
  current: { kind: 'steady', towardDeg: 0, speedMps: 0.3 },
}
/** An island whose south shore lies across the way, 800 m north. */
const ISLAND: MultiPolygonLngLat = [[[at(-900, 800), at(900, 800), at(900, 980), at(-900, 980), at(-900, 800)]]]

function searching(land: MultiPolygonLngLat | null) {
  const maps = createSearchMaps({ land: () => land })
  const town = world(maps)
  let followed = 0
  const follow = (): void => {
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
    town.apply(mapChanged(maps, town.only('search'), town.picture))
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
  }
  const give = (...[command]: [Parameters<typeof town.give>[1]]) => {
    const answer = town.give(COORDINATOR, command)
    follow()
    return answer
  }
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  give({ type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const search = (): Search => town.only('search')
  const add = (over: Partial<DriftStory> = {}) =>
    give({ type: 'search.add-scenario', searchId: search().id, story: { ...STORY, ...over }, weight: 1 })
  const drift = () => search().scenarios.find(({ story }) => story.kind === 'drift')!
  const figures = () => search().scenarioFigures.find(({ id }) => id === drift().id)!
  const frame = () => maps.frame(search().id, drift().id)!
  const move = (byMs: number) =>
    give({
      type: 'search.move-scenario',
      searchId: search().id,
      scenarioId: drift().id,
      mapAtMs: drift().mapAtMs! + byMs,
    })
  /** Sweeps everything, or only a band of the map from west to east. */
  const sweep = (fromNorthM: number, toNorthM: number): void => {
    const looks: SweepLook[] = []
    for (let northM = fromNorthM; northM <= toNorthM; northM += 20) {
      const corner = (e: number, n: number) => at(e, northM + n)
      const corners = [corner(-990, -30), corner(990, -30), corner(990, 30), corner(-990, 30)]
      looks.push({ atMs: 1000 * looks.length + 1, position: at(0, northM), corners })
    }
    town.apply([
      {
        type: 'search.swept',
        searchId: search().id,
        taskId: 't',
        droneId: 'main-1',
        looks,
        sweepWidthM: 900,
        swathM: 1980,
      },
    ])
    follow()
  }
  return { maps, town, give, search, add, drift, figures, frame, move, sweep }
}

/** Mean place of a map, metres east and north of the planning point. */
function middleOf({ shape, poa }: { shape: Search['grid']; poa: Float32Array }): [number, number] {
  const south = localFrame(HOME).toLocal(shape.origin)
  let [sum, east, north] = [0, 0, 0]
  poa.forEach((p, i) => {
    sum += p
    east += p * (south[0] + ((i % shape.cols) + 0.5) * shape.cellM)
    north += p * (south[1] + (Math.floor(i / shape.cols) + 0.5) * shape.cellM)
  })
  return [east / sum, north / sum]
}

describe('a scenario of drift', () => {
  it('stands beside the others with its share, and its map lies where wind and current have carried', () => {
    const { add, figures, frame, search, drift } = searching(null)
    add()
    expect(search().scenarios).toHaveLength(2)
    expect(drift().mapAtMs).toBe(NOW_MS)
    expect(figures().share).toBeCloseTo(0.5, 6)
    expect(figures().inWater).toBe(false)
    const [east, north] = middleOf(frame())
    // 0.3 m/s of current and some 0.05 m/s of leeway over 1800 s.
    expect(north).toBeGreaterThan(540)
    expect(north).toBeLessThan(720)
    expect(Math.abs(east)).toBeLessThan(60)
    expect(gridSum(frame().poa) + frame().restOfWorld).toBeCloseTo(1, 5)
  })

  it('follows the tide: after the slack the flood carries back what the ebb took away', () => {
    const tide = {
      kind: 'tide',
      ebb: { towardDeg: 0, speedMps: 0.3 },
      flood: { towardDeg: 180, speedMps: 0.3 },
      slackAtMs: NOW_MS - HOUR_MS / 2 - 22_357_000 / 2,
      afterSlack: 'ebb',
    } as const
    const { add, frame, move } = searching(null)
    add({ current: tide, wind: { fromDeg: 0, speedMps: 0 } })
    const out = middleOf(frame())[1]
    expect(out).toBeGreaterThan(450)
    // As long after the slack as before it: back at the place of entry.
    move(22_357_000 - HOUR_MS / 2)
    expect(Math.abs(middleOf(frame())[1])).toBeLessThan(30)
  })

  it('follows a tide with a period of its own, and what runs beside it all the time', () => {
    const stream = { speedMps: 0.1 }
    const tide = {
      kind: 'tide',
      ebb: { towardDeg: 0, ...stream },
      flood: { towardDeg: 180, ...stream },
      slackAtMs: NOW_MS - HOUR_MS / 2,
      afterSlack: 'ebb',
    } as const
    const still = { wind: { fromDeg: 0, speedMps: 0 } }
    const northAfter = (current: DriftStory['current'], hours: number): number => {
      const { add, frame, move } = searching(null)
      add({ current, ...still })
      move((hours - 0.5) * HOUR_MS)
      return middleOf(frame())[1]
    }
    // A whole ebb of two hours carries 0.1 m/s x 2 / pi x 2 h, half of it in the first; the flood after it carries back.
    expect(northAfter({ ...tide, periodH: 4 }, 1)).toBeCloseTo(229, -1)
    expect(Math.abs(northAfter({ ...tide, periodH: 4 }, 4))).toBeLessThan(30)
    // By the principal tide the ebb of six hours has only begun.
    expect(northAfter(tide, 1)).toBeLessThan(120)
    const residual = { towardDeg: 180, speedMps: 0.05 }
    // The cloud is wide by then and partly off the map: what is left of it lies well to the south.
    expect(northAfter({ ...tide, periodH: 4, residual }, 4)).toBeLessThan(-200)
  })

  it('follows a wind that turns: what it carried off at first it carries back', () => {
    const windy = {
      wind: { fromDeg: 180, speedMps: 20 },
      current: { kind: 'steady', towardDeg: 0, speedMps: 0 },
    } as const
    const { add, frame, move } = searching(null)
    add(windy)
    const turned = searching(null)
    const from = (fromDeg: number, afterMs: number) => ({ atMs: NOW_MS - HOUR_MS / 2 + afterMs, fromDeg, speedMps: 20 })
    turned.add({ ...windy, laterWinds: [from(180, 600_000), from(0, 1_200_000)] })
    expect(Math.abs(middleOf(turned.frame())[1])).toBeLessThan(40)
    expect(middleOf(frame())[1]).toBeGreaterThan(250)
    // Forecast winds count when the map is moved on.
    const ahead = searching(null)
    ahead.add({ ...windy, laterWinds: [from(180, 1_800_000), from(0, 2_400_000)] })
    expect(middleOf(ahead.frame())).toEqual(middleOf(frame()))
    ahead.move(HOUR_MS / 2)
    move(HOUR_MS / 2)
    expect(middleOf(ahead.frame())[1]).toBeLessThan(middleOf(frame())[1] - 250)
  })

  it('strands on the shore that lies in the way, and says how much has come ashore', () => {
    const { add, figures, frame, move } = searching(ISLAND)
    add()
    expect(figures().strandedShare).toBeLessThan(0.3)
    move(HOUR_MS)
    expect(figures().strandedShare).toBeGreaterThan(0.9)
    expect(middleOf(frame())[1]).toBeGreaterThan(740)
    expect(middleOf(frame())[1]).toBeLessThan(850)
  })

  it('moves only by a person’s word, within three days of the entry and six hours from now', () => {
    const { add, drift, frame, give, move, search, town } = searching(null)
    add()
    const before = frame().poa
    town.pass(HOUR_MS)
    expect(frame().poa).toEqual(before)
    expect(move(600_000)).toMatchObject([{ type: 'search.scenario-moved', mapAtMs: NOW_MS + 600_000 }])
    expect(search().change).toMatchObject({ kind: 'scenario-moved', about: '落水' })
    expect(search().change!.movedShare).toBeGreaterThan(0.05)
    expect(move(0)).toEqual([])
    expect(move(8 * HOUR_MS)).toBe('drift-time')
    expect(move(-3 * HOUR_MS)).toBe('drift-time')
    const first = search().scenarios[0]!.id
    const other = { type: 'search.move-scenario', searchId: search().id, mapAtMs: NOW_MS } as const
    expect(give({ ...other, scenarioId: first })).toBe('not-a-drift')
    expect(give({ ...other, scenarioId: 'x' })).toBe('unknown-scenario')
    expect(drift().mapAtMs).toBe(NOW_MS + 600_000)
  })

  it('takes along what a search learned of the water, and gives no credit on water that has come there since', () => {
    const { add, figures, frame, move, sweep } = searching(null)
    add()
    const middle = middleOf(frame())[1]
    // The northern half of the cloud is searched: those particles are unlikely now.
    for (let pass = 0; pass < 4; pass++) sweep(middle + 30, 990)
    const pos = figures().pos
    expect(pos).toBeGreaterThan(0.2)
    const behind = middleOf(frame())[1]
    expect(behind).toBeLessThan(middle - 20)
    move(600_000)
    // What was learned is kept ...
    expect(figures().pos).toBeCloseTo(pos, 1)
    expect(gridSum(frame().poa) + frame().restOfWorld).toBeCloseTo(1, 5)
    // ... and what the current has carried onto searched ground since is not searched for that.
    const moved = middleOf(frame())[1]
    expect(moved).toBeGreaterThan(behind + 120)
    const again = searching(null)
    again.add({})
    again.move(600_000)
    for (let pass = 0; pass < 4; pass++) again.sweep(middle + 30, 990)
    expect(again.figures().pos).toBeGreaterThan(pos + 0.1)
    // Searching on adds to it.
    sweep(-990, 990)
    expect(figures().pos).toBeGreaterThan(pos + 0.1)
  })

  it('mixes with the others so that the whole is their sum by share, before and after it was moved', () => {
    const { add, maps, move, search, sweep } = searching(null)
    add()
    sweep(0, 600)
    move(900_000)
    sweep(-300, 300)
    const { id, scenarioFigures, restOfWorld, pos } = search()
    const whole = maps.frame(id)!
    expect(gridSum(whole.poa) + whole.restOfWorld).toBeCloseTo(1, 5)
    expect(scenarioFigures.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(1, 9)
    expect(scenarioFigures.reduce((sum, one) => sum + one.share * one.restOfWorld, 0)).toBeCloseTo(restOfWorld, 9)
    const parts = scenarioFigures.map((one) => ({ share: one.share, poa: maps.frame(id, one.id)!.poa }))
    for (const cell of [0, 400, 820, 1000, 1200])
      expect(parts.reduce((sum, { share, poa }) => sum + share * poa[cell]!, 0)).toBeCloseTo(whole.poa[cell]!, 6)
    expect(pos).toBeGreaterThan(Math.min(...scenarioFigures.map((one) => one.pos)))
    expect(pos).toBeLessThan(Math.max(...scenarioFigures.map((one) => one.pos)))
  })

  it('is drawn the same by a replay, bit for bit', () => {
    const { add, maps, move, search, sweep, town, drift } = searching(ISLAND)
    add()
    sweep(300, 500)
    move(600_000)
    sweep(0, 400)
    const again = createSearchMaps({ land: () => ISLAND })
    for (const event of JSON.parse(JSON.stringify(town.log)) as DomainEvent[]) again.follow({ event })
    for (const one of [null, drift().id]) expect(again.frame(search().id, one)).toEqual(maps.frame(search().id, one))
    expect(mapChanged(again, search(), town.picture)).toEqual([])
  })

  it('is refused on land, from the future, too long ago, or with an object that nobody has measured', () => {
    const { add, search } = searching(ISLAND)
    expect(add({ planningPoint: at(0, 900) })).toBe('entry-on-land')
    expect(add({ enteredAtMs: NOW_MS + HOUR_MS })).toBe('future-time')
    expect(add({ enteredAtMs: NOW_MS - 80 * HOUR_MS })).toBe('drift-time')
    expect(add({ objectId: 'MERMAID-1' })).toBe('unknown-drift-object')
    expect(add({ planningPoint: at(9000, 0) })).toBe('outside-map')
    expect(add({ current: { kind: 'steady', towardDeg: 90, speedMps: 5 } })).toBe('no-map')
    expect(search().scenarios).toHaveLength(1)
  })
})

describe('water and air', () => {
  it('are kept with their time, and stay unknown where nobody knows them', () => {
    const { give, search } = searching(null)
    expect(search().conditions).toBeNull()
    const conditions = { waterC: 13.2, airC: null, windMps: null }
    give({ type: 'search.set-conditions', searchId: search().id, conditions } satisfies Omit<
      Extract<Command, { type: 'search.set-conditions' }>,
      'id'
    >)
    expect(search().conditions).toEqual({ ...conditions, atMs: NOW_MS })
  })
})

describe('a drift in a forecast', () => {
  const TIMES = [NOW_MS - HOUR_MS, NOW_MS + 12 * HOUR_MS]
  const [west, south] = at(-20_000, -20_000)
  const [east, north] = at(20_000, 20_000)
  const [LNGS, LATS] = [
    [west, (west + east) / 2, east],
    [south, (south + north) / 2, north],
  ]
  const field = (
    of: (col: number, row: number, time: number) => [number, number] | null,
    over: object = {},
  ): FlowGrid => {
    const values = TIMES.flatMap((_, t) => LATS.flatMap((__, row) => LNGS.map((___, col) => of(col, row, t))))
    return {
      source: 'forecast.covjson',
      lngs: LNGS,
      lats: LATS,
      timesMs: TIMES,
      eastMps: values.map((value) => value && value[0]),
      northMps: values.map((value) => value && value[1]),
      ...over,
    }
  }
  it('that says the same everywhere and always is the drift that a person would state', () => {
    const stated = searching(null)
    stated.add()
    const forecast = searching(null)
    forecast.add({
      wind: { field: field(() => [0, 3]) },
      current: { kind: 'field', field: field(() => [0, 0.3]) },
    })
    const [a, b] = [middleOf(stated.frame()), middleOf(forecast.frame())]
    expect(b[0]).toBeCloseTo(a[0], 0)
    expect(b[1]).toBeCloseTo(a[1], 0)
  })

  it('goes with the current of the place where it is', () => {
    const town = searching(null)
    // East of the place of entry it sets north, west of it south, and it drifts east.
    town.add({
      wind: { field: field(() => [0, 0]) },
      current: { kind: 'field', field: field((col) => (col === 0 ? [0.3, -4] : col === 1 ? [0.3, 0] : [0.3, 4])) },
    })
    const [eastM, northM] = middleOf(town.frame())
    // Half an hour at 0.3 m/s is 540 m; the set north grows with the way, to a mean of half of its last.
    expect(eastM).toBeGreaterThan(400)
    expect(northM).toBeGreaterThan(60)
  })

  it('is refused where it does not hold the place or the time, and cannot be moved beyond its end', () => {
    const town = searching(null)
    const still = field(() => [0, 0.1])
    const current = { kind: 'field' as const, field: still }
    const elsewhere = { ...still, lngs: LNGS.map((lng) => lng + 1) }
    expect(town.add({ current: { kind: 'field', field: elsewhere } })).toBe('field-elsewhere')
    expect(town.add({ wind: { field: elsewhere } })).toBe('field-elsewhere')
    expect(town.add({ current, enteredAtMs: NOW_MS - 2 * HOUR_MS })).toBe('field-other-times')
    const short = { ...still, timesMs: [NOW_MS - HOUR_MS, NOW_MS + HOUR_MS] }
    expect(typeof town.add({ current: { kind: 'field', field: short } })).not.toBe('string')
    expect(town.move(2 * HOUR_MS)).toBe('field-other-times')
    expect(typeof town.move(HOUR_MS / 2)).not.toBe('string')
    // One time holds throughout a drift of that time, and not for one of another day.
    const only = (atMs: number) => {
      const one = (values: FlowGrid['eastMps']) => values.slice(0, LNGS.length * LATS.length)
      const at = { ...still, timesMs: [atMs], eastMps: one(still.eastMps), northMps: one(still.northMps) }
      return searching(null).add({ current: { kind: 'field', field: at } })
    }
    expect(only(NOW_MS - 30 * HOUR_MS)).toBe('field-other-times')
    expect(only(NOW_MS + 30 * HOUR_MS)).toBe('field-other-times')
    expect(typeof only(NOW_MS - 2 * HOUR_MS)).not.toBe('string')
  })
})
