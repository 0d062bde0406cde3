import type { DomainEvent } from '@skerry/contract'

/** What is needed to find the incident of an event: the picture, and what earlier events of the same batch made. */
export interface IncidentLookup {
  incidentOfSearch(searchId: string): string | null
  incidentOfTask(taskId: string): string | null
  incidentOfCandidate(candidateId: string): string | null
  incidentOfCommand(commandId: string): string | null
  incidentOfAlarm(alarmId: string): string | null
  incidentOfConsignment(consignmentId: string): string | null
  /** Incident of the task that the drone is on, if it is on one. */
  incidentOfDrone(droneId: string): string | null
}

/** The incident in whose timeline an event belongs, or null. */
export function incidentOf(lookup: IncidentLookup, event: DomainEvent): string | null {
  switch (event.type) {
    case 'server.started':
    case 'roster.declared':
    case 'dictionary.declared':
    case 'sites.declared':
    case 'checkpoints.declared':
    case 'unit.status-changed':
    case 'unit.cover-ordered':
    case 'unit.cover-ended':
    case 'drone.seen':
    case 'account.created':
    case 'feed.created':
    case 'feed.removed':
    case 'kiosk.created':
    case 'kiosk.removed':
    case 'seat.signed-in':
    case 'ground-layers.declared':
    case 'distance-table.declared':
    case 'distance-table.withdrawn':
    case 'seat.signed-out':
    case 'calibration.laid-out':
    case 'calibration.pass-recorded':
    case 'calibration.false-alarm-recorded':
    case 'calibration.pass-undone':
    case 'calibration.finished':
    case 'calibration.withdrawn':
    case 'timer.set':
    case 'timer.ended':
    case 'cameras.declared':
    case 'consignment.declared':
    case 'consignment.checked':
    case 'consignment.started':
    case 'consignment.arrived':
    case 'consignment.archived':
    case 'zone.declared':
    case 'zone.removed':
    case 'entry.purged': // nobody decides it: it is written over another one
      return null
    case 'case.purged':
    case 'case.held':
    case 'case.lift-asked':
    case 'case.lift-refused':
    case 'case.released':
    case 'act.asked':
    case 'act.approved':
    case 'act.ended':
    case 'act.opened':
    case 'consignment.accident':
    case 'consignment.accident-moved':
    case 'consignment.contact-read':
      return event.incidentId
    case 'consignment.ended':
      return lookup.incidentOfConsignment(event.consignmentId)
    case 'unit.reported':
      return event.report.incidentId
    case 'incident.reported':
      return event.incident.id
    case 'incident.state-changed':
    case 'incident.assigned':
    case 'incident.released':
    case 'incident.unit-lost':
    case 'incident.noted':
    case 'incident.offered':
    case 'incident.offer-answered':
    case 'incident.offer-expired':
    case 'incident.step-withdrawn':
    case 'incident.marked-same':
    case 'incident.unmarked-same':
    case 'incident.classified':
    case 'incident.updated':
    case 'incident.corrected':
    case 'incident.source-closed':
    case 'incident.warning-sent':
    case 'incident.closed':
    case 'incident.archived':
    case 'incident.read':
    case 'incident.exported':
    case 'search.exported':
    case 'room.opened':
    case 'room.joined':
    case 'room.guest-entered':
    case 'room.exported':
    case 'room.left':
    case 'room.said':
    case 'room.received':
    case 'room.acknowledged':
    case 'room.checked':
    case 'room.checklist-set':
    case 'room.roll-called':
    case 'room.roll-answered':
    case 'room.roll-ended':
    case 'room.support-asked':
    case 'room.support-answered':
    case 'room.closed':
    case 'room.archived':
      return event.incidentId
    case 'search.opened':
      return event.search.incidentId
    case 'search.ground-set':
    case 'search.scenario-added':
    case 'search.scenario-weighed':
    case 'search.scenario-moved':
    case 'search.scenario-removed':
    case 'search.conditions-set':
    case 'search.light-set':
    case 'search.drawing-added':
    case 'search.drawing-removed':
    case 'search.track-added':
    case 'search.track-removed':
    case 'search.sighting-added':
    case 'search.sighting-withdrawn':
    case 'search.advised':
    case 'search.advice-answered':
    case 'search.tasks-cut':
    case 'search.segment-added':
    case 'search.segment-removed':
    case 'search.teams-assigned':
    case 'search.ground-searched':
    case 'search.effort-withdrawn':
    case 'search.swept':
    case 'search.map-changed':
    case 'search.found':
    case 'search.ended':
      return lookup.incidentOfSearch(event.searchId)
    case 'task.approved':
    case 'task.offered':
    case 'task.seen':
    case 'task.accepted':
    case 'task.refused':
    case 'task.offer-expired':
    case 'task.withdrawn':
    case 'task.handed-over':
    case 'task.resumed':
    case 'task.upload-started':
    case 'task.upload-progressed':
    case 'task.uploaded':
    case 'task.upload-cancelling':
    case 'task.upload-cancel-refused':
    case 'task.upload-failed':
    case 'task.starting':
    case 'task.start-failed':
    case 'task.flying':
    case 'task.reached':
    case 'task.returning':
    case 'task.done':
    case 'task.failed':
    case 'task.unknown':
      return lookup.incidentOfTask(event.taskId)
    case 'drone.leased':
      return lookup.incidentOfDrone(event.lease.droneId)
    case 'drone.lease-released':
    case 'drone.link-changed':
    case 'drone.fence-asked':
    case 'drone.fence-moved':
    case 'drone.fence-cancelling':
    case 'drone.fence-cancel-refused':
    case 'drone.fence-ended':
    case 'drone.upkeep-asked':
    case 'drone.upkeep-moved':
    case 'drone.upkeep-cancelling':
    case 'drone.upkeep-cancel-refused':
    case 'drone.upkeep-ended':
      return lookup.incidentOfDrone(event.droneId)
    case 'drone.ordered':
      return event.command.taskId !== null
        ? lookup.incidentOfTask(event.command.taskId)
        : lookup.incidentOfDrone(event.command.droneId)
    case 'drone.command-changed':
      return lookup.incidentOfCommand(event.commandId) ?? lookup.incidentOfDrone(event.droneId)
    case 'candidate.raised':
    case 'candidate.strengthened':
      return event.candidate.incidentId
    case 'candidate.rated':
    case 'candidate.looking-again':
    case 'candidate.team-sent':
    case 'candidate.dismissed':
    case 'candidate.confirmed':
    case 'candidate.nothing-there':
      return lookup.incidentOfCandidate(event.candidateId)
    case 'alarm.raised':
      return event.alarm.incidentId
    case 'alarm.cleared':
    case 'alarm.acknowledged':
    case 'alarm.shelved':
    case 'alarm.unshelved':
      return lookup.incidentOfAlarm(event.alarmId)
  }
}
