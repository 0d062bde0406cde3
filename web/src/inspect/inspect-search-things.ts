import { distanceText, positionText } from '../format/distance.ts'
import { spanText } from '../format/time.ts'
import { secondsSince, type Inspection, type Known } from './facts.ts'

/** What is known about one search task, for those who only look at it; the work on it is in the search workplace. */
export function inspectTask(id: string, { picture, nowMs, t }: Known): Inspection | null {
  const task = picture.task.get(id)
  if (task === undefined) return null
  const metres = (m: number | null): string | null =>
    m === null ? null : t('common.distance.metres', { n: Math.round(m) })
  return {
    thing: { kind: 'task', id },
    title: `${t('domain.thing.task')} ${task.number}`,
    subtitle: task.droneId,
    position: task.area[0] ?? null,
    facts: [
      { label: 'inspect.state', value: t(`domain.taskState.${task.state}`) },
      { label: 'inspect.pilot', value: task.pilot?.name ?? t('common.none') },
      { label: 'inspect.length', value: distanceText(task.lengthM, t) },
      { label: 'inspect.duration', value: spanText(task.timeS, t) },
      { label: 'inspect.heightAboveTakeoff', value: metres(task.heightAboveTakeoffM) },
      { label: 'inspect.poa', value: t('common.percent', { n: (task.poa * 100).toFixed(1) }) },
    ],
    ages: [{ label: 'inspect.age.started', seconds: secondsSince(task.startedAtMs, nowMs) }],
  }
}

/** What is known about one candidate. */
export function inspectCandidate(id: string, { picture, nowMs, t }: Known): Inspection | null {
  const candidate = picture.candidate.get(id)
  if (candidate === undefined) return null
  return {
    thing: { kind: 'candidate', id },
    title: `${t('domain.thing.candidate')} ${candidate.number}`,
    subtitle: t(`domain.candidateState.${candidate.state}`),
    position: candidate.position,
    facts: [
      { label: 'inspect.position', value: positionText(candidate.position) },
      { label: 'inspect.errorRadius', value: t('common.distance.metres', { n: Math.round(candidate.errorRadiusM) }) },
      {
        label: 'inspect.view',
        value: candidate.attitudeFrom === undefined ? null : t(`inspect.viewFrom.${candidate.attitudeFrom}`),
      },
      { label: 'inspect.looks', value: t('inspect.looksOf', { k: candidate.looks, n: candidate.opportunities }) },
      { label: 'inspect.temperature', value: `${candidate.maxC.toFixed(1)} °C` },
      {
        label: 'inspect.isSubject',
        value: candidate.onMap ? t('common.percent', { n: (candidate.onMap.probability * 100).toFixed(1) }) : null,
      },
    ],
    ages: [
      { label: 'inspect.age.firstSeen', seconds: secondsSince(candidate.firstSeenAtMs, nowMs) },
      { label: 'inspect.age.lastSeen', seconds: secondsSince(candidate.lastSeenAtMs, nowMs) },
    ],
  }
}

/** What is known about one search, as far as it concerns the map. */
export function inspectSearch(id: string, { picture, nowMs, t }: Known): Inspection | null {
  const search = picture.search.get(id)
  if (search === undefined) return null
  const incident = picture.incident.get(search.incidentId)
  return {
    thing: { kind: 'search', id },
    title: `${t('domain.thing.search')} #${incident?.number ?? '?'}`,
    subtitle: incident?.place ?? '',
    position: search.setup.planningPoint,
    facts: [
      { label: 'inspect.state', value: t(`domain.searchState.${search.state}`) },
      { label: 'inspect.pos', value: t('common.percent', { n: (search.pos * 100).toFixed(1) }) },
      { label: 'inspect.position', value: positionText(search.setup.planningPoint) },
    ],
    ages: [{ label: 'inspect.age.started', seconds: secondsSince(search.openedAtMs, nowMs) }],
  }
}
