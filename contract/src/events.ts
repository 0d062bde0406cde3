import type { Actor, FeedScope } from './access.ts'
import type { Alarm } from './alarms.ts'
import type {
  Calibration,
  CalibrationFalseAlarm,
  CalibrationPass,
  GroundCoverName,
  MeasuredWidth,
} from './calibrations.ts'
import type { CheckpointDeclaration, Lane } from './checkpoints.ts'
import type { ChecklistEntry, Dictionary } from './dictionary.ts'
import type { CandidateOnMap, DetectorRates } from './detector.ts'
import type { OwnTable } from './distance-tables.ts'
import type { DrawnGround, GroundLayers } from './ground-layers.ts'
import type { AircraftCommand, AircraftOrder, CommandState, Drone, Lease } from './fleet.ts'
import type { LngLat } from './geo.ts'
import type { FenceOutcome, FencePhase, FenceTransfer } from './geofence.ts'
import type {
  ClosedAs,
  DispatchOffer,
  Incident,
  IncidentClass,
  IncidentState,
  Priority,
  SameKind,
  UnitStepState,
} from './incidents.ts'
import type { SentWarning } from './public-alerts.ts'
import type { PurgeCounts, PurgeRule, PurgeSeal, RetentionPolicy } from './retention.ts'
import type { MemberKey, RoomVoice } from './room-voice.ts'
import type { ChecklistItem, LeaveReason, MemberKind } from './rooms.ts'
import type { AssumptionChange, Scenario, ScenarioFigures, Sighting } from './scenarios.ts'
import type {
  Advice,
  Candidate,
  LightChoice,
  ListedSite,
  OpenedSearch,
  Reading,
  SearchConditions,
  SweepLook,
  Task,
  TaskCoverage,
} from './searches.ts'
import type { ActEnd, SensitiveAct } from './acts.ts'
import type { FixedCamera } from './cameras.ts'
import type { Consignment } from './consignments.ts'
import type { CoverEnd } from './cover.ts'
import type { SupportAnswer, SupportRequest } from './support.ts'
import type { Drawing, TeamTrack } from './search-drawings.ts'
import type { GroundEffort, PosBySource, Segment, TeamAssignment } from './segments.ts'
import type { TakeOffWait } from './take-off.ts'
import type { LoneTimer } from './timers.ts'
import type { UpkeepJob, UpkeepOutcome } from './upkeep.ts'
import type { Zone } from './zones.ts'
import type { CoverOrder, RosterUnit, Unit, UnitReport, UnitStatus } from './units.ts'

/**
 * What the journal holds. An event says what happened, never what to do; it carries whatever cannot be
 * derived again (ids, times, computed plans), so that replaying needs no clock, no random source and no network.
 */
export type DomainEvent =
  | { type: 'server.started'; version: string; lastSeq: number; lastAtMs: number | null }
  | { type: 'roster.declared'; units: RosterUnit[]; handles: Record<string, number> }
  | { type: 'dictionary.declared'; dictionary: Dictionary }
  | { type: 'sites.declared'; sites: ListedSite[] }
  | {
      type: 'checkpoints.declared'
      /** `lanes` came later than the first journals. */
      checkpoints: (Omit<CheckpointDeclaration, 'lanes'> & { lanes?: Lane[] })[]
      /** Feed that owns them; the first journals do not say it. */
      feed?: string
    }
  | { type: 'unit.status-changed'; unitId: string; status: UnitStatus }
  /** `byRadio`: a desk heard it and entered it; else the unit's own terminal or seat said it. */
  | { type: 'unit.reported'; report: UnitReport; byRadio?: true }
  | { type: 'incident.reported'; incident: Incident }
  | { type: 'incident.state-changed'; incidentId: string; state: IncidentState }
  | {
      type: 'incident.assigned'
      incidentId: string
      unitId: string
      assignment: NonNullable<Unit['assignment']>
    }
  | { type: 'incident.released'; incidentId: string; unitId: string }
  /** The unit was lost to the incident while it was asked or sent: it went off duty, where `because` is missing. */
  | { type: 'incident.unit-lost'; incidentId: string; unitId: string; because?: 'out-of-service' }
  | { type: 'incident.noted'; incidentId: string; text: string }
  | {
      type: 'incident.classified'
      incidentId: string
      category: string
      class: IncidentClass
      level: string
      priority: Priority
      reason: string
    }
  /** Its source stated something else than before: the fields that are new. */
  | {
      type: 'incident.updated'
      incidentId: string
      changes: Partial<
        Pick<Incident, 'category' | 'class' | 'priority' | 'level' | 'position' | 'place' | 'text' | 'alert'>
      >
      /** What it now states of fields that a seat corrected: for the record, the correction holds. */
      kept?: Partial<Pick<Incident, 'position' | 'place' | 'text'>>
      sourceAtMs: number | null
    }
  /** A seat corrected it: the fields that are new, and what stood there. */
  | {
      type: 'incident.corrected'
      incidentId: string
      changes: Partial<Pick<Incident, 'position' | 'place' | 'text'>>
      before: Partial<Pick<Incident, 'position' | 'place' | 'text'>>
    }
  | { type: 'incident.warning-sent'; incidentId: string; warning: SentWarning }
  | { type: 'incident.source-closed'; incidentId: string; atMs: number; outcome: string }
  | { type: 'incident.closed'; incidentId: string; outcome: string; as?: ClosedAs }
  /** Long closed: out of the live picture with its searches, their tasks and candidates. The journal and the history keep it. */
  | { type: 'incident.archived'; incidentId: string; searchIds: string[] }
  /** Somebody opened it in the history: for the record alone. */
  | { type: 'incident.read'; incidentId: string }
  /** Somebody took it out of the system as a file for other programmes. `things`: how many are in the file. */
  | { type: 'incident.exported'; incidentId: string; as: 'geojson' | 'kml' | 'gpx'; things: number }
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
      /** A desk heard it and entered it. */
      byRadio?: true
    }
  /**
   * A step that a desk had entered for a unit was a mistake. `state` and `times` are the incident's without it, `status` the
   * unit's (null: it stays), `answerByMs` until when the unit is to answer its offer, or to sign its order, again (null: it has
   * answered otherwise).
   */
  | ({
      type: 'incident.step-withdrawn'
      incidentId: string
      unitId: string
      step: UnitStepState
      stepAtMs: number
      by: string
      reason: string
      status: UnitStatus | null
      answerByMs: number | null
    } & Required<Pick<Incident, 'state' | 'times'>>)
  | { type: 'incident.offer-expired'; incidentId: string; unitId: string }
  | { type: 'incident.marked-same'; incidentId: string; sameAsId: string; kind: SameKind; by: string }
  | { type: 'incident.unmarked-same'; incidentId: string; sameAsId: string }
  | ({ type: 'room.support-asked'; incidentId: string } & Pick<
      SupportRequest,
      'number' | 'support' | 'name' | 'text' | 'by' | 'acceptByMs' | 'arriveByMs'
    >)
  /** `arriveByMs`: what the other side stated; null where it stated nothing new. */
  | {
      type: 'room.support-answered'
      incidentId: string
      number: number
      answer: SupportAnswer
      by: RoomVoice
      arriveByMs: number | null
      reason: string | null
    }
  | { type: 'unit.cover-ordered'; unitId: string; cover: CoverOrder }
  /** `reason`: in the words of who took it back; else null. */
  | { type: 'unit.cover-ended'; unitId: string; zoneId: string; because: CoverEnd; reason: string | null }
  | { type: 'room.opened'; incidentId: string; checklist: ChecklistEntry[] }
  | {
      type: 'room.joined'
      incidentId: string
      key: MemberKey
      kind: MemberKind
      name: string
      rule: string | null
      untilMs: number | null
      mayWrite: boolean
      adviser: string | null
    }
  /** The link of a guest was opened for the first time. */
  | { type: 'room.guest-entered'; incidentId: string; key: MemberKey }
  /** Somebody took a copy of the room out of the system. */
  | { type: 'room.exported'; incidentId: string; as: 'json' | 'html' | 'markdown' }
  /** `text`: in the words of who took it out. */
  | { type: 'room.left'; incidentId: string; key: MemberKey; reason: LeaveReason; text: string | null }
  | {
      type: 'room.said'
      incidentId: string
      number: number
      from: RoomVoice
      text: string
      urgent: boolean
      owed: MemberKey[]
    }
  /** One member holds, or has shown, messages up to a number; null where that did not change. */
  | {
      type: 'room.received'
      incidentId: string
      key: MemberKey
      name: string
      deliveredTo: number | null
      readTo: number | null
    }
  | {
      type: 'room.acknowledged'
      incidentId: string
      number: number
      key: MemberKey
      by: RoomVoice
      byRadio: boolean
    }
  | {
      type: 'room.checked'
      incidentId: string
      itemId: string
      as: ChecklistItem['state']
      by: RoomVoice
      reason: string | null
    }
  /** A checklist that changed with the category: what was ticked stays. */
  | { type: 'room.checklist-set'; incidentId: string; checklist: ChecklistEntry[] }
  | {
      type: 'room.roll-called'
      incidentId: string
      number: number
      dueAtMs: number
      by: RoomVoice
      owed: MemberKey[]
    }
  | { type: 'room.roll-answered'; incidentId: string; key: MemberKey; by: RoomVoice; byRadio: boolean }
  /** The time was over; `missing` had not answered. */
  | { type: 'room.roll-ended'; incidentId: string; missing: MemberKey[] }
  | { type: 'room.closed'; incidentId: string }
  /** Out of the live picture; the journal keeps it. */
  | { type: 'room.archived'; incidentId: string }
  /** `ground`: factors of every cell, where layers of the ground count. */
  | { type: 'search.opened'; search: OpenedSearch; ground?: DrawnGround }
  | { type: 'search.ground-set'; searchId: string; highestGroundAmslM: number }
  | { type: 'search.scenario-added'; searchId: string; scenario: Scenario }
  | { type: 'search.scenario-weighed'; searchId: string; scenarioId: string; weight: number }
  | { type: 'search.scenario-moved'; searchId: string; scenarioId: string; mapAtMs: number }
  | { type: 'search.scenario-removed'; searchId: string; scenarioId: string; reason: string }
  | { type: 'search.sighting-added'; searchId: string; sighting: Sighting }
  | { type: 'search.sighting-withdrawn'; searchId: string; sightingId: string; reason: string }
  | { type: 'search.drawing-added'; searchId: string; drawing: Drawing }
  | { type: 'search.drawing-removed'; searchId: string; drawingId: string; reason: string }
  | { type: 'search.track-added'; searchId: string; track: TeamTrack }
  | { type: 'search.track-removed'; searchId: string; trackId: string; reason: string }
  | { type: 'search.conditions-set'; searchId: string; conditions: SearchConditions }
  | { type: 'search.light-set'; searchId: string; light: LightChoice }
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
      /**
       * Of a search with a map of cover: sweep width over each; `sweepWidthM` counts where no layer tells the cover. Water is
       * missing in older journals: that of open ground.
       */
      sweepWidthsM?: Record<Exclude<GroundCoverName, 'water'>, number> & { water?: number }
    }
  | { type: 'search.segment-added'; searchId: string; segment: Segment }
  | { type: 'search.segment-removed'; searchId: string; segmentId: string; reason: string }
  | { type: 'search.teams-assigned'; searchId: string; assignments: TeamAssignment[] }
  /** Ground that people searched, with the fixes that count, `[epoch ms, lng, lat]`. The map is a function of these too. */
  | { type: 'search.ground-searched'; searchId: string; effort: GroundEffort; fixes: [number, number, number][] }
  | { type: 'search.effort-withdrawn'; searchId: string; effortId: string; reason: string }
  | {
      type: 'search.map-changed'
      searchId: string
      pos: number
      restOfWorld: number
      nextHourPos: number | null
      mapRevision: number
      nextHourMeanMin?: number | null
      posBySource?: PosBySource
      nextHourAlive?: number | null
      scenarios?: ScenarioFigures[]
      /** Tasks whose achieved coverage is new. */
      tasks?: TaskCoverage[]
      /** Candidates whose probability is new. */
      candidates?: ({ candidateId: string } & CandidateOnMap)[]
      /** Where a changed assumption or a candidate is the cause. */
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
  /** Somebody took it out of the system as a file for other programmes, with these parts. */
  | {
      type: 'search.exported'
      searchId: string
      incidentId: string
      as: 'geojson' | 'kml' | 'kmz' | 'gpx'
      parts: string[]
    }
  | { type: 'search.ended'; searchId: string; as: 'suspended' | 'closed'; reason: string }
  | { type: 'task.approved'; taskId: string; approvalRef: string }
  /** `batteryAnswered`: who offered it answers for a full battery, of which the drone tells nothing. */
  | { type: 'task.offered'; taskId: string; expiresAtMs: number; batteryAnswered?: true }
  | { type: 'task.seen'; taskId: string; seatId: string; name: string }
  | { type: 'task.accepted'; taskId: string; seatId: string; name: string; account?: string }
  | { type: 'task.refused'; taskId: string; seatId: string; name: string; reason: string }
  | { type: 'task.offer-expired'; taskId: string }
  | { type: 'task.withdrawn'; taskId: string; reason: string }
  | { type: 'task.handed-over'; taskId: string; toTaskId: string }
  /** A flight that was broken off goes on from a point of its path, with a plan of its own. */
  | { type: 'task.resumed'; taskId: string; fromPoint: number; seatId: string; name: string; account?: string }
  | { type: 'task.upload-started'; taskId: string; total: number }
  | { type: 'task.upload-progressed'; taskId: string; done: number; total: number }
  | { type: 'task.uploaded'; taskId: string; planId: string; total: number }
  /** Its pilot takes the upload back; its end is told as `task.upload-failed`, or it was there already. */
  | { type: 'task.upload-cancelling'; taskId: string; name: string }
  /** The bridge did not take that: the upload goes on, or its end is on its way. */
  | { type: 'task.upload-cancel-refused'; taskId: string; reason: string }
  | { type: 'task.upload-failed'; taskId: string; reason: string; planUnknown: boolean }
  | {
      type: 'task.starting'
      taskId: string
      commandId: string
      /** It took off before its wait was over: what was waited for, and why a person did not wait. */
      despiteWait?: { wait: TakeOffWait; reason: string }
    }
  /** The start was refused or had no effect; the plan is still in the aircraft and may be started again. */
  | { type: 'task.start-failed'; taskId: string; reason: string }
  | { type: 'task.flying'; taskId: string }
  /** The aircraft has come to a point of its path, counted from 0. */
  | { type: 'task.reached'; taskId: string; point: number }
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
  | { type: 'drone.fence-asked'; droneId: string; transfer: Omit<FenceTransfer, 'phase' | 'done' | 'atMs'> }
  | { type: 'drone.fence-moved'; droneId: string; transferId: string; phase: FencePhase; done: number; total: number }
  /** Its pilot takes the transfer back; its end is told as `drone.fence-ended`. */
  | { type: 'drone.fence-cancelling'; droneId: string; transferId: string; name: string }
  /** The bridge did not take that: the transfer goes on, or its end is on its way. */
  | { type: 'drone.fence-cancel-refused'; droneId: string; transferId: string; reason: string }
  | { type: 'drone.fence-ended'; droneId: string; transferId: string; outcome: FenceOutcome }
  | { type: 'drone.upkeep-asked'; droneId: string; job: Pick<UpkeepJob, 'id' | 'ask' | 'by'> }
  | { type: 'drone.upkeep-moved'; droneId: string; jobId: string; done: number; total: number }
  /** Its pilot takes it back; its end is told as `drone.upkeep-ended`. */
  | { type: 'drone.upkeep-cancelling'; droneId: string; jobId: string; name: string }
  /** It goes on: the bridge did not take that. */
  | { type: 'drone.upkeep-cancel-refused'; droneId: string; jobId: string; reason: string }
  /** Values that were read are not journaled; what was set is, with what it was and what the drone tells since. */
  | { type: 'drone.upkeep-ended'; droneId: string; jobId: string; outcome: UpkeepOutcome }
  | { type: 'drone.link-changed'; droneId: string; state: 'live' | 'lost' }
  | { type: 'candidate.raised'; candidate: Candidate }
  | { type: 'candidate.strengthened'; candidate: Candidate; reading: Reading | null }
  /** Its detector has been measured, or what was measured no longer holds. */
  | { type: 'candidate.rated'; candidateId: string; detector: DetectorRates }
  | { type: 'candidate.looking-again'; candidateId: string; taskId: string }
  | { type: 'candidate.team-sent'; candidateId: string; unitId: string }
  | { type: 'candidate.dismissed'; candidateId: string; reason: string }
  | { type: 'candidate.confirmed'; candidateId: string }
  | { type: 'candidate.nothing-there'; candidateId: string; unitId: string }
  | { type: 'calibration.laid-out'; calibration: Calibration }
  | { type: 'calibration.pass-recorded'; calibrationId: string; pass: CalibrationPass }
  | { type: 'calibration.false-alarm-recorded'; calibrationId: string; falseAlarm: CalibrationFalseAlarm }
  /** Of a pass, or of a false alarm. */
  | { type: 'calibration.pass-undone'; calibrationId: string; passId: string }
  | { type: 'calibration.finished'; calibrationId: string; measured: MeasuredWidth }
  | { type: 'calibration.withdrawn'; calibrationId: string; reason: string }
  | { type: 'ground-layers.declared'; ground: GroundLayers }
  | { type: 'distance-table.declared'; table: OwnTable }
  | { type: 'distance-table.withdrawn'; tableId: string; reason: string }
  | { type: 'alarm.raised'; alarm: Alarm }
  /** `because`: told only where its cause did not end by itself. */
  | { type: 'alarm.cleared'; alarmId: string; because?: 'off-duty' }
  | { type: 'alarm.acknowledged'; alarmId: string; seatId: string; name: string }
  | { type: 'alarm.shelved'; alarmId: string; seatId: string; name: string; untilMs: number; reason: string }
  /** By a person, or by the end of its time (`seatId` null). */
  | { type: 'alarm.unshelved'; alarmId: string; seatId: string | null; name: string | null }
  | { type: 'zone.declared'; zone: Zone }
  | { type: 'timer.set'; timer: LoneTimer }
  | { type: 'timer.ended'; unitId: string }
  | { type: 'zone.removed'; zoneId: string; reason: string }
  /** Fixed cameras that are there; their addresses are not in the journal. */
  | { type: 'cameras.declared'; cameras: FixedCamera[] }
  | ({ type: 'act.asked' } & Pick<
      SensitiveAct,
      'incidentId' | 'number' | 'target' | 'reason' | 'minutes' | 'askedBy' | 'approveByMs'
    >)
  | { type: 'act.approved'; incidentId: string; number: number; by: RoomVoice; untilMs: number }
  | { type: 'act.ended'; incidentId: string; number: number; because: ActEnd; reason: string | null }
  /** Somebody looked through it; the line of the journal says who. */
  | { type: 'act.opened'; incidentId: string; number: number }
  /** How the duty desk is reached stands here and nowhere in the picture. */
  | { type: 'consignment.declared'; consignment: Consignment; contact: string }
  | { type: 'consignment.checked'; consignmentId: string; by: string }
  | { type: 'consignment.started'; consignmentId: string; zoneId: string | null }
  | { type: 'consignment.arrived'; consignmentId: string }
  | { type: 'consignment.ended'; consignmentId: string; reason: string }
  | { type: 'consignment.accident'; consignmentId: string; incidentId: string; position: LngLat; text: string }
  /** The incident of its accident was closed as another report of an open one. */
  | { type: 'consignment.accident-moved'; consignmentId: string; incidentId: string; fromId: string }
  /** Somebody read how its duty desk is reached; the line of the journal says who. */
  | { type: 'consignment.contact-read'; consignmentId: string; incidentId: string }
  /** Out of the live picture; the journal keeps it. */
  | { type: 'consignment.archived'; consignmentId: string }
  /** Retention took of a closed case what these rules name; `seal` holds over everything that any purge has left of it. */
  | {
      type: 'case.purged'
      incidentId: string
      number: number
      personal: boolean
      rules: PurgeRule[]
      policy: RetentionPolicy
      removed: PurgeCounts
      seal: PurgeSeal
    }
  /** Nothing of it is purged while this holds; `toMs` null: it is not closed. */
  | {
      type: 'case.held'
      incidentId: string
      number: number
      reason: string
      by: RoomVoice
      fromMs: number
      toMs: number | null
    }
  | { type: 'case.lift-asked'; incidentId: string; reason: string; by: RoomVoice }
  | { type: 'case.lift-refused'; incidentId: string; reason: string; by: RoomVoice }
  /** A second person agreed: retention goes on. */
  | { type: 'case.released'; incidentId: string; by: RoomVoice }
  /** Stands where another event of a case stood until a purge; it changes nothing. */
  | { type: 'entry.purged'; was: string; rule: PurgeRule }
  | { type: 'account.created'; account: string; role: string }
  | { type: 'feed.created'; feed: string; scopes: FeedScope[] }
  | { type: 'feed.removed'; feed: string }
  | { type: 'kiosk.created'; kiosk: string }
  | { type: 'kiosk.removed'; kiosk: string }
  /** The last workplace of an account was left. */
  | { type: 'seat.signed-out'; account: string }
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
  /** Of an entry that a purge has changed: still its first one, which the next entry names. */
  hash: string
  /** Number of the `case.purged` entry that changed it last. Missing: it stands as it was written. */
  purgedSeq?: number
}

/** One line of an incident's timeline as the console shows it. */
export interface TimelineLine {
  seq: number
  atMs: number
  actor: Actor
  event: DomainEvent
}
