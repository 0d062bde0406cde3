import { MOST_ZONES, type Command, type DomainEvent, type Zone, type ZoneDraft } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { shapeFault } from './shape-fault.ts'

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>

export function decideDeclareZone(
  picture: Picture,
  { zone: draft }: CommandOf<'zone.declare'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  if (picture.zone.size >= MOST_ZONES) return refuse(422, 'too-many-zones', `at most ${MOST_ZONES} zones`)
  return declared(picture, draft, ctx, { id: ctx.newId(), revision: 1 })
}

/** Two who change one zone at a time: the second is told, and sees what the first has made of it. */
export function decideChangeZone(
  picture: Picture,
  { zoneId, revision, zone: draft }: CommandOf<'zone.change'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const known = picture.zone.get(zoneId)
  if (!known) return refuse(404, 'unknown-zone', `no zone ${zoneId}`)
  if (known.consignmentId !== undefined) return ofConsignment(known)
  if (known.revision !== revision)
    return refuse(409, 'zone-changed', `${known.name} was changed by ${known.changedBy} meanwhile`)
  return declared(picture, draft, ctx, { id: zoneId, revision: revision + 1 })
}

/** Alarms of a zone that is gone have no cause any more. */
export function decideRemoveZone(
  picture: Picture,
  { zoneId, reason }: CommandOf<'zone.remove'>,
): Decision<DomainEvent[]> {
  const known = picture.zone.get(zoneId)
  if (!known) return refuse(404, 'unknown-zone', `no zone ${zoneId}`)
  if (known.consignmentId !== undefined) return ofConsignment(known)
  const standing = [...picture.alarm.values()].filter((alarm) => alarm.zoneId === zoneId && alarm.clearedAtMs === null)
  return ok([
    { type: 'zone.removed', zoneId, reason },
    ...standing.map(({ id }): DomainEvent => ({ type: 'alarm.cleared', alarmId: id })),
  ])
}

const ofConsignment = ({ name }: Zone): Decision<DomainEvent[]> =>
  refuse(409, 'zone-of-consignment', `${name} is the corridor of a consignment and ends with it`)

function declared(
  picture: Picture,
  draft: ZoneDraft,
  ctx: DecideContext,
  { id, revision }: Pick<Zone, 'id' | 'revision'>,
): Decision<DomainEvent[]> {
  const fault = shapeFault(draft.shape)
  if (fault !== null) return refuse(422, 'zone-not-possible', fault)
  for (const zone of picture.zone.values())
    if (zone.id !== id && zone.name === draft.name)
      return refuse(409, 'zone-name-taken', `there is a zone ${draft.name}`)
  const zone: Zone = { ...draft, id, revision, changedAtMs: ctx.nowMs, changedBy: ctx.seat.name }
  return ok([{ type: 'zone.declared', zone }])
}
