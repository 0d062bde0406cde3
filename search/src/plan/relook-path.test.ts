import { describe, expect, it } from 'vitest'
import { localFrame } from '../frame/local-frame.ts'
import { relookPath } from './relook-path.ts'

const IPP = [122.2, 30] as const
const about = localFrame(IPP)

describe('relookPath', () => {
  it('sees everything within the radius and turns outwards from the centre', () => {
    for (const [radiusM, spacingM, bearingRad] of [
      [40, 20, 0],
      [100, 30, 1],
      [15, 40, 2],
    ] as const) {
      const path = relookPath({ centreLngLat: IPP, radiusM, spacingM, bearingRad }).map((p) => about.toLocal(p))
      expect(Math.hypot(...path[0]!)).toBeLessThan(1e-6)
      for (let turn = 0; turn < 360; turn += 5) {
        const [e, n] = [radiusM * Math.cos(turn), radiusM * Math.sin(turn)]
        expect(distanceToPath(path, e, n)).toBeLessThanOrEqual(0.586 * spacingM)
      }
    }
    expect(() => relookPath({ centreLngLat: IPP, radiusM: 0, spacingM: 1 })).toThrow(RangeError)
  })

  function distanceToPath(path: readonly (readonly number[])[], e: number, n: number): number {
    let best = Infinity
    for (let i = 1; i < path.length; i++) {
      const [a, b] = [path[i - 1]!, path[i]!]
      const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
      const t = Math.max(0, Math.min(1, ((e - a[0]!) * dx + (n - a[1]!) * dy) / (dx * dx + dy * dy || 1)))
      best = Math.min(best, Math.hypot(a[0]! + t * dx - e, a[1]! + t * dy - n))
    }
    return best
  }
})
