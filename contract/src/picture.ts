import type { Alarm } from './alarms.ts'
import type { SensitiveAct } from './acts.ts'
import type { Calibration } from './calibrations.ts'
import type { FixedCamera } from './cameras.ts'
import type { Checkpoint } from './checkpoints.ts'
import type { Consignment } from './consignments.ts'
import type { Dictionary } from './dictionary.ts'
import type { AircraftCommand, Drone } from './fleet.ts'
import type { GroundLayers } from './ground-layers.ts'
import type { OwnTable } from './distance-tables.ts'
import type { LngLat } from './geo.ts'
import type { LegalHold } from './holds.ts'
import type { Incident } from './incidents.ts'
import type { Room, RoomMember, RoomMessage } from './rooms.ts'
import type { Candidate, ListedSite, Search, Task } from './searches.ts'
import type { LoneTimer } from './timers.ts'
import type { Unit } from './units.ts'
import type { Zone } from './zones.ts'

/** The entities of the events plane, by kind. A client's picture is a map per kind. */
export interface Entities {
  unit: Unit
  incident: Incident
  search: Search
  task: Task
  candidate: Candidate
  drone: Drone
  command: AircraftCommand
  checkpoint: Checkpoint
  alarm: Alarm
  site: ListedSite
  calibration: Calibration
  zone: Zone
  consignment: Consignment
  camera: FixedCamera
  /** By `INCIDENT/NUMBER`. */
  act: SensitiveAct
  /** By unit id. */
  timer: LoneTimer
  /** By incident id. */
  room: Room
  /** By `INCIDENT/KEY`. */
  member: RoomMember
  /** By `INCIDENT/NUMBER`. */
  message: RoomMessage
  /** One, by the id `current`. */
  dictionary: Dictionary
  distanceTable: OwnTable
  /** One, by the id `current`. */
  groundLayers: GroundLayers
  /** By incident id, of live and of past incidents. */
  hold: LegalHold
  /** One, by the id `incident`. */
  counter: Counter
}
/** The highest number given to an incident that has left the picture: the next one counts on from it. */
export interface Counter {
  last: number
}
export type EntityKind = keyof Entities
export const ENTITY_KINDS = [
  'unit',
  'incident',
  'search',
  'task',
  'candidate',
  'drone',
  'command',
  'checkpoint',
  'alarm',
  'site',
  'calibration',
  'zone',
  'consignment',
  'camera',
  'act',
  'timer',
  'room',
  'member',
  'message',
  'dictionary',
  'distanceTable',
  'groundLayers',
  'hold',
  'counter',
] as const satisfies readonly EntityKind[]

/** One entity as it is after an event; `value: null` means it is gone. */
export type Change = { [K in EntityKind]: { kind: K; id: string; value: Entities[K] | null } }[EntityKind]

/** What one journal entry changed. Entries that change nothing a client shows still carry their number. */
export interface Update {
  seq: number
  atMs: number
  /** Type of the event, so that a client can sound, announce or list it. */
  type: string
  incidentId: string | null
  changes: Change[]
}

/** The whole picture at one journal number. */
export interface Snapshot {
  seq: number
  atMs: number
  changes: Change[]
}

/** A hotspot of incidents, H3 resolution 8, statistically significant cells only. */
export interface Hotspot {
  cell: string
  z: number
  count: number
  centre: LngLat
}
