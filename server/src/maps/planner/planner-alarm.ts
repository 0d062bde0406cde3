import type { Actor } from '@skerry/contract'
import { clearAlarm, raiseAlarm } from '../../domain/alarms/rules.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Scheduler } from '../../engine/scheduler.ts'
import type { Planning } from './planning.ts'

/** One alarm per incident while planning fails for its search; the next plan that succeeds clears it. */
export function startPlannerAlarm(options: {
  engine: Pick<Engine, 'record' | 'picture'>
  planning: Pick<Planning, 'onOutcome'>
  clock: Pick<Scheduler, 'nowMs'>
  newId: () => string
  onFault: (error: unknown) => void
}): () => void {
  const { engine, planning, clock, newId, onFault } = options
  const actor: Actor = { kind: 'system', part: 'planner' }
  return planning.onOutcome((searchId, works) => {
    const incidentId = engine.picture.search.get(searchId)?.incidentId
    if (incidentId === undefined) return
    const stands = [...engine.picture.alarm.values()].some(
      ({ kind, subject, clearedAtMs }) =>
        kind === 'planner-failed' && subject.id === incidentId && clearedAtMs === null,
    )
    if (works && !stands) return
    engine
      .record(actor, (picture) =>
        works
          ? clearAlarm(picture, 'planner-failed', incidentId)
          : raiseAlarm(
              picture,
              { nowMs: clock.nowMs(), newId },
              {
                priority: 'warning',
                kind: 'planner-failed',
                subject: { kind: 'incident', id: incidentId },
                incidentId,
                detail: '',
              },
            ),
      )
      .catch(onFault)
  })
}
