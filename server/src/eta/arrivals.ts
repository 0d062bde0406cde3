import type { Exclusion, LngLat, RankedUnit, Unit, UnitKind } from '@skerry/contract'
import { boatWay, liftsOf } from './boat-way.ts'
import { earliestWay, type Lifts, type RoadTimes, type ToldSailings, type Way } from './earliest.ts'
import { landAt, type Goal } from './goal.ts'
import { boatLegs, legsOf } from './legs.ts'
import { lineM } from './line.ts'
import type { Network } from './network.ts'
import type { Arrival, Candidate } from './ranking.ts'
import { LAND_MPS, TURNOUT_S } from './speeds.ts'

/** A position older than this says little about where a unit is, seconds. */
const OLD_FIX_S = 300
/** A shift that ends sooner than this after arrival is worth a word, ms. */
const SHIFT_LEFT_MS = 30 * 60_000

export interface ArrivalsInput {
  readonly network: Network
  readonly goal: Goal
  readonly incidentId: string
  readonly nowMs: number
  readonly candidates: readonly Candidate[]
  /** Units that were asked for this incident and said no or nothing. */
  readonly declined: ReadonlySet<string>
  /** Boats that are to fetch a unit for another incident: they fetch nobody here. */
  readonly promised: ReadonlySet<string>
  readonly road: (unitId: string) => RoadTimes
  readonly sailings: ToldSailings
}

/** When each unit could be there, and why those cannot that cannot. */
export function unitArrivals(input: ArrivalsInput): { arrivals: Arrival[]; excluded: Map<Exclusion, string[]> } {
  const { network, goal, nowMs } = input
  const excluded = new Map<Exclusion, string[]>()
  const out = (reason: Exclusion, id: string): void => void excluded.set(reason, [...(excluded.get(reason) ?? []), id])
  const sorted = [...input.candidates].sort((a, b) => (a.unit.id < b.unit.id ? -1 : 1))
  const able = sorted.flatMap((candidate) => {
    const reason = exclusionOf(candidate, nowMs)
    if (reason !== null) out(reason, candidate.unit.id)
    return reason === null ? [{ unit: candidate.unit, fix: candidate.fix! }] : []
  })
  const boats = able
    .filter(({ unit }) => unit.kind === 'boat' && isFree(unit) && !input.promised.has(unit.id))
    .map(({ unit, fix }) => ({ id: unit.id, at: fix.lngLat, startMs: nowMs + TURNOUT_S.boat * 1000 }))
  const all = liftsOf(network, boats)
  const arrivals = able.flatMap(({ unit, fix }): Arrival[] => {
    const startMs = nowMs + (unit.assignment?.incidentId === input.incidentId ? 0 : TURNOUT_S[unit.kind] * 1000)
    const common = {
      id: unit.id,
      callSign: unit.callSign,
      kind: unit.kind,
      status: unit.status,
      skills: unit.skills,
      lineM: lineM(fix.lngLat, goal.at),
      fixAgeS: Math.max(0, (nowMs - fix.fixAtMs) / 1000),
    }
    const finish = (
      arriveMs: number,
      more: RankedUnit['cautions'],
      by: Pick<Arrival, 'legs' | 'lifts' | 'without'>,
    ): Arrival => {
      const cautions = [
        ...standing(unit, input, arriveMs),
        ...(common.fixAgeS > OLD_FIX_S ? (['position-old'] as const) : []),
        ...more,
      ]
      return { ...common, etaS: Math.round((arriveMs - nowMs) / 1000), cautions, ...by }
    }
    if (unit.kind === 'boat') {
      const way = boatWay(network, fix.lngLat, startMs, goal)
      if (way === null) return (out('no-way', unit.id), [])
      const arrival: Arrival = finish(way.arriveMs, way.unchecked ? ['landing-unchecked'] : [], {
        lifts: [],
        without: () => arrival,
        legs: () => boatLegs(network, way, fix.lngLat, startMs, goal),
      })
      return [arrival]
    }
    const who = travellerOf(unit.kind, fix.lngLat, landAt(network, fix.lngLat), startMs)
    if (who.land === 0) return (out('at-sea', unit.id), [])
    const arrivalBy = (lifts: Lifts): Arrival | null => {
      const way = earliestWay(network, who, goal, lifts, input.road(unit.id), input.sailings)
      if (way === null) return null
      return finish(way.arriveMs, cautionsOfWay(way, who.onFoot), {
        lifts: [...new Set(way.hops.flatMap(({ boatId }) => boatId ?? []))],
        without: (taken) =>
          arrivalBy(
            liftsOf(
              network,
              boats.filter(({ id }) => !taken.has(id)),
            ),
          ),
        legs: () => legsOf(network, way, { from: fix.lngLat, goal, walker: who.onFoot }),
      })
    }
    const arrival = arrivalBy(all)
    return arrival === null ? (out('no-way', unit.id), []) : [arrival]
  })
  return { arrivals, excluded }
}

const travellerOf = (kind: Exclude<UnitKind, 'boat'>, at: LngLat, land: number, startMs: number) => ({
  at,
  land,
  mps: LAND_MPS[kind],
  onFoot: kind === 'foot',
  startMs,
})

const isFree = (unit: Unit): boolean => unit.assignment === null && unit.status === 'available'

function exclusionOf({ unit, fix }: Candidate, nowMs: number): Exclusion | null {
  if (!unit.onDuty || unit.status === 'off-duty') return 'off-duty'
  if (unit.shift && (nowMs < unit.shift.fromMs || nowMs >= unit.shift.toMs)) return 'outside-shift'
  if (unit.status === 'out-of-service') return 'out-of-service'
  return fix === null ? 'position-unknown' : null
}

function standing(
  unit: Unit,
  { incidentId, declined, promised, nowMs }: ArrivalsInput,
  arriveMs: number,
): RankedUnit['cautions'] {
  const cautions: RankedUnit['cautions'] = []
  if (!isFree(unit) && unit.assignment?.incidentId !== incidentId) cautions.push('busy')
  if (promised.has(unit.id)) cautions.push('boat-promised-elsewhere')
  if (declined.has(unit.id)) cautions.push('declined')
  if (unit.restUntilMs !== undefined && unit.restUntilMs > nowMs) cautions.push('on-rest')
  if (unit.shift && unit.shift.toMs < arriveMs + SHIFT_LEFT_MS) cautions.push('shift-ends')
  return cautions
}

function cautionsOfWay({ hops }: Way, walker: boolean): RankedUnit['cautions'] {
  const cautions: RankedUnit['cautions'] = []
  if (hops.some(({ by }) => by === 'lift')) cautions.push('needs-lift')
  if (hops.some(({ undated }) => undated)) cautions.push('timetable-undated')
  if (hops.some(({ last }) => last)) cautions.push('last-sailing')
  if (!walker && hops.at(-1)!.onFoot && hops.at(-1)!.by === 'land') cautions.push('on-foot-after')
  return cautions
}
