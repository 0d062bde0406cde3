import type { FakeClock } from '@skerry/mavlink-bridge/testing'
import type { SimFleet } from './sim-fleet.ts'

/** What a running bridge holds on to. */
export interface Held {
  /** Waiting on its clock. */
  readonly timers: number
  /** On the frames, the states and the texts of all its vehicles. */
  readonly listeners: number
  /** Timers, sockets and requests of the engine that keep its process alive. */
  readonly handles: number
}

/** Whatever was begun has ended by then: the longest exchange, with all that it asks for afterwards. */
const TO_REST_MS = 15 * 60_000
/** No multiple of any period of the bridge or its vehicles: each look meets another phase of them. */
const LOOK_EVERY_MS = 373
const LOOKS = 400

/**
 * What is held when nothing is under way. Questions and frames come and go at any moment: the least of many looks is
 * what stays.
 */
export async function heldAtRest(clock: FakeClock, { fleet }: Pick<SimFleet, 'fleet'>): Promise<Held> {
  await clock.advance(TO_REST_MS)
  let least: Held = { timers: Infinity, listeners: Infinity, handles: Infinity }
  for (let i = 0; i < LOOKS; i++) {
    await clock.advance(LOOK_EVERY_MS)
    least = {
      timers: Math.min(least.timers, clock.waiting),
      listeners: Math.min(
        least.listeners,
        fleet.members().reduce((sum, { session }) => sum + session.listening(), 0),
      ),
      handles: Math.min(least.handles, process.getActiveResourcesInfo().length),
    }
  }
  return least
}
