import { ZONE_RULE_KINDS, type LngLat } from '@skerry/contract'
import { expect, it } from 'vitest'
import { draftOf, drawnOf, emptyForm, formOf, withPoint, type ZoneForm } from './zone-form.ts'

const corners: LngLat[] = [
  [122, 30],
  [122.1, 30],
  [122.1, 30.1],
]
const filled = (over: Partial<ZoneForm> = {}): ZoneForm => ({ ...emptyForm(), name: '油库', rings: [corners], ...over })

it('is no zone before it has a name and enough corners', () => {
  expect(draftOf(emptyForm())).toBeNull()
  expect(draftOf(filled({ rings: [corners.slice(1)] }))).toBeNull()
  expect(draftOf(filled({ kind: 'circle', rings: [[]] }))).toBeNull()
  expect(draftOf(filled())).toMatchObject({ name: '油库', rules: [] })
})
it('gives back every rule as it was filled in, through the zone and into the form again', () => {
  const form = filled()
  for (const kind of ZONE_RULE_KINDS)
    form.rules[kind] = { ...form.rules[kind], on: true, only: 'a b', forMin: 7, limitKmh: 36 }
  const draft = draftOf(form)!
  expect(draft.rules.map(({ kind }) => kind)).toEqual([...ZONE_RULE_KINDS])
  expect(draft.rules.find(({ kind }) => kind === 'intrusion')).toMatchObject({ allowed: ['a', 'b'], only: [] })
  expect(draft.rules.find(({ kind }) => kind === 'overspeed')).toMatchObject({ limitMps: 10 })
  expect(draftOf(formOf(draft))).toEqual(draft)
})
it('keeps the holes of a shape from a file', () => {
  const shape = { kind: 'polygon' as const, rings: [corners, corners] }
  expect(draftOf(formOf({ name: 'x', shape }))!.shape).toEqual(shape)
})
it('puts a click at the end of a line, and in the middle of a circle', () => {
  expect(withPoint(filled(), [1, 2])[0]).toHaveLength(4)
  expect(withPoint(filled({ kind: 'circle' }), [1, 2])).toEqual([[[1, 2]]])
})
it('shows its corners while it is drawn, and its shape once that is whole', () => {
  expect(drawnOf(filled({ rings: [corners.slice(1)] }))).toEqual({ corners: corners.slice(1), shape: null })
  expect(drawnOf(filled())).toMatchObject({ shape: { kind: 'polygon' } })
  expect(drawnOf(filled({ kind: 'corridor', rings: [corners.slice(1)] }))).toMatchObject({
    shape: { kind: 'corridor' },
  })
  expect(drawnOf(filled({ kind: 'circle', rings: [[]] })).shape).toBeNull()
})
