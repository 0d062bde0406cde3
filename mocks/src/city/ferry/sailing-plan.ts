import type { CancelReason } from '@skerry/contract'
import { streamFor } from '../../base/rand.ts'
import { fogUntil, startOfDay, weekday } from './days.ts'
import type { Way } from './ways.ts'

const MIN_MS = 60_000

/** One boat of one day, as it will really go. */
export interface PlannedSailing {
  readonly way: Way
  readonly scheduledMs: number
  readonly leavesMs: number
  readonly arrivesMs: number
  readonly cancelled: CancelReason | null
}

/** The boats of a way on a day: most leave on time, some late, few not at all, and none that fog holds back. */
export function sailingsOn(way: Way, day: number, seed: number): PlannedSailing[] {
  if (!way.days.has(weekday(day))) return []
  const fog = fogUntil(seed, day)
  return way.departures.map((minute) => {
    const rand = streamFor(seed, 'sailing', way.line, way.from, day, minute)
    const luck = rand()
    const lateMin =
      luck < 0.76 ? Math.floor(rand() * 3) : luck < 0.95 ? 3 + Math.floor(rand() * 9) : 12 + Math.floor(rand() * 25)
    const scheduledMs = startOfDay(day) + minute * MIN_MS
    const leavesMs = scheduledMs + lateMin * MIN_MS
    const inFog = fog !== null && minute >= 330 && minute < fog && rand() < 0.7
    return {
      way,
      scheduledMs,
      leavesMs,
      arrivesMs: leavesMs + way.crossingMin * MIN_MS,
      cancelled: inFog ? 'fog' : rand() < 0.006 ? 'technical' : null,
    }
  })
}
