import type { Leg, LngLat, RankedUnit, Unit } from '@skerry/contract'

/** A unit or drone that could come, before its place in the list is known. */
export interface Arrival {
  readonly id: string
  readonly callSign: string
  readonly kind: RankedUnit['kind']
  readonly status: RankedUnit['status']
  readonly skills: readonly string[]
  readonly etaS: number
  readonly lineM: number
  readonly fixAgeS: number
  readonly cautions: RankedUnit['cautions']
  /** Boats that fetch it on its way. */
  readonly lifts: readonly string[]
  /** The same one where these boats cannot fetch it; null where nothing leads there then. */
  readonly without: (boats: ReadonlySet<string>) => Arrival | null
  /** Written only for those that are shown. */
  readonly legs: () => Leg[]
}

/** A unit as the recommendation needs it; nothing else of it decides. */
export interface Candidate {
  readonly unit: Unit
  readonly fix: { readonly lngLat: LngLat; readonly fixAtMs: number } | null
}

/** Those who should be asked last, whatever their time: they are busy, promised, resting, have said no, or carry nobody. */
const LAST_ASKED: Readonly<Partial<Record<RankedUnit['cautions'][number], number>>> = {
  'on-rest': 1,
  'shift-ends': 1,
  'carries-nobody': 2,
  'boat-promised-elsewhere': 3,
  declined: 3,
  busy: 4,
}
const tierOf = ({ cautions }: Arrival): number => Math.max(0, ...cautions.map((each) => LAST_ASKED[each] ?? 0))

/** Whether one comes before another: by tier, time of arrival in whole seconds, id. */
export const isBefore = (a: Arrival, b: Arrival): boolean =>
  (tierOf(a) - tierOf(b) || a.etaS - b.etaS || (a.id < b.id ? -1 : 1)) < 0

/** A total order: tier, time of arrival in whole seconds, id. The same input gives the same list. */
export const inOrder = (arrivals: readonly Arrival[]): Arrival[] =>
  arrivals
    .map((arrival) => ({ arrival, tier: tierOf(arrival) }))
    .sort(
      (a, b) =>
        a.tier - b.tier ||
        a.arrival.etaS - b.arrival.etaS ||
        (a.arrival.id < b.arrival.id ? -1 : a.arrival.id > b.arrival.id ? 1 : 0),
    )
    .map(({ arrival }) => arrival)

/** Can be proposed: it is free, carries people, and has not said no. */
export const proposable = (arrival: Arrival): boolean => tierOf(arrival) < 2
