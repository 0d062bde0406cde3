import type { LngLat, RankedUnit, Unit, Zone } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { coversDue } from '../domain/units/cover.ts'
import { DISPATCHER, NOW_MS, world } from '../domain/test-kit.ts'
import { unit } from '../eta/eta-kit.ts'
import { CENTRE, place, rule, squareZone } from '../zones/test-kit.ts'
import { planCover, type CoverInput } from './plan-cover.ts'
import { createZonePlaces } from './zone-places.ts'

const covered = (id: string, minUnits: number, over = {}): Zone =>
  squareZone(id, [rule({ kind: 'coverage', minUnits, forS: 120 })], over)
const A = covered('a', 1)
const B = covered('b', 2, { east: 2000 })

interface Stand {
  unit: Unit
  at: LngLat
  ageS?: number
}
const stand = (id: string, at: LngLat, over: Partial<Unit> = {}, ageS = 0): Stand => ({
  unit: unit(id, 'car', over),
  at,
  ageS,
})
const row = (id: string, etaS: number, cautions: RankedUnit['cautions'] = []): RankedUnit =>
  ({ unitId: id, callSign: id, kind: 'car', etaS, cautions }) as unknown as RankedUnit
function plan(stands: readonly Stand[], comers: readonly RankedUnit[] = [], over: Partial<CoverInput> = {}) {
  const { zones } = planCover({
    nowMs: NOW_MS,
    zones: [B, A],
    units: stands.map((one) => one.unit),
    placeOf: ({ id }) => {
      const found = stands.find((one) => one.unit.id === id)
      return found === undefined ? null : { lngLat: found.at, fixAtMs: NOW_MS - (found.ageS ?? 0) * 1000 }
    },
    sent: new Set(),
    comers: () => comers,
    places: createZonePlaces(() => true),
    ...over,
  })
  return { a: zones.find(({ zoneId }) => zoneId === 'a')!, b: zones.find(({ zoneId }) => zoneId === 'b')!, zones }
}
const IN_A = CENTRE
const IN_B = place(2000, 0)
const OUT = place(9000, 0)
const busy: Partial<Unit> = {
  status: 'assigned',
  assignment: { incidentId: 'i', destination: OUT, candidateId: null, note: '' },
}

describe('cover of zones', () => {
  it('counts who is free, inside and heard of', () => {
    const { a, b } = plan([stand('1', IN_A), stand('2', IN_A, busy), stand('3', IN_B, {}, 301), stand('4', OUT)])
    expect([a.free, a.missing, b.free, b.missing]).toEqual([1, 0, 0, 2])
  })
  it('says that it is unknown, and not empty, where nobody is heard', () => {
    const { a } = plan([stand('1', IN_A, {}, 301)], [row('1', 60)])
    expect([a.free, a.missing, a.moves]).toEqual([null, null, []])
  })
  it('tells what a dispatch would leave behind, and who could move there', () => {
    const stands = [stand('1', IN_A), stand('9', OUT)]
    const { a } = plan(stands, [row('1', 10), row('9', 300)], { sent: new Set(['1']) })
    expect(a).toMatchObject({ free: 1, leaving: ['1'], missing: 1 })
    expect(a.moves.map(({ unitId }) => unitId)).toEqual(['9'])
  })
  it('robs no other zone where it need not, and says so where it must', () => {
    const stands = [stand('1', IN_B), stand('2', IN_B), stand('9', OUT), stand('8', OUT, { restUntilMs: NOW_MS + 1 })]
    const comers = [row('1', 100), row('2', 110), row('8', 120, ['on-rest']), row('9', 900)]
    const { a } = plan(stands, comers)
    expect(a.moves.map(({ unitId, leavesShort }) => [unitId, leavesShort])).toEqual([
      ['9', []],
      ['1', ['b']],
      ['2', ['b']],
    ])
  })
  it('counts whoever is on the way, and proposes nobody twice', () => {
    const cover = { zoneId: 'a', destination: IN_A, orderedAtMs: NOW_MS, by: 'x' }
    const { a, b } = plan([stand('1', OUT, { cover }), stand('2', OUT)], [row('1', 5), row('2', 6)])
    expect(a).toMatchObject({ coming: ['1'], missing: 0, moves: [] })
    expect(b.moves.map(({ unitId }) => unitId)).toEqual(['2'])
  })
  it('sends to the place deepest inside, on land where there is some', () => {
    const places = createZonePlaces(([lng]) => lng > CENTRE[0])
    const [lng, lat] = places.middle(A)!
    expect(lng).toBeGreaterThan(CENTRE[0])
    expect(lat).toBeCloseTo(CENTRE[1], 3)
    expect(places.holds(A, [lng, lat])).toBe(true)
    expect(createZonePlaces(() => false).middle(A)![0]).toBeCloseTo(CENTRE[0], 3)
  })
})

describe('a cover move', () => {
  function town() {
    const w = world()
    w.apply([{ type: 'roster.declared', units: [rosterCar('1'), rosterCar('2')], handles: { '1': 1, '2': 2 } }])
    w.apply([{ type: 'zone.declared', zone: A }])
    w.apply([{ type: 'zone.declared', zone: { ...squareZone('plain', []), id: 'plain' } }])
    return w
  }
  const rosterCar = (id: string) => ({ id, callSign: id, agency: 'x', kind: 'car' as const, skills: [], onDuty: true })
  const nowhere = (): boolean => false
  const order = (w: ReturnType<typeof town>, unitId = '1', zoneId = 'a') =>
    w.give(DISPATCHER, { type: 'unit.cover', unitId, zoneId })

  it('is an order that leaves the unit free, and ends when it is there', () => {
    const w = town()
    order(w)
    const moved = w.picture.unit.get('1')!
    expect(moved).toMatchObject({ status: 'available', assignment: null, cover: { zoneId: 'a', by: '调度员' } })
    expect(order(w)).toEqual([])
    expect(coversDue(w.picture, nowhere)).toEqual([])
    w.apply(coversDue(w.picture, () => true))
    expect(w.log.at(-1)).toMatchObject({ type: 'unit.cover-ended', because: 'arrived' })
    expect(w.picture.unit.get('1')!.cover).toBeUndefined()
  })
  it('is kept over a new roster, and ends when the unit is sent, off duty or the zone is gone', () => {
    const w = town()
    order(w)
    w.apply([{ type: 'roster.declared', units: [{ ...rosterCar('1'), agency: 'y' }], handles: {} }])
    expect(w.picture.unit.get('1')!.cover?.zoneId).toBe('a')
    w.apply([{ type: 'roster.declared', units: [{ ...rosterCar('1'), onDuty: false }], handles: {} }])
    expect(coversDue(w.picture, nowhere)).toMatchObject([{ because: 'off-duty' }])
    w.apply([{ type: 'roster.declared', units: [rosterCar('1')], handles: {} }])
    w.apply([{ type: 'zone.removed', zoneId: 'a', reason: '撤销' }])
    expect(coversDue(w.picture, nowhere)).toMatchObject([{ because: 'zone-gone' }])
  })
  it('is taken back with a reason, and refused where it makes no sense', () => {
    const w = town()
    expect(order(w, 'none')).toBe('unknown-unit')
    expect(order(w, '1', 'none')).toBe('unknown-zone')
    expect(order(w, '1', 'plain')).toBe('zone-not-covered')
    expect(w.give(DISPATCHER, { type: 'unit.end-cover', unitId: '1', reason: '不用了' })).toBe('no-cover-order')
    order(w)
    w.give(DISPATCHER, { type: 'unit.end-cover', unitId: '1', reason: '不用了' })
    expect(w.log.at(-1)).toMatchObject({ because: 'withdrawn', reason: '不用了' })
    w.apply([{ type: 'unit.status-changed', unitId: '2', status: 'out-of-service' }])
    expect(order(w, '2')).toBe('unit-busy')
  })
})
