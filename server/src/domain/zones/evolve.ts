import type { Change, EventOf } from '@skerry/contract'
import { changed } from '../../picture/picture.ts'

/** Zones are put or replaced as a whole. */
export const evolveZone = (event: EventOf<'zone.declared' | 'zone.removed'>): Change[] =>
  event.type === 'zone.declared' ? [changed('zone', event.zone.id, event.zone)] : [changed('zone', event.zoneId, null)]
