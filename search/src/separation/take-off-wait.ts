import { localFrame } from '../frame/local-frame.ts'
import { flightIntent, type LevelFlight } from './flight-intent.ts'
import { startDelayMs } from './start-delay.ts'

/** A flight that is in the air, or may be. */
export interface OtherFlight {
  readonly flight: LevelFlight
  /** When it left the ground, epoch ms; null: it no longer keeps to its times and may be anywhere on its way. */
  readonly tookOffMs: number | null
}

/** How long a take-off has to wait, ms; null: until the flight named in `behind` is down. */
export interface TakeOffWait {
  readonly waitMs: number | null
  /** Flight that has to be waited for longest; null where there is none. */
  readonly behind: string | null
}

/** No flight of a battery lasts longer than this: a wait beyond it is none that anybody could keep. */
const MOST_WAIT_MS = 3_600_000
/** Waits are told to the second. */
const STEP_MS = 1000

/**
 * How long a flight must stay on the ground so that its whole way, climb and descent included, stays clear of all that is
 * in the air: in space, height and time, by the volumes of `flight-volume.ts` and with their margins. Flights that keep to
 * their times are counted from when they really took off; any other blocks its whole way until it is down.
 * Source: search-science notes 4.4 (strategic layer of ASTM F3548).
 */
export function takeOffWait(flight: LevelFlight, others: readonly OtherFlight[], nowMs: number): TakeOffWait {
  const frame = localFrame(flight.home)
  const toLocal = (lngLat: readonly number[]): readonly number[] => frame.toLocal(lngLat)
  const own = flightIntent(flight, nowMs, toLocal)
  const intents = others.map(({ flight: other, tookOffMs }) =>
    flightIntent(other, tookOffMs ?? nowMs, toLocal, tookOffMs === null ? { timeMs: Infinity } : {}),
  )
  const options = { stepMs: STEP_MS, maxMs: MOST_WAIT_MS }
  const waitMs = startDelayMs(own, intents, options)
  if (waitMs === 0) return { waitMs, behind: null }
  const alone = intents.map((intent) => ({ id: intent.id, waitMs: startDelayMs(own, [intent], options) }))
  const longest = alone.reduce((a, b) => ((b.waitMs ?? Infinity) > (a.waitMs ?? Infinity) ? b : a))
  return { waitMs, behind: longest.id }
}
