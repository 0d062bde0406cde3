import type { Alarm, Checkpoint, DroneStatus, Incident, Search, ZoneCover } from '@skerry/contract'
import { expect, it } from 'vitest'
import { orderCover } from './order-cover.ts'
import { tourAt, tourStops } from './tour.ts'
import { wallTheme } from './wall-theme.ts'
import { mapEnlarged, wallHomeZoom, wallPlace, wallRows, wallTypePx } from './wall-type.ts'

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
it('shows the same area at every size, with names as large as the text', () => {
  expect(wallHomeZoom(1920, 1080, 1)).toBeCloseTo(9.4)
  expect(wallHomeZoom(3840, 2160, 1)).toBeCloseTo(10.4)
  expect(wallHomeZoom(3840, 2160, 2)).toBeCloseTo(9.4)
  expect([mapEnlarged(15), mapEnlarged(16), mapEnlarged(30), mapEnlarged(8)]).toEqual([1, 1, 2, 1])
})
it('never gives out more rows than there are lines', () => {
  const have = { alarms: 50, incidents: 200, searches: 9, checkpoints: 30, cover: 20 }
  for (const px of [16, 23, 36, 47]) {
    const rows = wallRows(1000, px, have)
    const lines = rows.alarms + rows.incidents + rows.searches * 2 + rows.checkpoints + rows.cover
    expect(lines + 18).toBeLessThanOrEqual(Math.max(Math.floor(1000 / (px * 1.4)), 24))
  }
})
it('leaves the room of a short section to the ones below', () => {
  const calm = wallRows(1000, 23, { alarms: 0, incidents: 200, searches: 0, checkpoints: 6, cover: 0 })
  const busy = wallRows(1000, 23, { alarms: 50, incidents: 200, searches: 9, checkpoints: 6, cover: 0 })
  expect(calm.incidents).toBeGreaterThan(busy.incidents)
  expect(wallRows(1150, 23, { alarms: 0, incidents: 0, searches: 0, checkpoints: 11, cover: 0 }).checkpoints).toBe(11)
})

it('names zones with nobody left before those that are short, and those before the unknown', () => {
  const zone = (zoneId: string, free: number | null, missing: number | null, coming: string[] = []): ZoneCover =>
    ({ zoneId, minUnits: 2, free, missing, coming }) as unknown as ZoneCover
  const zones = [
    zone('met', 2, 0),
    zone('unknown', null, null),
    zone('one', 1, 1),
    zone('none', 0, 2),
    zone('soon', 1, 0, ['u']),
  ]
  const { notable, met } = orderCover(zones)
  expect([notable.map(({ zoneId }) => zoneId), met]).toEqual([['none', 'one', 'unknown', 'soon'], 2])
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
  checkpoint: new Map([
    ['calm', { id: 'calm', state: 'ok', streams: [], position: [122, 30] } as unknown as Checkpoint],
    ['lost', { id: 'lost', state: 'lost', streams: [], position: [122, 30] } as unknown as Checkpoint],
  ]),
  alarm: new Map<string, Alarm>(),
  candidate: new Map(),
  zone: new Map(),
}
const NO_DRONES: ReadonlyMap<string, DroneStatus> = new Map()
const alarm = (id: string, change: Partial<Alarm>): [string, Alarm] => [
  id,
  {
    id,
    kind: 'zone-intrusion',
    priority: 'warning',
    subject: { kind: 'vessel', id },
    position: [122.1, 30],
    incidentId: null,
    clearedAtMs: null,
    acknowledged: null,
    raisedAtMs: 0,
    ...change,
  } as Alarm,
]

it('visits only what is abnormal', () => {
  expect(tourStops(picture, NO_DRONES).map((stop) => stop.key)).toEqual(['search s', 'incident a', 'checkpoint lost'])
})
it('visits alarms at a place of their own until somebody answers them, the most urgent first', () => {
  const acknowledged = { seatId: 's', name: 'n', atMs: 1 }
  const alarms = new Map([
    alarm('warning', {}),
    alarm('answered', { acknowledged }),
    alarm('over', { clearedAtMs: 5 }),
    alarm('notice', { priority: 'notice' }),
    alarm('nowhere', { position: null }),
    alarm('of-incident', { incidentId: 'a' }),
    alarm('distress', { priority: 'critical', raisedAtMs: 9 }),
  ])
  expect(tourStops({ ...picture, alarm: alarms }, NO_DRONES).map((stop) => stop.key)).toEqual([
    'search s',
    'incident a',
    'alarm distress',
    'alarm warning',
    'checkpoint lost',
  ])
})
it('begins every round at home and stays 20 s at each stop', () => {
  const stops = tourStops(picture, NO_DRONES)
  expect(tourAt(stops, 0)).toBeNull()
  expect(tourAt(stops, 20_000)?.key).toBe('search s')
  expect(tourAt(stops, 59_999)?.key).toBe('incident a')
  expect(tourAt(stops, 60_000)?.key).toBe('checkpoint lost')
  expect(tourAt(stops, 80_000)).toBeNull()
})
it('stays at home when nothing is abnormal', () => {
  expect(tourAt([], 123_456)).toBeNull()
})
it('comes home often, however much is wrong', () => {
  const incidents = new Map(Array.from({ length: 40 }, (_, i) => [`i${i}`, incident(`i${i}`, {})]))
  expect(tourStops({ ...picture, incident: incidents }, NO_DRONES)).toHaveLength(9)
})

it('is day or night as its address says, by the hour in China where it says auto', () => {
  const at = (utc: string): number => Date.parse(utc)
  expect(wallTheme({ theme: 'auto' }, at('2026-05-01T22:59:00Z'))).toBe('night')
  expect(wallTheme({ theme: 'auto' }, at('2026-05-01T23:00:00Z'))).toBe('day')
  expect(wallTheme({ theme: 'auto' }, at('2026-05-01T11:00:00Z'))).toBe('night')
  expect([wallTheme({ theme: 'day' }, 0), wallTheme({}, 0), wallTheme({ theme: 'pink' }, 0)]).toEqual([
    'day',
    null,
    null,
  ])
})
