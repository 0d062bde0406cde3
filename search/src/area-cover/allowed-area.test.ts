import { describe, expect, it } from 'vitest'
import { inRing } from '../frame/polygon.ts'
import type { LocalM } from '../frame/position.ts'
import { seededRandom } from '../frame/seeded-random.ts'
import { allowedArea } from './allowed-area.ts'

const random = seededRandom(11)
const star = ([e, n]: LocalM, corners: number, leastM: number, mostM: number): LocalM[] =>
  Array.from({ length: corners }, (_, i) => {
    const angle = ((i + 0.6 * random()) / corners) * 2 * Math.PI
    const r = leastM + (mostM - leastM) * random()
    return [e + r * Math.cos(angle), n + r * Math.sin(angle)]
  })
const rings = [star([0, 0], 80, 500, 900), star([150, 0], 7, 50, 120), star([-200, 100], 5, 60, 140)]

/** The same with every edge looked at. */
const holds = (p: LocalM): boolean => rings.reduce((inside, ring) => inside !== inRing(ring, p[0], p[1]), false)
const side = (a: LocalM, b: LocalM, p: LocalM): boolean =>
  (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0
const crosses = (a: LocalM, b: LocalM): boolean =>
  rings.some((ring) =>
    ring.some((p, i) => {
      const q = ring[(i + 1) % ring.length]!
      return side(a, b, p) !== side(a, b, q) && side(p, q, a) !== side(p, q, b)
    }),
  )

describe('an allowed area', () => {
  const area = allowedArea(rings)
  const place = (): LocalM => [1900 * random() - 950, 1900 * random() - 950]

  it('holds exactly the places that looking at every edge finds inside (seeded)', () => {
    for (let i = 0; i < 3000; i++) {
      const p = place()
      expect(area.holds(p)).toBe(holds(p))
    }
  })

  it('holds a leg exactly where both ends lie inside and no edge is crossed (seeded)', () => {
    let held = 0
    for (let i = 0; i < 5000; i++) {
      const from = place()
      const away = 30 + 400 * random()
      const turn = 2 * Math.PI * random()
      const to: LocalM = [from[0] + away * Math.cos(turn), from[1] + away * Math.sin(turn)]
      const inside = holds(from) && holds(to) && !crosses(from, to)
      expect(area.holdsLeg(from, to)).toBe(inside)
      if (inside) held++
    }
    expect(held).toBeGreaterThan(500)
  })

  it('holds its own rim, corner to corner and between, and the way along a row of corners', () => {
    for (const ring of area.rings)
      ring.forEach((p, i) => {
        const q = ring[(i + 1) % ring.length]!
        expect(area.holds(p)).toBe(true)
        expect(area.holdsLeg(p, q)).toBe(true)
        expect(area.holdsLeg(q, p)).toBe(true)
      })
    const comb = allowedArea([
      [
        [0, 0],
        [100, 0],
        [200, 0],
        [300, 0],
        [300, 100],
        [0, 100],
      ],
    ])
    expect(comb.holdsLeg([0, 0], [300, 0])).toBe(true)
    expect(comb.holdsLeg([0, 0], [300, -1])).toBe(false)
  })
})
