import type { Command, DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { dictionaryOf } from '../dictionary/dictionary.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { isActive, memberOf } from './members.ts'
import { openRoom } from './room-of.ts'
import { ruledMembers } from './rules.ts'

type Remove = Extract<Command, { type: 'room.remove' }>

/** Whom a rule brings cannot be taken out: release the unit, or end what the rule goes by. */
export function decideRemove(picture: Picture, { incidentId, key, reason }: Remove): Decision<DomainEvent[]> {
  const room = openRoom(picture, incidentId)
  if (!room.ok) return room
  if (!isActive(memberOf(picture, incidentId, key))) return refuse(404, 'not-a-member', `${key} is not in this room`)
  const incident = picture.incident.get(incidentId)
  const rule = incident && ruledMembers(picture, dictionaryOf(picture), incident).find((one) => one.key === key)?.rule
  if (rule !== undefined) return refuse(409, 'held-by-rule', `rule ${rule} brings ${key} into this room`)
  return ok([{ type: 'room.left', incidentId, key, reason: 'removed', text: reason }])
}
