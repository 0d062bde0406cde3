import { describe, expect, it } from 'vitest'
import { lightAt, sunElevationRad } from './sun-elevation.ts'

const degrees = (place: readonly number[], at: string): number =>
  (sunElevationRad(place, Date.parse(at)) * 180) / Math.PI

describe('the sun', () => {
  it('stands where astronomy has it: overhead at the equinox and the solstice, by latitude elsewhere', () => {
    expect(degrees([0, 0], '2024-03-20T12:07:30Z')).toBeGreaterThan(89.7)
    expect(degrees([0, 23.4368], '2024-06-20T12:02:00Z')).toBeGreaterThan(89.8)
    expect(degrees([0, 51.5], '2024-06-20T12:02:00Z')).toBeCloseTo(90 - 51.5 + 23.44, 1)
    expect(degrees([122.2, 30], '2024-12-21T03:49:00Z')).toBeCloseTo(90 - 30 - 23.44, 0)
    expect(degrees([122.2, 30], '2024-06-20T16:00:00Z')).toBeLessThan(-30)
  })

  it('makes day from its rise to its set, and refuses what is no place or time', () => {
    // Sunrise in Zhoushan on 14 November is at about 06:15 local time (UTC+8).
    expect(lightAt([122.2, 30], Date.parse('2023-11-13T22:05:00Z'))).toBe('night')
    expect(lightAt([122.2, 30], Date.parse('2023-11-13T22:25:00Z'))).toBe('day')
    expect(lightAt([122.2, 30], Date.parse('2023-11-14T08:45:00Z'))).toBe('day')
    expect(lightAt([122.2, 30], Date.parse('2023-11-14T09:05:00Z'))).toBe('night')
    expect(() => sunElevationRad([Number.NaN, 0], 0)).toThrow(/^place/)
    expect(() => sunElevationRad([0, 0], Number.NaN)).toThrow(/^atMs/)
  })
})
