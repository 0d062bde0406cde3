import { classOf, type Command, type DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { classified, dictionaryOf } from '../dictionary/dictionary.ts'
import { ok, refuse, type Decision } from '../result.ts'

type Classify = Extract<Command, { type: 'incident.classify' }>

/**
 * Another category or level for an incident that runs. A missing person stays one: without the description of the subject
 * it could not become one, and a search would lose its own.
 */
export function decideClassify(picture: Picture, command: Classify): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  const level = dictionaryOf(picture).levels.find(({ id }) => id === command.level)
  if (!level) return refuse(422, 'unknown-level', `no level ${command.level}`)
  const named = classified(picture, { category: command.category, level: level.id, priority: level.priority })
  if (!named.ok) return named
  const { category } = named.value
  const before = classOf(incident)
  if (category.class !== before && before === 'missing-person')
    return refuse(409, 'subject-not-allowed', `incident ${incident.number} is about a missing person`)
  if (category.class !== before && category.class === 'missing-person')
    return refuse(422, 'subject-required', 'a missing person is reported with a description: report one from this call')
  if (category.id === incident.category && level.id === incident.level) return ok([])
  return ok([
    {
      type: 'incident.classified',
      incidentId: incident.id,
      category: category.id,
      class: category.class,
      level: level.id,
      priority: level.priority,
      reason: command.reason,
    },
    ...(category.id === incident.category || picture.room.get(incident.id)?.state !== 'open'
      ? []
      : [{ type: 'room.checklist-set' as const, incidentId: incident.id, checklist: category.checklist }]),
  ])
}
