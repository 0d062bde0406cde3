import { z } from 'zod'

/**
 * What of a closed case goes, each after its own time. `person`: what describes the missing person and where they may be,
 * and the words of the call. `messages`: free text that people wrote. `tracks`: ground seen and walked. `acts`: who did what.
 */
export const PurgeRule = z.enum(['person', 'messages', 'tracks', 'acts'])
export type PurgeRule = z.infer<typeof PurgeRule>
export const PURGE_RULES = PurgeRule.options

/** Stands where words were purged: neither empty nor unknown. */
export const PURGED_TEXT = '▇▇▇'

const days = (usual: number) =>
  z
    .number('must be a number of days')
    .int('must be whole days')
    .min(1, 'must be at least 1 day')
    .max(36_500, 'must be at most 36500 days')
    .default(usual)

/**
 * How long what is kept of a closed case is kept, days after it was closed [assumption: no regulation that we know of names
 * these figures; each installation has to set its own]. `suspendedDays` comes on top for a case whose search was suspended:
 * its person may still be looked for.
 */
export const RetentionPolicy = z
  .strictObject({
    personDays: days(180),
    messagesDays: days(365),
    tracksDays: days(365),
    actsDays: days(1095),
    suspendedDays: z.number('must be a number of days').int('must be whole days').min(0).max(36_500).default(1825),
  })
  .superRefine((policy, ctx) => {
    for (const name of ['personDays', 'messagesDays', 'tracksDays'] as const)
      if (policy[name] > policy.actsDays)
        ctx.addIssue({
          code: 'custom',
          path: [name],
          message: `must not be longer than actsDays (${policy.actsDays}): nobody could tell any more who wrote what is kept`,
        })
  })
export type RetentionPolicy = z.infer<typeof RetentionPolicy>
export const DEFAULT_RETENTION: RetentionPolicy = RetentionPolicy.parse({})

export const DAYS_OF_RULE = {
  person: 'personDays',
  messages: 'messagesDays',
  tracks: 'tracksDays',
  acts: 'actsDays',
} as const satisfies Record<PurgeRule, keyof RetentionPolicy>

/** When each rule was carried out on a case, epoch ms; a rule that is missing has not been. */
export type PurgedAt = Partial<Record<PurgeRule, number>>

/** What one purge took away; never what stood there. */
export interface PurgeCounts {
  /** Journal entries that lost something, by the rule that took it. */
  entries: Record<PurgeRule, number>
  /** Searches with their tasks and candidates that left the history, and how many of them had a map. */
  searches: number
  maps: number
  /** Links of guests into its room. */
  guests: number
}

/**
 * Entries of a case as a purge left them: their number, and SHA-256 over `SEQ:HASH\n` of each in order, where HASH is that
 * of the entry as it stands now. It takes the place of their own hashes, which their words went with.
 */
export interface PurgeSeal {
  entries: number
  digest: string
}

/** A closed case as retention sees it. */
export const CaseFile = z.object({
  incidentId: z.string(),
  number: z.number(),
  closedAtMs: z.number(),
  /** A missing person's, or one with a search. */
  personal: z.boolean(),
  /** Its search was suspended, and nobody was found. */
  suspended: z.boolean(),
  purged: z.partialRecord(PurgeRule, z.number()),
})
export type CaseFile = z.infer<typeof CaseFile>

const DAY_MS = 24 * 3_600_000

/** When a rule falls due on a case, epoch ms. */
export const dueAtMs = (
  { closedAtMs, suspended }: Pick<CaseFile, 'closedAtMs' | 'suspended'>,
  rule: PurgeRule,
  policy: RetentionPolicy,
): number => closedAtMs + (policy[DAYS_OF_RULE[rule]] + (suspended ? policy.suspendedDays : 0)) * DAY_MS

/** Rules that have something to do on a case: an ordinary one has no person of its own, its call goes with the messages. */
export const rulesOf = ({ personal }: Pick<CaseFile, 'personal'>): readonly PurgeRule[] =>
  personal ? PURGE_RULES : PURGE_RULES.filter((rule) => rule !== 'person')

/** Rules that are still to be carried out, the next first. */
export const dueRules = (file: CaseFile, policy: RetentionPolicy): { rule: PurgeRule; atMs: number }[] =>
  rulesOf(file)
    .filter((rule) => file.purged[rule] === undefined)
    .map((rule) => ({ rule, atMs: dueAtMs(file, rule, policy) }))
    .sort((a, b) => a.atMs - b.atMs)

/** What an administrator sees of retention. */
export const RetentionView = z.object({
  policy: z.object({
    personDays: z.number(),
    messagesDays: z.number(),
    tracksDays: z.number(),
    actsDays: z.number(),
    suspendedDays: z.number(),
  }),
  /** Days that positions of units, drones and vessels are kept, by a policy of their own. */
  trackDays: z.number(),
  /** Closed cases in the history, and on how many of them each rule was carried out. */
  cases: z.number(),
  purged: z.record(PurgeRule, z.number()),
  /** Since the start of the server; `unscrubbed`: something is purged that the files still hold. */
  keeper: z.object({
    purges: z.number(),
    entries: z.number(),
    failures: z.number(),
    lastRoundAtMs: z.number().nullable(),
    unscrubbed: z.boolean(),
  }),
  /** What falls due next, the soonest first; held cases too, which wait. */
  next: z.array(
    z.object({
      incidentId: z.string(),
      number: z.number(),
      rule: PurgeRule,
      atMs: z.number(),
      held: z.boolean(),
    }),
  ),
})
export type RetentionView = z.infer<typeof RetentionView>
