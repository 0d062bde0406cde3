import { INCIDENT_STEPS, type Incident, type IncidentState, type IncidentStep, type StepTime } from '@skerry/contract'
import { spreadOf } from './spread.ts'

/** Facts of an incident that its times are computed from. */
export type TimedIncident = Pick<Incident, 'state' | 'receivedAtMs' | 'closedAtMs' | 'times'>

const ORDER: readonly IncidentState[] = [
  'received',
  'dispatched',
  'acknowledged',
  'en-route',
  'on-scene',
  'feedback-given',
  'closed',
]

/** Every step over some incidents, as they are known at a moment. */
export const stepTimes = (incidents: readonly TimedIncident[]): StepTime[] =>
  INCIDENT_STEPS.map(([step, from, to]) => stepTime(step, from, to, incidents))

function stepTime(
  step: IncidentStep,
  from: IncidentState,
  to: IncidentState,
  incidents: readonly TimedIncident[],
): StepTime {
  const seconds: number[] = []
  let running = 0
  let unknown = 0
  for (const incident of incidents) {
    const startMs = reachedAtMs(incident, from)
    const endMs = reachedAtMs(incident, to)
    if (endMs !== null) {
      if (startMs === null || endMs < startMs) unknown++
      else seconds.push((endMs - startMs) / 1000)
      continue
    }
    // Closed without having come so far: there was no such step, and nothing is unknown about it.
    if (incident.state === 'closed') continue
    const at = ORDER.indexOf(incident.state)
    if (at >= ORDER.indexOf(to)) unknown++
    else if (at >= ORDER.indexOf(from)) {
      if (startMs === null) unknown++
      else running++
    }
  }
  return { step, seconds: spreadOf(seconds), running, unknown }
}

function reachedAtMs(incident: TimedIncident, state: IncidentState): number | null {
  if (state === 'received') return incident.receivedAtMs
  if (state === 'closed') return incident.closedAtMs
  return incident.times?.[state] ?? null
}
