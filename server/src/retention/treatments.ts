import type { DomainEvent, EventOf, EventType, Incident, LngLat, PurgeRule } from '@skerry/contract'
import { purgedAlarm } from '../domain/retention/evolve.ts'
import { mark, placeGoes, purgedIncident, type Purging } from './purge-incident.ts'

/** What is done to the events of one type when they belong to a case. An event type that is missing here does not compile. */
export interface Treatment {
  /** The whole event goes with this rule; a tombstone says what stood there. Only for what touches nothing but its own case. */
  drop?: PurgeRule
  /** It goes with this rule instead where `drop` names none, after what `strip` has taken. */
  dropLater?: PurgeRule
  /** What goes of it, by rule, where it has to stay: others of the picture (units, drones, figures) hang on it. */
  strip?: readonly { by: PurgeRule; take: (event: never, how: Purging) => DomainEvent }[]
}

const KEEP: Treatment = {}
const drop = (rule: PurgeRule): Treatment => ({ drop: rule })

/** Types each step by the event that it is for. */
const strip = <T extends EventType>(
  _type: T,
  ...steps: readonly { by: PurgeRule; take: (event: EventOf<T>, how: Purging) => EventOf<T> }[]
): Treatment => ({ strip: steps })

type Assigned = EventOf<'incident.assigned'>['assignment']
/** Where a unit was sent is where the person was. */
const sent = (assignment: Assigned, how: Purging): Assigned => ({
  ...assignment,
  note: mark(assignment.note),
  destination: rough(assignment.destination, how),
})
const rough = (at: LngLat, how: Purging): LngLat => (placeGoes(how) ? how.coarse(at) : at)

type Stated = Partial<Pick<Incident, 'position' | 'place' | 'text'>>
const stated = <T extends Stated>(fields: T, how: Purging): T => ({
  ...fields,
  ...(fields.position === undefined ? {} : { position: rough(fields.position, how) }),
  ...(fields.place === undefined ? {} : { place: mark(fields.place) }),
  ...(fields.text === undefined ? {} : { text: mark(fields.text) }),
})

type WithReason = Extract<DomainEvent, { reason: string | null }>
/** A reason in somebody's own words. */
const reason = (_type: WithReason['type'], by: PurgeRule): Treatment => ({
  strip: [{ by, take: (event: WithReason): DomainEvent => ({ ...event, reason: mark(event.reason) }) as WithReason }],
})

type WithName = Extract<DomainEvent, { type: `task.${string}`; name: string }>
/** The pilot inside an event. */
const named = (_type: WithName['type']): Treatment => ({
  strip: [
    {
      by: 'acts',
      take: (event: WithName): DomainEvent => {
        const { account: _account, ...rest } = { account: undefined, ...event }
        return { ...rest, name: mark(event.name) } as WithName
      },
    },
  ],
})

/** Both, each at its own time. */
const both = (...treatments: Treatment[]): Treatment => ({
  strip: treatments.flatMap(({ strip: steps }) => steps ?? []),
})

const NOT_OF_A_CASE = {
  'server.started': KEEP,
  'roster.declared': KEEP,
  'dictionary.declared': KEEP,
  'sites.declared': KEEP,
  'checkpoints.declared': KEEP,
  'unit.status-changed': KEEP,
  'unit.cover-ordered': KEEP,
  'unit.cover-ended': KEEP,
  'calibration.laid-out': KEEP,
  'calibration.pass-recorded': KEEP,
  'calibration.false-alarm-recorded': KEEP,
  'calibration.pass-undone': KEEP,
  'calibration.finished': KEEP,
  'calibration.withdrawn': KEEP,
  'ground-layers.declared': KEEP,
  'distance-table.declared': KEEP,
  'distance-table.withdrawn': KEEP,
  'zone.declared': KEEP,
  'zone.removed': KEEP,
  'timer.set': KEEP,
  'timer.ended': KEEP,
  'cameras.declared': KEEP,
  'account.created': KEEP,
  'feed.created': KEEP,
  'feed.removed': KEEP,
  'kiosk.created': KEEP,
  'kiosk.removed': KEEP,
  'seat.signed-in': KEEP,
  'seat.signed-out': KEEP,
} as const satisfies Partial<Record<EventType, Treatment>>

const OF_INCIDENTS = {
  'incident.reported': strip(
    'incident.reported',
    ...(['person', 'messages', 'acts'] as const).map((by) => ({
      by,
      take: (event: EventOf<'incident.reported'>, how: Purging) => {
        const { purged: _, ...incident } = purgedIncident(event.incident, how, {})
        return { ...event, incident }
      },
    })),
  ),
  'incident.state-changed': KEEP,
  'incident.assigned': strip('incident.assigned', {
    by: 'person',
    take: (event, how) => ({ ...event, assignment: sent(event.assignment, how) }),
  }),
  'incident.released': KEEP,
  'incident.unit-lost': KEEP,
  'incident.noted': drop('person'),
  'incident.classified': reason('incident.classified', 'person'),
  'incident.updated': strip('incident.updated', {
    by: 'person',
    take: ({ kept, ...event }, how) => {
      const { alert: _, ...changes } = stated(event.changes, how)
      return { ...event, changes, ...(kept === undefined ? {} : { kept: stated(kept, how) }) }
    },
  }),
  'incident.corrected': strip('incident.corrected', {
    by: 'person',
    take: (event, how) => ({ ...event, changes: stated(event.changes, how), before: stated(event.before, how) }),
  }),
  'incident.warning-sent': drop('person'),
  'incident.source-closed': strip('incident.source-closed', {
    by: 'person',
    take: (event) => ({ ...event, outcome: mark(event.outcome) }),
  }),
  'incident.closed': strip('incident.closed', {
    by: 'person',
    take: (event) => ({ ...event, outcome: mark(event.outcome) }),
  }),
  'incident.archived': KEEP,
  'incident.read': drop('acts'),
  'incident.exported': drop('acts'),
  'incident.offered': strip('incident.offered', {
    by: 'person',
    take: (event, how) => ({ ...event, assignment: sent(event.assignment, how) }),
  }),
  'incident.offer-answered': reason('incident.offer-answered', 'messages'),
  'incident.offer-expired': KEEP,
  'incident.step-withdrawn': both(
    reason('incident.step-withdrawn', 'messages'),
    strip('incident.step-withdrawn', { by: 'acts', take: (event) => ({ ...event, by: mark(event.by) }) }),
  ),
  'incident.marked-same': strip('incident.marked-same', {
    by: 'acts',
    take: (event) => ({ ...event, by: mark(event.by) }),
  }),
  'incident.unmarked-same': KEEP,
  'unit.reported': strip('unit.reported', {
    by: 'person',
    take: ({ report: { position: _position, text, ...report }, ...event }) => ({
      ...event,
      report: { ...report, ...(text === undefined ? {} : { text: mark(text) }) },
    }),
  }),
} as const satisfies Partial<Record<EventType, Treatment>>

const OF_ROOMS = {
  'room.opened': drop('acts'),
  'room.joined': drop('acts'),
  'room.guest-entered': drop('acts'),
  'room.exported': drop('acts'),
  'room.left': {
    ...strip('room.left', { by: 'messages', take: (event) => ({ ...event, text: mark(event.text) }) }),
    dropLater: 'acts',
  },
  'room.said': drop('messages'),
  'room.received': drop('acts'),
  'room.acknowledged': drop('acts'),
  'room.checked': { ...reason('room.checked', 'messages'), dropLater: 'acts' },
  'room.checklist-set': drop('acts'),
  'room.roll-called': drop('acts'),
  'room.roll-answered': drop('acts'),
  'room.roll-ended': drop('acts'),
  'room.support-asked': drop('messages'),
  'room.support-answered': drop('messages'),
  'room.closed': drop('acts'),
  'room.archived': drop('acts'),
  'act.asked': drop('acts'),
  'act.approved': drop('acts'),
  'act.ended': drop('acts'),
  'act.opened': drop('acts'),
} as const satisfies Partial<Record<EventType, Treatment>>

const OF_SEARCHES = {
  'search.opened': drop('person'),
  'search.ground-set': drop('person'),
  'search.scenario-added': drop('person'),
  'search.scenario-weighed': drop('person'),
  'search.scenario-moved': drop('person'),
  'search.scenario-removed': drop('person'),
  'search.sighting-added': drop('person'),
  'search.sighting-withdrawn': drop('person'),
  'search.conditions-set': drop('person'),
  'search.light-set': drop('person'),
  'search.advised': drop('person'),
  'search.advice-answered': drop('person'),
  'search.map-changed': drop('person'),
  'search.found': strip('search.found', {
    by: 'person',
    take: (event, how) => ({ ...event, position: rough(event.position, how) }),
  }),
  'search.exported': drop('acts'),
  'search.ended': reason('search.ended', 'person'),
  'search.drawing-added': drop('tracks'),
  'search.drawing-removed': drop('tracks'),
  'search.track-added': drop('tracks'),
  'search.track-removed': drop('tracks'),
  'search.swept': drop('tracks'),
  'search.segment-added': drop('tracks'),
  'search.segment-removed': drop('tracks'),
  'search.teams-assigned': drop('tracks'),
  'search.ground-searched': drop('tracks'),
  'search.effort-withdrawn': drop('tracks'),
  // Drones hang on the tasks: what they were goes, that they were stays.
  'search.tasks-cut': strip('search.tasks-cut', {
    by: 'tracks',
    take: (event) => ({
      ...event,
      tasks: event.tasks.map(({ pattern: _pattern, left: _left, ...task }) => ({
        ...task,
        area: [],
        lanes: [],
        path: [],
      })),
    }),
  }),
  'candidate.raised': drop('person'),
  'candidate.strengthened': drop('person'),
  'candidate.rated': drop('person'),
  'candidate.looking-again': drop('person'),
  'candidate.team-sent': drop('person'),
  'candidate.dismissed': drop('person'),
  'candidate.confirmed': drop('person'),
  'candidate.nothing-there': drop('person'),
} as const satisfies Partial<Record<EventType, Treatment>>

const OF_FLIGHT = {
  'task.approved': KEEP,
  'task.offered': KEEP,
  'task.seen': named('task.seen'),
  'task.accepted': named('task.accepted'),
  'task.refused': both(reason('task.refused', 'messages'), named('task.refused')),
  'task.offer-expired': KEEP,
  'task.withdrawn': reason('task.withdrawn', 'messages'),
  'task.handed-over': KEEP,
  'task.resumed': named('task.resumed'),
  'task.upload-started': KEEP,
  'task.upload-progressed': KEEP,
  'task.uploaded': KEEP,
  'task.upload-cancelling': named('task.upload-cancelling'),
  'task.upload-cancel-refused': KEEP,
  'task.upload-failed': KEEP,
  'task.starting': strip('task.starting', {
    by: 'messages',
    take: ({ despiteWait, ...event }) => ({
      ...event,
      ...(despiteWait === undefined ? {} : { despiteWait: { ...despiteWait, reason: mark(despiteWait.reason) } }),
    }),
  }),
  'task.start-failed': KEEP,
  'task.flying': KEEP,
  'task.reached': KEEP,
  'task.returning': KEEP,
  'task.done': KEEP,
  'task.failed': KEEP,
  'task.unknown': KEEP,
  // The record of the aircraft: who held it and what it was told belongs to flight safety, not to the case.
  'drone.seen': KEEP,
  'drone.leased': KEEP,
  'drone.lease-released': KEEP,
  'drone.ordered': KEEP,
  'drone.command-changed': KEEP,
  'drone.fence-asked': KEEP,
  'drone.fence-moved': KEEP,
  'drone.fence-cancelling': KEEP,
  'drone.fence-cancel-refused': KEEP,
  'drone.fence-ended': KEEP,
  'drone.upkeep-asked': KEEP,
  'drone.upkeep-moved': KEEP,
  'drone.upkeep-cancelling': KEEP,
  'drone.upkeep-cancel-refused': KEEP,
  'drone.upkeep-ended': KEEP,
  'drone.link-changed': KEEP,
} as const satisfies Partial<Record<EventType, Treatment>>

const OF_THE_REST = {
  'alarm.raised': strip('alarm.raised', {
    by: 'person',
    take: (event) => ({ ...event, alarm: purgedAlarm(event.alarm) }),
  }),
  'alarm.cleared': KEEP,
  'alarm.acknowledged': KEEP,
  'alarm.shelved': KEEP,
  'alarm.unshelved': KEEP,
  'consignment.declared': KEEP,
  'consignment.checked': KEEP,
  'consignment.started': KEEP,
  'consignment.arrived': KEEP,
  'consignment.ended': KEEP,
  'consignment.accident': strip('consignment.accident', {
    by: 'messages',
    take: (event) => ({ ...event, text: mark(event.text) }),
  }),
  'consignment.accident-moved': KEEP,
  'consignment.contact-read': KEEP,
  'consignment.archived': KEEP,
  'case.held': drop('acts'),
  'case.lift-asked': drop('acts'),
  'case.lift-refused': drop('acts'),
  'case.released': drop('acts'),
  'case.purged': KEEP,
  'entry.purged': KEEP,
} as const satisfies Partial<Record<EventType, Treatment>>

export const TREATMENTS: Record<EventType, Treatment> = {
  ...NOT_OF_A_CASE,
  ...OF_INCIDENTS,
  ...OF_ROOMS,
  ...OF_SEARCHES,
  ...OF_FLIGHT,
  ...OF_THE_REST,
}
