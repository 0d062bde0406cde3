import type { DroneStatus, LngLat } from '@skerry/contract'
import { compareAlarms, isWaiting } from '../../alarms/alarm-order.ts'
import { alarmPlace } from '../../alarms/alarm-place.ts'
import { standingOf } from '../../checkpoints/order-checkpoints.ts'
import type { Picture } from '../../stores/apply-changes.ts'

/** A place worth a look, because something there is not normal. */
export interface TourStop {
  key: string
  /** What it is a look at. */
  of: { kind: 'search' | 'incident' | 'alarm' | 'checkpoint'; id: string }
  centre: LngLat
  zoom: number
}

const STAY_MS = 20_000
/** A round with more stops than this would leave the whole area out of sight for too long. */
const MOST_STOPS = 9
/** In a flood the list says what is wrong; the map still shows the gates. */
const MOST_ALARMS = 4

/**
 * What is abnormal now, most urgent first: running searches, critical incidents that nobody has reached, alarms that stand
 * at a place of their own and that nobody has answered, then gates with a crowd, gates that no longer count, and long waits.
 */
export function tourStops(
  picture: Pick<Picture, 'incident' | 'search' | 'checkpoint' | 'alarm' | 'candidate' | 'zone'>,
  drones: ReadonlyMap<string, DroneStatus>,
): TourStop[] {
  const stops: TourStop[] = []
  const add = (kind: TourStop['of']['kind'], id: string, centre: LngLat, zoom: number): void =>
    void stops.push({ key: `${kind} ${id}`, of: { kind, id }, centre, zoom })
  for (const search of picture.search.values())
    if (search.state === 'open') add('search', search.id, search.setup.planningPoint, 12.5)
  for (const incident of picture.incident.values())
    if (incident.priority === 'critical' && (incident.state === 'received' || incident.state === 'dispatched'))
      add('incident', incident.id, incident.position, 12)
  const visited = new Set(stops.map(({ of }) => of.id))
  const alarms = [...picture.alarm.values()].filter(
    (alarm) => isWaiting(alarm) && alarm.clearedAtMs === null && alarm.priority !== 'notice',
  )
  // Of an incident or a gate its own stop tells.
  const placed = alarms.flatMap((alarm) => {
    if (alarm.subject.kind === 'checkpoint' || visited.has(alarm.incidentId ?? alarm.subject.id)) return []
    const place = alarmPlace(alarm, picture, drones)
    return place === null ? [] : [{ alarm, place }]
  })
  for (const { alarm, place } of placed.sort((a, b) => compareAlarms(a.alarm, b.alarm)).slice(0, MOST_ALARMS))
    add('alarm', alarm.id, place, 12.5)
  for (const standing of ['surge', 'lost', 'long-wait'] as const)
    for (const checkpoint of picture.checkpoint.values())
      if (standingOf(checkpoint) === standing) add('checkpoint', checkpoint.id, checkpoint.position, 12.5)
  return stops.slice(0, MOST_STOPS)
}

/** The stop at a moment, or null for home: every round begins with a look at the whole area. */
export function tourAt(stops: readonly TourStop[], nowMs: number): TourStop | null {
  const turn = Math.floor(nowMs / STAY_MS) % (stops.length + 1)
  return stops[turn - 1] ?? null
}
