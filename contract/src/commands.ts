import { z } from 'zod'
import type { Role } from './access.ts'
import { CalibrationPlan } from './calibrations.ts'
import { EpochMs, LngLat } from './geo.ts'
import { CameraWish, DroneId } from './fleet.ts'
import { ClosedAs, IncidentCategory, Priority, SameKind, SubjectDescription } from './incidents.ts'
import { ScenarioStory, ScenarioWeight, SightingReport } from './scenarios.ts'
import { PatternPlan, SearchConditions, SearchSetup } from './searches.ts'
import { UnitId } from './units.ts'
import { ZoneDraft } from './zones.ts'

const Id = z.string().min(1).max(64)
const Reason = z.string().trim().min(2).max(300)

/**
 * Everything a seat can ask for. `id` is made by the client and makes a repeat harmless: the same id is
 * answered with the first outcome. A command is answered only after its events are on the disk.
 */
export const Command = z.discriminatedUnion('type', [
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.report'),
    category: IncidentCategory,
    priority: Priority,
    position: LngLat,
    place: z.string().max(120),
    text: z.string().max(600),
    occurredAtMs: EpochMs,
    /** Required for a missing person, refused for anything else. */
    subject: SubjectDescription.nullable(),
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('incident.assign'), incidentId: Id, unitId: UnitId }),
  z.strictObject({ id: z.uuid(), type: z.literal('incident.release'), incidentId: Id, unitId: UnitId }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.note'),
    incidentId: Id,
    text: z.string().trim().min(1).max(1000),
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.close'),
    incidentId: Id,
    outcome: Reason,
    /** `handled` where it is not said. */
    as: ClosedAs.optional(),
  }),
  /** Asks units to go; each answers for itself, and whoever does not is replaced by the next by rule. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.offer'),
    incidentId: Id,
    unitIds: z.array(UnitId).min(1).max(9),
  }),
  /** A unit's answer that came by radio. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.answer-offer'),
    incidentId: Id,
    unitId: UnitId,
    answer: z.enum(['accepted', 'declined']),
    reason: z.string().trim().max(300),
  }),
  /** This incident is another report about one that is known. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.mark-same'),
    incidentId: Id,
    sameAsId: Id,
    kind: SameKind,
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('incident.unmark-same'), incidentId: Id }),

  z.strictObject({ id: z.uuid(), type: z.literal('search.open'), incidentId: Id, setup: SearchSetup }),
  /** Highest ground in the search area, metres above mean sea level. Someone answers for it with their name. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.set-highest-ground'),
    searchId: Id,
    highestGroundAmslM: z.number().min(0).max(2000),
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.add-scenario'),
    searchId: Id,
    story: ScenarioStory,
    weight: ScenarioWeight,
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.weigh-scenario'),
    searchId: Id,
    scenarioId: Id,
    weight: ScenarioWeight,
  }),
  /** Another moment for the map of a drift. What was searched before counts where each particle was then. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.move-scenario'),
    searchId: Id,
    scenarioId: Id,
    mapAtMs: EpochMs,
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.remove-scenario'),
    searchId: Id,
    scenarioId: Id,
    reason: Reason,
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('search.add-sighting'), searchId: Id, report: SightingReport }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.withdraw-sighting'),
    searchId: Id,
    sightingId: Id,
    reason: Reason,
  }),
  /** Water and air, for the hours in which searching buys most. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.set-conditions'),
    searchId: Id,
    conditions: SearchConditions,
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.cut-tasks'),
    searchId: Id,
    droneIds: z.array(DroneId).min(1).max(20),
    /** Height above the highest ground that the lanes are flown at, metres. */
    clearanceM: z.number().min(30).max(120),
  }),
  /** Answer to the advice that a drone should fly something else; taken, its pilot is offered the new path. */
  z.strictObject({ id: z.uuid(), type: z.literal('search.take-advice'), searchId: Id, adviceId: Id }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.decline-advice'),
    searchId: Id,
    adviceId: Id,
    reason: Reason,
  }),
  /** A pattern by name, as a task for one drone. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.lay-pattern'),
    searchId: Id,
    droneId: DroneId,
    clearanceM: z.number().min(30).max(120),
    pattern: PatternPlan,
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.confirm-found'),
    searchId: Id,
    candidateId: Id.nullable(),
    position: LngLat,
    outcome: z.enum(['well', 'hurt', 'deceased']),
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.end'),
    searchId: Id,
    as: z.enum(['suspended', 'closed']),
    reason: Reason,
  }),

  /** Approval reference of the air traffic authority for one task. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('task.approve'),
    taskId: Id,
    approvalRef: z.string().trim().min(3).max(60),
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('task.offer'), taskId: Id }),
  z.strictObject({ id: z.uuid(), type: z.literal('task.see'), taskId: Id }),
  z.strictObject({ id: z.uuid(), type: z.literal('task.accept'), taskId: Id }),
  z.strictObject({ id: z.uuid(), type: z.literal('task.refuse'), taskId: Id, reason: Reason }),
  z.strictObject({ id: z.uuid(), type: z.literal('task.withdraw'), taskId: Id, reason: Reason }),
  /** What a task has not covered, as a new task for a drone: after a battery swap, or for another. */
  z.strictObject({ id: z.uuid(), type: z.literal('task.hand-over'), taskId: Id, droneId: DroneId }),
  /** Upload again after a failed or unknown upload. */
  z.strictObject({ id: z.uuid(), type: z.literal('task.upload'), taskId: Id }),
  /** Arm and start, after the checklist. On a drone already in the air: start the new path. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('task.start'),
    taskId: Id,
    checklist: z.strictObject({
      areaClear: z.literal(true),
      aircraftChecked: z.literal(true),
      heightUnderstood: z.literal(true),
    }),
  }),

  z.strictObject({
    id: z.uuid(),
    type: z.literal('drone.order'),
    droneId: DroneId,
    order: z.enum(['hold', 'return', 'land', 'resume']),
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('drone.camera'), droneId: DroneId, wish: CameraWish }),
  z.strictObject({ id: z.uuid(), type: z.literal('drone.take-lease'), droneId: DroneId, reason: Reason }),
  z.strictObject({ id: z.uuid(), type: z.literal('drone.release-lease'), droneId: DroneId }),
  /** One order for every drone in the air; each answers for itself. */
  z.strictObject({ id: z.uuid(), type: z.literal('fleet.order'), order: z.enum(['hold', 'return', 'land']) }),

  z.strictObject({ id: z.uuid(), type: z.literal('candidate.look-again'), candidateId: Id, droneId: DroneId }),
  z.strictObject({ id: z.uuid(), type: z.literal('candidate.send-team'), candidateId: Id, unitId: UnitId }),
  z.strictObject({ id: z.uuid(), type: z.literal('candidate.dismiss'), candidateId: Id, reason: Reason }),

  /** Lays out the targets of a calibration exercise for a drone's camera. */
  z.strictObject({ id: z.uuid(), type: z.literal('calibration.lay-out'), plan: CalibrationPlan }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('calibration.record-pass'),
    calibrationId: Id,
    target: z.number().int().min(1).max(60),
    seen: z.boolean(),
  }),
  /** Takes back a pass that was noted by mistake. */
  z.strictObject({ id: z.uuid(), type: z.literal('calibration.undo-pass'), calibrationId: Id, passId: Id }),
  /** Measures; later searches with this camera count with the result. */
  z.strictObject({ id: z.uuid(), type: z.literal('calibration.finish'), calibrationId: Id }),
  z.strictObject({ id: z.uuid(), type: z.literal('calibration.withdraw'), calibrationId: Id, reason: Reason }),

  z.strictObject({ id: z.uuid(), type: z.literal('alarm.acknowledge'), alarmId: Id }),
  /** A group in one act: each is acknowledged by itself in the journal; those that are gone meanwhile are passed over. */
  z.strictObject({ id: z.uuid(), type: z.literal('alarm.acknowledge-all'), alarmIds: z.array(Id).min(1).max(500) }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('alarm.shelve'),
    alarmId: Id,
    minutes: z.number().int().min(1).max(480),
    reason: Reason,
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('alarm.unshelve'), alarmId: Id }),

  z.strictObject({ id: z.uuid(), type: z.literal('zone.declare'), zone: ZoneDraft }),
  /** Lone-worker timer of a unit. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('timer.start'),
    unitId: UnitId,
    everyMin: z.number().int().min(1).max(240),
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('timer.check-in'), unitId: UnitId }),
  z.strictObject({ id: z.uuid(), type: z.literal('timer.stop'), unitId: UnitId }),
  /** `revision`: the one that was changed; another change in between is refused. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('zone.change'),
    zoneId: Id,
    revision: z.number().int().min(1),
    zone: ZoneDraft,
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('zone.remove'), zoneId: Id, reason: Reason }),
])
export type Command = z.infer<typeof Command>
export type CommandType = Command['type']

/** Who may give each command. A type that is missing here does not compile. */
export const COMMAND_ROLES = {
  'incident.report': ['dispatcher', 'coordinator'],
  'incident.assign': ['dispatcher', 'coordinator'],
  'incident.release': ['dispatcher', 'coordinator'],
  'incident.note': ['dispatcher', 'coordinator', 'pilot'],
  'incident.close': ['dispatcher', 'coordinator'],
  'incident.offer': ['dispatcher', 'coordinator'],
  'incident.answer-offer': ['dispatcher', 'coordinator'],
  'incident.mark-same': ['dispatcher', 'coordinator'],
  'incident.unmark-same': ['dispatcher', 'coordinator'],
  'search.open': ['coordinator'],
  'search.set-highest-ground': ['coordinator'],
  'search.add-scenario': ['coordinator'],
  'search.weigh-scenario': ['coordinator'],
  'search.move-scenario': ['coordinator'],
  'search.remove-scenario': ['coordinator'],
  'search.add-sighting': ['coordinator', 'dispatcher'],
  'search.withdraw-sighting': ['coordinator'],
  'search.set-conditions': ['coordinator'],
  'search.cut-tasks': ['coordinator'],
  'search.take-advice': ['coordinator'],
  'search.decline-advice': ['coordinator'],
  'search.lay-pattern': ['coordinator'],
  'search.confirm-found': ['coordinator'],
  'search.end': ['coordinator'],
  'task.approve': ['coordinator'],
  'task.offer': ['coordinator'],
  'task.see': ['pilot'],
  'task.accept': ['pilot'],
  'task.refuse': ['pilot'],
  'task.withdraw': ['coordinator'],
  'task.hand-over': ['coordinator'],
  'task.upload': ['pilot'],
  'task.start': ['pilot'],
  'drone.order': ['pilot'],
  'drone.camera': ['pilot'],
  'drone.take-lease': ['pilot'],
  'drone.release-lease': ['pilot'],
  'fleet.order': ['pilot', 'coordinator'],
  'candidate.look-again': ['coordinator'],
  'candidate.send-team': ['coordinator', 'dispatcher'],
  'candidate.dismiss': ['coordinator'],
  'calibration.lay-out': ['coordinator'],
  'calibration.record-pass': ['coordinator', 'pilot'],
  'calibration.undo-pass': ['coordinator', 'pilot'],
  'calibration.finish': ['coordinator'],
  'calibration.withdraw': ['coordinator'],
  'alarm.acknowledge': ['dispatcher', 'coordinator', 'pilot'],
  'alarm.acknowledge-all': ['dispatcher', 'coordinator'],
  'alarm.shelve': ['dispatcher', 'coordinator'],
  'alarm.unshelve': ['dispatcher', 'coordinator'],
  'timer.start': ['dispatcher', 'coordinator'],
  'timer.check-in': ['dispatcher', 'coordinator'],
  'timer.stop': ['dispatcher', 'coordinator'],
  'zone.declare': ['dispatcher', 'coordinator', 'admin'],
  'zone.change': ['dispatcher', 'coordinator', 'admin'],
  'zone.remove': ['dispatcher', 'coordinator', 'admin'],
} as const satisfies Record<CommandType, readonly Role[]>

/** Answer to a command that was taken: the journal numbers of its events and the ids of what it made. */
export const CommandDone = z.object({
  seq: z.number().int(),
  created: z.array(z.object({ kind: z.string(), id: z.string() })),
})
export type CommandDone = z.infer<typeof CommandDone>
