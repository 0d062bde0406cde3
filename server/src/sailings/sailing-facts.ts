import { CancelReason, Capacity, Mmsi, type SailingReport } from '@skerry/contract'
import { z } from 'zod'

const Time = z.number().nullable()

/** What was said of one sailing, and what the positions of its ship told. Kept in the store. */
export const SailingFacts = z.object({
  line: z.string(),
  from: z.string(),
  scheduledAtMs: z.number(),
  extra: z.boolean(),
  /** Time of the newest report. */
  saidAtMs: Time,
  state: z.enum(['scheduled', 'boarding', 'departed', 'arrived', 'cancelled']),
  reason: CancelReason.nullable(),
  expectedAtMs: Time,
  departedAtMs: Time,
  arrivedAtMs: Time,
  persons: z.number().nullable(),
  vehicles: z.number().nullable(),
  capacity: Capacity.nullable(),
  mmsi: Mmsi.nullable(),
  /** By the ship's own positions. */
  seen: z.object({ mmsi: Mmsi, departedAtMs: z.number(), arrivedAtMs: Time }).nullable(),
})
export type SailingFacts = z.infer<typeof SailingFacts>

export const sailingId = (line: string, from: string, scheduledAtMs: number): string =>
  `${line}/${from}/${scheduledAtMs}`

export const noFacts = (line: string, from: string, scheduledAtMs: number): SailingFacts => ({
  line,
  from,
  scheduledAtMs,
  extra: false,
  saidAtMs: null,
  state: 'scheduled',
  reason: null,
  expectedAtMs: null,
  departedAtMs: null,
  arrivedAtMs: null,
  persons: null,
  vehicles: null,
  capacity: null,
  mmsi: null,
  seen: null,
})

/** Takes what a report says; what it leaves out stays. A boat that sails after all is not cancelled any more. */
export function withReport(facts: SailingFacts, report: SailingReport): SailingFacts {
  const { atMs, state = facts.state, reason, extra, expectedAtMs, departedAtMs, arrivedAtMs } = report
  return {
    ...facts,
    saidAtMs: atMs,
    extra: extra ?? facts.extra,
    state,
    reason: state === 'cancelled' ? (reason ?? facts.reason) : null,
    expectedAtMs: expectedAtMs ?? facts.expectedAtMs,
    departedAtMs: departedAtMs ?? facts.departedAtMs,
    arrivedAtMs: arrivedAtMs ?? facts.arrivedAtMs,
    persons: report.persons ?? facts.persons,
    vehicles: report.vehicles ?? facts.vehicles,
    capacity: report.capacity ?? facts.capacity,
    mmsi: report.mmsi ?? facts.mmsi,
  }
}

/** Facts from the store; null for what an older version wrote and nobody can read. */
export function readFacts(text: string): SailingFacts | null {
  try {
    return SailingFacts.parse(JSON.parse(text))
  } catch {
    return null
  }
}
