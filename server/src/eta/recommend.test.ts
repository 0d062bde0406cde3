import { isLand, landInBox } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import type { Need, Unit } from '@skerry/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { statusOf } from '../domain/test-kit.ts'
import {
  DINGHAI,
  GAOTING,
  OFF_TAOHUA,
  OPEN_SEA,
  PUTUOSHAN,
  SHENJIAMEN,
  TAOHUA,
  ask,
  chinaMs,
  islandNetwork,
  stands,
} from './eta-kit.ts'
import { landAt } from './goal.ts'
import { lineM } from './line.ts'
import { loadNetwork } from './load-network.ts'
import { needsOf } from './needs.ts'
import type { Network } from './network.ts'

let net: Network
beforeAll(async () => {
  net = await islandNetwork()
})
const DAY = chinaMs('09:00')
const NIGHT = chinaMs('23:30')
const modes = (result: ReturnType<typeof ask>, id: string): string[] =>
  result.rows.find(({ unitId }) => unitId === id)!.legs.map(({ mode }) => mode)

describe('a unit that was ordered and has not signed', () => {
  it('counts for no need once its time is over, so that the next is proposed, and is not proposed itself', () => {
    const order = { incidentId: 'i1', destination: PUTUOSHAN, candidateId: null, note: '', signByMs: DAY + 60_000 }
    const sent = stands('sent', 'car', PUTUOSHAN, DAY, { assignment: order, status: 'assigned' })
    const next = stands('next', 'motorbike', [122.388, 30.027], DAY)
    const needs = [{ id: 'any', kinds: [], skills: [], withinMin: 30 }] as unknown as Need[]
    const incident = { id: 'i1', position: PUTUOSHAN, unitIds: ['sent'] }
    const proposed = (nowMs: number) =>
      ask(net, PUTUOSHAN, nowMs, [sent, next], { incident, needs }).rows.filter(({ picked }) => picked)
    expect(proposed(DAY + 60_000)).toEqual([])
    expect(proposed(DAY + 60_001).map(({ unitId }) => unitId)).toEqual(['next'])
  })
})

describe('who comes first', () => {
  it('is the unit on the same island, not the nearer one across the water', () => {
    const place = PUTUOSHAN
    const near = stands('near', 'car', [122.392, 29.955], DAY) // 4 km off, on Zhujiajian
    const own = stands('own', 'motorbike', [122.388, 30.027], DAY) // 4.1 km off, on the island itself
    const result = ask(net, place, DAY, [near, own])
    expect(lineM(near.fix!.lngLat, place) / 1000).toBeCloseTo(3.9, 0)
    expect(result.rows.map(({ unitId }) => unitId)).toEqual(['own', 'near'])
    expect(modes(result, 'near')).toContain('ferry')
    for (const row of result.rows) expect(row.etaS).toBe(Math.round((row.legs.at(-1)!.endAtMs - DAY) / 1000))
  })
  it('drives over bridges where there are some, day and night', () => {
    const [day, night] = [DAY, NIGHT].map((now) => ask(net, GAOTING, now, [stands('c', 'car', DINGHAI, now)]))
    expect(modes(day!, 'c')).toEqual(['drive', 'bridge', 'drive', 'bridge', 'drive'])
    expect(day!.rows[0]!.etaS).toBe(night!.rows[0]!.etaS)
    expect(day!.rows[0]!.cautions).not.toContain('timetable-undated')
  })
  it('waits for the ferry by the timetable, and says that it has no date', () => {
    const { rows } = ask(net, TAOHUA, DAY, [stands('c', 'car', SHENJIAMEN, DAY)])
    const ferry = rows[0]!.legs.find(({ mode }) => mode === 'ferry')!
    expect(ferry.undated).toBe(true)
    expect((ferry.leaveAtMs - chinaMs('08:00')) % 60_000).toBe(0)
    expect(ferry.leaveAtMs).toBeGreaterThan(ferry.startAtMs)
    expect(rows[0]!.cautions).toEqual(expect.arrayContaining(['timetable-undated', 'on-foot-after']))
    expect(rows[0]!.legs.at(-1)!.mode).toBe('walk')
  })
  it('is on no boat that does not sail: of another day, cancelled, or late', async () => {
    const car = stands('c', 'car', SHENJIAMEN, DAY)
    const ferry = (result: ReturnType<typeof ask>) =>
      result.rows[0]?.legs.find(({ mode, to }) => mode === 'ferry' && to !== null)?.leaveAtMs ?? null
    const first = ferry(ask(net, TAOHUA, DAY, [car]))!
    const sundays = await loadNetwork({
      ...net.crossings,
      lines: net.crossings.lines.map((line) => ({ ...line, days: [7] })), // DAY is a Monday
    })
    expect(ferry(ask(sundays, TAOHUA, DAY, [car]))).toBeNull()
    const ways = net.ferries.flat().map(({ way }) => way)
    const told = (leavesAtMs: number | null) =>
      new Map(ways.map((way) => [way, [{ scheduledAtMs: first, leavesAtMs }]]))
    expect(ferry(ask(net, TAOHUA, DAY, [car], { sailings: told(null) }))).toBeGreaterThan(first)
    const lateMs = first + 7 * 60_000
    expect(ferry(ask(net, TAOHUA, DAY, [car], { sailings: told(lateMs) }))).toBe(lateMs)
  })
  it('is fetched by a patrol boat at night, when no ferry sails', () => {
    const car = stands('c', 'car', SHENJIAMEN, NIGHT)
    const boat = stands('b', 'boat', [122.31, 29.92], NIGHT)
    const alone = ask(net, TAOHUA, NIGHT, [car])
    const both = ask(net, TAOHUA, NIGHT, [car, boat])
    const etaOf = (result: typeof both) => result.rows.find(({ unitId }) => unitId === 'c')!.etaS
    expect(modes(both, 'c')).toContain('lift')
    expect(both.rows.find(({ unitId }) => unitId === 'c')!.legs.find(({ mode }) => mode === 'lift')!.boatId).toBe('b')
    expect(etaOf(both)).toBeLessThan(etaOf(alone) / 2)
  })
  it('is not two crews with one boat: the second comes another way, or not at all', () => {
    const need = (kind: 'car' | 'motorbike', withinMin: number): Need => ({
      id: kind,
      name: { zh: kind, en: kind },
      kinds: [kind],
      skills: [],
      withinMin,
    })
    const crews = [stands('c', 'car', SHENJIAMEN, NIGHT), stands('m', 'motorbike', SHENJIAMEN, NIGHT)]
    const boat = stands('b', 'boat', [122.31, 29.92], NIGHT)
    const needs = [need('car', 90), need('motorbike', 90)]
    const liftOf = (result: ReturnType<typeof ask>, id: string) =>
      result.rows.find(({ unitId }) => unitId === id)!.legs.find(({ mode }) => mode === 'lift')?.boatId
    const one = ask(net, TAOHUA, NIGHT, [...crews, boat], { needs })
    expect(one.rows.filter(({ picked }) => picked).map(({ unitId }) => unitId)).toEqual(['c'])
    expect(liftOf(one, 'c')).toBe('b')
    expect(one.needs[1]).toMatchObject({ unitId: null, shortfall: 'too-late' })
    const cautions = (id: string) => one.rows.find(({ unitId }) => unitId === id)!.cautions
    expect(cautions('m')).toContain('boat-promised')
    expect(cautions('b')).toContain('boat-promised')
    expect(cautions('c')).not.toContain('boat-promised')

    const two = ask(net, TAOHUA, NIGHT, [...crews, boat, stands('b2', 'boat', [122.31, 29.915], NIGHT)], { needs })
    expect(two.rows.filter(({ picked }) => picked).map(({ unitId }) => unitId)).toEqual(['c', 'm'])
    expect(new Set([liftOf(two, 'c'), liftOf(two, 'm')])).toEqual(new Set(['b', 'b2']))
    expect(two.needs.map(({ etaS }) => etaS)).toEqual(two.rows.slice(0, 2).map(({ etaS }) => etaS))

    // The crew that was sent before keeps its boat.
    const sent = ask(net, TAOHUA, NIGHT, [...crews, boat], {
      needs: [need('motorbike', 90)],
      incident: { id: 'i1', position: TAOHUA, unitIds: ['c'] },
    })
    expect(liftOf(sent, 'm')).not.toBe('b')
  })
  it('is never fetched by a boat that is promised in another incident, nor is that boat proposed itself', () => {
    const need: Need = { id: 'first', name: { zh: 'a', en: 'a' }, kinds: [], skills: [], withinMin: 600 }
    const units = [stands('c', 'car', SHENJIAMEN, NIGHT), stands('b', 'boat', [122.31, 29.92], NIGHT)]
    const row = (result: ReturnType<typeof ask>, id: string) => result.rows.find(({ unitId }) => unitId === id)!
    const free = ask(net, TAOHUA, NIGHT, units, { needs: [need] })
    expect(row(free, 'c').legs.some(({ boatId }) => boatId === 'b')).toBe(true)
    const promised = ask(net, TAOHUA, NIGHT, units, { needs: [need], promised: new Set(['b']) })
    expect(row(promised, 'c').legs.some(({ boatId }) => boatId === 'b')).toBe(false)
    expect(row(promised, 'c').etaS).toBeGreaterThan(row(free, 'c').etaS)
    expect(row(promised, 'b').cautions).toContain('boat-promised-elsewhere')
    expect(promised.rows.filter(({ picked }) => picked).map(({ unitId }) => unitId)).toEqual(['c'])
  })
  it('is the boat at sea, and land units cannot come there at all', () => {
    const result = ask(net, OPEN_SEA, DAY, [stands('c', 'car', SHENJIAMEN, DAY), stands('b', 'boat', OFF_TAOHUA, DAY)])
    expect(result.place).toBe('sea')
    expect(result.rows.map(({ unitId }) => unitId)).toEqual(['b'])
    expect(result.excluded).toEqual([{ reason: 'no-way', unitIds: ['c'] }])
  })
  it('may be a drone with its eyes, which is never proposed', () => {
    const drone = statusOf('main-1', {
      position: { lngLat: TAOHUA, altAmslM: 5, heightAboveTakeoffM: 0, atMs: DAY, accuracyM: 1 },
    })
    const drones = [{ status: drone, enduranceS: 1500, busy: false }]
    const result = ask(net, TAOHUA, DAY, [stands('c', 'car', SHENJIAMEN, DAY)], {
      drones,
      needs: needsOf('other', 'notice'),
    })
    expect(result.rows.map(({ unitId, picked, reasons }) => [unitId, picked, reasons])).toEqual([
      ['c', true, []],
      ['main-1', false, ['eyes-first']],
    ])
    const empty = ask(net, SHENJIAMEN, DAY, [], { drones: [{ ...drones[0]!, enduranceS: 400 }] })
    expect(empty.excluded).toEqual([{ reason: 'battery', unitIds: ['main-1'] }])
  })
  it('says of a drone without a position, without a link, or never heard, that it is not reckoned, and why', () => {
    const drone = (id: string, over: Parameters<typeof statusOf>[1]) => ({
      status: statusOf(id, over),
      enduranceS: 1500,
      busy: false,
    })
    const lost = { ...statusOf('main-2').link, state: 'lost' as const }
    const result = ask(net, TAOHUA, DAY, [], {
      drones: [drone('main-1', { position: null }), drone('main-2', { position: null, link: lost })],
      unheardDrones: ['main-3'],
    })
    expect(result.rows).toEqual([])
    expect(result.excluded).toEqual([
      { reason: 'drone-not-heard', unitIds: ['main-2', 'main-3'] },
      { reason: 'drone-unplaced', unitIds: ['main-1'] },
    ])
  })
})

describe('who is asked after the others', () => {
  const place = SHENJIAMEN
  const far = stands('far', 'car', DINGHAI, DAY)
  const first = (over: Partial<Unit>) =>
    ask(net, place, DAY, [far, stands('near', 'car', place, DAY, over)]).rows.map((r) => r.unitId)
  const busy: Unit['assignment'] = { incidentId: 'other', destination: place, candidateId: null, note: '' }
  it.each([
    ['busy elsewhere', { assignment: busy, status: 'assigned' as const }],
    ['on rest', { restUntilMs: DAY + 3_600_000 }],
    ['near the end of the shift', { shift: { fromMs: DAY - 28_800_000, toMs: DAY + 600_000 } }],
  ])('is a unit that is %s', (_, over) => expect(first(over)).toEqual(['far', 'near']))
  it('is nobody for a rest that is over', () => expect(first({ restUntilMs: DAY - 1 })).toEqual(['near', 'far']))
  it('is a unit that has said no to this incident', () => {
    const near = stands('near', 'car', place, DAY)
    const result = ask(net, place, DAY, [far, near], { declined: new Set(['near']) })
    expect(result.rows.map((row) => row.unitId)).toEqual(['far', 'near'])
  })
  it('and those that cannot come are named with the reason', () => {
    const result = ask(net, place, DAY, [
      stands('off', 'car', place, DAY, { onDuty: false, status: 'off-duty' }),
      stands('broken', 'car', place, DAY, { status: 'out-of-service' }),
      stands('early', 'car', place, DAY, { shift: { fromMs: DAY + 1, toMs: DAY + 2 } }),
      { unit: stands('lost', 'car', place, DAY).unit, fix: null },
      stands('afloat', 'car', OPEN_SEA, DAY),
    ])
    expect(Object.fromEntries(result.excluded.map(({ reason, unitIds }) => [reason, unitIds]))).toEqual({
      'off-duty': ['off'],
      'out-of-service': ['broken'],
      'outside-shift': ['early'],
      'position-unknown': ['lost'],
      'at-sea': ['afloat'],
    })
  })
})

describe('a position just off the drawn coast', () => {
  it('is on the land that something leads to, before a nearer islet, so that its car has a way', () => {
    const { grid, nodes } = net
    const joined = new Set(nodes.map(({ land }) => land))
    const around = (cell: number): number[] => {
      const [row, col] = [Math.floor(cell / grid.cols), cell % grid.cols]
      const lands = new Set<number>()
      for (let r = Math.max(0, row - 2); r <= Math.min(grid.rows - 1, row + 2); r++)
        for (let c = Math.max(0, col - 2); c <= Math.min(grid.cols - 1, col + 2); c++)
          if (grid.land[r * grid.cols + c] !== 0) lands.add(grid.land[r * grid.cols + c]!)
      return [...lands]
    }
    const between = Array.from(grid.land, (_, cell) => cell).filter((cell) => {
      if (grid.land[cell] !== 0) return false
      const lands = around(cell)
      return lands.some((land) => joined.has(land)) && lands.some((land) => !joined.has(land))
    })
    expect(between.length).toBeGreaterThan(20)
    for (const cell of between) expect(joined.has(landAt(net, grid.middle(cell)))).toBe(true)
  })

  it('is at sea where no land is near, and on an islet where that alone is', () => {
    expect(landAt(net, OPEN_SEA)).toBe(0)
    const { grid, nodes } = net
    const joined = new Set(nodes.map(({ land }) => land))
    const islet = grid.land.findIndex((land) => land !== 0 && !joined.has(land))
    expect(landAt(net, grid.middle(islet))).toBe(grid.land[islet])
  })
})

describe('what an incident needs', () => {
  const needs = needsOf('vessel-distress', 'critical')
  const boat = (over: Partial<Unit> = {}, at = OFF_TAOHUA) => stands('b', 'boat', at, DAY, over)
  it.each([
    ['a boat in time', [boat()], null, 'b'],
    ['no boat on duty', [boat({ onDuty: false, status: 'off-duty' })], 'none-on-duty', null],
    ['a boat without a position', [{ ...boat(), fix: null }], 'none-can-come', null],
    [
      'a busy boat',
      [boat({ status: 'assigned', assignment: { incidentId: 'x', destination: TAOHUA, candidateId: null, note: '' } })],
      'all-busy',
      null,
    ],
    ['a boat that is far off', [boat({}, [122.44, 30.45])], 'too-late', 'b'],
  ] as const)('with %s', (_, candidates, shortfall, unitId) => {
    const [need] = ask(net, OPEN_SEA, DAY, candidates, { needs }).needs
    expect([need!.shortfall, need!.unitId]).toEqual([shortfall, unitId])
    if (shortfall === 'all-busy' || shortfall === 'too-late') expect(need!.nearest?.unitId).toBe('b')
  })
  it('is met by one unit for two needs where one can, and by those who are there already', () => {
    const water = needsOf('person-in-water', 'critical')
    const able = stands('b', 'boat', OFF_TAOHUA, DAY, { skills: ['water-rescue', 'first-aid'] })
    const result = ask(net, OFF_TAOHUA, DAY, [able, stands('b2', 'boat', OFF_TAOHUA, DAY)], { needs: water })
    expect(result.rows.filter(({ picked }) => picked).map(({ unitId }) => unitId)).toEqual(['b'])
    const sent = ask(net, OFF_TAOHUA, DAY, [able], {
      needs: water,
      incident: { id: 'i1', position: OFF_TAOHUA, unitIds: ['b'] },
    })
    expect(sent.rows).toEqual([])
    expect(sent.needs.map(({ shortfall }) => shortfall)).toEqual([null, null, null])
  })
})

describe('for units and places all over the islands', () => {
  const random = mulberry(20_260_302)
  const anywhere = (wet: boolean) => {
    for (;;) {
      const at: [number, number] = [122 + random() * 0.5, 29.7 + random() * 0.6]
      if ((net.grid.land[net.grid.cell(at)] === 0) === wet) return at
    }
  }
  const fleet = (n: number) =>
    Array.from({ length: n }, (_, i) => {
      const kind = (['car', 'foot', 'motorbike', 'boat', 'ground-team'] as const)[i % 5]!
      return stands(`u${i}`, kind, anywhere(kind === 'boat'), DAY)
    })
  it('the order does not depend on the order of the input, and legs join end to end', () => {
    for (let round = 0; round < 15; round++) {
      const units = fleet(30)
      const place = anywhere(round % 4 === 0)
      const result = ask(net, place, DAY, units)
      expect(ask(net, place, DAY, [...units].reverse())).toEqual(result)
      for (const row of result.rows) {
        const times = row.legs.flatMap(({ startAtMs, leaveAtMs, endAtMs }) => [startAtMs, leaveAtMs, endAtMs])
        expect(times).toEqual([...times].sort((a, b) => a - b))
        for (let i = 1; i < row.legs.length; i++) expect(row.legs[i]!.startAtMs).toBe(row.legs[i - 1]!.endAtMs)
        expect(Math.abs(row.arriveAtMs - row.legs.at(-1)!.endAtMs)).toBeLessThan(1000)
      }
    }
  })
  it('another unit never makes the first arrival later, nor does leaving later bring anyone sooner', () => {
    for (let round = 0; round < 10; round++) {
      const units = fleet(15)
      const place = anywhere(false)
      const soonest = (n: number, now = DAY) =>
        Math.min(...ask(net, place, now, units.slice(0, n)).rows.map((row) => row.arriveAtMs))
      expect(soonest(15)).toBeLessThanOrEqual(soonest(10))
      expect(soonest(15, DAY + 600_000)).toBeGreaterThanOrEqual(soonest(15))
    }
  })
})

it('every pier of the embedded file lies by the shore of its island and by water', async () => {
  const land = landInBox(await loadLand(), net.crossings.box)
  for (const [i, node] of net.nodes.entries()) {
    if (!node.pier) continue
    expect([node.name.en, net.fields[i] === null]).toEqual([node.name.en, false])
    const near = [-0.004, 0, 0.004].flatMap((dx) =>
      [-0.004, 0, 0.004].map((dy) => [node.at[0] + dx, node.at[1] + dy] as const),
    )
    expect([node.name.en, near.some((at) => isLand(land, at))]).toEqual([node.name.en, true])
  }
})

function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
