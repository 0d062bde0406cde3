import { classOf, type Incident, type IncidentClass, type SameRule, type SimilarIncident } from '@skerry/contract'
import { lineM } from '../../eta/line.ts'

/** Our own default: calls about one event come within the hour and from within sight of it. */
export const SAME_RULE: SameRule = { windowMin: 45, radiusM: 500, leastScore: 0.45 }
const MOST_SUGGESTED = 3

type Facts = Pick<Incident, 'id' | 'category' | 'position' | 'occurredAtMs' | 'text'> &
  Partial<Pick<Incident, 'class' | 'sameAs' | 'closedAs'>>

/** A call may name the same matter differently: whoever reports a fight sees public order, or somebody hurt. */
const RELATED: readonly (readonly IncidentClass[])[] = [
  ['traffic', 'medical'],
  ['public-order', 'medical'],
  ['fire', 'medical'],
  ['person-in-water', 'vessel-distress', 'missing-person'],
]
const related = (a: IncidentClass, b: IncidentClass): boolean =>
  a === b || a === 'other' || b === 'other' || RELATED.some((group) => group.includes(a) && group.includes(b))

/** How alike two reports are under a rule, or null where they cannot be about the same matter. Symmetric. */
export function alike(a: Facts, b: Facts, rule: SameRule): Omit<SimilarIncident, 'incidentId'> | null {
  if (!related(classOf(a), classOf(b))) return null
  const minutesApart = Math.abs(a.occurredAtMs - b.occurredAtMs) / 60_000
  if (minutesApart > rule.windowMin) return null
  const distanceM = lineM(a.position, b.position)
  if (distanceM > rule.radiusM) return null
  const wordsAlike = dice(a.text, b.text)
  const near = 0.4 * (1 - distanceM / rule.radiusM) + 0.3 * (1 - minutesApart / rule.windowMin)
  // Without words the place and the time decide alone.
  const score = wordsAlike === null ? near / 0.7 : near + 0.3 * wordsAlike
  return score < rule.leastScore ? null : { distanceM, minutesApart, wordsAlike, score: Math.min(1, score) }
}

/** Earlier-known incidents that one may be another report of, likeliest first; reports of a group count as its first. */
export function similarTo(incident: Facts, others: Iterable<Facts>, rule: SameRule): SimilarIncident[] {
  if (incident.sameAs) return []
  const found: SimilarIncident[] = []
  for (const other of others) {
    if (other.id === incident.id || other.sameAs || other.closedAs === 'invalid') continue
    const likeness = alike(incident, other, rule)
    if (likeness !== null) found.push({ incidentId: other.id, ...likeness })
  }
  return found.sort((a, b) => b.score - a.score || (a.incidentId < b.incidentId ? -1 : 1)).slice(0, MOST_SUGGESTED)
}

/** Dice coefficient of the pairs of neighbouring characters, which needs no word borders: it serves Chinese as it is. */
function dice(a: string, b: string): number | null {
  const [pairsA, pairsB] = [pairsOf(a), pairsOf(b)]
  if (pairsA.size === 0 || pairsB.size === 0) return null
  let both = 0
  for (const pair of pairsA) if (pairsB.has(pair)) both++
  return (2 * both) / (pairsA.size + pairsB.size)
}

function pairsOf(text: string): Set<string> {
  const letters = [...text.toLowerCase()].filter((letter) => /[\p{L}\p{N}]/u.test(letter))
  return new Set(letters.slice(1).map((letter, i) => letters[i]! + letter))
}
