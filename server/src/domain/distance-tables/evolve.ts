import type { Change, EventOf, EventType } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'

type TableEvent = EventOf<Extract<EventType, `distance-table.${string}`>>

export function evolveDistanceTable(picture: Picture, event: TableEvent): Change[] {
  switch (event.type) {
    case 'distance-table.declared': {
      const { table } = event
      return [
        ...(table.replaces === null ? [] : patched(picture, 'distanceTable', table.replaces, { state: 'replaced' })),
        changed('distanceTable', table.id, table),
      ]
    }
    case 'distance-table.withdrawn':
      return patched(picture, 'distanceTable', event.tableId, { state: 'withdrawn' })
  }
}
