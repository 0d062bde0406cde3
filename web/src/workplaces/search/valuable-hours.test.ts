import { describe, expect, it } from 'vitest'
import { chillC, valuableHours } from './valuable-hours.ts'

const HOUR_MS = 3_600_000
const since = { water: 10 * HOUR_MS, land: 4 * HOUR_MS }

describe('the most valuable hours', () => {
  it('of cold water are few, counted from the entry', () => {
    const [water] = valuableHours({ waterC: 13.2, airC: null, windMps: null }, since)
    expect(water!.hours).toBeCloseTo(3.8, 1)
    expect(water!.untilMs! / HOUR_MS).toBeCloseTo(13.8, 1)
    expect(water!.exhaustion).toBe(false)
  })

  it('of warm water are limited by exhaustion, and said to be: no end is made up', () => {
    expect(valuableHours({ waterC: 27, airC: null, windMps: null }, since)).toEqual([
      { element: 'water', hours: null, exhaustion: true, untilMs: null },
    ])
  })

  it('of mild air are more than the model tells: no end is made up', () => {
    expect(valuableHours({ waterC: null, airC: 12, windMps: 4 }, since)).toEqual([
      { element: 'air', hours: null, exhaustion: false, untilMs: null },
    ])
  })

  it('say nothing of what nobody has measured', () => {
    expect(valuableHours({ waterC: null, airC: null, windMps: 3 }, since)).toEqual([])
  })

  it('rank cold wind by its chill, where it has one', () => {
    expect(chillC({ waterC: null, airC: 5, windMps: 30 / 3.6 })).toBeCloseTo(0.05, 1)
    expect(chillC({ waterC: null, airC: 15, windMps: 8 })).toBeNull()
    expect(chillC({ waterC: null, airC: 5, windMps: null })).toBeNull()
  })
})
