import { describe, expect, it } from 'vitest'
import { batteryUse, longestEnduranceMps, longestRangeMps, rotorPowerW } from './rotor-power.ts'

describe('rotor power', () => {
  it('falls from hovering to its lowest and rises from there on', () => {
    const least = longestEnduranceMps()
    for (let v = 0.5; v < 40; v += 0.5) {
      const rises = rotorPowerW(v) > rotorPowerW(v - 0.5)
      if (v < least) expect(rises).toBe(false)
      if (v - 0.5 > least) expect(rises).toBe(true)
    }
    expect(() => rotorPowerW(-1)).toThrow(/airspeedMps/)
  })

  it('asks for more airspeed against the wind, less with it', () => {
    expect(longestRangeMps(6)).toBeGreaterThan(longestRangeMps())
    expect(longestRangeMps(-6)).toBeLessThan(longestRangeMps())
    expect(longestRangeMps()).toBeGreaterThan(longestEnduranceMps())
  })

  it('uses the battery by time in the air: more there and back in wind, the same whichever end comes first', () => {
    const use = (wind: { fromDeg: number; speedMps: number } | null) => {
      const leg = batteryUse({ airspeedMps: 12, wind, hoverS: 1800 })
      return leg([0, 0], [0, 1000]) + leg([0, 1000], [0, 0])
    }
    expect(use(null)).toBeCloseTo((2000 / 12 / 1800) * (rotorPowerW(12) / rotorPowerW(0)), 12)
    expect(use({ fromDeg: 0, speedMps: 6 })).toBeCloseTo((222.222222 / 1800) * (rotorPowerW(12) / rotorPowerW(0)), 7)
    expect(use({ fromDeg: 0, speedMps: 6 })).toBeCloseTo(use({ fromDeg: 180, speedMps: 6 }), 12)
    expect(use({ fromDeg: 0, speedMps: 6 })).toBeGreaterThan(use({ fromDeg: 90, speedMps: 6 }))
    expect(use({ fromDeg: 0, speedMps: 13 })).toBe(Infinity)
    expect(() => batteryUse({ airspeedMps: 12, wind: null, hoverS: 0 })).toThrow(/hoverS/)
  })
})
