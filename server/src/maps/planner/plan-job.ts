import type { CutRequest, SortieCut } from '../../domain/context.ts'
import { cutSorties, type PlanGround } from '../cut-sorties.ts'

/** Cuts on one map, each for itself: a cut for several drones, or one option for each drone that is flying. */
export interface PlanJob {
  ground: PlanGround
  requests: Omit<CutRequest, 'searchId'>[]
}

/** The same job gives the same sorties, on whichever thread. RangeError for what the search science refuses. */
export const planJob = ({ ground, requests }: PlanJob): SortieCut[][] =>
  requests.map((request) => cutSorties(ground, request))
