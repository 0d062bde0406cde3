import { isLand } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import type { LngLat, UnitKind } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { distanceM, moved } from '../base/flat.ts'
import { seeded } from '../base/rand.ts'
import { findPath } from './path.ts'
import { leg, makeBeat, placeIn } from './patrol.ts'
import { postings } from './roster.ts'
import { type Assignment, assigned, type Said, statusOf, type UnitContext, unitStep, type UnitSim } from './unit.ts'

const land = await loadLand()
const HERE: LngLat = [122.388, 29.893]
const order = (destination: LngLat, candidateId: string | null = 'c1'): Assignment => ({
  unitId: 't1',
  incidentId: 'i1',
  destination,
  candidateId,
  note: '',
})
const unit = (kind: UnitKind = 'ground-team'): UnitSim => ({
  unit: { id: 't1', callSign: '民安-1', agency: 'x', kind, skills: [], onDuty: true },
  at: HERE,
  headingDeg: 0,
  speedMps: 0,
  doing: { do: 'pause', leftS: 10 },
})
const context = (person: LngLat | null): UnitContext => ({
  way: (from, to) => [from, to],
  stroll: () => [],
  person,
  farthestM: Infinity,
})

/** Steps until nothing more is said, or an hour has passed. */
function live(start: UnitSim, ctx: UnitContext): { unit: UnitSim; says: Said[] } {
  const rand = seeded(1)
  const says: Said[] = []
  let u = start
  for (let s = 0; s < 3600 && u.doing.do !== 'stay'; s++) {
    const step = unitStep(u, 1, rand, ctx)
    u = step.unit
    says.push(...step.says)
  }
  return { unit: u, says }
}

describe('a unit that is asked and not ordered', () => {
  it('declines now and then with its reason and goes on patrol; one that is ordered never does', () => {
    const asked = { ...order([122.39, 29.893]), answerByMs: 1 }
    const answers = Array.from({ length: 200 }, (_, seed) => {
      const rand = seeded(seed)
      let u = assigned(unit('car'), seed % 2 === 0 ? asked : order([122.39, 29.893]), rand)
      for (let s = 0; s < 30; s++) {
        const step = unitStep(u, 1, rand, context(null))
        u = step.unit
        const [said] = step.says
        if (said !== undefined) return { seed, said, doing: u.doing.do }
      }
      throw new Error('no answer within half a minute')
    })
    const no = answers.filter(({ said }) => said.kind === 'declined')
    expect(no.length).toBeGreaterThan(2)
    expect(no.length).toBeLessThan(25)
    expect(no.every(({ seed, said, doing }) => seed % 2 === 0 && said.text !== undefined && doing === 'pause')).toBe(
      true,
    )
    expect(answers.filter((a) => !no.includes(a)).every(({ said }) => said.kind === 'acknowledged')).toBe(true)
  })
})

describe('a unit that is sent somewhere', () => {
  it('acknowledges, goes, arrives, looks around, and says that nobody is there', () => {
    const to = moved(HERE, 400, 300)
    const { unit: after, says } = live(assigned(unit(), order(to), seeded(2)), context(null))
    expect(says.map((s) => s.kind)).toEqual(['acknowledged', 'en-route', 'on-scene', 'nothing-here'])
    expect(distanceM(after.at, to)).toBeLessThan(60)
    expect(statusOf(after)).toBe('on-scene')
  })

  it('finds a person within forty metres of where it walks, and says where', () => {
    const person = moved(HERE, 430, 300)
    const { says } = live(assigned(unit(), order(moved(HERE, 400, 300)), seeded(2)), context(person))
    expect(says.at(-1)).toMatchObject({ kind: 'person-located', position: person })
    expect(says.map((s) => s.kind)).toContain('on-scene')
  })

  it('does not find a person who lies a hundred metres from where it looks', () => {
    const { says } = live(assigned(unit(), order(moved(HERE, 400, 0)), seeded(2)), context(moved(HERE, 500, 0)))
    expect(says.map((s) => s.kind)).not.toContain('person-located')
  })

  it('does not see a person whom it rides past', () => {
    const { says } = live(assigned(unit(), order(moved(HERE, 900, 0)), seeded(2)), context(moved(HERE, 400, 10)))
    expect(says.at(-1)!.kind).toBe('nothing-here')
  })

  it('keeps to the same order, takes a new one, and goes back to patrol when released', () => {
    const first = assigned(unit(), order(moved(HERE, 400, 0)), seeded(2))
    expect(assigned(first, order(moved(HERE, 400, 0)), seeded(3))).toBe(first)
    const second = assigned(first, order(moved(HERE, 0, 900), 'c2'), seeded(3))
    expect(second.doing).toMatchObject({ do: 'hear', to: { candidateId: 'c2' } })
    expect(assigned(second, null, seeded(3)).doing.do).toBe('pause')
  })

  it('says how far short it is when there is no way', () => {
    const ctx = { ...context(null), way: () => [] }
    const { says } = live(assigned(unit(), order(moved(HERE, 5000, 0)), seeded(2)), ctx)
    expect(says.at(-1)).toMatchObject({ kind: 'text' })
    expect(says.at(-1)!.text).toContain('5000')
  })

  it('never moves farther in a step than its terminal is believed', () => {
    const going: UnitSim = { ...unit('car'), doing: { do: 'patrol', path: [moved(HERE, 9000, 0)] } }
    const { unit: after } = unitStep(going, 60, seeded(1), { ...context(null), farthestM: 30 })
    expect(distanceM(HERE, after.at)).toBeCloseTo(30, 0)
  })
})

describe('ways and beats', () => {
  it('lead a car over land around a bay, and a boat over water around an island', () => {
    const onLand = findPath(land, [122.38, 29.868], [122.401, 29.9], 'land')
    expect(distanceM(onLand.at(-1)!, [122.401, 29.9])).toBeLessThan(1)
    for (const corner of onLand.slice(1)) expect(isLand(land, corner)).toBe(true)
    const bySea = findPath(land, [122.355, 29.88], [122.44, 29.9], 'sea')
    expect(bySea.length).toBeGreaterThan(2)
    for (let i = 1; i < bySea.length; i++) {
      for (let t = 0; t <= 1; t += 0.1) {
        const [a, b] = [bySea[i - 1]!, bySea[i]!]
        expect(isLand(land, [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t])).toBe(false)
      }
    }
  })

  it('end at the shore where the goal is on another island', () => {
    const way = findPath(land, [122.395, 29.895], [122.3878, 29.99], 'land')
    expect(isLand(land, way.at(-1)!)).toBe(true)
    expect(distanceM(way.at(-1)!, [122.3878, 29.99])).toBeGreaterThan(1000)
  })

  it('keep every unit of the city on its own medium, leg after leg', () => {
    for (const posting of postings()) {
      const medium = posting.unit.kind === 'boat' ? 'sea' : 'land'
      const beat = makeBeat(land, posting.beat, posting.beatRadiusM, medium)
      const rand = seeded(5)
      let at = placeIn(beat, rand)
      let moves = 0
      for (let i = 0; i < 20; i++) {
        for (const corner of leg(beat, at, 0.4, rand)) {
          // The raster of a beat is coarser than the coast: ask it, not the map.
          at = corner
          moves++
        }
      }
      expect(moves, posting.unit.callSign).toBeGreaterThan(2)
    }
  })

  it('are forty units with one id and call sign each', () => {
    const all = postings().map((p) => p.unit)
    expect(all).toHaveLength(40)
    expect(new Set(all.map((u) => u.id)).size).toBe(40)
    expect(new Set(all.map((u) => u.callSign)).size).toBe(40)
    expect(all.map((u) => u.callSign)).toContain('普陀-101')
    expect(all.map((u) => u.callSign)).toContain('海巡-03')
  })
})
