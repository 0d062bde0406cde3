import type { Leg, LngLat } from '@skerry/contract'
import type { BoatWay } from './boat-way.ts'
import type { Way } from './earliest.ts'
import type { Goal } from './goal.ts'
import type { Network } from './network.ts'
import { seaWay } from './sea-field.ts'

type Ends = { from: LngLat; goal: Goal; walker: boolean }

/** A way as legs that people read and a map draws. On land the line is straight: it is no road. */
export function legsOf(network: Network, way: Way, { from, goal, walker }: Ends): Leg[] {
  const at = (node: number | null, otherwise: LngLat): LngLat => (node === null ? otherwise : network.nodes[node]!.at)
  return way.hops.map((hop) => {
    const [a, b] = [at(hop.from, from), at(hop.to, goal.at)]
    const wet = hop.by === 'ferry' || hop.by === 'lift'
    const field = wet && hop.to !== null ? network.fields[hop.to] : null
    const over = field ? seaWay(network.grid, field, a) : []
    return {
      mode: hop.by === 'land' ? (hop.onFoot || walker ? 'walk' : 'drive') : hop.by,
      to: hop.to === null ? null : network.nodes[hop.to]!.name,
      startAtMs: Math.round(hop.startMs),
      leaveAtMs: Math.round(hop.leaveMs),
      endAtMs: Math.round(hop.endMs),
      distanceM: Math.round(hop.distanceM),
      path: rounded([a, ...over, b]),
      roads: wet ? null : hop.router ? 'router' : 'estimate',
      undated: hop.undated ?? false,
      boatId: hop.boatId ?? null,
    }
  })
}

export function boatLegs(network: Network, way: BoatWay, from: LngLat, startMs: number, goal: Goal): Leg[] {
  const pier = way.pier === null ? null : network.nodes[way.pier]!
  const field = way.pier === null ? goal.field : network.fields[way.pier]
  const over = field ? seaWay(network.grid, field, from) : []
  const landing = pier?.at ?? (way.walkM > 0 ? (over.at(-1) ?? goal.at) : goal.at)
  const sea: Leg = {
    mode: 'boat',
    to: pier?.name ?? null,
    startAtMs: startMs,
    leaveAtMs: startMs,
    endAtMs: Math.round(way.seaEndMs),
    distanceM: Math.round(way.seaM),
    path: rounded([from, ...over, landing]),
    roads: null,
    undated: false,
    boatId: null,
  }
  if (way.walkM === 0) return [sea]
  const ashoreMs = Math.round(way.seaEndMs)
  return [
    sea,
    {
      mode: 'walk',
      to: null,
      startAtMs: ashoreMs,
      leaveAtMs: ashoreMs,
      endAtMs: Math.round(way.arriveMs),
      distanceM: Math.round(way.walkM),
      path: rounded([landing, goal.at]),
      roads: 'estimate',
      undated: false,
      boatId: null,
    },
  ]
}

const rounded = (path: readonly LngLat[]): LngLat[] =>
  path.slice(0, 200).map(([lng, lat]) => [Math.round(lng * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5])
