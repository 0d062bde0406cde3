import type { Change, Command, CoverEnd, DomainEvent, EventOf, LngLat, Seat, Unit, Zone } from '@skerry/contract'
import { changed, type Picture } from '../../picture/picture.ts'
import { ok, refuse, type Decision } from '../result.ts'

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>

/** Where units are sent to cover a zone; null where the zone has no such place or the ways are not known yet. */
export type CoverPlace = (zone: Zone) => LngLat | null

/** Orders a free unit to cover a zone that watches its coverage. It stays free: the next incident may still have it. */
export function decideCover(
  picture: Picture,
  { unitId, zoneId }: CommandOf<'unit.cover'>,
  ctx: { nowMs: number; seat: Seat; coverPlace: CoverPlace },
): Decision<DomainEvent[]> {
  const unit = picture.unit.get(unitId)
  if (!unit) return refuse(404, 'unknown-unit', `no unit ${unitId} on the roster`)
  const zone = picture.zone.get(zoneId)
  if (!zone) return refuse(404, 'unknown-zone', `no zone ${zoneId}`)
  if (!zone.rules.some(({ kind }) => kind === 'coverage'))
    return refuse(409, 'zone-not-covered', `zone ${zone.name} has no rule of coverage`)
  if (!unit.onDuty || unit.status === 'off-duty') return refuse(409, 'unit-off-duty', `${unit.callSign} is off duty`)
  if (unit.assignment !== null || unit.status !== 'available')
    return refuse(409, 'unit-busy', `${unit.callSign} is not free`)
  if (unit.cover?.zoneId === zoneId) return ok([])
  const destination = ctx.coverPlace(zone)
  if (destination === null)
    return refuse(409, 'no-cover-place', `no place in ${zone.name} that a unit could be sent to`)
  return ok([
    { type: 'unit.cover-ordered', unitId, cover: { zoneId, destination, orderedAtMs: ctx.nowMs, by: ctx.seat.name } },
  ])
}

export function decideEndCover(
  picture: Picture,
  { unitId, reason }: CommandOf<'unit.end-cover'>,
): Decision<DomainEvent[]> {
  const unit = picture.unit.get(unitId)
  if (!unit) return refuse(404, 'unknown-unit', `no unit ${unitId} on the roster`)
  if (!unit.cover) return refuse(409, 'no-cover-order', `${unit.callSign} was not sent to cover a zone`)
  return ok([ended(unit, 'withdrawn', reason)])
}

/** Cover moves that are over: the unit is there, has something else to do, went off duty, or the zone is gone. */
export function coversDue(picture: Picture, isIn: (unit: Unit, zone: Zone) => boolean): DomainEvent[] {
  return [...picture.unit.values()].flatMap((unit): DomainEvent[] => {
    if (!unit.cover) return []
    const zone = picture.zone.get(unit.cover.zoneId)
    const because = !unit.onDuty
      ? 'off-duty'
      : unit.assignment !== null
        ? 'sent-elsewhere'
        : zone?.rules.some(({ kind }) => kind === 'coverage') !== true
          ? 'zone-gone'
          : isIn(unit, zone)
            ? 'arrived'
            : null
    return because === null ? [] : [ended(unit, because, null)]
  })
}

const ended = (unit: Unit, because: CoverEnd, reason: string | null): DomainEvent => ({
  type: 'unit.cover-ended',
  unitId: unit.id,
  zoneId: unit.cover!.zoneId,
  because,
  reason,
})

export function evolveCover(picture: Picture, event: EventOf<'unit.cover-ordered' | 'unit.cover-ended'>): Change[] {
  const unit = picture.unit.get(event.unitId)
  if (!unit) return []
  if (event.type === 'unit.cover-ordered') return [changed('unit', unit.id, { ...unit, cover: event.cover })]
  const { cover: _cover, ...rest } = unit
  return [changed('unit', unit.id, rest)]
}
