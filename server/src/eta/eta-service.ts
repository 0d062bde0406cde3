import type { DroneStatus, Incident, LngLat, Need, RankedUnit, Recommendation, Unit } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { batteryKnown, sortieDrone } from '../domain/tasks/draft.ts'
import type { EtaOf } from '../domain/incidents/offer.ts'
import type { Picture } from '../picture/picture.ts'
import { goalAt, type Goal } from './goal.ts'
import type { ToldSailings } from './earliest.ts'
import type { Network } from './network.ts'
import type { RoadTable } from './osrm.ts'
import { promisedBoats } from './promised-boats.ts'
import { NO_ROUTER, recommend, type RecommendInput } from './recommend.ts'
import { askRoads } from './roads.ts'

/** Rows with their legs that a console gets. */
const MOST_ROWS = 14
/** The free ones stand first: so many are enough to choose from. */
const MOST_COMERS = 40
/** Places whose ways over water are kept. */
const GOALS_KEPT = 24

/** Recommendations over the live picture. */
export interface Eta {
  /** Null while the network is being made, for the first seconds of a run, and for an incident that is not there. */
  recommend(incidentId: string): Promise<Recommendation | null>
  /** The same at once, without a road router: what decisions use. */
  estimate(incident: Incident): Omit<Recommendation, 'tookMs'> | null
  /** How one unit would come, fetched by none of the boats that are `taken`; null where that is not known. */
  etaOf: EtaOf
  /** Who could come to a place, for no incident, best first; empty while the network is being made. */
  comersTo(at: LngLat): readonly RankedUnit[]
}

export interface EtaParts {
  network: Promise<Network>
  picture: Picture
  /** Newest known place of a unit. */
  placeOf: (unit: Unit) => { lngLat: LngLat; fixAtMs: number } | null
  drones: { statuses(): DroneStatus[]; get(id: string): DroneStatus | null }
  needs: (incident: Incident) => readonly Need[]
  /** Units that said no to an incident, or nothing. */
  declined: (incident: Incident) => ReadonlySet<string>
  router: RoadTable | null
  /** Sailings that are cancelled, late, gone or additional, as far as that is known now. */
  sailings: () => ToldSailings
  clock: Clock
  onFault: (error: unknown) => void
}

export function createEta(parts: EtaParts): Eta {
  const { picture, placeOf, drones, needs, declined, router, sailings, clock, onFault } = parts
  const goals = new Map<string, Goal>()
  let network: Network | null = null
  parts.network.then((made) => (network = made), onFault)

  function goalOf(net: Network, at: LngLat): Goal {
    const key = at.join(' ')
    const goal = goals.get(key) ?? goalAt(net, at)
    goals.delete(key)
    goals.set(key, goal)
    if (goals.size > GOALS_KEPT) goals.delete(goals.keys().next().value!)
    return goal
  }

  function inputFor(incident: Incident): RecommendInput {
    return {
      ...inputAt(incident),
      needs: needs(incident),
      declined: declined(incident),
    }
  }
  function inputAt(incident: RecommendInput['incident']): RecommendInput {
    return {
      incident,
      needs: [],
      nowMs: clock.nowMs(),
      candidates: [...picture.unit.values()].map((unit) => ({ unit, fix: unit.onDuty ? placeOf(unit) : null })),
      drones: [...picture.drone.values()].flatMap(({ id, taskId }) => {
        const status = drones.get(id)
        if (status === null) return []
        const sortie = sortieDrone(id, status)
        // A battery that does not say what it holds may be empty, also one that tells its voltage.
        const enduranceS = batteryKnown(status) ? (sortie?.enduranceS ?? null) : null
        return [{ status, enduranceS, busy: taskId !== null }]
      }),
      unheardDrones: [...picture.drone.keys()].filter((id) => drones.get(id) === null),
      declined: new Set(),
      promised: promisedBoats(picture, incident.id),
      mostRows: MOST_ROWS,
      roads: NO_ROUTER,
      sailings: sailings(),
    }
  }

  return {
    estimate(incident) {
      return network === null ? null : recommend(network, inputFor(incident), goalOf(network, incident.position))
    },
    etaOf(incident, unitId, taken) {
      if (network === null) return null
      const input = inputFor(incident)
      const promised = new Set([...input.promised, ...taken])
      // Boats stay in: one of them may be the way.
      const candidates = input.candidates.filter(({ unit }) => unit.id === unitId || unit.kind === 'boat')
      const { rows } = recommend(
        network,
        { ...input, promised, candidates, drones: [], mostRows: candidates.length },
        goalOf(network, incident.position),
      )
      const row = rows.find((one) => one.unitId === unitId)
      if (row === undefined) return null
      return { etaS: row.etaS, boatIds: [...new Set(row.legs.flatMap(({ boatId }) => boatId ?? []))] }
    },
    comersTo(at) {
      if (network === null) return []
      const input = { ...inputAt({ id: '', position: at, unitIds: [] }), drones: [], mostRows: MOST_COMERS }
      return recommend(network, input, goalOf(network, at)).rows
    },
    async recommend(incidentId) {
      const incident = picture.incident.get(incidentId)
      if (network === null || incident === undefined) return null
      const before = performance.now()
      const goal = goalOf(network, incident.position)
      const input = inputFor(incident)
      const roads = router === null ? NO_ROUTER : await askRoads(router, network, goal, input.candidates)
      const result = recommend(network, { ...input, roads }, goal)
      return { ...result, tookMs: Math.round((performance.now() - before) * 10) / 10 }
    },
  }
}
