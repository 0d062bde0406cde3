import type { Checkpoint, Crossings, IslandBalance, Lane } from '@skerry/contract'
import type { LaneSum } from '../store/checkpoint-counts.ts'
import type { FlowPolicy } from './policy.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Standard deviations on either side that hold nine tenths of a normal distribution. */
const NINE_TENTHS = 1.645

/** One lane of a checkpoint that leads onto an island or off it. */
interface Way {
  checkpoint: Pick<Checkpoint, 'id'>
  lane: Lane
  /** +1: passing it leads onto the island. */
  sign: 1 | -1
}

export interface BalanceInput {
  crossings: Crossings
  checkpoints: readonly Pick<Checkpoint, 'id' | 'kind' | 'terminal' | 'onto' | 'off' | 'lanes'>[]
  sinceMs: number
  untilMs: number
  /** Hours of each checkpoint in the span. */
  sums: ReadonlyMap<string, readonly LaneSum[]>
  /** What an hour of a lane usually brings. */
  usual: (checkpointId: string, lane: string, hourMs: number) => { mean: number; sd: number } | null
  policy: FlowPolicy['balance']
}

/**
 * How many more came to each island than left it, over the ways that are counted. Uncertainty (half width of the 90 %
 * interval) adds three parts, taken as independent: each lane counts wrong by a share of its own, all the time; minutes
 * without a count are taken as usual, and may have been otherwise; and who sits in vehicles is known in the mean only.
 */
export function islandBalances(input: BalanceInput): IslandBalance[] {
  return input.crossings.islands.flatMap(({ id }) => {
    const ways = waysOf(id, input)
    return ways.length === 0 ? [] : [balanceOf(id, ways, input)]
  })
}

/** Island that `in` leads onto, and the one that `out` leads onto; null for water. */
export function sidesOf(
  { id, terminal, onto, off }: Pick<Checkpoint, 'id' | 'terminal' | 'onto' | 'off'>,
  crossings: Pick<Crossings, 'terminals'>,
): { onto: string | null; off: string | null } {
  const own = crossings.terminals.find((each) => each.id === (terminal ?? id))?.island ?? null
  return { onto: onto ?? own, off }
}

function waysOf(island: string, { checkpoints, crossings }: BalanceInput): Way[] {
  return checkpoints.flatMap((checkpoint) => {
    const { onto, off } = sidesOf(checkpoint, crossings)
    const side = onto === island ? 1 : off === island ? -1 : 0
    if (side === 0 || onto === off) return []
    return checkpoint.lanes.map((lane): Way => {
      const sign = (lane.direction === 'in') === (side === 1) ? 1 : -1
      return { checkpoint, lane, sign }
    })
  })
}

function balanceOf(island: string, ways: readonly Way[], input: BalanceInput): IslandBalance {
  const { sinceMs, untilMs, policy } = input
  const sum = { in: 0, out: 0, net: 0, vehicles: 0, variance: 0, counted: 0, asked: 0 }
  let knowable = true
  let hasVehicles = false
  for (const way of ways) {
    const persons = way.lane.counts === 'persons'
    const flow = laneFlow(way, input)
    sum.counted += flow.counted
    sum.asked += flow.asked
    if (!persons) {
      hasVehicles = true
      sum.vehicles += way.sign * (flow.passed + flow.filled)
      if (policy.personsPerVehicle === undefined) continue
    }
    const each = persons ? 1 : policy.personsPerVehicle!.mean
    const passed = (flow.passed + flow.filled) * each
    if (persons && way.sign === 1) sum.in += flow.passed
    if (persons && way.sign === -1) sum.out += flow.passed
    sum.net += way.sign * passed
    sum.variance += (policy.laneErrorShare * passed) ** 2 + flow.fillVariance * each ** 2
    if (flow.unknown) knowable = false
  }
  if (policy.personsPerVehicle !== undefined) sum.variance += (policy.personsPerVehicle.sd * sum.vehicles) ** 2
  const plusMinus = knowable ? Math.round(NINE_TENTHS * Math.sqrt(sum.variance)) : null
  const reference = referenceOf(island, input)
  const persons = reference === null || reference.atMs !== sinceMs ? null : Math.round(reference.persons + sum.net)
  return {
    island,
    sinceMs,
    untilMs,
    in: sum.in,
    out: sum.out,
    net: Math.round(sum.net),
    plusMinus,
    counted: sum.asked === 0 ? 0 : sum.counted / sum.asked,
    vehicles: hasVehicles ? Math.round(sum.vehicles) : null,
    vehiclesPersons: policy.personsPerVehicle !== undefined,
    uncounted: uncountedWays(island, input),
    reference,
    persons,
    personsPlusMinus:
      persons === null || plusMinus === null ? null : Math.round(Math.hypot(plusMinus, reference!.plusMinus)),
  }
}

interface LaneFlow {
  passed: number
  /** What minutes without a count usually bring. */
  filled: number
  fillVariance: number
  /** A minute without a count of which nobody knows what is usual. */
  unknown: boolean
  counted: number
  asked: number
}

function laneFlow({ checkpoint, lane }: Way, { sums, sinceMs, untilMs, usual }: BalanceInput): LaneFlow {
  const hours = new Map(
    (sums.get(checkpoint.id) ?? []).filter((sum) => sum.lane === lane.id).map((sum) => [sum.startMs, sum]),
  )
  const flow: LaneFlow = { passed: 0, filled: 0, fillVariance: 0, unknown: false, counted: 0, asked: 0 }
  for (let hourMs = sinceMs; hourMs < untilMs; hourMs += HOUR_MS) {
    const asked = Math.min(60, Math.floor((untilMs - hourMs) / MINUTE_MS))
    const sum = hours.get(hourMs)
    const counted = Math.min(asked, sum?.minutes ?? 0)
    flow.asked += asked
    flow.counted += counted
    flow.passed += (sum?.valid ?? 0) + (sum?.manual ?? 0)
    const missing = asked - counted
    if (missing <= LATE_MINUTES) continue
    const known = usual(checkpoint.id, lane.id, hourMs)
    if (known === null) flow.unknown = true
    else {
      const share = missing / 60
      flow.filled += known.mean * share
      flow.fillVariance += known.mean * share + (known.sd * share) ** 2
    }
  }
  return flow
}

/** The newest minutes of the current hour are still on their way. */
const LATE_MINUTES = 2

/** The reference at the beginning of the span, else the newest one before its end. */
function referenceOf(island: string, { policy, sinceMs, untilMs }: BalanceInput): IslandBalance['reference'] {
  const own = policy.references
    .filter((each) => each.island === island)
    .map(({ at, persons, plusMinus, source }) => ({ atMs: Date.parse(at), persons, plusMinus, source }))
    .filter(({ atMs }) => atMs <= untilMs)
    .sort((a, b) => b.atMs - a.atMs)
  return own.find(({ atMs }) => atMs === sinceMs) ?? own[0] ?? null
}

/** Terminals with boats, and bridges, that no checkpoint of the island counts. */
function uncountedWays(island: string, { crossings, checkpoints }: BalanceInput): string[] {
  const counted = new Set(checkpoints.map(({ id, terminal }) => terminal ?? id))
  const served = new Set(crossings.lines.flatMap(({ from, to }) => [from, to]))
  const terminals = crossings.terminals
    .filter((each) => each.island === island && served.has(each.id) && !counted.has(each.id))
    .map(({ id }) => id)
  const bridges = crossings.bridges
    .filter(({ from, to }) => from.island === island || to.island === island)
    .filter(
      ({ from, to }) =>
        !checkpoints.some(
          ({ onto, off }) => (onto === from.island && off === to.island) || (onto === to.island && off === from.island),
        ),
    )
    .map(({ id }) => id)
  return [...terminals, ...bridges]
}
