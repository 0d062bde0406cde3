import type { CommandDone, DomainEvent } from '@skerry/contract'

/** What a command's events made, for its answer; the same live and when restored from the journal. */
export function createdBy(events: readonly DomainEvent[]): CommandDone['created'] {
  return events.flatMap((event) => {
    switch (event.type) {
      case 'incident.reported':
        return [{ kind: 'incident', id: event.incident.id }]
      case 'search.opened':
        return [{ kind: 'search', id: event.search.id }]
      case 'search.tasks-cut':
        return event.tasks.map(({ id }) => ({ kind: 'task', id }))
      case 'distance-table.declared':
        return [{ kind: 'distanceTable', id: event.table.id }]
      case 'zone.declared':
        return event.zone.revision === 1 && event.zone.consignmentId === undefined
          ? [{ kind: 'zone', id: event.zone.id }]
          : []
      case 'consignment.declared':
        return [{ kind: 'consignment', id: event.consignment.id }]
      case 'drone.ordered':
        return [{ kind: 'command', id: event.command.id }]
      default:
        return []
    }
  })
}
