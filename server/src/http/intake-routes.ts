import {
  CheckpointDeclarations,
  CountArchive,
  CountBatch,
  CountBatchResult,
  FixBatch,
  FixBatchResult,
  IncidentChange,
  IncidentReport,
  ListedSite,
  NOTICE_OUTCOMES,
  Roster,
  SailingReports,
  SailingReportsResult,
  UnitReport,
  type Actor,
  type DomainEvent,
} from '@skerry/contract'
import { toWgs84 } from '@skerry/exchange'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { decideCheckpoints } from '../domain/checkpoints/decide.ts'
import { decideSites } from '../domain/sites/decide.ts'
import { decideUnitReport } from '../domain/units/report.ts'
import { decideRoster } from '../domain/units/roster.ts'
import type { Engine, Refusal, Result } from '../engine/engine.ts'
import type { CheckpointDesk } from '../flow/checkpoint-desk.ts'
import type { FeedCounters } from '../intake/feed-counters.ts'
import type { FixIntake } from '../intake/fixes.ts'
import type { IncidentDesk } from '../intake/incidents/incident-desk.ts'
import { createRateLimit } from '../intake/feeds/rate-limit.ts'
import { readFixes } from '../intake/read-fixes.ts'
import type { Picture } from '../picture/picture.ts'
import type { SailingBoard } from '../sailings/sailing-board.ts'
import type { Feed } from '../store/feeds.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const FIXES_LIMIT = 5_000_000
const COUNTS_LIMIT = 2_000_000
const ARCHIVE_LIMIT = 5_000_000
/** Requests a second that a feed may send counts and sailings with, and all of them together; twice that in a burst. */
const COUNTS_PER_S = { peer: 20, feed: 200 }
/** The same of positions: two thousand terminals that each send their own every second still have room. */
const FIXES_PER_S = { peer: 2500, feed: 5000 }
const Sites = z.strictObject({ sites: z.array(ListedSite).max(2000) })
const Seq = z.object({ seq: z.number().int() })

/** Doors for machines: one bearer token per feed, each with its scopes. */
export function intakeRoutes(parts: {
  engine: Engine
  fixes: FixIntake
  checkpoints: Pick<CheckpointDesk, 'take' | 'archive'>
  sailings: Pick<SailingBoard, 'take'>
  incidents: IncidentDesk
  feedIds: () => Promise<ReadonlySet<string>>
  counters: FeedCounters
  clock: Clock
  newId: () => string
}): Route[] {
  const { engine, fixes, checkpoints, sailings, incidents, feedIds, counters, clock, newId } = parts
  const limits = { 'too-many-counts': createRateLimit(COUNTS_PER_S), 'too-many-fixes': createRateLimit(FIXES_PER_S) }

  /** Turns a feed away that asks more often than is any use. */
  function pace(feed: Feed, code: keyof typeof limits): void {
    if (limits[code].allows(feed.id, clock.nowMs())) return
    counters.turnedAway(feed.id, 'too-many')
    throw new HttpProblem(429, code, 'fewer and larger batches, please', { headers: { 'retry-after': '1' } })
  }

  /** Decides inside the engine's queue, counts the outcome, answers with the journal's number. */
  async function record(
    c: Context,
    feed: Feed,
    decide: (picture: Picture) => Result<readonly DomainEvent[], Refusal>,
  ): Promise<Response> {
    const actor: Actor = { kind: 'feed', feed: feed.id }
    let refusal: Refusal | null = null
    const seq = await engine.record(actor, (picture) => {
      const decided = decide(picture)
      refusal = decided.ok ? null : decided.error
      return decided.ok ? decided.value : []
    })
    return settled(c, feed, refusal, { seq })
  }

  function settled(c: Context, feed: Feed, refusal: Refusal | null, answer: object): Response {
    counters.came(feed.id, refusal === null ? { accepted: 1, refused: 0 } : { accepted: 0, refused: 1 })
    if (refusal !== null) throw new HttpProblem(refusal.status, refusal.code, refusal.detail)
    return c.json(answer)
  }

  return [
    route({
      method: 'post',
      path: '/api/intake/fixes',
      who: { feed: 'fixes' },
      summary: 'Positions of own units on duty; each is judged by itself and the answer says how',
      body: FixBatch,
      bodyLimit: FIXES_LIMIT,
      answer: { status: 200, schema: FixBatchResult },
      async handle({ body, caller, c }) {
        pace(caller.feed, 'too-many-fixes')
        const { good, indexOf, malformed } = readFixes(body)
        const { datum = 'wgs84' } = body
        const reports = good.map((fix) => ({ ...fix, position: toWgs84(fix.position, datum) }))
        const taken = await fixes.take(caller.feed.id, reports)
        const judged = taken.refused.map((one) => ({ ...one, index: indexOf[one.index]! }))
        const refused = [...malformed, ...judged].sort((a, b) => a.index - b.index)
        const result = { ...taken, refused }
        counters.came(caller.feed.id, {
          accepted: result.accepted + result.late,
          late: result.late,
          refused: result.refused.length,
          reasons: result.refused.map(({ reason }) => reason),
          sourceAtMs: good.length === 0 ? null : Math.max(...good.map(({ atMs }) => atMs)),
        })
        return c.json(result)
      },
    }),
    route({
      method: 'put',
      path: '/api/intake/roster',
      who: { feed: 'roster' },
      summary: 'Units and whether they are on duty; a unit that is left out stays as it is',
      body: Roster,
      answer: { status: 200, schema: Seq },
      handle: ({ body, caller, c }) => record(c, caller.feed, (picture) => decideRoster(picture, body.units)),
    }),
    route({
      method: 'put',
      path: '/api/intake/checkpoints',
      who: { feed: 'checkpoints' },
      summary: 'Ferry gates and bridge checkpoints',
      body: CheckpointDeclarations,
      answer: { status: 200, schema: Seq },
      async handle({ body, caller, c }) {
        const feeds = await feedIds()
        return record(c, caller.feed, (picture) => decideCheckpoints(picture, body.checkpoints, caller.feed.id, feeds))
      },
    }),
    route({
      method: 'put',
      path: '/api/intake/sites',
      who: { feed: 'roster' },
      summary: 'Ports, airports and other listed places near which a flight needs an approval reference',
      body: Sites,
      answer: { status: 200, schema: Seq },
      handle: ({ body, caller, c }) => record(c, caller.feed, (picture) => decideSites(picture, body.sites)),
    }),
    route({
      method: 'post',
      path: '/api/intake/counts',
      who: { feed: 'checkpoints' },
      summary: 'Counts per minute and lane, and queues; each is judged by itself and the answer says how',
      body: CountBatch,
      bodyLimit: COUNTS_LIMIT,
      answer: { status: 200, schema: CountBatchResult },
      async handle({ body, caller, c }) {
        pace(caller.feed, 'too-many-counts')
        const result = await checkpoints.take(caller.feed.id, body)
        counters.came(caller.feed.id, {
          accepted: result.accepted,
          late: result.late,
          refused: result.refused.length,
          reasons: result.refused.map(({ reason }) => reason),
        })
        return c.json(result)
      },
    }),
    route({
      method: 'post',
      path: '/api/intake/counts/archive',
      who: { feed: 'checkpoints' },
      summary: 'Counts of earlier months by quarter hour or hour; all of it or nothing',
      body: CountArchive,
      bodyLimit: ARCHIVE_LIMIT,
      answer: { status: 200, schema: z.object({ accepted: z.number().int() }) },
      async handle({ body, caller, c }) {
        pace(caller.feed, 'too-many-counts')
        const done = await checkpoints.archive(caller.feed.id, body)
        return settled(c, caller.feed, done.ok ? null : done.error, { accepted: done.ok ? done.value : 0 })
      },
    }),
    route({
      method: 'post',
      path: '/api/intake/sailings',
      who: { feed: 'sailings' },
      summary: 'What became of sailings of the timetable: load, departure, arrival, cancellation, the ship',
      body: SailingReports,
      bodyLimit: COUNTS_LIMIT,
      answer: { status: 200, schema: SailingReportsResult },
      async handle({ body, caller, c }) {
        pace(caller.feed, 'too-many-counts')
        const result = await sailings.take(body)
        counters.came(caller.feed.id, {
          accepted: result.accepted,
          refused: result.refused.length,
          reasons: result.refused.map(({ reason }) => reason),
        })
        return c.json(result)
      },
    }),
    route({
      method: 'post',
      path: '/api/intake/incidents',
      who: { feed: 'incidents' },
      summary:
        'An incident, or what changed of one; the same external id of the same feed updates it, or changes nothing',
      body: z.union([IncidentReport, IncidentChange]),
      answer: { status: 200, schema: z.object({ seq: z.number().int(), outcome: z.enum(NOTICE_OUTCOMES) }) },
      async handle({ body, caller, c }) {
        const item = { kind: 'notice' as const, notice: body }
        const [result] = await incidents.take({ name: caller.feed.id, datum: 'wgs84' }, [{ at: 'incident', item }])
        if (result?.refusal !== undefined) {
          const { status, code, detail } = result.refusal
          throw new HttpProblem(status, code, detail)
        }
        return c.json({ seq: engine.snapshotSeq(), outcome: result?.outcome })
      },
    }),
    route({
      method: 'post',
      path: '/api/intake/reports',
      who: { feed: 'reports' },
      summary: 'What a unit reports about its assignment',
      body: UnitReport,
      answer: { status: 200, schema: Seq },
      handle: ({ body, caller, c }) =>
        record(c, caller.feed, (picture) => decideUnitReport(picture, body, { nowMs: clock.nowMs(), newId })),
    }),
  ]
}
