import { classOf, type Dictionary, type Incident, type MemberKey, type RoomRule } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'

/** Somebody whom a rule brings into a room. */
export interface Ruled {
  key: MemberKey
  kind: 'desk' | 'unit' | 'seat'
  name: string
  rule: string
}

/** Whether a rule holds for an incident as it is now. */
export function holds({ when }: RoomRule, picture: Picture, incident: Incident): boolean {
  const fits = (list: readonly string[], value: string | undefined): boolean =>
    list.length === 0 || (value !== undefined && list.includes(value))
  if (!fits(when.levels, incident.level) || !fits(when.priorities, incident.priority)) return false
  if (!fits(when.categories, incident.category) || !fits(when.classes, classOf(incident))) return false
  if (when.sent && incident.unitIds.length === 0) return false
  return !when.search || picture.search.get(incident.searchId ?? '')?.state === 'open'
}

/** Everybody whom the rules want in the room of an incident now, each once, by the first rule that does. */
export function ruledMembers(picture: Picture, dictionary: Dictionary, incident: Incident): Ruled[] {
  const found = new Map<MemberKey, Ruled>()
  for (const rule of dictionary.roomRules)
    if (holds(rule, picture, incident))
      for (const one of broughtBy(rule, picture, incident)) if (!found.has(one.key)) found.set(one.key, one)
  return [...found.values()]
}

function broughtBy(rule: RoomRule, picture: Picture, incident: Incident): Ruled[] {
  const { id } = rule
  switch (rule.join) {
    case 'desk':
      return [{ key: `desk:${rule.role}`, kind: 'desk', name: rule.role, rule: id }]
    case 'units':
      // Who was asked and has not answered does not belong to it yet.
      return incident.unitIds.flatMap((unitId): Ruled[] => {
        const unit = picture.unit.get(unitId)
        const asked = incident.offers?.some((offer) => offer.unitId === unitId && offer.state === 'open') ?? false
        return unit === undefined || asked
          ? []
          : [{ key: `unit:${unitId}`, kind: 'unit', name: unit.callSign, rule: id }]
      })
    case 'pilots':
      return [...picture.task.values()].flatMap((task): Ruled[] =>
        task.incidentId === incident.id && task.pilot !== null && RUNNING.has(task.state)
          ? [{ key: `seat:${task.pilot.account ?? task.pilot.seatId}`, kind: 'seat', name: task.pilot.name, rule: id }]
          : [],
      )
    case 'handlers': // they come by what they do: `handlerJoins`
      return []
  }
}

const RUNNING = new Set(['accepted', 'uploading', 'ready', 'starting', 'flying', 'returning', 'unknown', 'done'])
