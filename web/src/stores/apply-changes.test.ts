import type { Change } from '@skerry/contract'
import { expect, it } from 'vitest'
import { applyChanges, emptyPicture } from './apply-changes.ts'

const site = (id: string, name = id): Change => ({
  kind: 'site',
  id,
  value: { id, name, kind: 'port', position: [122, 30], radiusM: 500 },
})

it('sets, replaces and removes by kind and id', () => {
  const first = applyChanges(emptyPicture(), [site('a'), site('b')])
  const second = applyChanges(first, [site('a', 'renamed'), { kind: 'site', id: 'b', value: null }])
  expect([...second.site.values()].map((s) => s.name)).toEqual(['renamed'])
  expect(first.site.size).toBe(2)
})
it('leaves the maps of untouched kinds alone, so that nothing else on screen is computed again', () => {
  const first = applyChanges(emptyPicture(), [site('a')])
  const second = applyChanges(first, [site('b')])
  expect(second.incident).toBe(first.incident)
  expect(second.site).not.toBe(first.site)
  expect(applyChanges(second, [])).toBe(second)
})
