import { describe, expect, it } from 'vitest'
import { localFrame } from './local-frame.ts'

/** Great-circle-like reference: chord length between two WGS-84 points, good to 1e-6 over 40 km. */
function chordM(a: readonly number[], b: readonly number[]): number {
  const ecef = ([lng, lat]: readonly number[]): number[] => {
    const [l, p] = [(lng! * Math.PI) / 180, (lat! * Math.PI) / 180]
    const e2 = 0.0066943799901413165
    const n = 6378137 / Math.sqrt(1 - e2 * Math.sin(p) ** 2)
    return [n * Math.cos(p) * Math.cos(l), n * Math.cos(p) * Math.sin(l), n * (1 - e2) * Math.sin(p)]
  }
  const [p, q] = [ecef(a), ecef(b)]
  return Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!, p[2]! - q[2]!)
}

describe('localFrame', () => {
  for (const origin of [
    [122.2, 30.0],
    [-180, -41.3],
    [12, 0],
    [25, 70],
  ] as const) {
    it(`keeps distances to 0.002 % within 30 km of ${origin.join(', ')}`, () => {
      const frame = localFrame(origin)
      const points = [
        [0, 0],
        [30000, 0],
        [0, 30000],
        [-20000, 15000],
        [100, -200],
        [21000, -21000],
      ]
      for (const a of points) {
        for (const b of points) {
          const flatM = Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!)
          expect(Math.abs(chordM(frame.toLngLat(a), frame.toLngLat(b)) - flatM)).toBeLessThanOrEqual(
            2e-5 * flatM + 1e-6,
          )
        }
      }
    })

    it(`comes back to the same place within a millimetre about ${origin.join(', ')}`, () => {
      const frame = localFrame(origin)
      for (const point of [
        [60000, -70000],
        [-3, 4],
        [0, 100000],
      ]) {
        const back = frame.toLocal(frame.toLngLat(point))
        expect(Math.hypot(back[0] - point[0]!, back[1] - point[1]!)).toBeLessThan(1e-3)
      }
    })
  }

  it('points east and north', () => {
    const frame = localFrame([122, 30])
    expect(frame.toLocal([122.001, 30])[0]).toBeCloseTo(96.49, 1)
    expect(frame.toLocal([122, 30.001])[1]).toBeCloseTo(110.85, 1)
  })

  it('takes the short way over the 180th meridian', () => {
    expect(localFrame([179.999, 10]).toLocal([-179.999, 10])[0]).toBeCloseTo(219.3, 0)
  })

  it('refuses the poles', () => {
    expect(() => localFrame([0, 89])).toThrow(RangeError)
  })
})
