import type { LandPolygon } from '@skerry/basemap'
import type { IncidentReport, LngLat } from '@skerry/contract'
import { pick, type Rand, streamFor, uniform } from '../base/rand.ts'
import type { SimClock, WallClock } from '../base/sim-clock.ts'
import { makeIncident, missingPersonCall } from './make-incident.ts'
import type { Outbox } from './outbox.ts'

export interface IncidentOptions {
  readonly land: readonly LandPolygon[]
  readonly seed: number
  readonly outbox: Outbox
  readonly clock: WallClock
  readonly sim: SimClock
  /** Incidents of the past days that are told at the start. */
  readonly past: number
  /** Where the person was last seen, and wall seconds until someone calls; null without a search. */
  readonly call: { lastSeen: LngLat; afterS: number } | null
}
export interface IncidentFeed {
  declare(): void
  tick(): void
}

const PAST_DAYS = 3
const DAY_MS = 86_400_000
/** World seconds between new incidents, on average. */
const EVERY_S = 300

const OUTCOMES = ['现场调解，双方和解', '处置完毕', '移交交警', '送医观察', '误报', '已安全，无需处置'] as const

/** What was dealt with by now came to an end, most of it within the hour; the newest may still be open. */
function settled(report: IncidentReport, nowMs: number, rand: Rand): IncidentReport {
  const atMs = Math.round(report.occurredAtMs + uniform(rand, 12, 75) * 60_000)
  const outcome = pick(rand, OUTCOMES)
  return atMs < nowMs ? { ...report, closed: { atMs, outcome } } : report
}

/** Incidents behind the intake: the past days once, then new ones, and the call about a missing person. */
export function createIncidentFeed(o: IncidentOptions): IncidentFeed {
  const rand = streamFor(o.seed, 'incidents')
  const startMs = o.clock()
  const gapMs = (r: Rand): number => (-Math.log(1 - r()) * EVERY_S * 1000) / o.sim.speed
  let nextAtMs = startMs + gapMs(rand)
  let count = 0
  let told = false
  let called = o.call === null

  const post = (body: IncidentReport): void => o.outbox.post({ method: 'POST', path: '/api/intake/incidents', body })

  return {
    declare() {
      if (told) return
      told = true
      const history = streamFor(o.seed, 'past')
      for (let i = 0; i < o.past; i++) {
        const atMs = startMs - history() * PAST_DAYS * DAY_MS
        const report = makeIncident(history, o.land, `past-${o.seed}-${i + 1}`, atMs)
        post(settled(report, startMs, history))
      }
    },
    tick() {
      const nowMs = o.clock()
      if (!called && o.call !== null && nowMs - startMs >= o.call.afterS * 1000) {
        called = true
        post(missingPersonCall(o.seed, o.call.lastSeen, nowMs))
      }
      if (nowMs < nextAtMs) return
      nextAtMs = nowMs + gapMs(rand)
      post(makeIncident(rand, o.land, `live-${startMs}-${++count}`, nowMs))
    },
  }
}
