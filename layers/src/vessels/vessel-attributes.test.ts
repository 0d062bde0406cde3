import { emptyColumns, vesselState, VESSEL_GROUPS, type MoverColumns } from '@skerry/contract'
import { expect, it } from 'vitest'
import { ICON_DEFS } from '../symbols/atlas.ts'
import type { SymbolName } from '../symbols/paths.ts'
import { paletteOf } from '../theme/palette.ts'
import { vesselAttributes } from './vessel-attributes.ts'

function columns(rows: { state: number; headingDeg?: number; speedMps?: number; ageS?: number }[]): MoverColumns {
  const made = emptyColumns(rows.length)
  rows.forEach(({ state, headingDeg = NaN, speedMps = NaN, ageS = 1 }, i) => {
    made.handle[i] = i + 1
    made.positions.set([122.3, 29.9], i * 2)
    made.state[i] = state
    made.headingDeg[i] = headingDeg
    made.speedMps[i] = speedMps
    made.ageS[i] = ageS
  })
  return made
}
const defs = (array: Float32Array, i: number) => [...array.subarray(i * 7, i * 7 + 7)]
const colour = (array: Uint8Array, i: number) => [...array.subarray(i * 4, i * 4 + 4)]

it('says by its shape what each is, for every group of the contract', () => {
  const known: Partial<Record<(typeof VESSEL_GROUPS)[number], SymbolName>> = {
    aircraft: 'aircraft',
    'base-station': 'base-station',
    'aid-to-navigation': 'aid',
    'distress-beacon': 'beacon',
  }
  const made = columns(VESSEL_GROUPS.map((group) => ({ state: vesselState(group, 0), headingDeg: 90 })))
  const { symbolDefs } = vesselAttributes(made, 'night', false, null, 60)
  VESSEL_GROUPS.forEach((group, i) => expect(defs(symbolDefs, i)).toEqual([...ICON_DEFS[known[group] ?? 'vessel']]))
})
it('points where it heads, has no point where that is not known, and looks ahead only under way', () => {
  const cargo = vesselState('cargo', 0)
  const a = vesselAttributes(
    columns([
      { state: cargo, headingDeg: 90, speedMps: 10 },
      { state: cargo, speedMps: 10 },
      { state: cargo, headingDeg: 90, speedMps: 0 },
    ]),
    'day',
    false,
    null,
    100,
  )
  expect(a.angles[0]).toBe(-90)
  expect(defs(a.symbolDefs, 1)).toEqual([...ICON_DEFS['vessel-still']])
  expect(a.ahead[0]! - 122.3).toBeCloseTo(1000 / 96_600, 3)
  expect([a.ahead[2], a.ahead[4]]).toEqual([122.3, 122.3])
})
it('has the colour of alarms in distress only, and none of it when the feed is lost', () => {
  const rows = columns([{ state: vesselState('cargo', 0) }, { state: vesselState('distress-beacon', 14) }])
  const night = paletteOf('night', false)
  const a = vesselAttributes(rows, 'night', false, null, 60)
  expect(colour(a.colors, 0).slice(0, 3)).toEqual(night.muted.slice(0, 3))
  expect(colour(a.colors, 1)).toEqual(night.critical)
  expect(colour(a.ringColors, 0)).toEqual([0, 0, 0, 0])
  const lost = vesselAttributes(rows, 'night', true, null, 60)
  expect(colour(lost.colors, 1)).toEqual(night.stale)
})
