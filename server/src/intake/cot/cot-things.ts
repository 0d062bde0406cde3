import {
  categoryNamed,
  type Dictionary,
  type Drone,
  type DroneStatus,
  type Incident,
  levelOf,
  type Unit,
  type UnitKind,
} from '@skerry/contract'
import type { OutEvent } from './write-event.ts'

export const SHARED_KINDS = ['units', 'drones', 'incidents'] as const
export type SharedKind = (typeof SHARED_KINDS)[number]

/** Something that peers are told of. */
export interface SharedThing {
  readonly kind: SharedKind
  readonly event: OutEvent
}

/** Receivers drop a unit or drone that they have not heard of for so long. */
export const STALE_MS = 90_000
/** An incident does not move: it is said again so often, and goes stale on receivers that hear no more of it. */
const INCIDENT_AGAIN_MS = 300_000
const INCIDENT_STALE_MS = 720_000

/** CoT types of our units, all friendly. */
const UNIT_TYPES: Record<UnitKind, string> = {
  car: 'a-f-G-E-V-C',
  motorbike: 'a-f-G-E-V-C',
  foot: 'a-f-G-U-C',
  'ground-team': 'a-f-G-U-C-I',
  boat: 'a-f-S-X',
}
/** Unmanned: fixed wing, rotary wing, and what swims or drives. */
const FIXED_WING = new Set(['fixed-wing', 'vtol', 'flapping-wing', 'parafoil'])
const SURFACE: Readonly<Record<string, string>> = { boat: 'a-f-S', submarine: 'a-f-U', rover: 'a-f-G-E-V' }
/** A spot that a person has set on the map. */
const SPOT = 'b-m-p-s-m'

/** Where a unit on duty was last. Null: nobody knows, or it is off duty. */
export function unitEvent(
  unit: Pick<Unit, 'id' | 'kind' | 'callSign' | 'onDuty'>,
  fix: Pick<OutEvent, 'lngLat' | 'atMs' | 'speedMps' | 'courseDeg'> | null,
): OutEvent | null {
  if (!unit.onDuty || fix === null) return null
  return {
    uid: `skerry-unit-${unit.id}`,
    type: UNIT_TYPES[unit.kind],
    staleMs: fix.atMs + STALE_MS,
    callSign: unit.callSign,
    accuracyM: null,
    ...fix,
  }
}

/**
 * Where a drone was last by its own word; null once that is stale. Its height is above mean sea level and CoT asks for one
 * above the ellipsoid, its heading is not its course: neither is told.
 */
export function droneEvent({ id }: Pick<Drone, 'id'>, status: DroneStatus | null, nowMs: number): OutEvent | null {
  const position = status?.position
  if (!status || !position || position.atMs + STALE_MS <= nowMs) return null
  const type = SURFACE[status.vehicle] ?? (FIXED_WING.has(status.vehicle) ? 'a-f-A-M-F-Q' : 'a-f-A-M-H-Q')
  return {
    uid: `skerry-drone-${id}`,
    type,
    atMs: position.atMs,
    staleMs: position.atMs + STALE_MS,
    lngLat: position.lngLat,
    accuracyM: position.accuracyM,
    speedMps: null,
    courseDeg: null,
    callSign: id,
  }
}

/** An open incident by its number, level and category: no place name, no text and nothing of a person. */
export function incidentEvent(incident: Incident, dictionary: Dictionary, nowMs: number): OutEvent | null {
  if (incident.state === 'closed') return null
  const words = ({ zh, en }: { zh: string; en: string }): string => `${zh} ${en}`
  const category = categoryNamed(dictionary, incident.category)
  const level = levelOf(dictionary, incident)
  const atMs = Math.max(incident.receivedAtMs, nowMs - (nowMs % INCIDENT_AGAIN_MS))
  return {
    uid: `skerry-incident-${incident.id}`,
    type: SPOT,
    how: 'h-e',
    atMs,
    staleMs: atMs + INCIDENT_STALE_MS,
    lngLat: incident.position,
    accuracyM: null,
    speedMps: null,
    courseDeg: null,
    callSign: [
      `#${incident.number}`,
      ...(level ? [words(level.name)] : []),
      category ? words(category.name) : incident.category,
    ].join(' · '),
  }
}

/** Takes a thing off the maps of those who were told of it. */
export const goneEvent = (event: OutEvent, nowMs: number): OutEvent => ({
  ...event,
  uid: `${event.uid}-gone`,
  type: 't-x-d-d',
  atMs: nowMs,
  staleMs: nowMs + STALE_MS,
  removes: { uid: event.uid, type: event.type },
})
