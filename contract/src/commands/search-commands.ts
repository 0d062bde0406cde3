import { z } from 'zod'
import { DroneId } from '../fleet.ts'
import { EpochMs, LngLat, Ring } from '../geo.ts'
import { ScenarioStory, ScenarioWeight, SightingReport } from '../scenarios.ts'
import { DrawingDraft } from '../search-drawings.ts'
import { LightChoice, PatternPlan, SearchConditions, SearchSetup } from '../searches.ts'
import { GroundSensor, TeamAssignment, TrackSource } from '../segments.ts'
import { UnitId } from '../units.ts'
import { Id, Reason } from './words.ts'

/** What a coordinator asks of a search, and decides about its candidates. */
export const searchCommands = [
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
  /** A shape from a file of another programme, on the map of a search. */
  z.strictObject({ id: z.uuid(), type: z.literal('search.add-drawing'), searchId: Id, drawing: DrawingDraft }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.remove-drawing'),
    searchId: Id,
    drawingId: Id,
    reason: Reason,
  }),
  /** The positions stay where they are; the track is no longer shown with the search. */
  z.strictObject({ id: z.uuid(), type: z.literal('search.remove-track'), searchId: Id, trackId: Id, reason: Reason }),
  /** Water and air, for the hours in which searching buys most. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.set-conditions'),
    searchId: Id,
    conditions: SearchConditions,
  }),
  /** For tasks that are cut and ground that is flown from now on; what was journaled keeps its own. */
  z.strictObject({ id: z.uuid(), type: z.literal('search.set-light'), searchId: Id, light: LightChoice }),
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
  /** A pattern by name, as one task for each drone: each takes up its lanes where the one before has left them. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.lay-pattern'),
    searchId: Id,
    droneIds: z.array(DroneId).min(1).max(20),
    clearanceM: z.number().min(30).max(120),
    pattern: PatternPlan,
  }),
  /** A part of the area that people are to search on foot or from boats. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.add-segment'),
    searchId: Id,
    name: z.string().trim().min(1).max(60),
    area: Ring,
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.remove-segment'),
    searchId: Id,
    segmentId: Id,
    reason: Reason,
  }),
  /** Sends units into segments, all of them or none. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.assign-teams'),
    searchId: Id,
    assignments: z.array(TeamAssignment).min(1).max(50),
  }),
  /** A person answers for it that a unit has searched a segment along a track; only then it counts. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.confirm-searched'),
    searchId: Id,
    segmentId: Id,
    unitId: UnitId,
    track: TrackSource,
    sensor: GroundSensor,
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('search.withdraw-effort'),
    searchId: Id,
    effortId: Id,
    reason: Reason,
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
  z.strictObject({ id: z.uuid(), type: z.literal('candidate.look-again'), candidateId: Id, droneId: DroneId }),
  z.strictObject({ id: z.uuid(), type: z.literal('candidate.send-team'), candidateId: Id, unitId: UnitId }),
  z.strictObject({ id: z.uuid(), type: z.literal('candidate.dismiss'), candidateId: Id, reason: Reason }),
] as const
