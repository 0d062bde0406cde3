import type { Change, EventOf } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'

type SearchEvent = EventOf<
  'search.opened' | 'search.ground-set' | 'search.tasks-cut' | 'search.map-changed' | 'search.found' | 'search.ended'
>

/** A search and the tasks that were cut for it. Maps follow the journal on their own; only their figures are here. */
export function evolveSearch(picture: Picture, event: SearchEvent, atMs: number): Change[] {
  switch (event.type) {
    case 'search.opened':
      return [
        changed('search', event.search.id, event.search),
        ...patched(picture, 'incident', event.search.incidentId, { searchId: event.search.id }),
      ]
    case 'search.ground-set':
      return patched(picture, 'search', event.searchId, { highestGroundAmslM: event.highestGroundAmslM })
    case 'search.tasks-cut':
      return [
        ...event.replaced.filter((id) => picture.task.has(id)).map((id) => changed('task', id, null)),
        ...event.tasks.map((task) => changed('task', task.id, task)),
      ]
    case 'search.map-changed': {
      const { searchId, pos, restOfWorld, nextHourPos, mapRevision } = event
      return patched(picture, 'search', searchId, { pos, restOfWorld, nextHourPos, mapRevision })
    }
    case 'search.found': {
      const { position, outcome, unitId } = event
      return patched(picture, 'search', event.searchId, {
        state: 'found',
        endedAtMs: atMs,
        found: { position, outcome, atMs, unitId },
      })
    }
    case 'search.ended':
      return patched(picture, 'search', event.searchId, { state: event.as, endedAtMs: atMs })
  }
}
