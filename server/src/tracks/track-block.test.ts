import { describe, expect, it } from 'vitest'
import { decodeTrack, encodeTrack } from './track-block.ts'
import type { TrackFix } from './track-point.ts'

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A car that reports every second, by a terminal that does not always say everything. */
function drive(count: number, rand: () => number): TrackFix[] {
  let [lng, lat, heading] = [122.3, 29.95, 90]
  return Array.from({ length: count }, (_, i) => {
    heading = (heading + (rand() - 0.5) * 30 + 360) % 360
    lng += Math.sin((heading * Math.PI) / 180) * 1e-4
    lat += Math.cos((heading * Math.PI) / 180) * 1e-4
    const atMs = 1_700_000_000_000 + i * 1000
    return {
      atMs,
      receivedAtMs: atMs + Math.floor(rand() * 2000) - 300,
      lngLat: [lng, lat],
      accuracyM: rand() < 0.5 ? null : rand() * 40,
      headingDeg: rand() < 0.2 ? null : heading,
      speedMps: rand() < 0.2 ? null : rand() * 30,
      heightM: rand() < 0.7 ? null : rand() * 200 - 50,
    }
  })
}
const near = (a: number | null, b: number | null, by: number): void => {
  if (a === null || b === null) expect(a).toBe(b)
  else expect(Math.abs(a - b)).toBeLessThanOrEqual(by)
}

describe('track blocks', () => {
  it('come back within the stated loss, and unknown stays unknown', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const rand = seeded(seed)
      const sent = drive(Math.floor(rand() * 300), rand)
      const got = decodeTrack(encodeTrack(sent))
      expect(got.map(({ atMs, receivedAtMs }) => [atMs, receivedAtMs])).toEqual(
        sent.map(({ atMs, receivedAtMs }) => [atMs, receivedAtMs]),
      )
      got.forEach((fix, i) => {
        near(fix.lngLat[0], sent[i]!.lngLat[0], 0.6e-7)
        near(fix.lngLat[1], sent[i]!.lngLat[1], 0.6e-7)
        near(fix.accuracyM, sent[i]!.accuracyM, 0.0501)
        near(fix.headingDeg, sent[i]!.headingDeg, 0.0501)
        near(fix.speedMps, sent[i]!.speedMps, 0.00501)
        near(fix.heightM, sent[i]!.heightM, 0.0501)
      })
    }
  })
  it('take a fifth of the bytes of a row', () => {
    const bytes = encodeTrack(drive(600, seeded(3))).length / 600
    expect(bytes).toBeLessThan(20)
  })
  it('are refused when cut short, longer than they say, or something else', () => {
    const bytes = encodeTrack(drive(20, seeded(5)))
    for (let cut = 0; cut < bytes.length; cut++) expect(() => decodeTrack(bytes.subarray(0, cut))).toThrow(RangeError)
    expect(() => decodeTrack(Buffer.concat([bytes, Buffer.from([0])]))).toThrow(RangeError)
    expect(() => decodeTrack(Uint8Array.from([9, ...bytes.subarray(1)]))).toThrow(RangeError)
    expect(() => decodeTrack(Uint8Array.from([1, ...Array.from({ length: 30 }, () => 0xff)]))).toThrow(RangeError)
    expect(() => encodeTrack(drive(3, seeded(1)).toReversed())).toThrow(RangeError)
    expect(decodeTrack(encodeTrack([]))).toEqual([])
  })
})
