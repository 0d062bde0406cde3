import { expect, it } from 'vitest'
import { copterInAir } from '../testing/vehicles.ts'
import { telemetryDelayMs } from './telemetry-delay.ts'

const heardAtMs = 1_000_000
/** Its clock started at 900,000 of ours. */
const OFFSET_MS = -900_000
function takenAt(ourMs: number) {
  const vehicle = copterInAir(3, heardAtMs)
  const positions = vehicle.positions.map((position) => ({ ...position, bootMs: ourMs + OFFSET_MS }))
  return { ...vehicle, positions }
}

it('says how long a position lay on the way, which its time of receipt does not show', () => {
  expect(telemetryDelayMs(takenAt(heardAtMs - 2300), OFFSET_MS)).toBe(2300)
})
it('takes a position from just before it was sent for one without delay: the clocks agree to half a round trip', () => {
  expect(telemetryDelayMs(takenAt(heardAtMs + 120), OFFSET_MS)).toBe(0)
})
it('says nothing where the clocks were not compared, or are not the same kind of clock', () => {
  expect(telemetryDelayMs(takenAt(heardAtMs), null)).toBeNull()
  expect(telemetryDelayMs(copterInAir(3, heardAtMs), OFFSET_MS)).toBeNull()
  expect(telemetryDelayMs(takenAt(heardAtMs), 1.7e12)).toBeNull()
})
