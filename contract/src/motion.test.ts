import { describe, expect, it } from 'vitest'
import {
  BYTES_PER_MOVER,
  decodeMotion,
  decodeMotionMessage,
  emptyColumns,
  encodeMotion,
  motionBlocks,
  motionHead,
  topicTile,
  type MotionFrame,
} from './motion.ts'

/** Small seeded generator (mulberry32), so that a failing case can be repeated. */
function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Movers of one tile, anywhere in it. */
function randomFrame(count: number, rand: () => number): MotionFrame {
  const moved = emptyColumns(count)
  const within = (low: number, high: number): number => low + (high - low) * rand()
  const tile = topicTile([within(-180, 180), within(-85, 85)])
  for (let i = 0; i < count; i++) {
    moved.handle[i] = Math.floor(rand() * 65_536)
    do {
      const n = 2 ** tile.z
      moved.positions[i * 2] = within((tile.x / n) * 360 - 180, ((tile.x + 1) / n) * 360 - 180)
      const row = tile.y + rand()
      moved.positions[i * 2 + 1] = (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / n))) * 180) / Math.PI
    } while (topicTile([moved.positions[i * 2]!, moved.positions[i * 2 + 1]!]).y !== tile.y)
    if (rand() > 0.2) moved.headingDeg[i] = rand() * 360
    if (rand() > 0.2) moved.speedMps[i] = rand() * 120
    if (rand() > 0.2) moved.ageS[i] = rand() * 6000 - 10
    if (rand() > 0.2) moved.receivedAgeS[i] = rand() * 5990
    moved.state[i] = Math.floor(rand() * 256)
  }
  return {
    topic: { kind: 'unit', ...tile },
    keyframe: rand() > 0.5,
    tickAtMs: Math.floor(1_795_000_000_000 + rand() * 1e6),
    sequence: Math.floor(rand() * 2 ** 32),
    moved,
    gone: Uint16Array.from([3, 65_535]),
  }
}

describe('motion blocks', () => {
  it('come back within the stated loss, and unknown stays unknown', () => {
    const rand = seeded(7)
    for (let round = 0; round < 50; round++) {
      const sent = randomFrame(Math.floor(rand() * 40), rand)
      const got = decodeMotion(encodeMotion(sent))
      expect({ ...got, moved: null }).toEqual({ ...sent, moved: null })
      expect(got.moved.handle).toEqual(sent.moved.handle)
      expect(got.moved.state).toEqual(sent.moved.state)
      for (let i = 0; i < sent.moved.count; i++) {
        for (const k of [i * 2, i * 2 + 1])
          expect(Math.abs(got.moved.positions[k]! - sent.moved.positions[k]!)).toBeLessThan(8.4e-8)
        const turn = Math.abs(got.moved.headingDeg[i]! - sent.moved.headingDeg[i]!)
        if (Number.isNaN(sent.moved.headingDeg[i]!)) expect(got.moved.headingDeg[i]).toBeNaN()
        else expect(Math.min(turn, 360 - turn)).toBeLessThan(0.72)
        if (Number.isNaN(sent.moved.speedMps[i]!)) expect(got.moved.speedMps[i]).toBeNaN()
        else expect(Math.abs(got.moved.speedMps[i]! - sent.moved.speedMps[i]!)).toBeLessThanOrEqual(0.251)
        for (const name of ['ageS', 'receivedAgeS'] as const)
          if (sent.moved[name][i] === Infinity) expect(got.moved[name][i]).toBe(Infinity)
          else expect(Math.abs(got.moved[name][i]! - sent.moved[name][i]!)).toBeLessThanOrEqual(0.051)
      }
    }
  })

  it('keep a clock that is ahead, and say of very old ages how many minutes', () => {
    const moved = emptyColumns(5)
    moved.ageS.set([-4.2, -60, 3 * 3600, 93 * 3600, 95 * 3600])
    const topic = { kind: 'vessel', ...topicTile([122, 30]) } as const
    const got = decodeMotion(
      encodeMotion({ topic, keyframe: true, tickAtMs: 5, sequence: 1, moved, gone: new Uint16Array(0) }),
    )
    expect(got.moved.ageS[0]).toBeCloseTo(-4.2)
    expect(got.moved.ageS[1]).toBe(-10)
    expect(Math.abs(got.moved.ageS[2]! - 3 * 3600)).toBeLessThanOrEqual(30)
    expect(Math.abs(got.moved.ageS[3]! - 93 * 3600)).toBeLessThanOrEqual(30)
    expect(got.moved.ageS[4]).toBe(Infinity)
  })

  it('cost at most 16 bytes for each mover', () => {
    const rand = seeded(1)
    const one = encodeMotion({ ...randomFrame(1, rand), gone: new Uint16Array(0) }).length
    const thousand = encodeMotion({ ...randomFrame(1001, rand), gone: new Uint16Array(0) }).length
    expect((thousand - one) / 1000).toBe(BYTES_PER_MOVER)
    expect(BYTES_PER_MOVER).toBeLessThanOrEqual(16)
  })

  it('put what lies outside their tile onto its edge', () => {
    const moved = emptyColumns(2)
    moved.positions.set([180, 90, 121, 20])
    const topic = { kind: 'unit', ...topicTile([122, 30]) } as const
    const { positions } = decodeMotion(
      encodeMotion({ topic, keyframe: true, tickAtMs: 5, sequence: 1, moved, gone: new Uint16Array(0) }),
    ).moved
    for (const k of [0, 2])
      expect(topicTile([positions[k]!, positions[k + 1]! + 1e-9])).toMatchObject({ x: topic.x, y: topic.y })
  })

  it('are refused when cut short, of an unknown kind or version, or something else', () => {
    const bytes = encodeMotion(randomFrame(5, seeded(2)))
    expect(() => decodeMotion(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError)
    expect(() => decodeMotion(new Uint8Array(4))).toThrow(RangeError)
    expect(() => decodeMotion(new Uint8Array(0))).toThrow(RangeError)
    for (const [at, value] of [
      [0, 0],
      [1, 1],
      [2, 9],
    ] as const) {
      const strange = bytes.slice()
      strange[at] = value
      expect(() => decodeMotion(strange)).toThrow(RangeError)
    }
  })

  it('read from the middle of a larger buffer, as a socket hands them over', () => {
    const bytes = encodeMotion(randomFrame(5, seeded(3)))
    const larger = new Uint8Array(bytes.length + 13)
    larger.set(bytes, 13)
    expect(decodeMotion(larger.subarray(13)).moved).toEqual(decodeMotion(bytes).moved)
  })

  it('follow one another in a message, whole ones only', () => {
    const rand = seeded(4)
    const frames = [randomFrame(3, rand), randomFrame(0, rand), randomFrame(7, rand)]
    const blocks = frames.map(encodeMotion)
    const message = Buffer.concat(blocks)
    expect(decodeMotionMessage(message)).toEqual(blocks.map((block) => decodeMotion(block)))
    expect(motionBlocks(message).map(motionHead)).toEqual(
      frames.map(({ topic, keyframe, tickAtMs, sequence }) => ({ topic, keyframe, tickAtMs, sequence })),
    )
    expect(decodeMotionMessage(new Uint8Array(0))).toEqual([])
    expect(() => decodeMotionMessage(message.subarray(0, message.length - 1))).toThrow(RangeError)
    expect(() => decodeMotionMessage(Buffer.concat([message, Buffer.from([1])]))).toThrow(RangeError)
  })

  it('never take random bytes for something else than whole blocks, and never read beyond them', () => {
    const rand = seeded(11)
    const good = encodeMotion(randomFrame(4, rand))
    for (let round = 0; round < 3000; round++) {
      const bytes = good.slice(0, Math.floor(rand() * (good.length + 1)))
      for (let hit = 0; hit < 3 && bytes.length > 0; hit++)
        bytes[Math.floor(rand() * bytes.length)] = Math.floor(rand() * 256)
      try {
        expect(decodeMotionMessage(bytes).reduce((sum, { moved }) => sum + moved.count, 0)).toBeLessThanOrEqual(4)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }
  })
})

describe('topic tiles', () => {
  it('put Zhoushan into its Web Mercator tile', () => {
    expect(topicTile([122.2, 30.0])).toEqual({ z: 8, x: 214, y: 105 })
  })
  it('stay inside the world at its edges', () => {
    expect(topicTile([180, 90])).toEqual({ z: 8, x: 255, y: 0 })
    expect(topicTile([-180, -90])).toEqual({ z: 8, x: 0, y: 255 })
  })
})
