import type { Change, EventOf } from '@skerry/contract'
import { changed, type Picture } from '../../picture/picture.ts'
import { fencesAfterZone } from '../fleet/fence.ts'

/** Zones are put or replaced as a whole; a fence in a drone that was made of them may be an old one then. */
export function evolveZone(picture: Picture, event: EventOf<'zone.declared' | 'zone.removed'>, atMs: number): Change[] {
  const after = new Map(picture.zone)
  if (event.type === 'zone.removed') {
    after.delete(event.zoneId)
    return [changed('zone', event.zoneId, null), ...fencesAfterZone(picture, after, atMs)]
  }
  after.set(event.zone.id, event.zone)
  return [changed('zone', event.zone.id, event.zone), ...fencesAfterZone(picture, after, atMs)]
}
