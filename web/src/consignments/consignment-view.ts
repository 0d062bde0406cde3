import {
  isOver,
  type Alarm,
  type Consignment,
  type ConsignmentFix,
  type Incident,
  type LngLat,
  type Priority,
} from '@skerry/contract'
import type { ConsignmentOnMap } from '@skerry/layers'
import { byPriority, isShown } from '../alarms/alarm-order.ts'
import { lineDistanceM } from '../format/distance.ts'

/** Classes of a load, each once: `3, 8`. */
export const classesOf = ({ loads }: Pick<Consignment, 'loads'>): string =>
  [...new Set(loads.map(({ hazardClass }) => hazardClass))].join(', ')

/** Highest priority of what stands for a consignment: of its corridor, or of itself. */
export function alarmOf({ id, zoneId }: Consignment, alarms: Iterable<Alarm>): Priority | null {
  let highest: Priority | null = null
  for (const alarm of alarms) {
    if (alarm.clearedAtMs !== null || !isShown(alarm)) continue
    if (alarm.subject.id !== id && (zoneId === null || alarm.zoneId !== zoneId)) continue
    if (highest === null || byPriority(alarm.priority, highest) < 0) highest = alarm.priority
  }
  return highest
}

/** Incidents this far away may be about the same accident, metres. */
const NEAR_M = 5000

/** Open incidents that an accident at a place may be one with, nearest first; none while the place is not known. */
export function incidentsNear(
  incidents: Iterable<Incident>,
  place: LngLat | null,
): { incident: Incident; distanceM: number }[] {
  if (place === null) return []
  return [...incidents]
    .filter(({ state }) => state !== 'closed')
    .map((incident) => ({ incident, distanceM: lineDistanceM(incident.position, place) }))
    .filter(({ distanceM }) => distanceM <= NEAR_M)
    .sort((a, b) => a.distanceM - b.distanceM)
}

/** Those that are not over, in an accident first, then on the road, then by number. */
export function orderConsignments(consignments: Iterable<Consignment>): Consignment[] {
  const rank = { accident: 0, 'under-way': 1, checked: 2, declared: 3, arrived: 4, ended: 5 } as const
  return [...consignments].sort((a, b) => rank[a.state] - rank[b.state] || b.number - a.number)
}

/** Consignments as the map draws them. */
export const consignmentsOnMap = (
  consignments: Iterable<Consignment>,
  places: ReadonlyMap<string, ConsignmentFix>,
  alarms: readonly Alarm[],
  nowMs: number,
): ConsignmentOnMap[] =>
  orderConsignments(consignments)
    .filter(({ state }) => !isOver(state))
    .map((one) => {
      const fix = places.get(one.id)
      return {
        id: one.id,
        state: one.state,
        corridor: one.corridor,
        position: fix?.position ?? null,
        ageS: fix === undefined ? null : (nowMs - fix.atMs) / 1000,
        alarm: alarmOf(one, alarms),
        label: `${one.vehicle.callSign} ${classesOf(one)}`,
      }
    })
