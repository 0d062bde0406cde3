import { LngLat } from '@skerry/contract'
import { z } from 'zod'
import { common, KeyHash, uniqueBy, WAYS } from '../feeds/feed-fields.ts'
import { CapRules } from './cap-fields.ts'
import { CsvRules } from './csv-fields.ts'

/** Incidents come when they come; a day without one is usual. A source that is polled answers all the time. */
const PUSH_QUIET_S = 86_400
const POLL_QUIET_S = 900

/** Whoever may push: a name in the address and a key of its own. */
const Senders = z
  .array(
    z.strictObject({
      source: z.string().regex(/^[\w.@-]{1,40}$/, 'must be 1 to 40 letters, digits or . _ @ -'),
      keySha256: KeyHash,
    }),
  )
  .min(1, 'must name at least one source')
  .max(500)
  .superRefine((list, context) => {
    const again = uniqueBy(list, ({ source }) => source)
    if (again >= 0) context.addIssue({ code: 'custom', path: [again, 'source'], message: 'is declared twice' })
  })

const about = (quietS: number) => ({
  ...common(quietS),
  /** Where something is shown that says no place. Without it, such a thing is refused and counted. */
  unplaced: LngLat.optional(),
})
const limits = z
  .strictObject({
    /** Largest document, bytes. */
    messageBytes: z.number().int().min(64).max(32_000_000).default(8_000_000),
    peerPerS: z.number().min(0.1).max(100_000).default(50),
    feedPerS: z.number().min(0.1).max(100_000).default(500),
    connections: z.number().int().min(1).max(10_000).default(100),
  })
  .prefault({})

/** Three ways in which documents come: pushed, put into a folder, or fetched. */
const Pushed = { ...about(PUSH_QUIET_S), limits, ...WAYS.http, sources: Senders }
const Dropped = {
  ...about(PUSH_QUIET_S),
  limits,
  kind: z.literal('folder'),
  /** Beside the configuration unless absolute. What was read moves to `done` in it, what could not be read to `refused`. */
  folder: z.string().min(1),
  /** A file must have been left alone for so long before it is read. */
  settledS: z.number().min(0).max(3600).default(3),
}
const Fetched = {
  ...about(POLL_QUIET_S),
  limits,
  kind: z.literal('url-poll'),
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
  everyS: z.number().min(5).max(86_400).default(60),
  /** File with one line `Name: value` that is sent with every request, readable by its owner alone. */
  headerFile: z.string().min(1).optional(),
}

const json = { protocol: z.literal('incidents-json') }
const csv = { protocol: z.literal('incidents-csv'), rows: CsvRules }
const cap = { protocol: z.literal('cap'), warnings: CapRules }

export const IncidentsJson = z.discriminatedUnion('kind', [
  z.strictObject({ ...json, ...Pushed }),
  z.strictObject({ ...json, ...Dropped }),
  z.strictObject({ ...json, ...Fetched }),
])
export const IncidentsCsv = z.discriminatedUnion('kind', [
  z.strictObject({ ...csv, ...Pushed }),
  z.strictObject({ ...csv, ...Dropped }),
  z.strictObject({ ...csv, ...Fetched }),
])
export const Cap = z.discriminatedUnion('kind', [
  z.strictObject({ ...cap, ...Pushed }),
  z.strictObject({ ...cap, ...Dropped }),
  z.strictObject({
    ...cap,
    ...Fetched,
    /** Hosts beside that of the address whose messages an index (Atom, RSS) may point to. */
    hosts: z.array(z.string().min(1).max(200)).max(20).default([]),
  }),
])
