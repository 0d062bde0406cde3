import type { LngLat } from '@skerry/contract'
import { expect, it } from 'vitest'
import { coarsePlace } from './coarse-place.ts'

const HOUSE: LngLat = [122.303_871, 29.987_654]

it('moves a place onto a grid of a kilometre, once for all', () => {
  const coarse = coarsePlace(() => 'putuo')
  expect(coarse(HOUSE)).toEqual([122.3, 29.99])
  expect(coarse(coarse(HOUSE))).toEqual(coarse(HOUSE))
})
it('stays on the island that the figures count it to, on a finer grid where it has to', () => {
  const islandOf = ([lng]: LngLat): string | null => (lng > 122.301 ? 'skerry' : null)
  expect(coarsePlace(islandOf)(HOUSE)).toEqual([122.305, 29.99])
})
it('is never the exact place, even where no grid stays on the island', () => {
  const islandOf = (at: LngLat): string | null => (at === HOUSE ? 'rock' : null)
  expect(coarsePlace(islandOf)(HOUSE)).toEqual([122.304, 29.988])
})
