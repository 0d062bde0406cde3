import { vesselState, type Datum, type LngLat, type Vessel, type VesselGroup } from '@skerry/contract'
import type { Scheduler } from '../../engine/scheduler.ts'
import type { MotionStore } from '../../motion/motion-store.ts'
import type { TrackPoint } from '../../tracks/track-point.ts'
import type { TrackWriter } from '../../tracks/track-writer.ts'
import { toWgs84 } from '@skerry/exchange'
import { NO_MEMORY, judgeMotion, type FixMemory, type FixVerdict, type Located } from '../decide-fix.ts'
import type { ZoneRecorder } from '../../zones/zone-recorder.ts'
import { NO_IDENTITY, type AisMessage, type AisPosition } from './message.ts'
import { sourceTimeMs } from './source-time.ts'
import { groupOf } from './vessel-group.ts'

/** Ships are believed up to 116 knots, search-and-rescue aircraft up to 580. */
const IMPOSSIBLE_MPS = { ship: 60, aircraft: 300 }
/** Ships at anchor speak every three minutes, buoys too; one that is silent for so long is out of reach. */
export const FORGET_MS = 30 * 60_000
const SWEEP_MS = 30_000
/** One point of a track in so many ms is enough for a ship. */
const TRACK_EVERY_MS = 10_000
/** What stands still by its nature breaks no rule of a zone. */
const FIXED: ReadonlySet<VesselGroup> = new Set(['base-station', 'aid-to-navigation'])
/** Handles of the motion plane are 16 bit, 0 is none. Who was silent for longest makes room. */
const MOST_VESSELS = 20_000
const MAX_HANDLE = 0xffff

export type VesselVerdict = FixVerdict | { kind: 'identity' } | { kind: 'no-fix' }

/** Everything that broadcasts within reach. Kept in memory only; tracks go to the store, and give the last places back. */
export interface VesselTable {
  /** @param heardAtMs receipt, or the receiving station's own time where it gave one */
  take(message: AisMessage, from: { feed: string; datum: Datum; heardAtMs: number }): VesselVerdict
  /** Newest stored positions from before a restart, shown with their true age. What else a ship said, it must say again. */
  restore(points: readonly TrackPoint[]): void
  get(mmsi: string): Vessel | undefined
  list(): readonly Vessel[]
  stop(): void
}

interface Fix extends Located {
  speedMps: number | null
}
interface Entry {
  vessel: Vessel
  position: AisPosition | null
  memory: FixMemory<Fix>
  heardAtMs: number
  trackedAtMs: number
}

export function createVesselTable(parts: {
  motion: Pick<MotionStore, 'put' | 'remove'>
  tracks: Pick<TrackWriter, 'add'>
  clock: Scheduler
  /** Where positions go that are to be judged against zones; late ones too, for they have their own order. */
  zones?: Pick<ZoneRecorder, 'take'>
}): VesselTable {
  const { motion, tracks, clock, zones } = parts
  const entries = new Map<string, Entry>()
  const handles = new Set<number>()
  let lastHandle = 0

  function entryOf(mmsi: string, feed: string | null): Entry {
    const known = entries.get(mmsi)
    if (known !== undefined) {
      entries.delete(mmsi) // the order of the map is the order of hearing
      entries.set(mmsi, known)
      return known
    }
    const [oldest] = entries.values()
    if (entries.size >= MOST_VESSELS && oldest !== undefined) forget(oldest)
    const { aidType: _, ...identity } = NO_IDENTITY
    const vessel: Vessel = {
      ...identity,
      mmsi,
      handle: nextHandle(),
      group: groupOf(mmsi, null, null),
      navStatus: null,
      latest: null,
      feed,
    }
    const made = { vessel, position: null, memory: NO_MEMORY, heardAtMs: clock.nowMs(), trackedAtMs: 0 }
    entries.set(mmsi, made)
    return made
  }

  function nextHandle(): number {
    do lastHandle = (lastHandle % MAX_HANDLE) + 1
    while (handles.has(lastHandle))
    handles.add(lastHandle)
    return lastHandle
  }

  function forget({ vessel }: Entry): void {
    entries.delete(vessel.mmsi)
    handles.delete(vessel.handle)
    motion.remove('vessel', vessel.handle)
  }

  function move(entry: Entry, position: AisPosition, lngLat: LngLat, atMs: number): FixVerdict {
    const { vessel } = entry
    const receivedAtMs = clock.nowMs()
    const most = vessel.group === 'aircraft' ? IMPOSSIBLE_MPS.aircraft : IMPOSSIBLE_MPS.ship
    const accuracyM = position.station === 'long-range' ? 200 : position.accurate ? 10 : 100
    const { speedMps, courseDeg, headingDeg } = position
    const { verdict, memory } = judgeMotion(
      { atMs, position: lngLat, accuracyM, speedMps },
      most,
      entry.memory,
      receivedAtMs,
    )
    entry.memory = memory
    if (verdict.kind === 'refused') return verdict
    const { mmsi: id, feed } = vessel
    if (!FIXED.has(vessel.group))
      zones?.take({ kind: 'vessel', id, atMs, lngLat, accuracyM, speedMps, available: false, feed })
    if (verdict.kind === 'accepted') {
      entry.position = position
      vessel.latest = { lngLat, atMs, receivedAtMs, speedMps, courseDeg, headingDeg }
    }
    if (Math.abs(atMs - entry.trackedAtMs) >= TRACK_EVERY_MS) {
      entry.trackedAtMs = atMs
      tracks.add({
        kind: 'vessel',
        id: vessel.mmsi,
        atMs,
        receivedAtMs,
        lngLat,
        accuracyM,
        headingDeg: courseDeg,
        speedMps,
        heightM: null,
        ...(feed !== null && { feed }),
      })
    }
    return verdict
  }

  function show({ vessel }: Entry): void {
    const { latest, group, navStatus, handle } = vessel
    if (latest === null) return
    motion.put('vessel', handle, {
      lngLat: latest.lngLat,
      headingDeg: latest.headingDeg ?? latest.courseDeg,
      speedMps: latest.speedMps,
      fixAtMs: latest.atMs,
      receivedAtMs: latest.receivedAtMs,
      state: vesselState(group, navStatus),
    })
  }

  function sweep(): void {
    for (const entry of entries.values()) {
      if (clock.nowMs() - entry.heardAtMs < FORGET_MS) break // the rest was heard later
      forget(entry)
    }
    disarm = clock.after(SWEEP_MS, sweep)
  }
  let disarm = clock.after(SWEEP_MS, sweep)

  return {
    take(message, { feed, datum, heardAtMs }) {
      const { mmsi, position, identity } = message
      const entry = entryOf(mmsi, feed)
      entry.heardAtMs = clock.nowMs()
      entry.vessel.feed = feed
      if (identity !== null) learn(entry.vessel, identity)
      const station = position?.station ?? entry.position?.station ?? null
      entry.vessel.group = groupOf(mmsi, station, entry.vessel.shipType)
      if (position !== null && position.navStatus !== null) entry.vessel.navStatus = position.navStatus
      const verdict = judge(entry, position, datum, heardAtMs)
      if (verdict.kind === 'accepted' || verdict.kind === 'identity') show(entry)
      return verdict
    },
    restore(points) {
      // In the order of hearing, for that is the order in which they are forgotten.
      for (const point of points.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs)) {
        if (clock.nowMs() - point.receivedAtMs >= FORGET_MS || entries.has(point.id)) continue
        const { atMs, receivedAtMs, lngLat, speedMps, headingDeg: courseDeg, accuracyM } = point
        const entry = entryOf(point.id, point.feed ?? null)
        entry.heardAtMs = receivedAtMs
        entry.trackedAtMs = atMs
        // A track keeps the course over ground; where the bow points is not known again before it is said.
        entry.vessel.latest = { lngLat, atMs, receivedAtMs, speedMps, courseDeg, headingDeg: null }
        const latest = { atMs, position: lngLat, speedMps, ...(accuracyM !== null && { accuracyM }) }
        entry.memory = { latest, suspect: null, timesMs: [atMs] }
        show(entry)
      }
    },
    get: (mmsi) => entries.get(mmsi)?.vessel,
    list: () => [...entries.values()].map(({ vessel }) => vessel),
    stop: () => disarm(),
  }

  function judge(entry: Entry, position: AisPosition | null, datum: Datum, heardAtMs: number): VesselVerdict {
    if (position === null) return { kind: 'identity' }
    if (position.lngLat === null) return { kind: 'no-fix' }
    const atMs = sourceTimeMs(position.second, heardAtMs)
    return move(entry, position, toWgs84(position.lngLat, datum), atMs)
  }
}

/** Takes what a message says; what it does not say stays as it was. */
function learn(vessel: Vessel, identity: NonNullable<AisMessage['identity']>): void {
  const { aidType: _, ...said } = identity
  for (const [field, value] of Object.entries(said)) if (value !== null) Object.assign(vessel, { [field]: value })
}
