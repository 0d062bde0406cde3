import type { Incident, IncidentState } from '@skerry/contract'

/** The steps of 接警 -> 下达 -> 签收 -> 出警 -> 到场 -> 反馈 -> 办结, each from the one before that it is measured against. */
export const STEPS = [
  ['dispatch', 'received', 'dispatched'],
  ['sign', 'dispatched', 'acknowledged'],
  ['go', 'acknowledged', 'en-route'],
  ['arrive', 'dispatched', 'on-scene'],
  ['feedback', 'on-scene', 'feedback-given'],
  ['close', 'received', 'closed'],
] as const satisfies readonly (readonly [string, IncidentState, IncidentState])[]

export interface StepClock {
  step: (typeof STEPS)[number][0]
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
  return STEPS.map(([step, from, to]): StepClock => {
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
