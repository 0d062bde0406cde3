import { describe, expect, it } from 'vitest'
import { BYTES_PER_MOVER, decodeMotion, emptyColumns, encodeMotion, topicTile, type MotionFrame } from './motion.ts'

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

function randomFrame(count: number, rand: () => number): MotionFrame {
  const moved = emptyColumns(count)
  for (let i = 0; i < count; i++) {
    moved.handle[i] = Math.floor(rand() * 65_536)
    moved.positions[i * 2] = rand() * 360 - 180
    moved.positions[i * 2 + 1] = rand() * 180 - 90
    if (rand() > 0.2) moved.headingDeg[i] = rand() * 360
    if (rand() > 0.2) moved.speedMps[i] = rand() * 120
    if (rand() > 0.2) moved.ageS[i] = rand() * 6000
    moved.state[i] = Math.floor(rand() * 256)
  }
  return {
    topic: { kind: 'unit', z: 8, x: 214, y: 105 },
    keyframe: rand() > 0.5,
    tickAtMs: 1_795_000_000_000 + rand() * 1e6,
    sequence: Math.floor(rand() * 2 ** 32),
    moved,
    gone: Uint16Array.from([3, 65_535]),
  }
}

describe('motion frames', () => {
  it('come back within the stated loss, and unknown stays unknown', () => {
    const rand = seeded(7)
    for (let round = 0; round < 50; round++) {
      const sent = randomFrame(Math.floor(rand() * 40), rand)
      const got = decodeMotion(encodeMotion(sent))
      expect({ ...got, moved: null }).toEqual({ ...sent, moved: null })
      expect(got.moved.handle).toEqual(sent.moved.handle)
      expect(got.moved.state).toEqual(sent.moved.state)
      for (let i = 0; i < sent.moved.count; i++) {
        expect(Math.abs(got.moved.positions[i * 2]! - sent.moved.positions[i * 2]!)).toBeLessThanOrEqual(6e-8)
        expect(Math.abs(got.moved.positions[i * 2 + 1]! - sent.moved.positions[i * 2 + 1]!)).toBeLessThanOrEqual(6e-8)
        const turn = Math.abs(got.moved.headingDeg[i]! - sent.moved.headingDeg[i]!)
        if (Number.isNaN(sent.moved.headingDeg[i]!)) expect(got.moved.headingDeg[i]).toBeNaN()
        else expect(Math.min(turn, 360 - turn)).toBeLessThan(0.72)
        if (Number.isNaN(sent.moved.speedMps[i]!)) expect(got.moved.speedMps[i]).toBeNaN()
        else expect(Math.abs(got.moved.speedMps[i]! - sent.moved.speedMps[i]!)).toBeLessThanOrEqual(0.251)
        if (sent.moved.ageS[i] === Infinity) expect(got.moved.ageS[i]).toBe(Infinity)
        else expect(Math.abs(got.moved.ageS[i]! - sent.moved.ageS[i]!)).toBeLessThanOrEqual(0.051)
      }
    }
  })

  it('cost at most 16 bytes for each mover', () => {
    const rand = seeded(1)
    const one = encodeMotion({ ...randomFrame(1, rand), gone: new Uint16Array(0) }).length
    const thousand = encodeMotion({ ...randomFrame(1001, rand), gone: new Uint16Array(0) }).length
    expect((thousand - one) / 1000).toBe(BYTES_PER_MOVER)
    expect(BYTES_PER_MOVER).toBeLessThanOrEqual(16)
  })

  it('are refused when cut short, of an unknown kind, or something else', () => {
    const bytes = encodeMotion(randomFrame(5, seeded(2)))
    expect(() => decodeMotion(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError)
    expect(() => decodeMotion(new Uint8Array(4))).toThrow(RangeError)
    const strange = bytes.slice()
    strange[4] = 9
    expect(() => decodeMotion(strange)).toThrow(RangeError)
  })

  it('read from the middle of a larger buffer, as a socket hands them over', () => {
    const bytes = encodeMotion(randomFrame(5, seeded(3)))
    const larger = new Uint8Array(bytes.length + 13)
    larger.set(bytes, 13)
    expect(decodeMotion(larger.subarray(13)).moved).toEqual(decodeMotion(bytes).moved)
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
