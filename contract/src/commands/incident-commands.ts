import { z } from 'zod'
import { EpochMs, LngLat } from '../geo.ts'
import {
  ClosedAs,
  IncidentCategory,
  LevelId,
  Priority,
  SameKind,
  SubjectDescription,
  UnitStepState,
} from '../incidents.ts'
import { WarningDraft } from '../public-alerts.ts'
import { RadioStep, UnitId, UnitReport } from '../units.ts'
import { Id, Reason } from './words.ts'

/** What is asked about incidents, and by and for the units that go to them. */
export const incidentCommands = [
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.report'),
    category: IncidentCategory,
    priority: Priority,
    /** A level of the dictionary, of this priority; without it, the first of the priority. */
    level: LevelId.optional(),
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
  /** Another category or level: what was first said of it was wrong, or it has grown. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.classify'),
    incidentId: Id,
    category: IncidentCategory,
    level: LevelId,
    reason: Reason,
  }),
  /** Where it is, what the place is called, what was said: what is left out stays as it is. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.correct'),
    incidentId: Id,
    position: LngLat.optional(),
    place: z.string().trim().max(120).optional(),
    text: z.string().trim().max(600).optional(),
  }),
  /** A public warning about it (CAP 1.2): the first, or a new state of the one that stands. */
  z.strictObject({ id: z.uuid(), type: z.literal('incident.warn'), incidentId: Id, warning: WarningDraft }),
  /** Takes the standing warning back. */
  z.strictObject({ id: z.uuid(), type: z.literal('incident.unwarn'), incidentId: Id, reason: Reason }),
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
  /** What a unit on its way or there said by radio. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.enter-report'),
    incidentId: Id,
    unitId: UnitId,
    kind: RadioStep,
    /** Required for feedback. */
    text: z.string().trim().max(500).optional(),
  }),
  /** Takes back the last step that a desk entered for a unit; `step` and `atMs` say which one was meant. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('incident.withdraw-step'),
    incidentId: Id,
    unitId: UnitId,
    step: UnitStepState,
    atMs: EpochMs,
    reason: Reason,
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
  /** Sends a free unit to cover a zone that watches its coverage; it stays free. */
  z.strictObject({ id: z.uuid(), type: z.literal('unit.cover'), unitId: UnitId, zoneId: Id }),
  z.strictObject({ id: z.uuid(), type: z.literal('unit.end-cover'), unitId: UnitId, reason: Reason }),
  /** What a unit says of its assignment from its own seat. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('unit.report'),
    incidentId: Id,
    kind: UnitReport.shape.kind,
    text: z.string().trim().max(500).optional(),
  }),
] as const
