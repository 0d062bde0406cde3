import type { AreaRequest, CutRequest, SortieCut } from '../../domain/context.ts'
import type { Decision } from '../../domain/result.ts'
import { areaSorties } from '../area-sorties.ts'
import { cutSorties, type PlanGround } from '../cut-sorties.ts'

/** Cuts on one map, each for itself: a cut for several drones, or one option for each drone that is flying. */
export interface PlanJob {
  ground: PlanGround
  requests: Omit<CutRequest, 'searchId'>[]
}

/** Tracks inside a drawn area, on one map. */
export interface AreaJob {
  ground: PlanGround
  request: Omit<AreaRequest, 'searchId'>
}

/** The same job gives the same sorties, on whichever thread. RangeError for what the search science refuses. */
export const planJob = ({ ground, requests }: PlanJob): SortieCut[][] =>
  requests.map((request) => cutSorties(ground, request))

/** The same for a drawn area; what cannot be laid or flown is refused. */
export const areaJob = ({ ground, request }: AreaJob): Decision<SortieCut[]> => areaSorties(ground, request)
