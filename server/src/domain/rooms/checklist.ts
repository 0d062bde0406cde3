import type { ChecklistEntry, Command, DomainEvent, Room, Seat } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { dictionaryOf } from '../dictionary/dictionary.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { roomFor } from './room-of.ts'
import { voiceOf } from './members.ts'

type Check = Extract<Command, { type: 'room.check' }>

/** Ticks a point, skips it with a reason, or opens it again. */
export function decideCheck(
  picture: Picture,
  { incidentId, itemId, as, reason = '' }: Check,
  { seat }: { seat: Seat },
): Decision<DomainEvent[]> {
  const room = roomFor(picture, incidentId, seat)
  if (!room.ok) return room
  const item = room.value.checklist.find(({ id }) => id === itemId)
  if (!item) return refuse(404, 'unknown-checklist-item', `no point ${itemId} on this checklist`)
  if (as === 'skipped' && reason.length < 2) return refuse(422, 'reason-needed', 'to skip a point needs a reason')
  if (item.state === as && as !== 'skipped') return ok([])
  return ok([
    {
      type: 'room.checked',
      incidentId,
      itemId,
      as,
      by: voiceOf(seat),
      reason: as === 'skipped' ? reason : null,
    },
  ])
}

/** Checklist of a category as the dictionary has it now; none where it no longer has the category. */
export const checklistOf = (picture: Picture, category: string): ChecklistEntry[] =>
  dictionaryOf(picture).categories.find(({ id }) => id === category)?.checklist ?? []

/** Another category has other points. What was ticked or skipped under the old one stays below them. */
export function checklistFor(room: Room, entries: readonly ChecklistEntry[]): Room['checklist'] {
  const known = new Map(room.checklist.map((item) => [item.id, item]))
  const kept = room.checklist.filter(({ id, state }) => state !== 'open' && !entries.some((entry) => entry.id === id))
  return [...entries.map((entry) => known.get(entry.id) ?? blank(entry)), ...kept]
}

export const blank = ({ id, name }: ChecklistEntry): Room['checklist'][number] => ({
  id,
  name,
  state: 'open',
  by: null,
  atMs: null,
  reason: null,
})
