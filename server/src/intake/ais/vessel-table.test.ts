import { expect, it } from 'vitest'
import { FakeScheduler } from '../../engine/fake-scheduler.ts'
import { createMotionStore } from '../../motion/motion-store.ts'
import type { TrackPoint } from '../../tracks/track-point.ts'
import type { ZoneFix } from '../../zones/zone-fix.ts'
import type { AisMessage, AisPosition } from './message.ts'
import { sourceTimeMs } from './source-time.ts'
import { createVesselTable } from './vessel-table.ts'

const position = (change: Partial<AisPosition> = {}): AisPosition => ({
  station: 'class-a',
  lngLat: [122.3, 29.9],
  accurate: true,
  speedMps: 4,
  courseDeg: 75,
  headingDeg: null,
  turnDegPerMin: null,
  navStatus: 0,
  second: null,
  altitudeM: null,
  offPosition: null,
  virtual: null,
  ...change,
})
const message = (mmsi: string, change: Partial<AisPosition> = {}): AisMessage => ({
  type: 1,
  mmsi,
  position: position(change),
  identity: null,
  safety: null,
})
function setUp() {
  const clock = new FakeScheduler()
  const motion = createMotionStore()
  const judged: ZoneFix[] = []
  const points: TrackPoint[] = []
  const table = createVesselTable({
    motion,
    tracks: { add: (point) => points.push(point) },
    zones: { take: (fix) => judged.push(fix) },
    clock,
  })
  const take = (given: AisMessage) => table.take(given, { feed: 'harbour', datum: 'wgs84', heardAtMs: clock.nowMs() })
  return { clock, motion, judged, points, table, take }
}

it('has its positions judged against zones, but not those of buoys and base stations', () => {
  const { take, judged } = setUp()
  take(message('412345678'))
  take(message('994136001', { station: 'aid-to-navigation' }))
  take(message('002470052', { station: 'base-station' }))
  expect(judged).toMatchObject([
    { kind: 'vessel', id: '412345678', lngLat: [122.3, 29.9], feed: 'harbour', accuracyM: 10 },
  ])
})
it('stores a point of a track every ten seconds, and refuses what is refused everywhere', () => {
  const { take, points, clock } = setUp()
  expect(take(message('412345678')).kind).toBe('accepted')
  expect(take(message('412345678'))).toEqual({ kind: 'refused', reason: 'duplicate' })
  clock.advance(2000)
  take(message('412345678'))
  clock.advance(8000)
  take(message('412345678'))
  expect(points).toMatchObject([{ accuracyM: 10, feed: 'harbour' }, { accuracyM: 10 }])
  expect(take(message('412345678', { lngLat: null }))).toEqual({ kind: 'no-fix' })
})
it('forgets one that was silent for half an hour, on the map too, and keeps one that was heard', () => {
  const { take, motion, table, clock } = setUp()
  take(message('412345678'))
  take(message('412345679'))
  clock.advance(20 * 60_000)
  take(message('412345679'))
  expect(motion.size('vessel')).toBe(2)
  clock.advance(15 * 60_000)
  expect(table.list().map(({ mmsi }) => mmsi)).toEqual(['412345679'])
  expect(motion.size('vessel')).toBe(1)
})
it('shows stored positions from before a restart with their true age, until they would have been forgotten', () => {
  const { take, motion, table, clock } = setUp()
  const agoMs = (min: number): number => clock.nowMs() - min * 60_000
  const stored = (id: string, min: number): TrackPoint => ({
    kind: 'vessel',
    id,
    atMs: agoMs(min),
    receivedAtMs: agoMs(min) + 800,
    lngLat: [122.3, 29.9],
    accuracyM: 10,
    headingDeg: 45,
    speedMps: 5,
    heightM: null,
    ...(min < 20 && { feed: 'harbour' }),
  })
  table.restore([stored('412345678', 4), stored('412345679', 29), stored('412345670', 31)])
  expect(table.list().map(({ mmsi, feed }) => [mmsi, feed])).toEqual([
    ['412345679', null],
    ['412345678', 'harbour'],
  ])
  const { handle, latest, name } = table.get('412345678')!
  expect({ latest, name }).toMatchObject({ latest: { courseDeg: 45, headingDeg: null, atMs: agoMs(4) }, name: null })
  expect(motion.find('vessel', handle)).toMatchObject({ fixAtMs: agoMs(4), receivedAtMs: agoMs(4) + 800 })
  // What it says next is judged against that place, and the same position is not taken twice.
  expect(take(message('412345678', { lngLat: [123.9, 29.9] }))).toMatchObject({ reason: 'impossible-jump' })
  clock.advance(90_000)
  expect(table.list().map(({ mmsi }) => mmsi)).toEqual(['412345678'])
})
it('completes the second of a position to the newest time that is not ahead of us', () => {
  const at = (second: number | null, heard: string) =>
    new Date(sourceTimeMs(second, Date.parse(`2026-11-28T07:${heard}Z`))).toISOString().slice(14, 19)
  expect(at(30, '00:31')).toBe('00:30')
  expect(at(58, '01:02')).toBe('00:58')
  expect(at(2, '00:59')).toBe('01:02')
  expect(at(10, '00:59')).toBe('00:10')
  expect(at(null, '00:59')).toBe('00:59')
})
