import type { Candidate } from '@skerry/contract'
import type { CandidateChange, CandidateMapEvent } from './change-cause.ts'

/** A candidate after one event, as far as the map needs it; undefined where nobody has heard of it. */
export function judged(known: Candidate | undefined, event: CandidateMapEvent): Candidate | undefined {
  switch (event.type) {
    case 'candidate.raised':
      return event.candidate
    case 'candidate.strengthened':
      return known && { ...event.candidate, state: known.state }
    case 'candidate.rated':
      return known && { ...known, detector: event.detector }
    case 'candidate.looking-again':
      return known && { ...known, state: 'looking-again' }
    case 'candidate.team-sent':
      return known && { ...known, state: 'team-sent' }
    case 'candidate.dismissed':
      return known && { ...known, state: 'dismissed' }
    case 'candidate.nothing-there':
      return known && { ...known, state: 'nothing-there' }
  }
}

/** What each event does to the map. */
export const CHANGE_OF = {
  'candidate.raised': 'candidate-raised',
  'candidate.strengthened': 'candidate-looked',
  'candidate.rated': 'candidate-rated',
  'candidate.looking-again': 'candidate-restored',
  'candidate.team-sent': 'candidate-restored',
  'candidate.dismissed': 'candidate-removed',
  'candidate.nothing-there': 'candidate-removed',
} as const satisfies Record<CandidateMapEvent['type'], CandidateChange>
