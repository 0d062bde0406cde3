import { z } from 'zod'
import { LngLat, Ring } from './geo.ts'
import { Priority } from './incidents.ts'

/** What a zone can watch. Consignments are loads on a vehicle, by the id of the vehicle's terminal. */
export const ZoneMover = z.enum(['unit', 'drone', 'vessel', 'consignment'])
export type ZoneMover = z.infer<typeof ZoneMover>

/** Shape of a zone on the ground, WGS-84. A corridor is a line with everything within its half width. */
export const ZoneShape = z.discriminatedUnion('kind', [
  /** First ring outside, the others holes. */
  z.strictObject({ kind: z.literal('polygon'), rings: z.array(Ring).min(1).max(20) }),
  z.strictObject({ kind: z.literal('circle'), centre: LngLat, radiusM: z.number().min(5).max(100_000) }),
  z.strictObject({
    kind: z.literal('corridor'),
    line: z.array(LngLat).min(2).max(2000),
    halfWidthM: z.number().min(5).max(20_000),
  }),
])
export type ZoneShape = z.infer<typeof ZoneShape>

const MoverId = z.string().min(1).max(64)
const Seconds = z.number().min(1).max(604_800)
const common = {
  priority: Priority,
  movers: z.array(ZoneMover).min(1).max(ZoneMover.options.length),
  /** Only these; empty: all of the kinds above. */
  only: z.array(MoverId).max(500).default([]),
}

/** One rule of a zone. What an alarm of it means stands in the console's dictionaries. */
export const ZoneRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('enter'), ...common }),
  z.strictObject({ kind: z.literal('exit'), ...common }),
  /** Anyone inside but those allowed. */
  z.strictObject({ kind: z.literal('intrusion'), ...common, allowed: z.array(MoverId).max(500).default([]) }),
  z.strictObject({ kind: z.literal('dwell'), ...common, forS: Seconds }),
  z.strictObject({ kind: z.literal('overspeed'), ...common, limitMps: z.number().min(0.5).max(200) }),
  /** Those named in `only` must stay inside, wherever they are; without names, whoever has been inside. */
  z.strictObject({ kind: z.literal('corridor'), ...common }),
  /** Fewer than `minUnits` that are available, for `forS`. */
  z.strictObject({
    kind: z.literal('coverage'),
    ...common,
    minUnits: z.number().int().min(1).max(100),
    forS: Seconds.default(120),
  }),
  /** Stays within `radiusM` of one place for `forS`. */
  z.strictObject({ kind: z.literal('loiter'), ...common, forS: Seconds, radiusM: z.number().min(10).max(20_000) }),
  /** Was inside and has been silent for `forS`. */
  z.strictObject({ kind: z.literal('gap'), ...common, forS: Seconds }),
  /** Two within `withinM` of each other, both at most `maxMps`, for `forS`. */
  z.strictObject({
    kind: z.literal('meeting'),
    ...common,
    forS: Seconds,
    withinM: z.number().min(10).max(5000),
    maxMps: z.number().min(0).max(50).default(1.5),
  }),
])
export type ZoneRule = z.infer<typeof ZoneRule>
export type ZoneRuleKind = ZoneRule['kind']
export const ZONE_RULE_KINDS = [
  'enter',
  'exit',
  'intrusion',
  'dwell',
  'overspeed',
  'corridor',
  'coverage',
  'loiter',
  'gap',
  'meeting',
] as const satisfies readonly ZoneRuleKind[]

/** How much evidence a change of side needs. Defaults suit receivers that report every second to every minute. */
export const ZoneEvidence = z.strictObject({
  /** Between the threshold of going in and that of coming out, metres; half of it on either side of the edge. */
  hysteresisM: z.number().min(0).max(1000).default(20),
  /** A new side must hold at least this long, and over this many positions. */
  minTimeS: z.number().min(0).max(3600).default(10),
  minFixes: z.number().int().min(1).max(20).default(3),
})
export type ZoneEvidence = z.infer<typeof ZoneEvidence>

/** A zone as people declare it. */
export const ZoneDraft = z.strictObject({
  name: z.string().trim().min(1).max(60),
  shape: ZoneShape,
  rules: z
    .array(ZoneRule)
    .max(ZONE_RULE_KINDS.length)
    .refine((rules) => new Set(rules.map(({ kind }) => kind)).size === rules.length, 'one rule of each kind'),
  evidence: ZoneEvidence.default({ hysteresisM: 20, minTimeS: 10, minFixes: 3 }),
})
export type ZoneDraft = z.infer<typeof ZoneDraft>

/** A zone in the picture. `revision` counts its changes from 1. */
export interface Zone extends ZoneDraft {
  id: string
  revision: number
  changedAtMs: number
  changedBy: string
  /** Corridor of a consignment: it comes and goes with it, and nobody changes it by hand. */
  consignmentId?: string
}

/** Most zones that can stand at one time. */
export const MOST_ZONES = 5000
