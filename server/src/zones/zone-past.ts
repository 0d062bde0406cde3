import { MOVER_KINDS, type MoverKind, type Unit, type Zone, type ZoneRule } from '@skerry/contract'
import { groupOf } from '../intake/ais/vessel-group.ts'
import type { Picture } from '../picture/picture.ts'
import type { TrackStore } from '../store/tracks.ts'
import type { TrackPoint } from '../tracks/track-point.ts'
import { compileZone } from './compiled-zone.ts'
import { LATE_WINDOW_MS } from './late-review.ts'
import type { Deaf } from './listening.ts'
import { LONGEST_SEGMENT_MS } from './membership.ts'
import { concerns } from './rules/rule-watch.ts'
import type { SaidBook } from './said-book.ts'
import type { ZoneFix } from './zone-fix.ts'

/** Rules that ask for longer than this begin with it after a restart, ms: a start must not take minutes. */
export const LONGEST_PAST_MS = 6 * 3_600_000
/** Newest positions that are read of one mover: six hours at one a second. */
const MOST_OF_ONE = 21_600
/** Movers that the store is asked for at one time. */
const AT_ONCE = 8
/** Rules that look back as far as their `forS`. */
const WINDOWED: readonly ZoneRule['kind'][] = ['dwell', 'loiter', 'gap', 'meeting', 'coverage']

/** What moved before this server was started, for its zones. */
export interface ZonePast {
  /** Positions of those that are still followed, of each as far back as the zones it is near need. */
  fixes: ZoneFix[]
  /** From when on a zone is watched again, so that nothing of before its last change is held against anyone. */
  watchedSinceMs(zone: Zone): number
  /** Of units on duty everything since then is known. */
  unitsSinceMs: number
  /** Stretches since then in which no server listened; the last one ends now. */
  deaf: Deaf[]
}

/**
 * Reads from the stored tracks what the rules of zones need to go on where the last server left them. Loads have no stored
 * tracks. Null: there are no zones, or no server before this one. Rejects where the store does not answer.
 */
export async function readZonePast(options: {
  tracks: Pick<TrackStore, 'latest' | 'range'>
  picture: Pick<Picture, 'zone' | 'unit'>
  book: Pick<SaidBook, 'starts'>
  nowMs: number
}): Promise<ZonePast | null> {
  const { tracks, picture, book, nowMs } = options
  const zones = [...picture.zone.values()].filter(({ rules }) => rules.length > 0)
  if (zones.length === 0 || (book.starts().at(-1)?.lastAtMs ?? null) === null) return null
  const near = zones.map((zone) => ({ zone, box: compileZone(zone).box }))
  const longestMs = Math.max(LATE_WINDOW_MS, ...zones.map((zone) => lookBackMs(zone, zone.rules)))
  const points: TrackPoint[] = []
  for (const kind of MOVER_KINDS) {
    const followed = (await tracks.latest(kind, nowMs - longestMs)).filter(({ id }) => isFollowed(picture, kind, id))
    for (let i = 0; i < followed.length; i += AT_ONCE) {
      const read = followed.slice(i, i + AT_ONCE).map((newest) => {
        const fromMs = Math.max(nowMs - needsMs(near, newest), sinceMs(picture, newest))
        return tracks.range(kind, newest.id, fromMs, newest.atMs, MOST_OF_ONE)
      })
      for (const track of await Promise.all(read)) points.push(...track)
    }
  }
  const newest = new Map(points.map((point) => [`${point.kind} ${point.id}`, point]))
  return {
    fixes: points.map((point) => toFix(picture, point, newest.get(`${point.kind} ${point.id}`) === point)),
    watchedSinceMs: (zone) =>
      Math.max(zone.changedAtMs, nowMs - Math.max(LATE_WINDOW_MS, lookBackMs(zone, zone.rules))),
    unitsSinceMs: nowMs - LATE_WINDOW_MS,
    deaf: deafStretches(book.starts(), points, nowMs),
  }
}

/**
 * From the last that a server wrote or heard to the start of the next one. One that heard and wrote nothing for a time before
 * it ended counts as not listening then: silence is asked about later rather than without ground.
 */
export function deafStretches(
  starts: ReturnType<SaidBook['starts']>,
  points: readonly Pick<TrackPoint, 'receivedAtMs'>[],
  nowMs: number,
): Deaf[] {
  return starts.flatMap(({ atMs, lastAtMs }, i) => {
    if (lastAtMs === null) return []
    const toMs = i === starts.length - 1 ? Math.max(atMs, nowMs) : atMs
    let fromMs = Math.min(lastAtMs, toMs)
    for (const { receivedAtMs } of points) if (receivedAtMs <= toMs) fromMs = Math.max(fromMs, receivedAtMs)
    return fromMs < toMs ? [{ fromMs, toMs }] : []
  })
}

/** How far back these rules of a zone look, ms. */
const lookBackMs = ({ evidence }: Zone, rules: readonly ZoneRule[]): number =>
  Math.min(
    LONGEST_PAST_MS,
    Math.max(0, ...rules.map((rule) => (WINDOWED.includes(rule.kind) && 'forS' in rule ? rule.forS * 1000 : 0))) +
      2 * evidence.minTimeS * 1000 +
      LONGEST_SEGMENT_MS,
  )

/** How far back a mover is needed: where it is now, its rules say; elsewhere, until it is known to be elsewhere. */
function needsMs(near: readonly { zone: Zone; box: readonly number[] }[], { kind, id, lngLat }: TrackPoint): number {
  const [lng, lat] = lngLat
  let mostMs = kind === 'unit' ? LATE_WINDOW_MS : LONGEST_SEGMENT_MS
  for (const { zone, box } of near) {
    const rules = zone.rules.filter((rule) => concerns(rule, { kind, id }))
    if (rules.length === 0) continue
    const inBox = lng >= box[0]! && lng <= box[2]! && lat >= box[1]! && lat <= box[3]!
    mostMs = Math.max(mostMs, inBox ? lookBackMs(zone, rules) : 2 * zone.evidence.minTimeS * 1000 + LONGEST_SEGMENT_MS)
  }
  return mostMs
}

function isFollowed(picture: Pick<Picture, 'unit'>, kind: MoverKind, id: string): boolean {
  if (kind === 'unit') return picture.unit.get(id)?.onDuty === true
  if (kind === 'drone') return true
  const group = groupOf(id, null, null)
  return group !== 'base-station' && group !== 'aid-to-navigation'
}

/** A unit is judged from when it last came on duty. */
const sinceMs = (picture: Pick<Picture, 'unit'>, { kind, id }: TrackPoint): number =>
  kind === 'unit' ? (picture.unit.get(id)?.duty?.at(-1)?.fromMs ?? Infinity) : -Infinity

/** Whether a unit was free is not stored: it counts as free but for its newest position, so that no zone is empty too early. */
function toFix(picture: Pick<Picture, 'unit'>, point: TrackPoint, newest: boolean): ZoneFix {
  const { kind, id, atMs, lngLat, accuracyM, speedMps, feed = null } = point
  const unit = kind === 'unit' ? picture.unit.get(id) : undefined
  const available = kind === 'drone' || (unit !== undefined && (!newest || isFree(unit)))
  return { kind, id, atMs, lngLat, accuracyM, speedMps, available, feed }
}

export const isFree = (unit: Unit, status = unit.status): boolean =>
  unit.onDuty && status === 'available' && unit.assignment === null
