import type { PlannerPort, SortieCut } from '../../domain/context.ts'
import { ok, type Decision } from '../../domain/result.ts'
import type { SearchMaps } from '../search-maps.ts'
import type { PlanJob } from './plan-job.ts'
import type { Planner } from './planner.ts'

/** Planning for searches: cuts that a coordinator waits for, and options for advice. */
export interface Planning extends PlannerPort {
  /** Sorties that drones in the air could fly instead; the newest question of a search wins. */
  options(searchId: string, job: PlanJob): Promise<Decision<SortieCut[][]>>
  /** Called with each outcome that says whether planning works. Returns its own undo. */
  onOutcome(listener: (searchId: string, works: boolean) => void): () => void
}

export function createPlanning(maps: Pick<SearchMaps, 'ground'>, planner: Pick<Planner, 'plan'>): Planning {
  const listeners = new Set<(searchId: string, works: boolean) => void>()

  async function planned(searchId: string, kind: string, job: PlanJob): Promise<Decision<SortieCut[][]>> {
    const outcome = await planner.plan(`${kind} ${searchId}`, job)
    const failed = !outcome.ok && outcome.error.code === 'planner-failed'
    if (outcome.ok || failed) for (const listener of listeners) listener(searchId, outcome.ok)
    return outcome
  }

  return {
    async cut(request) {
      const ground = maps.ground(request.searchId)
      if (!ground) return ok([])
      const outcome = await planned(request.searchId, 'cut', { ground, requests: [request] })
      return outcome.ok ? ok(outcome.value[0] ?? []) : outcome
    },
    options: (searchId, job) => planned(searchId, 'options', job),
    onOutcome(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
