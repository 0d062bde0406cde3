import { describe, expect, it } from 'vitest'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import type { TrackPoint } from './track-point.ts'
import { createTrackWriter } from './track-writer.ts'

const point = (atMs: number): TrackPoint => ({
  kind: 'unit',
  id: 'u',
  atMs,
  receivedAtMs: atMs,
  lngLat: [122, 30],
  accuracyM: null,
  headingDeg: null,
  speedMps: null,
  heightM: null,
})
const settled = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

function setUp() {
  const clock = new FakeScheduler()
  const batches: number[][] = []
  const faults: unknown[] = []
  const store = {
    broken: false,
    async append(points: readonly TrackPoint[]) {
      if (store.broken) throw new Error('no disk')
      batches.push(points.map(({ atMs }) => atMs))
    },
  }
  const writer = createTrackWriter({ tracks: store, clock, onFault: (error) => faults.push(error) })
  return { clock, batches, faults, store, writer }
}

describe('track writer', () => {
  it('writes once a second what came in it, and nothing when nothing came', async () => {
    const { clock, batches, writer } = setUp()
    writer.add(point(1))
    clock.advance(500)
    writer.add(point(2))
    expect(batches).toEqual([])
    clock.advance(500)
    clock.advance(5000)
    await settled()
    expect(batches).toEqual([[1, 2]])
  })
  it('does not wait for the second when 5,000 are there', async () => {
    const { batches, writer } = setUp()
    for (let i = 0; i < 5000; i++) writer.add(point(i))
    await settled()
    expect(batches.map((batch) => batch.length)).toEqual([5000])
  })
  it('loses nothing to a store that fails for a while', async () => {
    const { clock, batches, faults, store, writer } = setUp()
    store.broken = true
    writer.add(point(1))
    clock.advance(1000)
    await settled()
    writer.add(point(2))
    store.broken = false
    clock.advance(1000)
    await settled()
    expect(batches.flat()).toEqual([1, 2])
    expect(faults).toHaveLength(1)
    expect(writer.counts()).toEqual({ written: 2, dropped: 0, waiting: 0 })
  })
  it('writes what waits before it closes', async () => {
    const { batches, writer } = setUp()
    writer.add(point(1))
    await writer.close()
    writer.add(point(2))
    expect(batches).toEqual([[1]])
  })
})
