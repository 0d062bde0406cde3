import type { FixReport, LngLat, UnitStatus } from '@skerry/contract'
import { moved } from '../base/flat.ts'
import { gaussian, type Rand, uniform } from '../base/rand.ts'

/** A unit's terminal and its network: when it reports, when it cannot, and what it delivers afterwards. */
export interface Radio {
  readonly nextAtMs: number
  readonly everyMs: number
  /** No network until then. */
  readonly silentUntilMs: number
  /** Mean seconds between two gaps; Infinity for a good network. */
  readonly gapEveryS: number
  /** Taken during a gap, oldest first; delivered after the newest one. */
  readonly held: readonly FixReport[]
}
export interface Reading {
  readonly unitId: string
  readonly at: LngLat
  readonly headingDeg: number
  readonly speedMps: number
  readonly status: UnitStatus
  /** A good view of the sky, or narrow streets and hills. */
  readonly accuracyM: number
}

const GAP_S = [40, 240] as const
const MOST_HELD = 6
const HOLD_EVERY_MS = 10_000
const TWICE = 0.004

export const makeRadio = (rand: Rand, nowMs: number): Radio => ({
  nextAtMs: nowMs + uniform(rand, 0, 2000),
  everyMs: uniform(rand, 1000, 2000),
  silentUntilMs: 0,
  // One terminal in five has a poor network.
  gapEveryS: rand() < 0.2 ? 300 : 2400,
  held: [],
})

const toFix = (r: Reading, atMs: number, rand: Rand): FixReport => ({
  unitId: r.unitId,
  atMs: Math.round(atMs),
  position: rounded(moved(r.at, gaussian(rand) * r.accuracyM * 0.5, gaussian(rand) * r.accuracyM * 0.5)),
  accuracyM: Math.round(r.accuracyM * 10) / 10,
  speedMps: Math.round(r.speedMps * 10) / 10,
  // A course means nothing while standing.
  ...(r.speedMps > 0.3 ? { headingDeg: Math.round(r.headingDeg) % 360 } : {}),
  status: r.status,
})
const rounded = (at: LngLat): LngLat => [Math.round(at[0] * 1e6) / 1e6, Math.round(at[1] * 1e6) / 1e6]

/** What a terminal delivers now. Wall clock: reporting is a protocol timer. */
export function transmit(
  radio: Radio,
  reading: Reading,
  nowMs: number,
  rand: Rand,
): { radio: Radio; fixes: FixReport[] } {
  if (nowMs < radio.nextAtMs) return { radio, fixes: [] }
  const nextAtMs = nowMs + radio.everyMs
  if (nowMs < radio.silentUntilMs) {
    const last = radio.held.at(-1)
    const keep = radio.held.length < MOST_HELD && (last === undefined || nowMs - last.atMs >= HOLD_EVERY_MS)
    return {
      radio: { ...radio, nextAtMs, held: keep ? [...radio.held, toFix(reading, nowMs, rand)] : radio.held },
      fixes: [],
    }
  }
  if (rand() < radio.everyMs / 1000 / radio.gapEveryS) {
    const silentUntilMs = nowMs + uniform(rand, GAP_S[0], GAP_S[1]) * 1000
    return { radio: { ...radio, nextAtMs, silentUntilMs }, fixes: [] }
  }
  const fix = toFix(reading, nowMs, rand)
  // After a gap the newest goes first: what was held arrives late. Some networks deliver a message twice.
  const fixes = [fix, ...radio.held, ...(rand() < TWICE ? [fix] : [])]
  return { radio: { ...radio, nextAtMs, held: [] }, fixes }
}
