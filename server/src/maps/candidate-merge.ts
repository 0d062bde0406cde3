import type { Candidate } from '@skerry/contract'
import { DEFAULT_TRIAGE_POLICY, type Candidate as TriageCandidate } from '@skerry/search'
import { distanceM } from '../domain/geo.ts'
import type { Picture } from '../picture/picture.ts'

/** What a candidate had gathered before this run of the triage began, for example before a restart. */
export type Earlier = Pick<Candidate, 'looks' | 'opportunities' | 'likelihoodRatio' | 'passes' | 'firstSeenAtMs'>

/** Figures of a candidate: what this triage has found, on top of what was known before. */
export function figuresOf(
  found: TriageCandidate,
  earlier: Earlier | null,
  strongest: Pick<Candidate, 'maxC' | 'contrastSd' | 'attitudeFrom'>,
  passes: number,
): Omit<Candidate, 'id' | 'number' | 'searchId' | 'incidentId' | 'state' | 'taskId' | 'unitId' | 'reason'> {
  const { position, errorRadiusM, looks, opportunities, likelihoodRatio, firstSeenMs, lastSeenMs } = found
  return {
    position: [position[0], position[1]],
    errorRadiusM,
    firstSeenAtMs: Math.min(firstSeenMs, earlier?.firstSeenAtMs ?? firstSeenMs),
    lastSeenAtMs: lastSeenMs,
    looks: looks + (earlier?.looks ?? 0),
    opportunities: opportunities + (earlier?.opportunities ?? 0),
    maxC: strongest.maxC,
    contrastSd: strongest.contrastSd,
    ...(strongest.attitudeFrom === undefined ? {} : { attitudeFrom: strongest.attitudeFrom }),
    likelihoodRatio: earlier ? together(found, earlier) : likelihoodRatio,
    passes: passes + (earlier?.passes ?? 0),
  }
}

/**
 * Independent looks multiply, up to what persistent warm things other than people leave to claim; looks that showed nothing
 * count after that limit, before a restart as after it.
 */
function together({ likelihoodRatio, missedRatio }: TriageCandidate, earlier: Earlier): number {
  const most = DEFAULT_TRIAGE_POLICY.maxLikelihoodRatio
  const missedBefore = earlier.looks < earlier.opportunities ? Math.min(1, earlier.likelihoodRatio / most) : 1
  const agreed = (earlier.likelihoodRatio / missedBefore) * (likelihoodRatio / missedRatio)
  return Math.min(most, agreed) * missedBefore * missedRatio
}

/** A candidate of the search that stands where the triage found something, whatever was decided about it. */
export function candidateNear(picture: Picture, searchId: string, found: TriageCandidate): Candidate | null {
  let nearest: Candidate | null = null
  let nearestM = Infinity
  for (const candidate of picture.candidate.values()) {
    if (candidate.searchId !== searchId) continue
    const awayM = distanceM(candidate.position, [found.position[0], found.position[1]])
    const gateM = Math.max(DEFAULT_TRIAGE_POLICY.sameThingM, Math.hypot(candidate.errorRadiusM, found.errorRadiusM))
    if (awayM <= gateM && awayM < nearestM) {
      nearest = candidate
      nearestM = awayM
    }
  }
  return nearest
}

/** Whether later figures say something that a person would want to know. */
export const saysMore = (known: Candidate, later: Pick<Candidate, 'looks' | 'likelihoodRatio' | 'position'>): boolean =>
  later.looks !== known.looks ||
  Math.abs(Math.log(later.likelihoodRatio / known.likelihoodRatio)) > 0.2 ||
  distanceM(known.position, later.position) > 2
