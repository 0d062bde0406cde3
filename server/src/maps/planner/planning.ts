import type { PlannerPort, SortieCut } from '../../domain/context.ts'
import { ok, type Decision } from '../../domain/result.ts'
import type { SearchMaps } from '../search-maps.ts'
import type { PlanJob } from './plan-job.ts'
import { groundJobOf, type GroundSource } from '../../ground/ground-source.ts'
import type { Planner } from './planner.ts'

/** Planning for searches: cuts that a coordinator waits for, and options for advice. */
export interface Planning extends PlannerPort {
  /** Sorties that drones in the air could fly instead; the newest question of a search wins. */
  options(searchId: string, job: PlanJob): Promise<Decision<SortieCut[][]>>
  /** Called with each outcome that says whether planning works. Returns its own undo. */
  onOutcome(listener: (searchId: string, works: boolean) => void): () => void
}

export function createPlanning(
  maps: Pick<SearchMaps, 'ground' | 'undrawn' | 'keep'>,
  planner: Pick<Planner, 'plan' | 'area' | 'draw' | 'ground'>,
  source: GroundSource,
): Planning {
  const listeners = new Set<(searchId: string, works: boolean) => void>()

  function told<T>(searchId: string, outcome: Decision<T>): Decision<T> {
    const failed = !outcome.ok && outcome.error.code === 'planner-failed'
    if (outcome.ok || failed) for (const listener of listeners) listener(searchId, outcome.ok)
    return outcome
  }
  const planned = async (searchId: string, kind: string, job: PlanJob): Promise<Decision<SortieCut[][]>> =>
    told(searchId, await planner.plan(`${kind} ${searchId}`, job))

  return {
    async cut(request) {
      const ground = maps.ground(request.searchId)
      if (!ground) return ok([])
      const outcome = await planned(request.searchId, 'cut', { ground, requests: [request] })
      return outcome.ok ? ok(outcome.value[0] ?? []) : outcome
    },
    async area(request) {
      const { searchId } = request
      const ground = maps.ground(searchId)
      return ground ? told(searchId, await planner.area(`area ${searchId}`, { ground, request })) : ok([])
    },
    async ground(setup) {
      const job = groundJobOf(setup, source)
      if (!job) return null
      const drawn = await planner.ground(job)
      // Where it could not be, the search is opened without, and says so.
      return drawn.ok ? drawn.value : null
    },
    async ahead(search, stories) {
      const job = maps.undrawn(search, stories)
      if (!job) return
      const drawn = await planner.draw(job)
      // Where it could not be, the command draws it at its turn: slower, and nothing is lost.
      if (drawn.ok) maps.keep(job, drawn.value)
    },
    options: (searchId, job) => planned(searchId, 'options', job),
    onOutcome(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
