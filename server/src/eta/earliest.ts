import type { LngLat } from '@skerry/contract'
import type { Goal } from './goal.ts'
import { lineM } from './line.ts'
import type { Network } from './network.ts'
import { BOARD_BOAT_S, BOARD_BY_CAR_S, BOARD_ON_FOOT_S, BOAT_MPS, WALK_MPS } from './speeds.ts'
import { nextSailing, type ToldSailing } from './timetable.ts'

/** Ways that take longer are no help, ms. */
export const HORIZON_MS = 14 * 3_600_000

/** Patrol boats that could fetch a crew: the first to come to each pier. */
export interface Lifts {
  /** By node: when a boat can be there, ms, and which. */
  readonly byPier: readonly ({ atMs: number; boatId: string } | null)[]
}
/** Seconds by road where a router knows them and lands are joined by bridges; null: estimate. */
export type RoadTimes = (fromNode: number | 'start', toNode: number | 'goal') => number | null

/** Sailings of which more is known than the timetable says, by `LINE/FROM`. */
export type ToldSailings = ReadonlyMap<string, readonly ToldSailing[]>

export interface Traveller {
  readonly at: LngLat
  readonly land: number
  /** Own speed on land, metres per second. */
  readonly mps: number
  readonly onFoot: boolean
  readonly startMs: number
}

/** One step of a way; nodes are those of the network, `null` is the place itself. */
export interface Hop {
  readonly by: 'land' | 'bridge' | 'ferry' | 'lift'
  readonly from: number | null
  readonly to: number | null
  readonly onFoot: boolean
  readonly startMs: number
  readonly leaveMs: number
  readonly endMs: number
  readonly distanceM: number
  readonly router: boolean
  readonly undated?: boolean
  readonly last?: boolean
  readonly boatId?: string
}
export interface Way {
  readonly arriveMs: number
  readonly hops: readonly Hop[]
}

/**
 * Earliest arrival over land, bridges, ferries as they sail and lifts by patrol boat (label setting on a graph whose
 * edges may make one wait, none overtakes: Dijkstra holds). A crew that crosses without its car walks from there on.
 * Null where nothing leads there within the horizon. Equal arrivals keep the state with the lower number.
 */
export function earliestWay(
  network: Network,
  who: Traveller,
  goal: Goal,
  lifts: Lifts,
  road: RoadTimes = () => null,
  told: ToldSailings = new Map(),
): Way | null {
  const { nodes, bridges, ferries, seaM } = network
  const size = nodes.length
  if (goal.land === 0 || who.land === 0) return null
  const arrive = new Float64Array(2 * size).fill(Infinity)
  const came: (Hop | undefined)[] = []
  const done = new Uint8Array(2 * size)
  const detour = network.detour(who.land)
  let best: { arriveMs: number; hop: Hop } | null = null

  const land = (
    from: number | null,
    a: LngLat,
    to: number | null,
    b: LngLat,
    onFoot: boolean,
    atMs: number,
    factor: number,
  ): Hop => {
    const known = onFoot && !who.onFoot ? null : road(from ?? 'start', to ?? 'goal')
    const distanceM = lineM(a, b) * factor
    const s = known !== null && !who.onFoot ? known : distanceM / (onFoot ? WALK_MPS : who.mps)
    return {
      by: 'land',
      from,
      to,
      onFoot,
      startMs: atMs,
      leaveMs: atMs,
      endMs: atMs + s * 1000,
      distanceM,
      router: known !== null && !who.onFoot,
    }
  }
  const offer = (hop: Hop): void => {
    if (hop.to === null) {
      if (best === null || hop.endMs < best.arriveMs) best = { arriveMs: hop.endMs, hop }
      return
    }
    const state = hop.to + (hop.onFoot ? size : 0)
    if (hop.endMs < arrive[state]! && hop.endMs - who.startMs <= HORIZON_MS) {
      arrive[state] = hop.endMs
      came[state] = hop
    }
  }

  // A router knows the bridges too: it may lead straight from one island to another.
  if (who.land === goal.land || (!who.onFoot && road('start', 'goal') !== null))
    offer(land(null, who.at, null, goal.at, who.onFoot, who.startMs, detour))
  nodes.forEach((node, i) => {
    if (node.land === who.land) offer(land(null, who.at, i, node.at, who.onFoot, who.startMs, detour))
  })
  for (;;) {
    let state = -1
    let atMs = Infinity
    for (let i = 0; i < arrive.length; i++) if (done[i] === 0 && arrive[i]! < atMs) [state, atMs] = [i, arrive[i]!]
    const found = best as { arriveMs: number } | null
    if (state < 0 || (found !== null && atMs >= found.arriveMs)) break
    done[state] = 1
    const onFoot = state >= size
    const i = onFoot ? state - size : state
    const node = nodes[i]!
    if (node.land === goal.land) offer(land(i, node.at, null, goal.at, onFoot, atMs, network.detour(goal.land)))
    // Land was just crossed to get here when the last step was by land: a second one would only be a detour.
    if (came[state]!.by !== 'land')
      for (let j = 0; j < size; j++)
        if (j !== i && nodes[j]!.land === node.land)
          offer(land(i, node.at, j, nodes[j]!.at, onFoot, atMs, network.detour(node.land)))
    for (const { to, lengthM, speedMps } of bridges[i]!) {
      const mps = onFoot ? WALK_MPS : Math.min(speedMps, who.mps * 2)
      offer({
        by: 'bridge',
        from: i,
        to,
        onFoot,
        startMs: atMs,
        leaveMs: atMs,
        endMs: atMs + (lengthM / mps) * 1000,
        distanceM: lengthM,
        router: false,
      })
    }
    if (!node.pier) continue
    for (const line of ferries[i]!) {
      for (const walks of onFoot ? [true] : line.vehicles ? [false, true] : [true]) {
        const readyMs = atMs + (walks ? BOARD_ON_FOOT_S : BOARD_BY_CAR_S) * 1000
        const sails = nextSailing(line, told.get(line.way) ?? [], readyMs, network.crossings.utcOffsetMin)
        if (sails === null) continue
        offer({
          by: 'ferry',
          from: i,
          to: line.to,
          onFoot: walks,
          startMs: atMs,
          leaveMs: sails.atMs,
          endMs: sails.atMs + line.crossingS * 1000,
          distanceM: line.distanceM,
          router: false,
          undated: line.undated,
          last: sails.last,
        })
      }
    }
    const lift = lifts.byPier[i]
    if (!lift) continue
    for (let j = 0; j < size; j++) {
      const overM = seaM[i]![j]!
      if (!Number.isFinite(overM) || nodes[j]!.land === node.land) continue
      const leaveMs = Math.max(atMs, lift.atMs) + BOARD_BOAT_S * 1000
      offer({
        by: 'lift',
        from: i,
        to: j,
        onFoot: true,
        startMs: atMs,
        leaveMs,
        endMs: leaveMs + (overM / BOAT_MPS + BOARD_BOAT_S) * 1000,
        distanceM: overM,
        router: false,
        boatId: lift.boatId,
      })
    }
  }
  const end = best as { arriveMs: number; hop: Hop } | null
  if (end === null || end.arriveMs - who.startMs > HORIZON_MS) return null
  const hops: Hop[] = [end.hop]
  for (let hop = end.hop; hop.from !== null;) {
    // Whoever drives in and boards without the car was driving before: the state before a walk may be either.
    const before = stateBefore(hop, came, size)
    hops.unshift((hop = before))
  }
  return { arriveMs: end.arriveMs, hops }
}

/** The hop that led to where this one began: on foot or, when it began by leaving the car, driving. */
function stateBefore(hop: Hop, came: readonly (Hop | undefined)[], size: number): Hop {
  const driving = came[hop.from!]
  const walking = came[hop.from! + size]
  if (!hop.onFoot) return driving!
  return walking !== undefined && walking.endMs === hop.startMs ? walking : driving!
}
