import { emptyColumns } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { ICON_DEFS } from '../symbols/atlas.ts'
import { paletteOf } from '../theme/palette.ts'
import { freshness, STALE_AFTER_S } from '../theme/staleness.ts'
import { UNIT_KINDS, unitAttributes, type UnitAttributes } from './unit-attributes.ts'

/** One boat on its way, heading east at 10 m/s, with a fix of this age. */
function boat(ageS: number, facts: { headingDeg?: number; selected?: number; stale?: boolean } = {}): UnitAttributes {
  const columns = emptyColumns(1)
  columns.handle[0] = 42
  columns.positions.set([122.3, 30])
  columns.headingDeg[0] = facts.headingDeg ?? 90
  columns.speedMps[0] = 10
  columns.ageS[0] = ageS
  columns.state[0] = (UNIT_KINDS.indexOf('boat') << 4) | 3
  return unitAttributes(columns, 'night', facts.stale ?? false, facts.selected ?? null, 60)
}
const colour = (attributes: UnitAttributes): number[] => [...attributes.symbolColors.subarray(0, 4)]

describe('unit attributes', () => {
  it('read kind and status from the two halves of the state byte', () => {
    const a = boat(1)
    expect([...a.symbolDefs]).toEqual([...ICON_DEFS.boat])
    expect([...a.plateDefs]).toEqual([...ICON_DEFS['plate-en-route']])
  })
  it('show a kind or status they do not know as out of service, never as available', () => {
    const columns = emptyColumns(1)
    columns.state[0] = 0xff
    expect([...unitAttributes(columns, 'night', false, null, 60).plateDefs]).toEqual([...ICON_DEFS['plate-out']])
  })
  it('turn the notch clockwise with the heading and hide it when the heading is unknown', () => {
    expect(boat(1).angles[0]).toBe(-90)
    expect(boat(1).notchColors[3]).toBe(255)
    expect(boat(1, { headingDeg: Number.NaN }).notchColors[3]).toBe(0)
  })
  it('point the vector to where the unit will be in a minute', () => {
    const [lng, lat] = boat(1).ahead
    expect((lng! - 122.3) * 96_486).toBeCloseTo(600, 0)
    expect(lat).toBeCloseTo(30, 9)
  })
  it('have no vector without a heading or from a fix that is too old to say where the unit goes', () => {
    expect([...boat(1, { headingDeg: Number.NaN }).ahead]).toEqual([122.3, 30])
    expect([...boat(STALE_AFTER_S).ahead]).toEqual([122.3, 30])
  })
  it('lose colour and opacity with age; an unknown age is as old as can be', () => {
    expect(colour(boat(1))).toEqual(paletteOf('night', false).text)
    const [r, g, b] = paletteOf('night', false).stale
    expect(colour(boat(Infinity))).toEqual([r, g, b, 150])
    expect(colour(boat(40))[3]).toBeLessThan(255)
  })
  it('are grey for every unit when the feed itself is lost, however fresh the fix was', () => {
    expect(colour(boat(1, { stale: true }))).toEqual(colour(boat(Infinity)))
  })
  it('outline the selected unit and no other', () => {
    expect([...boat(1, { selected: 42 }).plateColors]).toEqual(paletteOf('night', false).select)
    expect([...boat(1, { selected: 41 }).plateColors]).toEqual(colour(boat(1)))
  })
})

describe('freshness', () => {
  it('is whole for a third of the time, then falls to nothing', () => {
    expect([0, 20, 40, 60, 1e9, Infinity, Number.NaN].map((age) => freshness(age))).toEqual([1, 1, 0.5, 0, 0, 0, 0])
  })
})
