import {
  CheckpointCounts,
  CheckpointDeclarations,
  FixBatch,
  FixBatchResult,
  IncidentReport,
  ListedSite,
  Roster,
  UnitReport,
  type Actor,
  type DomainEvent,
} from '@skerry/contract'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { decideCheckpoints } from '../domain/checkpoints/decide.ts'
import { decideIncidentReport } from '../domain/incidents/report.ts'
import { decideSites } from '../domain/sites/decide.ts'
import { decideUnitReport } from '../domain/units/report.ts'
import { decideRoster } from '../domain/units/roster.ts'
import type { Engine, Refusal, Result } from '../engine/engine.ts'
import type { CheckpointView } from '../intake/checkpoint-view.ts'
import type { FeedCounters } from '../intake/feed-counters.ts'
import type { FixIntake } from '../intake/fixes.ts'
import { readFixes } from '../intake/read-fixes.ts'
import type { Picture } from '../picture/picture.ts'
import type { Feed } from '../store/feeds.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const FIXES_LIMIT = 5_000_000
const Sites = z.strictObject({ sites: z.array(ListedSite).max(2000) })
const Seq = z.object({ seq: z.number().int() })

/** Doors for machines: one bearer token per feed, each with its scopes. */
export function intakeRoutes(parts: {
  engine: Engine
  fixes: FixIntake
  checkpoints: CheckpointView
  counters: FeedCounters
  clock: Clock
  newId: () => string
}): Route[] {
  const { engine, fixes, checkpoints, counters, clock, newId } = parts

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
        const { good, indexOf, malformed } = readFixes(body)
        const taken = await fixes.take(caller.feed.id, good)
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
      handle: ({ body, caller, c }) =>
        record(c, caller.feed, (picture) => decideCheckpoints(picture, body.checkpoints)),
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
      summary: 'Counts per minute of checkpoints; all of them or none',
      body: CheckpointCounts,
      answer: { status: 200, schema: z.object({ accepted: z.number().int() }) },
      async handle({ body, caller, c }) {
        const done = await checkpoints.take(body.counts)
        return settled(c, caller.feed, done.ok ? null : done.error, { accepted: body.counts.length })
      },
    }),
    route({
      method: 'post',
      path: '/api/intake/incidents',
      who: { feed: 'incidents' },
      summary: 'An incident; the same external id of the same feed is harmless',
      body: IncidentReport,
      answer: { status: 200, schema: Seq },
      handle: ({ body, caller, c }) =>
        record(c, caller.feed, (picture) =>
          decideIncidentReport(picture, body, { nowMs: clock.nowMs(), newId, feed: caller.feed.id }),
        ),
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
