import { WEEKS } from './seasonal.ts'

const HOUR_MS = 3_600_000
/** A day more than what is usual rests on: the hour beside the oldest comparable one is asked for too. */
const HOURS = (WEEKS * 7 + 1) * 24
/** An hour of which less was counted says nothing. */
const LEAST_MINUTES = 45
const UNKNOWN = -1

/** What one hour of one stream brought. */
export interface HourFlow {
  /** Passed, scaled to sixty counted minutes; null where less than three quarters of the hour was counted. */
  passed: number | null
  /** Joined the queue, likewise; null where nobody counts or sees that. */
  arrived: number | null
}

/** Hours of one stream: the last eight weeks in a ring, and single days of former years. */
export interface HourBook {
  put(hourMs: number, flow: HourFlow): void
  passed(hourMs: number): number | null
  /** Who wanted to pass: arrivals where they are known of enough hours, else who passed. */
  wanted(hourMs: number): number | null
  /** Whether `wanted` rests on arrivals. */
  knowsArrivals(): boolean
}

export function createHourBook(): HourBook {
  const hours = new Float64Array(HOURS).fill(UNKNOWN)
  const passed = new Float32Array(HOURS)
  const arrived = new Float32Array(HOURS)
  const former = new Map<number, HourFlow>()
  let newest = UNKNOWN
  let withArrivals = 0
  let withCounts = 0

  const slotOf = (hourMs: number): number => (hourMs / HOUR_MS) % HOURS
  function tally(slot: number, sign: 1 | -1): void {
    if (hours[slot] === UNKNOWN) return
    if (passed[slot]! >= 0) withCounts += sign
    if (arrived[slot]! >= 0) withArrivals += sign
  }
  function find(hourMs: number): HourFlow | null {
    const slot = slotOf(hourMs)
    if (hours[slot] !== hourMs) return former.get(hourMs) ?? null
    return { passed: known(passed[slot]!), arrived: known(arrived[slot]!) }
  }
  const knowsArrivals = (): boolean => withArrivals * 2 > withCounts
  return {
    put(hourMs, flow) {
      if (hourMs <= newest - HOURS * HOUR_MS) {
        former.set(hourMs, flow)
        return
      }
      newest = Math.max(newest, hourMs)
      const slot = slotOf(hourMs)
      tally(slot, -1)
      hours[slot] = hourMs
      passed[slot] = flow.passed ?? UNKNOWN
      arrived[slot] = flow.arrived ?? UNKNOWN
      tally(slot, 1)
    },
    passed: (hourMs) => find(hourMs)?.passed ?? null,
    wanted(hourMs) {
      const flow = find(hourMs)
      if (flow === null) return null
      return knowsArrivals() ? flow.arrived : flow.passed
    },
    knowsArrivals,
  }
}

const known = (value: number): number | null => (value < 0 ? null : value)

/** Sums of the lanes of a stream in one hour; each with the minutes that it counted. */
export interface LaneHour {
  passed: number
  arrived: number | null
  minutes: number
}

/**
 * One hour of a stream from its lanes and its queue. Every lane must have counted three quarters of it, and is scaled to the
 * whole; arrivals come from a sensor, or are who passed and how the queue grew.
 * @param lanes one for each lane of the stream; null for one that was not counted
 * @param queue who waited at the end of the hour before and of this one; null where nobody saw it
 */
export function hourFlow(
  lanes: readonly (LaneHour | null)[],
  queue: { before: number | null; after: number | null },
): HourFlow {
  let passed = 0
  let arrived: number | null = 0
  for (const lane of lanes) {
    if (lane === null || lane.minutes < LEAST_MINUTES) return { passed: null, arrived: null }
    const scale = 60 / lane.minutes
    passed += lane.passed * scale
    arrived = arrived === null || lane.arrived === null ? null : arrived + lane.arrived * scale
  }
  if (lanes.length === 0) return { passed: null, arrived: null }
  if (arrived === null && queue.before !== null && queue.after !== null)
    arrived = Math.max(0, passed + queue.after - queue.before)
  return { passed, arrived }
}
