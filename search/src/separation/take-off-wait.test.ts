import { describe, expect, it } from 'vitest'
import { localFrame } from '../frame/local-frame.ts'
import type { LngLat } from '../frame/position.ts'
import { type FlightIntent, intentConflicts } from './flight-volume.ts'
import { flightIntent, type LevelFlight } from './flight-intent.ts'
import { startDelayMs } from './start-delay.ts'
import { takeOffWait } from './take-off-wait.ts'

const frame = localFrame([122.2, 30])
const at = (e: number, n: number): LngLat => frame.toLngLat([e, n])
const flight = (id: string, over: Partial<LevelFlight> = {}): LevelFlight => ({
  id,
  droneId: `drone ${id}`,
  home: at(0, 0),
  path: [at(100, 300), at(600, 300), at(600, 340), at(100, 340)],
  groundM: 0,
  levelM: 60,
  speedMps: 10,
  ...over,
})
const NOW = 1_000_000

describe('the wait before a take-off', () => {
  it('is none where nothing flies, or what flies never comes near', () => {
    expect(takeOffWait(flight('1'), [], NOW)).toEqual({ waitMs: 0, behind: null })
    const far = flight('2', { home: at(3000, 0), path: [at(3000, 400)] })
    expect(takeOffWait(flight('1'), [{ flight: far, tookOffMs: NOW }], NOW)).toEqual({ waitMs: 0, behind: null })
  })

  it('lets one climb out of the way of another layer first, counted from its real take-off', () => {
    const other = { flight: flight('2', { levelM: 90 }), tookOffMs: NOW }
    const { waitMs, behind } = takeOffWait(flight('1'), [other], NOW)
    expect(behind).toBe('2')
    expect(waitMs).toBeGreaterThan(30_000)
    expect(waitMs).toBeLessThan(400_000)
    const later = takeOffWait(flight('1'), [other], NOW + 20_000)
    expect(later.waitMs).toBe(waitMs! - 20_000)
    expect(takeOffWait(flight('1'), [other], NOW + waitMs!).waitMs).toBe(0)
    // After the wait the two really share no air at any time.
    const toLocal = (p: readonly number[]): readonly number[] => frame.toLocal(p)
    const pair = [flightIntent(flight('1'), NOW + waitMs!, toLocal), flightIntent(other.flight, NOW, toLocal)]
    expect(intentConflicts(pair)).toEqual([])
  })

  it('lasts until a flight that keeps no times is down', () => {
    const other = flight('2', { levelM: 90 })
    expect(takeOffWait(flight('1'), [{ flight: other, tookOffMs: null }], NOW)).toEqual({ waitMs: null, behind: '2' })
  })

  it('names the flight that is waited for longest', () => {
    const others = [
      { flight: flight('2', { levelM: 90 }), tookOffMs: NOW - 40_000 },
      { flight: flight('3', { levelM: 120 }), tookOffMs: NOW },
    ]
    expect(takeOffWait(flight('1'), others, NOW).behind).toBe('3')
  })

  it('is the first step that a search step by step finds too', () => {
    const toLocal = (p: readonly number[]): readonly number[] => frame.toLocal(p)
    const stepped = (intent: FlightIntent, others: FlightIntent[], stepMs: number): number => {
      for (let waitMs = 0; ; waitMs += stepMs) {
        const later = intent.volumes.map((v) => ({ ...v, fromMs: v.fromMs + waitMs, toMs: v.toMs + waitMs }))
        if (others.every((other) => intentConflicts([{ ...intent, volumes: later }, other]).length === 0)) return waitMs
      }
    }
    for (const [level, startMs] of [
      [60, 0],
      [60, -70_000],
      [90, 15_000],
      [65, 40_000],
    ] as const) {
      const own = flightIntent(flight('1'), 0, toLocal)
      const others = [
        flightIntent(flight('2', { levelM: level }), startMs, toLocal),
        flightIntent(flight('3', { home: at(300, 0), levelM: level }), startMs / 2, toLocal),
      ]
      expect(startDelayMs(own, others, { stepMs: 5000, maxMs: 3_600_000 })).toBe(stepped(own, others, 5000))
    }
  })
})
