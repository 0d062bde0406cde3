import { INCIDENT_STEPS, type Incident, type IncidentState, type IncidentStep } from '@skerry/contract'

export interface StepClock {
  step: IncidentStep
  /** `waiting`: the step before has not been reached. `unknown`: passed over, so that nobody knows when. */
  state: 'waiting' | 'running' | 'stopped' | 'unknown' | 'never'
  /** Null where it cannot be said. */
  ms: number | null
}

/**
 * One clock per step. A step that was reached stands still for good, and closing stops every clock that still runs: the
 * time at which a closed call is looked at says nothing.
 */
export function clocksOf(incident: Incident, nowMs: number): StepClock[] {
  const at = (state: IncidentState): number | null =>
    state === 'received'
      ? incident.receivedAtMs
      : state === 'closed'
        ? incident.closedAtMs
        : (incident.times?.[state] ?? null)
  const reached = ORDER.indexOf(incident.state)
  return INCIDENT_STEPS.map(([step, from, to]): StepClock => {
    const [startMs, endMs] = [at(from), at(to)]
    if (endMs !== null)
      return { step, state: startMs === null ? 'unknown' : 'stopped', ms: startMs === null ? null : endMs - startMs }
    if (incident.state === 'closed') return { step, state: 'never', ms: null }
    if (ORDER.indexOf(to) <= reached) return { step, state: 'unknown', ms: null }
    if (ORDER.indexOf(from) > reached) return { step, state: 'waiting', ms: null }
    return {
      step,
      state: startMs === null ? 'unknown' : 'running',
      ms: startMs === null ? null : Math.max(0, nowMs - startMs),
    }
  })
}

const ORDER: readonly IncidentState[] = [
  'received',
  'dispatched',
  'acknowledged',
  'en-route',
  'on-scene',
  'feedback-given',
  'closed',
]

/** Now, for everything that ages with an incident: its closing, once it is closed. */
export const clockOf = (incident: Incident, nowMs: number): number => incident.closedAtMs ?? nowMs
