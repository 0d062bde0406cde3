import { describe, expect, it } from 'vitest'
import { chordOfCircle, chordOfCorridor, chordOfRings, depthInRingsM, toLineM } from './planar.ts'
import { seeded } from './test-kit.ts'

const ring = (...points: [number, number][]): Float64Array => Float64Array.from(points.flat())
const square = ring([-100, -100], [100, -100], [100, 100], [-100, 100])
const hole = ring([-50, -50], [50, -50], [50, 50], [-50, 50])
/** Concave: an L. */
const bent = ring([0, 0], [300, 0], [300, 100], [100, 100], [100, 300], [0, 300])

describe('plane geometry', () => {
  it('gives the distance to the edge, positive inside, and takes holes for outside', () => {
    expect(depthInRingsM([square], 0, 0)).toBe(100)
    expect(depthInRingsM([square], 130, 0)).toBe(-30)
    expect(depthInRingsM([square], 103, 104)).toBe(-5)
    expect(depthInRingsM([square, hole], 0, 0)).toBe(-50)
    expect(depthInRingsM([square, hole], 75, 0)).toBe(25)
  })
  it('cuts a way at every edge it meets', () => {
    expect(chordOfRings([square], -200, 0, 200, 0)).toEqual({ from: 0.25, to: 0.75, insideM: 200 })
    expect(chordOfRings([square, hole], -200, 0, 200, 0)).toEqual({ from: 0.25, to: 0.75, insideM: 100 })
    expect(chordOfRings([square], -200, 150, 200, 150)).toBeNull()
    expect(chordOfRings([bent], 50, 350, 350, 50)).toBeNull()
  })
  it('agrees with itself for circles and corridors: a place on the chord is inside, one before it is not', () => {
    const random = seeded(5)
    const line = ring([-400, 0], [0, 100], [400, 0])
    for (let i = 0; i < 300; i++) {
      const [ax, ay, bx, by] = Array.from({ length: 4 }, () => (random() - 0.5) * 1200) as [
        number,
        number,
        number,
        number,
      ]
      const along = (t: number): [number, number] => [ax + t * (bx - ax), ay + t * (by - ay)]
      const round = chordOfCircle(200, ax, ay, bx, by)
      if (round !== null) {
        expect(Math.hypot(...along((round.from + round.to) / 2))).toBeLessThan(200)
        if (round.from > 0) expect(Math.hypot(...along(round.from))).toBeCloseTo(200, 6)
      }
      const wide = chordOfCorridor(line, 60, ax, ay, bx, by)
      if (wide !== null && wide.from > 0) expect(Math.abs(toLineM(line, ...along(wide.from)) - 60)).toBeLessThan(31)
    }
  })
})
