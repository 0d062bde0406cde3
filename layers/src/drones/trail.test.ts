import type { LngLat } from '@skerry/contract'
import { expect, it } from 'vitest'
import { trailSegments } from './trail.ts'

const point = (s: number) => ({ lngLat: [122 + s / 1e4, 30] as LngLat, atMs: s * 1000 })

it('keeps every position, in order, and pieces meet end to end', () => {
  const trail = Array.from({ length: 40 }, (_, s) => point(s))
  const segments = trailSegments(trail)
  for (let i = 1; i < segments.length; i++) expect(segments[i]!.path[0]).toEqual(segments[i - 1]!.path.at(-1))
  const walked = segments.flatMap(({ path }, i) => (i === 0 ? path : path.slice(1)))
  expect(walked).toEqual(trail.map(({ lngLat }) => lngLat))
})
it('grows fainter towards the past, in few pieces', () => {
  const opacities = trailSegments(Array.from({ length: 100 }, (_, s) => point(s))).map(({ opacity }) => opacity)
  expect(opacities).toEqual([...opacities].sort((a, b) => a - b))
  expect(opacities.length).toBeLessThanOrEqual(4)
})
it('shows a pause as a gap of its own, not as a flown line', () => {
  const segments = trailSegments([point(0), point(1), point(30), point(31)])
  expect(segments.filter(({ gap }) => gap).map(({ path }) => path)).toEqual([[point(1).lngLat, point(30).lngLat]])
})
it('has nothing to draw for a single position', () => {
  expect(trailSegments([point(0)])).toEqual([])
})
