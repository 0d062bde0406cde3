import type { Change, EventOf, EventType } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'

type CandidateEvent = EventOf<Extract<EventType, `candidate.${string}`>>

/** Candidates and what people decided about them. Later looks add to the figures and never undo a decision. */
export function evolveCandidate(picture: Picture, event: CandidateEvent): Change[] {
  switch (event.type) {
    case 'candidate.raised':
      return [changed('candidate', event.candidate.id, event.candidate)]
    case 'candidate.strengthened': {
      const known = picture.candidate.get(event.candidate.id)
      if (!known) return []
      const { state, taskId, unitId, reason, onMap } = known
      const decided = { state, taskId, unitId, reason, ...(onMap === undefined ? {} : { onMap }) }
      return [changed('candidate', known.id, { ...event.candidate, ...decided })]
    }
    case 'candidate.rated':
      return patched(picture, 'candidate', event.candidateId, { detector: event.detector })
    case 'candidate.looking-again':
      return patched(picture, 'candidate', event.candidateId, { state: 'looking-again', taskId: event.taskId })
    case 'candidate.team-sent':
      return patched(picture, 'candidate', event.candidateId, { state: 'team-sent', unitId: event.unitId })
    case 'candidate.dismissed':
      return patched(picture, 'candidate', event.candidateId, { state: 'dismissed', reason: event.reason, onMap: null })
    case 'candidate.confirmed':
      return patched(picture, 'candidate', event.candidateId, { state: 'confirmed' })
    case 'candidate.nothing-there':
      return patched(picture, 'candidate', event.candidateId, {
        state: 'nothing-there',
        unitId: event.unitId,
        onMap: null,
      })
  }
}
