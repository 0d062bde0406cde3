import type { DomainEvent } from '@skerry/contract'
import { incidentOf, type IncidentLookup } from './incident-of.ts'
import type { Picture } from './picture.ts'

/** The incident of each event of a batch, with what earlier events of the same batch made taken into account. */
export function incidentsOfBatch(picture: Picture, events: readonly DomainEvent[]): (string | null)[] {
  const made = new Map<string, string | null>()
  const of = (id: string, known: string | null | undefined): string | null => made.get(id) ?? known ?? null
  const incidentOfTask = (id: string): string | null => of(id, picture.task.get(id)?.incidentId)
  const lookup: IncidentLookup = {
    incidentOfSearch: (id) => of(id, picture.search.get(id)?.incidentId),
    incidentOfTask,
    incidentOfCandidate: (id) => of(id, picture.candidate.get(id)?.incidentId),
    incidentOfConsignment: (id) => of(id, picture.consignment.get(id)?.incidentId),
    incidentOfAlarm: (id) => of(id, picture.alarm.get(id)?.incidentId),
    incidentOfCommand: (id) => {
      const taskId = picture.command.get(id)?.taskId
      return made.get(id) ?? (taskId ? incidentOfTask(taskId) : null)
    },
    incidentOfDrone: (id) => {
      const taskId = picture.drone.get(id)?.taskId
      return taskId ? incidentOfTask(taskId) : null
    },
  }
  return events.map((event) => {
    const incidentId = incidentOf(lookup, event)
    if (event.type === 'search.opened') made.set(event.search.id, incidentId)
    if (event.type === 'search.tasks-cut') for (const task of event.tasks) made.set(task.id, task.incidentId)
    if (event.type === 'candidate.raised') made.set(event.candidate.id, incidentId)
    if (event.type === 'drone.ordered') made.set(event.command.id, incidentId)
    if (event.type === 'alarm.raised') made.set(event.alarm.id, incidentId)
    return incidentId
  })
}
