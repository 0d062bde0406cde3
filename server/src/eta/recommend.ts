import type { DroneStatus, Incident, Need, RankedUnit, Recommendation } from '@skerry/contract'
import { isUnsigned } from '../domain/incidents/unsigned.ts'
import { unitArrivals } from './arrivals.ts'
import { droneArrivals } from './drone-arrivals.ts'
import type { RoadTimes, ToldSailings } from './earliest.ts'
import { fillNeeds, fits } from './fill-needs.ts'
import { goalAt, type Goal } from './goal.ts'
import type { Network } from './network.ts'
import { inOrder, type Arrival, type Candidate } from './ranking.ts'

export interface RecommendInput {
  readonly incident: Pick<Incident, 'id' | 'position' | 'unitIds'>
  readonly needs: readonly Need[]
  readonly nowMs: number
  readonly candidates: readonly Candidate[]
  readonly drones: readonly { status: DroneStatus; enduranceS: number | null; busy: boolean }[]
  /** Drones that are known of and have said nothing since this server started. */
  readonly unheardDrones?: readonly string[]
  readonly declined: ReadonlySet<string>
  /** Boats that are to fetch a unit for another incident. */
  readonly promised: ReadonlySet<string>
  /** Rows with their legs; everyone is ranked all the same. */
  readonly mostRows: number
  readonly roads: {
    source: 'router' | 'estimate'
    fault: Recommendation['roads']['fault']
    of: (unitId: string) => RoadTimes
  }
  /** What is known of sailings beyond the timetable. */
  readonly sailings: ToldSailings
}
export const NO_ROUTER: RecommendInput['roads'] = { source: 'estimate', fault: null, of: () => () => null }

/**
 * Ranks everybody who could come by time of arrival, proposes who meets the needs, and says what falls short. Pure: the
 * same input gives the same order.
 * @param goal where the incident is, if it was made before: it holds the ways over water, the dear part
 */
export function recommend(
  network: Network,
  input: RecommendInput,
  goal: Goal = goalAt(network, input.incident.position),
): Omit<Recommendation, 'tookMs'> {
  const { incident, nowMs, roads } = input
  const assigned = input.candidates
    .filter(({ unit }) => incident.unitIds.includes(unit.id) && !isUnsigned(unit, nowMs))
    .map(({ unit }) => unit)
  const { arrivals, excluded } = unitArrivals({
    network,
    goal,
    incidentId: incident.id,
    nowMs,
    candidates: input.candidates,
    declined: input.declined,
    promised: input.promised,
    road: roads.of,
    sailings: input.sailings,
  })
  const air = droneArrivals(input.drones, goal, nowMs)
  for (const [reason, ids] of air.excluded) excluded.set(reason, ids)
  const { unheardDrones = [] } = input
  if (unheardDrones.length > 0)
    excluded.set('drone-not-heard', [...(excluded.get('drone-not-heard') ?? []), ...unheardDrones])
  const ordered = inOrder([...arrivals, ...air.arrivals])
  const open = ordered.filter(({ id }) => !incident.unitIds.includes(id))
  const onDuty = input.candidates.filter(({ unit }) => unit.onDuty).map(({ unit }) => unit)
  // A crew that is sent already and still has to be fetched keeps its boat.
  const fetching = new Set(ordered.filter(({ id }) => incident.unitIds.includes(id)).flatMap(({ lifts }) => lifts))
  const filled = fillNeeds(input.needs, open, assigned, onDuty, fetching)
  const { outcomes, picks } = filled
  const first = (id: string): number => (picks.includes(id) ? 0 : 1)
  const listed = [...open].sort((a, b) => first(a.id) - first(b.id)) // stable: the order within each stays
  const soonest = open.reduce<Arrival | null>(
    (best, each) => (best === null || each.etaS < best.etaS ? each : best),
    null,
  )
  const rows = listed.slice(0, input.mostRows).map((listedAs): RankedUnit => {
    const arrival = filled.chosenAs.get(listedAs.id) ?? listedAs
    const { id, legs, lifts, without: _without, ...rest } = arrival
    const promised = !picks.includes(id) && (filled.fetches.has(id) || lifts.some((boat) => filled.spoken.has(boat)))
    const meets = input.needs.filter((need) => fits(need, arrival)).map((need) => need.id)
    const { kind } = arrival
    return {
      unitId: id,
      ...rest,
      cautions: promised ? [...arrival.cautions, 'boat-promised'] : arrival.cautions,
      skills: [...arrival.skills],
      arriveAtMs: nowMs + arrival.etaS * 1000,
      picked: picks.includes(id),
      reasons: reasonsOf(arrival, soonest, meets, kind, open, input.needs),
      meets,
      legs: legs(),
    }
  })
  return {
    incidentId: incident.id,
    atMs: nowMs,
    rows,
    ranked: ordered.length,
    excluded: [...excluded]
      .map(([reason, unitIds]) => ({ reason, unitIds }))
      .sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    needs: outcomes,
    place: goal.place,
    roads: { source: roads.source, fault: roads.fault, detourFactor: network.detour(goal.land) },
    timetableUndated: network.crossings.lines.some(({ asOf }) => asOf === null),
  }
}

function reasonsOf(
  arrival: Arrival,
  soonest: Arrival | null,
  meets: readonly string[],
  kind: RankedUnit['kind'],
  open: readonly Arrival[],
  needs: readonly Need[],
): RankedUnit['reasons'] {
  if (kind === 'drone') return arrival === soonest ? ['eyes-first'] : []
  const special = needs.filter((need) => meets.includes(need.id) && need.kinds.length + need.skills.length > 0)
  const only = special.some((need) => open.filter((other) => fits(need, other)).length === 1)
  return [
    ...(arrival.etaS === soonest?.etaS ? (['fastest'] as const) : []),
    ...(special.length > 0 ? (['meets-need'] as const) : []),
    ...(only ? (['only-one'] as const) : []),
  ]
}
