import { describe, expect, it } from 'vitest'
import { localFrame } from '../frame/local-frame.ts'
import { inRing, ringAreaM2 } from '../frame/polygon.ts'
import type { LngLat, LocalM } from '../frame/position.ts'
import { groundOfLanes } from './ground-of-lanes.ts'

const frame = localFrame([122.2, 30])
const at = (x: number, y: number): LngLat => frame.toLngLat([x, y])
const local = (ring: readonly LngLat[]): LocalM[] => ring.map((p) => frame.toLocal(p))

describe('ground of lanes', () => {
  it('is what lies within half a spacing of them, whatever their bearing', () => {
    for (const turn of [0, 0.4, 1.9]) {
      const turned = (x: number, y: number): LngLat =>
        at(x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn))
      const lanes = [0, 40, 80].map((y, i) =>
        i % 2 === 0 ? [turned(0, y), turned(600, y)] : [turned(600, y), turned(0, y)],
      )
      const ring = local(groundOfLanes(lanes, lanes.flat(), 40))
      const areaM2 = ringAreaM2(ring)
      expect(areaM2).toBeGreaterThan(0.95 * 600 * 120)
      expect(areaM2).toBeLessThan(1.15 * 640 * 120)
      for (const [x, y] of [
        [300, 40],
        [20, -15],
        [580, 95],
      ] as const) {
        const [e, n] = frame.toLocal(turned(x, y))
        expect(inRing(ring, e, n)).toBe(true)
      }
      const [e, n] = frame.toLocal(turned(300, 150))
      expect(inRing(ring, e, n)).toBe(false)
    }
  })

  it('leaves out the bay between two arms, and stays one ring over lanes that lie apart', () => {
    const arms = [0, 400].flatMap((x) => [0, 40].map((y) => [at(x, y), at(x + 100, y)]))
    const ring = local(groundOfLanes(arms, arms.flat(), 40))
    expect(inRing(ring, 50, 20)).toBe(true)
    expect(inRing(ring, 450, 20)).toBe(true)
    expect(inRing(ring, 250, 200)).toBe(false)
    expect(ringAreaM2(ring)).toBeLessThan(0.75 * 540 * 80)
  })

  it('has no corner without a lane', () => {
    expect(groundOfLanes([], [], 40)).toEqual([])
    expect(() => groundOfLanes([[at(0, 0), at(10, 0)]], [], 0)).toThrow(/laneSpacingM/)
  })
})
