import type { LngLat } from './geo.ts'
import { z } from 'zod'
import { Priority } from './incidents.ts'
import { ZONE_RULE_KINDS, type ZoneRuleKind } from './zones.ts'

const OTHER_ALARM_KINDS = [
  'drone-link-lost',
  'bridge-lost',
  'feed-lost',
  'offer-unanswered',
  'upload-failed',
  'duplicate-system-id',
  'person-located',
  'dispatch-unanswered',
  'unit-lost',
  'order-unsigned',
  'candidate-raised',
  'distress-signal',
  'terminal-alarm',
  'safety-text',
  'planner-failed',
  'predicted-conflict',
  'overdue',
  'lone-worker',
  'message-unacknowledged',
  'roll-call-unanswered',
  'support-unanswered',
  'support-late',
  'checkpoint-surge',
  'checkpoint-silent',
  'checkpoint-stranded',
  'consignment-late',
] as const
export type AlarmKind = (typeof OTHER_ALARM_KINDS)[number] | `zone-${ZoneRuleKind}`
export const ALARM_KINDS: readonly AlarmKind[] = [
  ...OTHER_ALARM_KINDS,
  ...ZONE_RULE_KINDS.map((rule) => `zone-${rule}` as const),
]

/**
 * Something that needs an operator's response (ISA-18.2). Everything else is an event. Cause, consequence and action stand in
 * the console's dictionaries under its kind. Fields that may be missing came later than the first journals.
 */
export interface Alarm {
  id: string
  priority: Priority
  kind: AlarmKind
  subject: {
    kind:
      | 'drone'
      | 'drone-pair'
      | 'bridge'
      | 'feed'
      | 'task'
      | 'incident'
      | 'candidate'
      | 'zone'
      | 'unit'
      | 'vessel'
      | 'consignment'
      | 'checkpoint'
    id: string
  }
  /** Tells causes of one kind and subject apart: the zone, and the other one of a meeting. */
  key?: string
  zoneId?: string | null
  incidentId: string | null
  /** Names and figures, in no language. Of a predicted conflict: metres across and in height; `?` is unknown. */
  detail: string
  position?: LngLat | null
  /** Feed that brought the evidence. */
  feed?: string | null
  /** When it happened by the clock of its source, where that is known; `raisedAtMs` is when it was said. */
  happenedAtMs?: number
  /** Found in positions that came too late to be judged in their order. */
  late?: true
  raisedAtMs: number
  clearedAtMs: number | null
  acknowledged: { seatId: string; name: string; atMs: number } | null
  /** How often it has come since a person last settled it; missing: once. */
  occurrences?: number
  /** Out of sight until a time, by a person, with a reason. */
  shelved?: { seatId: string; name: string; atMs: number; untilMs: number; reason: string } | null
  /** Standing alarm that explains this one: nobody is asked for an answer to both. */
  suppressedBy?: string | null
}

/** Time to act: how soon an answer must have begun for the consequence to be averted, seconds. Ours to set; shown and measured. */
export const ACT_WITHIN_S: Readonly<Record<AlarmKind, number>> = {
  'drone-link-lost': 60,
  'bridge-lost': 60,
  'feed-lost': 300,
  'offer-unanswered': 120,
  'upload-failed': 300,
  'duplicate-system-id': 60,
  'person-located': 60,
  'dispatch-unanswered': 120,
  'unit-lost': 120,
  'order-unsigned': 120,
  'candidate-raised': 180,
  'distress-signal': 60,
  'terminal-alarm': 300,
  'safety-text': 600,
  'planner-failed': 300,
  'predicted-conflict': 20,
  overdue: 180,
  'lone-worker': 120,
  'message-unacknowledged': 120,
  'roll-call-unanswered': 120,
  'support-unanswered': 120,
  'support-late': 180,
  'checkpoint-surge': 600,
  'checkpoint-silent': 900,
  'checkpoint-stranded': 1800,
  'consignment-late': 600,
  'zone-enter': 300,
  'zone-exit': 300,
  'zone-intrusion': 120,
  'zone-dwell': 300,
  'zone-overspeed': 180,
  'zone-corridor': 120,
  'zone-coverage': 300,
  'zone-loiter': 600,
  'zone-gap': 600,
  'zone-meeting': 600,
}

/** Longest that an alarm may be shelved, minutes. What must be answered now is not put away for a shift. */
export const SHELVE_MOST_MIN: Readonly<Record<Priority, number>> = { critical: 30, warning: 240, notice: 480 }
/** More than this many in so long is a flood for one operator (EEMUA 191, ISA-18.2). */
export const FLOOD = { alarms: 10, withinMs: 600_000 } as const

/** The load that alarms put on people over a span (ISA-18.2, EEMUA 191). Those that a standing cause explained are apart. */
export const AlarmMeasures = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  raised: z.number().int(),
  suppressed: z.number().int(),
  perHour: z.number(),
  priorities: z.record(Priority, z.number().int()),
  /** Who answered how many, and how many an hour. */
  seats: z.array(z.object({ name: z.string(), acknowledged: z.number().int(), perHour: z.number() })),
  /** Seconds from raised to acknowledged, nearest-rank percentiles over `n`; `waiting` are not answered yet. */
  acknowledge: z.object({
    n: z.number().int(),
    p50S: z.number().nullable(),
    p90S: z.number().nullable(),
    waiting: z.number().int(),
  }),
  standing: z.number().int(),
  /** Standing for more than a day. */
  stale: z.number().int(),
  /** Sources that came three times within a minute. */
  chattering: z.array(z.object({ source: z.string(), times: z.number().int() })),
  /** Share of the span with more than ten alarms in the ten minutes before. */
  floodShare: z.number(),
  /** The ten sources that came most. */
  worst: z.array(z.object({ source: z.string(), kind: z.enum(ALARM_KINDS), times: z.number().int() })),
})
export type AlarmMeasures = z.infer<typeof AlarmMeasures>
