import type { LandPolygon } from '@skerry/basemap'
import { FixBatchResult, type FixReport, type LngLat, type UnitKind, type UnitReport } from '@skerry/contract'
import { type Rand, streamFor, uniform } from '../base/rand.ts'
import type { SimClock, WallClock } from '../base/sim-clock.ts'
import type { Outbox } from './outbox.ts'
import { findPath } from './path.ts'
import { type Beat, leg, makeBeat, placeIn } from './patrol.ts'
import { makeRadio, type Radio, transmit } from './radio.ts'
import { FORGOT_TO_SIGN_OFF, type Posting, postings } from './roster.ts'
import { SITES } from './sites.ts'
import { assigned, covering, mediumOf, statusOf, type UnitContext, unitStep, type UnitSim } from './unit.ts'

interface Patrol {
  sim: UnitSim
  radio: Radio
  readonly beat: Beat
  readonly rand: Rand
  readonly grainRad: number
  readonly accuracyM: number
}
export interface UnitsOptions {
  readonly land: readonly LandPolygon[]
  readonly seed: number
  readonly outbox: Outbox
  readonly clock: WallClock
  readonly sim: SimClock
  /** Where the hidden person is, for units that stand in front of them; null without a search. */
  readonly person: LngLat | null
}
export interface UnitsFeed {
  /** Lets wall time pass: units move, terminals report. */
  tick(passedMs: number): void
  /** Says again who is on duty and which places are listed. */
  declare(): void
  readonly units: readonly UnitSim[]
}

/** Fastest that a terminal of each kind is believed, metres per wall second, however fast the world runs. */
const BELIEVED_MPS: Readonly<Record<UnitKind, number>> = {
  car: 60,
  motorbike: 60,
  foot: 30,
  boat: 35,
  'ground-team': 35,
}
const MOST_WAITING = 400
const DECLARE_AGAIN_MS = 30_000

function setOut(p: Posting, o: UnitsOptions): Patrol {
  const rand = streamFor(o.seed, 'unit', p.unit.id)
  const beat = makeBeat(o.land, p.beat, p.beatRadiusM, mediumOf(p.unit.kind))
  const at = placeIn(beat, rand)
  const sim: UnitSim = {
    unit: p.unit,
    at,
    headingDeg: 0,
    speedMps: 0,
    doing: { do: 'pause', leftS: uniform(rand, 0, 5) },
  }
  const radio = makeRadio(rand, o.clock())
  return { sim, radio, beat, rand, grainRad: uniform(rand, 0, Math.PI / 2), accuracyM: uniform(rand, 3, 12) }
}

/** Patrol units and ground teams behind the intake of fixes and reports. */
export function createUnitsFeed(o: UnitsOptions): UnitsFeed {
  const posted = postings()
  const patrols = posted.filter((p) => p.unit.onDuty || p.unit.callSign === FORGOT_TO_SIGN_OFF).map((p) => setOut(p, o))
  const byId = new Map(patrols.map((p) => [p.sim.unit.id, p]))
  const waiting: FixReport[] = []
  let sending = false
  let declaredAtMs = -Infinity

  const way: UnitContext['way'] = (from, to, medium) => findPath(o.land, from, to, medium)

  function declare(): void {
    declaredAtMs = o.clock()
    o.outbox.post({ method: 'PUT', path: '/api/intake/roster', body: { units: posted.map((p) => p.unit) } })
    o.outbox.post({ method: 'PUT', path: '/api/intake/sites', body: { sites: SITES } })
  }

  function move(p: Patrol, passedMs: number): void {
    const ctx: UnitContext = {
      way,
      stroll: (unit, rand) => leg(p.beat, unit.at, p.grainRad, rand),
      person: o.person,
      farthestM: (BELIEVED_MPS[p.sim.unit.kind] * passedMs) / 1000,
    }
    const { unit, says } = unitStep(p.sim, o.sim.worldS(passedMs), p.rand, ctx)
    p.sim = unit
    for (const said of says) {
      const body: UnitReport = { unitId: unit.unit.id, atMs: o.clock(), ...said }
      o.outbox.post({ method: 'POST', path: '/api/intake/reports', body })
    }
  }

  function send(fixes: readonly FixReport[]): void {
    sending = true
    o.outbox.post({
      method: 'POST',
      path: '/api/intake/fixes',
      body: { fixes },
      taken: (answer) => {
        sending = false
        heard(fixes, answer)
      },
      lost: () => {
        sending = false
      },
    })
  }

  function heard(sent: readonly FixReport[], answer: unknown): void {
    const read = FixBatchResult.safeParse(answer)
    if (!read.success) return
    // A server with an empty store does not know them: say who is on duty again, not with every batch.
    const unknown = read.data.refused.some((r) => r.reason === 'unknown-unit')
    if (unknown && o.clock() - declaredAtMs > DECLARE_AGAIN_MS) declare()
    const orders = new Map(read.data.assignments.map((a) => [a.unitId, a]))
    const covers = new Map((read.data.covers ?? []).map((one) => [one.unitId, one]))
    // A unit whose position was refused hears nothing: silence is not a release.
    const refused = new Set(read.data.refused.map((r) => r.index))
    const heardOf = new Set(sent.filter((_, i) => !refused.has(i)).map((fix) => fix.unitId))
    for (const unitId of heardOf) {
      const p = byId.get(unitId)
      if (p === undefined) continue
      p.sim = assigned(p.sim, orders.get(unitId) ?? null, p.rand)
      p.sim = covering(p.sim, covers.get(unitId) ?? null, way)
    }
  }

  return {
    declare,
    get units() {
      return patrols.map((p) => p.sim)
    },
    tick(passedMs) {
      const fixes: FixReport[] = []
      for (const p of patrols) {
        move(p, passedMs)
        const { at, headingDeg, speedMps, unit } = p.sim
        const reading = { unitId: unit.id, at, headingDeg, speedMps, status: statusOf(p.sim), accuracyM: p.accuracyM }
        const sent = transmit(p.radio, reading, o.clock(), p.rand)
        p.radio = sent.radio
        fixes.push(...sent.fixes)
      }
      // One batch is on its way at a time; while it is (or the server is away) the oldest positions perish.
      waiting.push(...fixes)
      waiting.splice(0, Math.max(0, waiting.length - MOST_WAITING))
      if (waiting.length > 0 && !sending) send(waiting.splice(0))
    },
  }
}
