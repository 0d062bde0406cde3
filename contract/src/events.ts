import type { Actor, FeedScope } from './access.ts'
import type { Alarm } from './alarms.ts'
import type { Calibration, CalibrationPass, MeasuredWidth } from './calibrations.ts'
import type { CheckpointDeclaration } from './checkpoints.ts'
import type { AircraftCommand, AircraftOrder, CommandState, Drone, Lease } from './fleet.ts'
import type { LngLat } from './geo.ts'
import type { ClosedAs, DispatchOffer, Incident, IncidentState, SameKind } from './incidents.ts'
import type { AssumptionChange, Scenario, ScenarioFigures, Sighting } from './scenarios.ts'
import type {
  Advice,
  Candidate,
  ListedSite,
  OpenedSearch,
  Reading,
  SearchConditions,
  SweepLook,
  Task,
  TaskCoverage,
} from './searches.ts'
import type { LoneTimer } from './timers.ts'
import type { Zone } from './zones.ts'
import type { RosterUnit, Unit, UnitReport, UnitStatus } from './units.ts'

/**
 * What the journal holds. An event says what happened, never what to do; it carries whatever cannot be
 * derived again (ids, times, computed plans), so that replaying needs no clock, no random source and no network.
 */
export type DomainEvent =
  | { type: 'server.started'; version: string; lastSeq: number; lastAtMs: number | null }
  | { type: 'roster.declared'; units: RosterUnit[]; handles: Record<string, number> }
  | { type: 'sites.declared'; sites: ListedSite[] }
  | { type: 'checkpoints.declared'; checkpoints: CheckpointDeclaration[] }
  | { type: 'unit.status-changed'; unitId: string; status: UnitStatus }
  | { type: 'unit.reported'; report: UnitReport }
  | { type: 'incident.reported'; incident: Incident }
  | { type: 'incident.state-changed'; incidentId: string; state: IncidentState }
  | {
      type: 'incident.assigned'
      incidentId: string
      unitId: string
      assignment: NonNullable<Unit['assignment']>
    }
  | { type: 'incident.released'; incidentId: string; unitId: string }
  | { type: 'incident.noted'; incidentId: string; text: string }
  | { type: 'incident.closed'; incidentId: string; outcome: string; as?: ClosedAs }
  | {
      type: 'incident.offered'
      incidentId: string
      offer: DispatchOffer
      assignment: NonNullable<Unit['assignment']>
    }
  | {
      type: 'incident.offer-answered'
      incidentId: string
      unitId: string
      answer: 'accepted' | 'declined'
      reason: string | null
    }
  | { type: 'incident.offer-expired'; incidentId: string; unitId: string }
  | { type: 'incident.marked-same'; incidentId: string; sameAsId: string; kind: SameKind; by: string }
  | { type: 'incident.unmarked-same'; incidentId: string; sameAsId: string }
  | { type: 'search.opened'; search: OpenedSearch }
  | { type: 'search.ground-set'; searchId: string; highestGroundAmslM: number }
  | { type: 'search.scenario-added'; searchId: string; scenario: Scenario }
  | { type: 'search.scenario-weighed'; searchId: string; scenarioId: string; weight: number }
  | { type: 'search.scenario-moved'; searchId: string; scenarioId: string; mapAtMs: number }
  | { type: 'search.scenario-removed'; searchId: string; scenarioId: string; reason: string }
  | { type: 'search.sighting-added'; searchId: string; sighting: Sighting }
  | { type: 'search.sighting-withdrawn'; searchId: string; sightingId: string; reason: string }
  | { type: 'search.conditions-set'; searchId: string; conditions: SearchConditions }
  | { type: 'search.advised'; searchId: string; advice: Advice | null }
  | {
      type: 'search.advice-answered'
      searchId: string
      adviceId: string
      answer: 'taken' | 'declined'
      reason: string | null
    }
  | { type: 'search.tasks-cut'; searchId: string; tasks: Task[]; replaced: string[] }
  /** Ground really seen, with the sweep width that was credited. The map is a function of these. */
  | {
      type: 'search.swept'
      searchId: string
      taskId: string
      droneId: string
      looks: SweepLook[]
      sweepWidthM: number
      swathM: number
    }
  | {
      type: 'search.map-changed'
      searchId: string
      pos: number
      restOfWorld: number
      nextHourPos: number | null
      mapRevision: number
      nextHourMeanMin?: number | null
      scenarios?: ScenarioFigures[]
      /** Tasks whose achieved coverage is new. */
      tasks?: TaskCoverage[]
      /** Where a changed assumption is the cause. */
      change?: AssumptionChange
    }
  | {
      type: 'search.found'
      searchId: string
      candidateId: string | null
      position: LngLat
      outcome: 'well' | 'hurt' | 'deceased'
      unitId: string | null
    }
  | { type: 'search.ended'; searchId: string; as: 'suspended' | 'closed'; reason: string }
  | { type: 'task.approved'; taskId: string; approvalRef: string }
  | { type: 'task.offered'; taskId: string; expiresAtMs: number }
  | { type: 'task.seen'; taskId: string; seatId: string; name: string }
  | { type: 'task.accepted'; taskId: string; seatId: string; name: string }
  | { type: 'task.refused'; taskId: string; seatId: string; name: string; reason: string }
  | { type: 'task.offer-expired'; taskId: string }
  | { type: 'task.withdrawn'; taskId: string; reason: string }
  | { type: 'task.handed-over'; taskId: string; toTaskId: string }
  | { type: 'task.upload-started'; taskId: string; total: number }
  | { type: 'task.upload-progressed'; taskId: string; done: number; total: number }
  | { type: 'task.uploaded'; taskId: string; planId: string; total: number }
  | { type: 'task.upload-failed'; taskId: string; reason: string; planUnknown: boolean }
  | { type: 'task.starting'; taskId: string; commandId: string }
  /** The start was refused or had no effect; the plan is still in the aircraft and may be started again. */
  | { type: 'task.start-failed'; taskId: string; reason: string }
  | { type: 'task.flying'; taskId: string }
  | { type: 'task.returning'; taskId: string }
  /** `reason` where it ended before its last lane: replaced by another task, ordered home. */
  | { type: 'task.done'; taskId: string; reason?: string }
  | { type: 'task.failed'; taskId: string; reason: string }
  | { type: 'task.unknown'; taskId: string; reason: string }
  | { type: 'drone.seen'; drone: Omit<Drone, 'lease' | 'taskId'> }
  | { type: 'drone.leased'; lease: Lease }
  | { type: 'drone.lease-released'; droneId: string; seatId: string; reason: string }
  | { type: 'drone.ordered'; command: AircraftCommand }
  | {
      type: 'drone.command-changed'
      commandId: string
      droneId: string
      order: AircraftOrder
      state: CommandState
      atMs: number
      tries: number
      reason: string | null
    }
  | { type: 'drone.link-changed'; droneId: string; state: 'live' | 'lost' }
  | { type: 'candidate.raised'; candidate: Candidate }
  | { type: 'candidate.strengthened'; candidate: Candidate; reading: Reading | null }
  | { type: 'candidate.looking-again'; candidateId: string; taskId: string }
  | { type: 'candidate.team-sent'; candidateId: string; unitId: string }
  | { type: 'candidate.dismissed'; candidateId: string; reason: string }
  | { type: 'candidate.confirmed'; candidateId: string }
  | { type: 'candidate.nothing-there'; candidateId: string; unitId: string }
  | { type: 'calibration.laid-out'; calibration: Calibration }
  | { type: 'calibration.pass-recorded'; calibrationId: string; pass: CalibrationPass }
  | { type: 'calibration.pass-undone'; calibrationId: string; passId: string }
  | { type: 'calibration.finished'; calibrationId: string; measured: MeasuredWidth }
  | { type: 'calibration.withdrawn'; calibrationId: string; reason: string }
  | { type: 'alarm.raised'; alarm: Alarm }
  | { type: 'alarm.cleared'; alarmId: string }
  | { type: 'alarm.acknowledged'; alarmId: string; seatId: string; name: string }
  | { type: 'alarm.shelved'; alarmId: string; seatId: string; name: string; untilMs: number; reason: string }
  /** By a person, or by the end of its time (`seatId` null). */
  | { type: 'alarm.unshelved'; alarmId: string; seatId: string | null; name: string | null }
  | { type: 'zone.declared'; zone: Zone }
  | { type: 'timer.set'; timer: LoneTimer }
  | { type: 'timer.ended'; unitId: string }
  | { type: 'zone.removed'; zoneId: string; reason: string }
  | { type: 'account.created'; account: string; role: string }
  | { type: 'feed.created'; feed: string; scopes: FeedScope[] }
  | { type: 'feed.removed'; feed: string }
  | { type: 'seat.signed-in'; seatId: string; role: string }

export type EventType = DomainEvent['type']
export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>

/** One line of the journal. `hash` = SHA-256 over the canonical JSON of the entry without `hash`, which names `prev`. */
export interface JournalEntry {
  /** 1, 2, 3 ... without gaps. */
  seq: number
  atMs: number
  actor: Actor
  /** Command that caused it, if one did. */
  commandId: string | null
  /** Incident it belongs to, if any: the timeline of an incident is the entries that carry its id. */
  incidentId: string | null
  event: DomainEvent
  prev: string
  hash: string
}

/** One line of an incident's timeline as the console shows it. */
export interface TimelineLine {
  seq: number
  atMs: number
  actor: Actor
  event: DomainEvent
}
