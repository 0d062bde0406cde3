import { topicName, topicTile, type LngLat } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createMotionStore, type Mover } from './motion-store.ts'

const west: LngLat = [122.2, 29.9]
const east: LngLat = [123.9, 29.9]
const mover = (lngLat: LngLat, more: Partial<Mover> = {}): Mover => ({
  lngLat,
  headingDeg: null,
  speedMps: null,
  fixAtMs: 1000,
  receivedAtMs: 1200,
  state: 2,
  ...more,
})
const tile = (lngLat: LngLat) => ({ kind: 'unit' as const, ...topicTile(lngLat) })
const handles = (frame: { moved: { handle: Uint16Array }; gone: Uint16Array }) => [
  [...frame.moved.handle],
  [...frame.gone],
]

describe('motion store', () => {
  it('tells once of what changed, the newest only, with its age', () => {
    const store = createMotionStore()
    store.put('unit', 1, mover(west))
    store.put('unit', 1, mover(west, { fixAtMs: 4000, receivedAtMs: 5000, headingDeg: 90 }))
    const [only, ...more] = store.tick(5500)
    expect(more).toEqual([])
    expect(only!.topic).toBe(topicName(tile(west)))
    expect(handles(only!.frame)).toEqual([[1], []])
    expect(only!.frame.moved.receivedAgeS[0]).toBe(0.5)
    expect([only!.frame.moved.ageS[0], only!.frame.moved.headingDeg[0], only!.frame.moved.speedMps[0]]).toEqual([
      1.5,
      90,
      NaN,
    ])
    expect(store.tick(5600)).toEqual([])
  })
  it('takes a mover out of the tile that it leaves', () => {
    const store = createMotionStore()
    store.put('unit', 1, mover(west))
    store.tick(1)
    store.put('unit', 1, mover(east))
    const frames = new Map(store.tick(2).map(({ topic, frame }) => [topic, handles(frame)]))
    expect(frames.get(topicName(tile(west)))).toEqual([[], [1]])
    expect(frames.get(topicName(tile(east)))).toEqual([[1], []])
    expect(handles(store.keyframe(tile(west), 3))).toEqual([[], []])
    expect(store.size('unit')).toBe(1)
  })
  it('lets one that came back within a tick be there, not gone', () => {
    const store = createMotionStore()
    store.put('unit', 1, mover(west))
    store.tick(1)
    store.put('unit', 1, mover(east))
    store.put('unit', 1, mover(west))
    const frames = new Map(store.tick(2).map(({ topic, frame }) => [topic, handles(frame)]))
    expect(frames.get(topicName(tile(west)))).toEqual([[1], []])
    expect(frames.get(topicName(tile(east)))).toEqual([[], [1]])
  })
  it('keeps units and drones of the same number apart, and forgets what is removed', () => {
    const store = createMotionStore()
    store.put('unit', 1, mover(west))
    store.put('drone', 1, mover(west))
    store.remove('unit', 1)
    store.remove('unit', 77)
    expect(handles(store.keyframe(tile(west), 3))).toEqual([[], []])
    expect(handles(store.keyframe({ ...tile(west), kind: 'drone' }, 3))).toEqual([[1], []])
    expect([store.size('unit'), store.size('drone')]).toEqual([0, 1])
  })
})
