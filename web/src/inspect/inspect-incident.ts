import { categoryText, dictionaryIn, shownLevel } from '../format/dictionary.ts'
import { positionText } from '../format/distance.ts'
import { stampText } from '../format/time.ts'
import { secondsSince, type Inspection, type Known } from './facts.ts'

/** What is known about one incident. */
export function inspectIncident(id: string, { picture, nowMs, lang, t }: Known): Inspection | null {
  const incident = picture.incident.get(id)
  if (incident === undefined) return null
  const dictionary = dictionaryIn(picture)
  const callSigns = incident.unitIds.map((unitId) => picture.unit.get(unitId)?.callSign ?? unitId)
  const search = incident.searchId === null ? undefined : picture.search.get(incident.searchId)
  return {
    thing: { kind: 'incident', id },
    title: `#${incident.number} ${categoryText(dictionary, incident.category, lang)}`,
    subtitle: incident.place,
    position: incident.position,
    facts: [
      { label: 'inspect.level', value: shownLevel(dictionary, incident).name[lang] },
      { label: 'inspect.state', value: t(`domain.incidentState.${incident.state}`) },
      { label: 'inspect.text', value: incident.text === '' ? t('common.none') : incident.text },
      { label: 'inspect.units', value: callSigns.length === 0 ? t('common.none') : callSigns.join(', ') },
      {
        label: 'inspect.search',
        value: search === undefined ? t('common.none') : t(`domain.searchState.${search.state}`),
      },
      { label: 'inspect.position', value: positionText(incident.position) },
      { label: 'inspect.occurred', value: stampText(incident.occurredAtMs, lang) },
      { label: 'inspect.source', value: incident.source },
    ],
    ages: [
      { label: 'inspect.age.occurred', seconds: secondsSince(incident.occurredAtMs, nowMs) },
      { label: 'inspect.age.received', seconds: secondsSince(incident.receivedAtMs, nowMs) },
    ],
  }
}
