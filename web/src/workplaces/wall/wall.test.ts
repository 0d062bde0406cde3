import type { Incident, Search } from '@skerry/contract'
import { expect, it } from 'vitest'
import { tourAt, tourStops } from './tour.ts'
import { wallPlace, wallRows, wallTypePx } from './wall-type.ts'

it('sizes text to 20 arc minutes: 23.3 mm at 4 m', () => {
  expect(wallTypePx({ distanceM: 4, pixelPitchMm: 1 })).toBe(23)
  expect(wallTypePx({ distanceM: 8, pixelPitchMm: 1 })).toBe(47)
  expect(wallTypePx({ distanceM: 4, pixelPitchMm: 0.5 })).toBe(47)
})
it('keeps text within what the layout can bear', () => {
  expect(wallTypePx({ distanceM: 1, pixelPitchMm: 5 })).toBe(16)
  expect(wallTypePx({ distanceM: 30, pixelPitchMm: 0.1 })).toBe(72)
})
it('takes its place from the address and ignores nonsense', () => {
  expect(wallPlace({ distance: '6', pitch: '1.2' })).toEqual({ distanceM: 6, pixelPitchMm: 1.2 })
  expect(wallPlace({ distance: '-3', pitch: 'x' })).toEqual({ distanceM: 4, pixelPitchMm: 1 })
})
it('never gives out more rows than there are lines', () => {
  const have = { alarms: 50, incidents: 200, searches: 9, checkpoints: 30 }
  for (const px of [16, 23, 36, 47]) {
    const rows = wallRows(1000, px, have)
    const lines = rows.alarms + rows.incidents + rows.searches * 2 + rows.checkpoints
    expect(lines + 8).toBeLessThanOrEqual(Math.max(Math.floor(1000 / (px * 1.4)), 13))
  }
})
it('leaves the room of a short section to the ones below', () => {
  const calm = wallRows(1000, 23, { alarms: 0, incidents: 200, searches: 0, checkpoints: 6 })
  const busy = wallRows(1000, 23, { alarms: 50, incidents: 200, searches: 9, checkpoints: 6 })
  expect(calm.incidents).toBeGreaterThan(busy.incidents)
})

const incident = (id: string, change: Partial<Incident>): Incident =>
  ({ id, priority: 'critical', state: 'received', position: [122, 30], ...change }) as Incident
const picture = {
  incident: new Map([
    ['a', incident('a', {})],
    ['b', incident('b', { priority: 'notice' })],
    ['c', incident('c', { state: 'on-scene' })],
  ]),
  search: new Map([
    ['s', { id: 's', state: 'open', setup: { planningPoint: [122.4, 30] } } as unknown as Search],
    ['old', { id: 'old', state: 'closed', setup: { planningPoint: [122, 30] } } as unknown as Search],
  ]),
}

it('visits only what is abnormal', () => {
  expect(tourStops(picture).map((stop) => stop.key)).toEqual(['search s', 'incident a'])
})
it('begins every round at home and stays 20 s at each stop', () => {
  const stops = tourStops(picture)
  expect(tourAt(stops, 0)).toBeNull()
  expect(tourAt(stops, 20_000)?.key).toBe('search s')
  expect(tourAt(stops, 59_999)?.key).toBe('incident a')
  expect(tourAt(stops, 60_000)).toBeNull()
})
it('stays at home when nothing is abnormal', () => {
  expect(tourAt([], 123_456)).toBeNull()
})
