import { describe, expect, it } from 'vitest'
import { capsizePerHour, jibeProbability, leewayVelocity } from './leeway.ts'
import { LEEWAY_OBJECTS, leewayObject } from './leeway-objects.ts'
import { carriedLeewayObjects, NO_LEEWAY_DATA } from './leeway-vectors.ts'

const carried = carriedLeewayObjects()
const why = carried.length > 0 ? '' : ` (${NO_LEEWAY_DATA})`

describe('leeway objects', () => {
  it('are the 76 classes, each once, and an unknown one is refused by name', () => {
    expect(new Set(LEEWAY_OBJECTS.map(({ id }) => id)).size).toBe(76)
    expect(() => leewayObject('ROWING-PIANO')).toThrow(/^object: .*ROWING-PIANO/)
  })

  it.skipIf(carried.length === 0)(`carry the published coefficients${why}`, () => {
    const ours = LEEWAY_OBJECTS.map(({ id, downwind, crosswind }) => ({ id, ...downwind, ...crosswind }))
    const theirs = carried.map(({ key, dw, cw_right, cw_left }) => {
      const [down, right, left] = [dw, cw_right, cw_left].map(({ slope_pct, offset_cms, std_cms }) => ({
        slopePct: slope_pct,
        offsetCmps: offset_cms,
        stdCmps: std_cms,
      }))
      return { id: key, ...down, right, left }
    })
    // -0 of a mirrored zero is the same coefficient.
    expect(JSON.parse(JSON.stringify(ours))).toEqual(JSON.parse(JSON.stringify(theirs)))
  })
})

describe('leeway velocity', () => {
  it('turns with the wind', () => {
    const object = leewayObject('SKIFF-2')
    const north = leewayVelocity(object, [0, 12], 'left')
    for (const turn of [0.3, 2, 4.5]) {
      const [sin, cos] = [Math.sin(turn), Math.cos(turn)]
      const turned = leewayVelocity(object, [12 * sin, 12 * cos], 'left')
      expect(turned[0]).toBeCloseTo(north[0] * cos + north[1] * sin, 12)
      expect(turned[1]).toBeCloseTo(north[1] * cos - north[0] * sin, 12)
    }
  })

  it('mirrors one convention into the other about the downwind axis, for every class', () => {
    for (const object of LEEWAY_OBJECTS) {
      for (const side of ['right', 'left'] as const) {
        const allen = leewayVelocity(object, [0, 9], side)
        const other = leewayVelocity(object, [0, 9], side, { convention: 'opendrift' })
        expect(other[0]).toBeCloseTo(-allen[0], 12)
        expect(other[1]).toBeCloseTo(allen[1], 12)
      }
    }
  })
})

describe('chances in a drift', () => {
  it('never leave 0 to 1', () => {
    for (let wind = 0; wind < 90; wind += 7) {
      expect(capsizePerHour(wind)).toBeGreaterThanOrEqual(0)
      expect(capsizePerHour(wind)).toBeLessThanOrEqual(1)
    }
    expect(jibeProbability(1, 60)).toBe(1)
    expect(jibeProbability(0, 60)).toBe(0)
  })
})
