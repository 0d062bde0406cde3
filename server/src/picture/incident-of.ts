import type { DomainEvent } from '@skerry/contract'

/** What is needed to find the incident of an event: the picture, and what earlier events of the same batch made. */
export interface IncidentLookup {
  incidentOfSearch(searchId: string): string | null
  incidentOfTask(taskId: string): string | null
  incidentOfCandidate(candidateId: string): string | null
  incidentOfCommand(commandId: string): string | null
  incidentOfAlarm(alarmId: string): string | null
  /** Incident of the task that the drone is on, if it is on one. */
  incidentOfDrone(droneId: string): string | null
}

/** The incident in whose timeline an event belongs, or null. */
export function incidentOf(lookup: IncidentLookup, event: DomainEvent): string | null {
  switch (event.type) {
    case 'server.started':
    case 'roster.declared':
    case 'sites.declared':
    case 'checkpoints.declared':
    case 'unit.status-changed':
    case 'drone.seen':
    case 'account.created':
    case 'feed.created':
    case 'feed.removed':
    case 'seat.signed-in':
    case 'calibration.laid-out':
    case 'calibration.pass-recorded':
    case 'calibration.pass-undone':
    case 'calibration.finished':
    case 'calibration.withdrawn':
    case 'timer.set':
    case 'timer.ended':
    case 'zone.declared':
    case 'zone.removed':
      return null
    case 'unit.reported':
      return event.report.incidentId
    case 'incident.reported':
      return event.incident.id
    case 'incident.state-changed':
    case 'incident.assigned':
    case 'incident.released':
    case 'incident.noted':
    case 'incident.offered':
    case 'incident.offer-answered':
    case 'incident.offer-expired':
    case 'incident.marked-same':
    case 'incident.unmarked-same':
    case 'incident.closed':
      return event.incidentId
    case 'search.opened':
      return event.search.incidentId
    case 'search.ground-set':
    case 'search.scenario-added':
    case 'search.scenario-weighed':
    case 'search.scenario-moved':
    case 'search.scenario-removed':
    case 'search.conditions-set':
    case 'search.sighting-added':
    case 'search.sighting-withdrawn':
    case 'search.advised':
    case 'search.advice-answered':
    case 'search.tasks-cut':
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
    case 'task.upload-started':
    case 'task.upload-progressed':
    case 'task.uploaded':
    case 'task.upload-failed':
    case 'task.starting':
    case 'task.start-failed':
    case 'task.flying':
    case 'task.returning':
    case 'task.done':
    case 'task.failed':
    case 'task.unknown':
      return lookup.incidentOfTask(event.taskId)
    case 'drone.leased':
      return lookup.incidentOfDrone(event.lease.droneId)
    case 'drone.lease-released':
    case 'drone.link-changed':
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
