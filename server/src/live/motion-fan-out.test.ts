import {
  decodeMotionMessage,
  topicName,
  topicTile,
  type LngLat,
  type MotionFrame,
  type MoverKind,
} from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createMotionStore } from '../motion/motion-store.ts'
import { createMotionFanOut } from './motion-fan-out.ts'

const WEST: LngLat = [122.2, 29.9]
const EAST: LngLat = [123.9, 29.9]
const topic = (lngLat: LngLat, kind: MoverKind = 'unit') => ({ kind, ...topicTile(lngLat) })

function setUp() {
  const motion = createMotionStore()
  const busy = new Set<string>()
  const heard = new Map<string, MotionFrame[][]>()
  let sent = 0
  let nowMs = 1_000_000
  const fanOut = createMotionFanOut({
    motion,
    isBusy: (id) => busy.has(id),
    send(ids, bytes) {
      sent++
      for (const id of ids) heard.set(id, [...(heard.get(id) ?? []), decodeMotionMessage(bytes)])
    },
  })
  return {
    fanOut,
    busy,
    put(handle: number, lngLat: LngLat, kind: MoverKind = 'unit') {
      motion.put(kind, handle, { lngLat, headingDeg: 1, speedMps: 1, fixAtMs: nowMs, receivedAtMs: nowMs, state: 0 })
    },
    remove: (handle: number) => motion.remove('unit', handle),
    tick: (ms = 100) => fanOut.tick((nowMs += ms)),
    /** Messages of a console: of each block its tile column, whether it is whole, who moved and who left. */
    of: (id: string) =>
      (heard.get(id) ?? []).map((frames) =>
        frames.map(({ topic: { x }, keyframe, moved, gone }) => [x, keyframe, [...moved.handle], [...gone]]),
      ),
    raw: (id: string) => heard.get(id) ?? [],
    messages: () => sent,
  }
}
const [X_WEST, X_EAST] = [topicTile(WEST).x, topicTile(EAST).x]

describe('what moves', () => {
  it('comes whole on joining and then as what moved, in one message a tick for all topics', () => {
    const { fanOut, put, tick, of } = setUp()
    put(1, WEST)
    put(2, EAST)
    tick()
    fanOut.join('a', topic(WEST))
    fanOut.join('a', topic(EAST))
    tick()
    put(1, WEST)
    tick()
    tick()
    put(1, WEST)
    put(2, EAST)
    tick()
    expect(of('a')).toEqual([
      [
        [X_WEST, true, [1], []],
        [X_EAST, true, [2], []],
      ],
      [[X_WEST, false, [1], []]],
      [
        [X_WEST, false, [1], []],
        [X_EAST, false, [2], []],
      ],
    ])
  })

  it('is encoded once per topic and tick, and sent once to all who look at the same', () => {
    const { fanOut, put, tick, messages } = setUp()
    for (let i = 0; i < 50; i++) fanOut.join(`c${i}`, topic(WEST))
    fanOut.join('east', topic(EAST))
    tick()
    const { blocks } = fanOut.counts()
    const before = messages()
    put(1, WEST)
    put(2, EAST)
    tick()
    expect(fanOut.counts().blocks - blocks).toBe(2)
    expect(messages() - before).toBe(2)
    expect(fanOut.counts().messages).toBe(51 + 51)
  })

  it('costs nothing while nobody looks', () => {
    const { put, tick, fanOut, messages } = setUp()
    put(1, WEST)
    tick()
    expect([messages(), fanOut.counts().blocks]).toEqual([0, 0])
  })

  it('passes a stalled console by, which changes nothing for the others, and gives it the newest whole when it drains', () => {
    const alone = setUp()
    const both = setUp()
    for (const { fanOut } of [alone, both]) fanOut.join('fast', topic(WEST))
    both.fanOut.join('slow', topic(WEST))
    for (const world of [alone, both]) {
      world.put(1, WEST)
      world.tick()
      world.busy.add('slow')
      for (let i = 2; i < 40; i++) {
        world.put(i, WEST)
        world.tick()
      }
      world.remove(1)
      world.tick()
    }
    expect(both.raw('fast')).toEqual(alone.raw('fast'))
    expect(both.raw('slow')).toHaveLength(1)
    expect(both.fanOut.behind()).toBe(1)
    both.busy.clear()
    both.tick()
    expect(both.of('slow').at(-1)).toEqual([[X_WEST, true, Array.from({ length: 38 }, (_, i) => i + 2), []]])
    both.put(2, WEST)
    both.tick()
    expect(both.of('slow').at(-1)).toEqual([[X_WEST, false, [2], []]])
    expect(both.fanOut.behind()).toBe(0)
  })

  it('numbers the blocks of a topic without a gap, and a keyframe as the delta before it', () => {
    const { fanOut, put, tick, raw } = setUp()
    fanOut.join('a', topic(WEST))
    for (let i = 0; i < 5; i++) {
      put(1, WEST)
      tick()
    }
    fanOut.join('a', topic(WEST))
    put(1, WEST)
    tick()
    put(1, WEST)
    tick()
    expect(raw('a').map(([block]) => [block!.keyframe, block!.sequence])).toEqual([
      [true, 1],
      ...[2, 3, 4, 5].map((n) => [false, n]),
      [true, 6],
      [false, 7],
    ])
  })

  it('is sent whole again now and then, one topic in a tick', () => {
    const { fanOut, put, tick, of } = setUp()
    put(1, WEST)
    put(2, EAST)
    for (const at of [WEST, EAST]) fanOut.join('a', topic(at))
    tick()
    tick(29_000)
    expect(of('a')).toHaveLength(1)
    tick(1100)
    tick()
    tick()
    expect(of('a').slice(1).toSorted()).toEqual([[[X_WEST, true, [1], []]], [[X_EAST, true, [2], []]]])
  })

  it('is no longer sent to one that has left or gone', () => {
    const { fanOut, put, tick, of } = setUp()
    fanOut.join('a', topic(WEST))
    fanOut.join('b', topic(WEST))
    tick()
    fanOut.leave('a', topicName(topic(WEST)))
    fanOut.forget('b')
    put(1, WEST)
    tick()
    expect([of('a').length, of('b').length, fanOut.joined('a'), fanOut.joined('b')]).toEqual([1, 1, 0, 0])
  })
})
