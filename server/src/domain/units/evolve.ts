import type { Change, EventOf, UnitStatus } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'

type UnitEvent = EventOf<'roster.declared' | 'unit.status-changed' | 'unit.reported'>

const STATUS_OF_REPORT: Partial<Record<EventOf<'unit.reported'>['report']['kind'], UnitStatus>> = {
  acknowledged: 'assigned',
  'en-route': 'en-route',
  'on-scene': 'on-scene',
  'person-located': 'on-scene',
  'nothing-here': 'on-scene',
}

/** Units of the roster, their duty and status. A unit that a declaration leaves out stays as it is. */
export function evolveUnit(picture: Picture, event: UnitEvent): Change[] {
  switch (event.type) {
    case 'roster.declared':
      return event.units.map((declared) => {
        const known = picture.unit.get(declared.id)
        const status = known?.status ?? 'available'
        return changed('unit', declared.id, {
          ...declared,
          handle: known?.handle ?? event.handles[declared.id] ?? 0,
          status: !declared.onDuty ? 'off-duty' : status === 'off-duty' ? 'available' : status,
          assignment: known?.assignment ?? null,
        })
      })
    case 'unit.status-changed':
      return patched(picture, 'unit', event.unitId, { status: event.status })
    case 'unit.reported': {
      const status = STATUS_OF_REPORT[event.report.kind]
      return status ? patched(picture, 'unit', event.report.unitId, { status }) : []
    }
  }
}
