import { z } from 'zod'
import { AlarmMeasures } from './alarms.ts'
import { EpochMs } from './geo.ts'
import type { IncidentState } from './incidents.ts'
import { RepeatRate } from './same-reports.ts'

/** The steps of 接警 -> 下达 -> 签收 -> 出警 -> 到场 -> 反馈 -> 办结, each from the one before that it is measured against. */
export const INCIDENT_STEPS = [
  ['dispatch', 'received', 'dispatched'],
  ['sign', 'dispatched', 'acknowledged'],
  ['go', 'acknowledged', 'en-route'],
  ['arrive', 'dispatched', 'on-scene'],
  ['feedback', 'on-scene', 'feedback-given'],
  ['close', 'received', 'closed'],
] as const satisfies readonly (readonly [string, IncidentState, IncidentState])[]
export type IncidentStep = (typeof INCIDENT_STEPS)[number][0]
const Step = z.enum(INCIDENT_STEPS.map(([step]) => step) as [IncidentStep, ...IncidentStep[]])

/** Fewer than this say nothing about the rest: no percentile is given, only how many there were. */
export const SMALL_N = 10

/**
 * A percentile of a sample, with the interval that holds that of the whole in 95 of 100 such samples (order statistics:
 * no shape is assumed). An end is null where the sample is too small to bound it on that side.
 */
export const Percentile = z.strictObject({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })
export type Percentile = z.infer<typeof Percentile>

/** Percentiles of `n` values; null where `n` is below `SMALL_N`. */
export const Percentiles = z.strictObject({
  n: z.number().int(),
  p50: Percentile.nullable(),
  p90: Percentile.nullable(),
})
export type Percentiles = z.infer<typeof Percentiles>

/** A share of cases with its Wilson interval, 95 %; nulls where there is no case. */
export const Share = z.strictObject({
  n: z.number().int(),
  hits: z.number().int(),
  share: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
})
export type Share = z.infer<typeof Share>

/** How long a step took, seconds. */
export const StepTime = z.strictObject({
  step: Step,
  /** Over the incidents for which both ends of the step are known. */
  seconds: Percentiles,
  /** Its clock still runs: they are not in the percentiles, which are therefore those of the finished ones. */
  running: z.number().int(),
  /** Reached, but one end was passed over or lies before the other: nobody knows how long it took. */
  unknown: z.number().int(),
})
export type StepTime = z.infer<typeof StepTime>

/** Step times of one group of incidents. */
export const KpiGroup = z.strictObject({
  key: z.string().nullable(),
  incidents: z.number().int(),
  steps: z.array(StepTime),
})
export type KpiGroup = z.infer<typeof KpiGroup>

/** Missing persons located within 24 hours of the report. */
export const Recovery = z.strictObject({
  /** Over the reports whose 24 hours are over; withdrawn ones are not among them. */
  within24h: Share,
  /** Of those located within 24 hours. */
  outcomes: z.strictObject({ well: z.number().int(), hurt: z.number().int(), deceased: z.number().int() }),
  /** Still missing, and their 24 hours are not over. */
  open: z.number().int(),
  /** Found within 24 hours, which are not over yet. They would make the share better than it is, and are not in it. */
  early: z.number().int(),
  /** Closed as no incident or handed to others, so that nothing was to be found here. */
  withdrawn: z.number().int(),
  /** Of those: closed without a word of the person. Nobody knows, so they count as not located. */
  silent: z.number().int(),
})
export type Recovery = z.infer<typeof Recovery>

/** What alarms asked of people. */
export const AlarmLoad = z.strictObject({
  measures: AlarmMeasures,
  /** Alarms in each whole hour of the span. */
  perHour: Percentiles,
  /** Seconds from raised to acknowledged. */
  acknowledgeS: Percentiles,
})
export type AlarmLoad = z.infer<typeof AlarmLoad>

/** Figures of the incidents received from `fromMs` until before `toMs`, as the picture knew them at `toMs` or now. */
export const KpiReport = z.strictObject({
  fromMs: EpochMs,
  toMs: EpochMs,
  computedAtMs: EpochMs,
  /** Incidents of the span that the times are of. */
  counted: z.number().int(),
  /** Left out, each with its reason: closed as no incident; a further caller of another one; handed over closed. */
  leftOut: z.strictObject({ invalid: z.number().int(), merged: z.number().int(), imported: z.number().int() }),
  all: KpiGroup,
  /** By category, most incidents first. */
  categories: z.array(KpiGroup),
  /** By island of the crossings; key null: at sea or on land that the crossings do not name. Most incidents first. */
  islands: z.array(KpiGroup),
  islandNames: z.record(z.string(), z.strictObject({ zh: z.string(), en: z.string() })),
  repeat: RepeatRate,
  recovery: Recovery,
  alarms: AlarmLoad,
})
export type KpiReport = z.infer<typeof KpiReport>
