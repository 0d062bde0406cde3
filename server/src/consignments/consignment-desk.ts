import { isOnRoad, isOver, type Consignment, type ConsignmentFix, type FixReport } from '@skerry/contract'
import { followedNow } from '../domain/acts/decide.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { NO_MEMORY, judgeMotion, type FixMemory, type FixVerdict } from '../intake/decide-fix.ts'
import { everyMs } from '../live/every.ts'
import type { ZoneRecorder } from '../zones/zone-recorder.ts'

/** No lorry drives faster, m/s. */
const IMPOSSIBLE_MPS = 45
const TELL_MS = 1000
/** Clocks of terminals may be wrong by so much when it is judged whether it was on the road already, ms. */
const CLOCK_SLACK_MS = 5000

/**
 * Where vehicles of consignments are: the newest position of each, in memory only. Positions are taken while it is on the
 * road, or followed by an approved act, and refused at every other time, as those of a unit off duty are. The time is that
 * of the position itself: what a terminal stored before it set out is not taken after.
 */
export interface ConsignmentDesk {
  /** Null: no consignment goes by this id. */
  take(feed: string, report: FixReport): FixVerdict | null
  list(): ConsignmentFix[]
  get(consignmentId: string): ConsignmentFix | null
  /** Told at most once a second, with everything. Returns its own undo. */
  onChange(listener: (fixes: ConsignmentFix[]) => void): () => void
  stop(): void
}

interface Place {
  fix: ConsignmentFix | null
  memory: FixMemory<FixReport>
}

export function createConsignmentDesk(parts: {
  engine: Pick<Engine, 'picture' | 'onUpdate'>
  zones: Pick<ZoneRecorder, 'take'>
  clock: Scheduler
}): ConsignmentDesk {
  const { engine, zones, clock } = parts
  const places = new Map<string, Place>()
  const listeners = new Set<(fixes: ConsignmentFix[]) => void>()
  let byTerminal = index(engine.picture.consignment.values())
  let news = false

  const undo = engine.onUpdate(({ changes }) => {
    if (!changes.some(({ kind }) => kind === 'consignment' || kind === 'act')) return
    byTerminal = index(engine.picture.consignment.values())
    const followed = followedNow(engine.picture, clock.nowMs())
    for (const id of places.keys()) {
      const known = engine.picture.consignment.get(id)
      if (known === undefined || (!isOnRoad(known.state) && !followed.has(id))) news = places.delete(id) || news
    }
  })
  /** What an approved act follows off the road is for those of the act alone. */
  const list = (): ConsignmentFix[] =>
    [...places].flatMap(([id, { fix }]) => {
      const known = engine.picture.consignment.get(id)
      return fix !== null && known !== undefined && isOnRoad(known.state) ? [fix] : []
    })
  const stopTelling = everyMs(clock, TELL_MS, () => {
    if (!news) return
    news = false
    const fixes = list()
    for (const listener of listeners) listener(fixes)
  })

  return {
    take(feed, report) {
      const consignment = byTerminal.get(report.unitId)
      if (consignment === undefined) return null
      const receivedAtMs = clock.nowMs()
      const followedSinceMs = followedNow(engine.picture, receivedAtMs).get(consignment.id) ?? Infinity
      const takenSinceMs = Math.min(onRoadSinceMs(consignment), followedSinceMs)
      if (report.atMs < takenSinceMs - CLOCK_SLACK_MS) return { kind: 'refused', reason: 'off-duty' }
      const before = places.get(consignment.id) ?? { fix: null, memory: NO_MEMORY }
      const { verdict, memory } = judgeMotion(report, IMPOSSIBLE_MPS, before.memory, receivedAtMs)
      const { atMs, position, accuracyM = null, headingDeg = null, speedMps = null } = report
      const fix =
        verdict.kind === 'accepted'
          ? { consignmentId: consignment.id, position, headingDeg, speedMps, atMs, receivedAtMs }
          : before.fix
      places.set(consignment.id, { fix, memory })
      if (verdict.kind === 'refused') return verdict
      news ||= verdict.kind === 'accepted'
      const id = report.unitId
      if (report.atMs >= onRoadSinceMs(consignment) - CLOCK_SLACK_MS)
        zones.take({ kind: 'consignment', id, atMs, lngLat: position, accuracyM, speedMps, available: false, feed })
      return verdict
    },
    list,
    get: (id) => places.get(id)?.fix ?? null,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      undo()
      stopTelling()
    },
  }
}

/** When it set out, or had an accident before that; Infinity while it is not on the road. */
const onRoadSinceMs = ({ state, times }: Consignment): number =>
  isOnRoad(state) ? (times['under-way'] ?? times.accident ?? Infinity) : Infinity

/** Consignments that are not over, by the id that their vehicle reports under. */
function index(consignments: Iterable<Consignment>): Map<string, Consignment> {
  const found = new Map<string, Consignment>()
  for (const one of consignments) {
    const { terminalId } = one.vehicle
    if (terminalId !== null && !isOver(one.state)) found.set(terminalId, one)
  }
  return found
}
