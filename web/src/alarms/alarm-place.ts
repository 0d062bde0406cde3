import { zoneNamePlace } from '@skerry/layers'
import type { Alarm, DroneStatus, LngLat } from '@skerry/contract'
import type { Picture } from '../stores/apply-changes.ts'

/** Where an alarm is: where it happened, or where what it is about is now; null where nobody knows. */
export function alarmPlace(
  alarm: Alarm,
  picture: Pick<Picture, 'incident' | 'candidate' | 'zone'>,
  drones: ReadonlyMap<string, DroneStatus>,
): LngLat | null {
  const { kind, id } = alarm.subject
  // The incident of a beacon drifts with it, and is corrected by people; its alarm knows only where it was first heard.
  const called =
    alarm.kind === 'distress-signal' && kind === 'vessel' ? picture.incident.get(alarm.incidentId ?? '') : null
  if (called) return called.position
  if (alarm.position != null) return alarm.position
  const own = kind === 'drone' ? drones.get(id)?.position?.lngLat : picture.candidate.get(id)?.position
  return own ?? picture.incident.get(alarm.incidentId ?? id)?.position ?? zonePlace(alarm, picture)
}

function zonePlace({ zoneId }: Alarm, { zone }: Pick<Picture, 'zone'>): LngLat | null {
  const shape = zone.get(zoneId ?? '')?.shape
  return shape === undefined ? null : zoneNamePlace(shape)
}
