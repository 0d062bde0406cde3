import type { Candidate, Incident, Search, Task, TaskState } from '@skerry/contract'
import type { Translate } from '../../i18n/words.ts'

/** A missing-person incident with its search, where one is open. */
export interface SearchRow {
  incident: Incident
  search: Search | null
}

/** Incidents that need a search or have one: living ones first, the newest first. */
export function searchRows(incidents: Iterable<Incident>, searches: ReadonlyMap<string, Search>): SearchRow[] {
  return [...incidents]
    .filter((incident) => incident.subject !== null || incident.searchId !== null)
    .map((incident) => ({
      incident,
      search: incident.searchId === null ? null : (searches.get(incident.searchId) ?? null),
    }))
    .sort(
      (a, b) =>
        Number(a.incident.state === 'closed') - Number(b.incident.state === 'closed') ||
        b.incident.number - a.incident.number,
    )
}

const OVER: readonly TaskState[] = ['done', 'refused', 'withdrawn', 'failed']
const ORDER: readonly TaskState[] = [
  'flying',
  'starting',
  'returning',
  'unknown',
  'ready',
  'uploading',
  'accepted',
  'seen',
  'offered',
  'drafted',
  'failed',
  'refused',
  'done',
  'withdrawn',
]

export const isOver = (task: Pick<Task, 'state'>): boolean => OVER.includes(task.state)

/** Tasks of a search: what is in the air first, what is over last; withdrawn drafts are left out. */
export function tasksOf(searchId: string, tasks: Iterable<Task>): Task[] {
  return [...tasks]
    .filter((task) => task.searchId === searchId && task.state !== 'withdrawn')
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.number - b.number)
}

/** Candidates of a search: those that wait for a judgement first, the likeliest first. */
export function candidatesOf(searchId: string, candidates: Iterable<Candidate>): Candidate[] {
  const waits = ({ state }: Candidate): number =>
    state === 'open' ? 0 : state === 'dismissed' || state === 'nothing-there' ? 2 : 1
  return [...candidates]
    .filter((candidate) => candidate.searchId === searchId)
    .sort(
      (a, b) =>
        waits(a) - waits(b) ||
        (b.onMap?.probability ?? 0) - (a.onMap?.probability ?? 0) ||
        b.likelihoodRatio - a.likelihoodRatio ||
        a.number - b.number,
    )
}

/** Share of one as per cent with as many digits as it has meaning: 0.03, 1.2, 37. */
export function percentText(share: number): string {
  const percent = share * 100
  if (Math.abs(percent) >= 0.005 && Math.abs(percent) < 0.1) return percent.toFixed(2)
  return percent < 10 ? percent.toFixed(1) : percent.toFixed(0)
}

/** How many times as likely: a factor with two figures. */
export const factorText = (factor: number): string => `×${factor >= 10 ? factor.toFixed(0) : factor.toPrecision(2)}`

/** How well the looks agree that something warm is there, in words, with the figure: nothing of whether it is a person. */
export function ratioText(ratio: number, t: Translate): string {
  if (ratio >= 10) return t('search.candidate.ratioStrong', { n: ratio >= 1000 ? '>1000' : Math.round(ratio) })
  if (ratio >= 1) return t('search.candidate.ratioWeak', { n: ratio.toFixed(1) })
  return t('search.candidate.ratioAgainst', { n: ratio > 0.001 ? Math.round(1 / ratio) : '>1000' })
}
