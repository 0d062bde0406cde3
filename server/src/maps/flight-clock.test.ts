import { describe, expect, it } from 'vitest'
import { at } from '../domain/test-kit.ts'
import { createFlightClock } from './flight-clock.ts'

const run = (stepM: number, stepMs: number, groundSpeedMps = 10) => {
  const clock = createFlightClock()
  const times = Array.from({ length: 11 }, (_, i) =>
    clock({ droneId: 'main-1', atMs: i * stepMs, position: at(0, i * stepM), groundSpeedMps }),
  )
  return times.at(-1)! - times[0]!
}

describe('the time a drone flies', () => {
  it('is the time of the clock in a real flight, with its noise, and at a hover', () => {
    expect(run(1, 100)).toBe(1000)
    expect(run(1.3, 100)).toBe(1000)
    expect(run(0.2, 100, 0)).toBe(1000)
  })

  it('is the time of the world when that runs eight times faster', () => {
    expect(run(8, 100)).toBeCloseTo(8000, -1)
  })

  it('does not jump for another drone', () => {
    const clock = createFlightClock()
    clock({ droneId: 'a', atMs: 0, position: at(0, 0), groundSpeedMps: 10 })
    expect(clock({ droneId: 'b', atMs: 100, position: at(5000, 0), groundSpeedMps: 10 })).toBe(100)
  })
})
