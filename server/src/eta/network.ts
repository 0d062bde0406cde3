import { contains } from '@skerry/basemap'
import { lineIdOf, type Crossings, type LngLat } from '@skerry/contract'
import type { BoxedLand } from '../maps/land-source.ts'
import { lineM } from './line.ts'
import { seaGrid, type SeaGrid } from './sea-grid.ts'
import { seaDistanceM, seaField, type SeaField } from './sea-field.ts'
import { BERTHING_S, VESSEL_MPS } from './speeds.ts'
import { departuresOf, type Timetable } from './timetable.ts'

/** Side of a cell of the sea grid, metres: narrow harbours stay open, a field takes some ten milliseconds. */
const CELL_M = 250
/** Days of the week on which a line sails that says nothing of them. */
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
/** Longest way over water that is followed, metres. */
export const MOST_SEA_M = 150_000

export interface NetworkNode {
  readonly name: { zh: string; en: string }
  readonly at: LngLat
  /** Number of its piece of land in the grid. */
  readonly land: number
  /** A pier: ferries and boats come alongside. Else the end of a bridge. */
  readonly pier: boolean
}
export interface BridgeEdge {
  readonly to: number
  readonly lengthM: number
  readonly speedMps: number
  readonly name: { zh: string; en: string }
}
export interface FerryEdge extends Timetable {
  readonly to: number
  /** Line and terminal that it leaves from, `LINE/FROM`: how sailings are told of. */
  readonly way: string
  readonly crossingS: number
  readonly distanceM: number
  readonly vehicles: boolean
  readonly undated: boolean
}

/** Everything about an area that does not change from one incident to the next; made once, then only read. */
export interface Network {
  readonly crossings: Crossings
  readonly grid: SeaGrid
  readonly nodes: readonly NetworkNode[]
  readonly bridges: readonly (readonly BridgeEdge[])[]
  readonly ferries: readonly (readonly FerryEdge[])[]
  /** Over water from each pier; null for bridge ends and piers without water. */
  readonly fields: readonly (SeaField | null)[]
  /** Over water between piers, metres; Infinity where none leads. */
  readonly seaM: readonly Float64Array[]
  /** Whether one drives from one piece of land to another: they are one, or bridges of the file join them. */
  joined(land: number, other: number): boolean
  /** Way on land over straight line, by piece of land. */
  detour(land: number): number
}

/** @param pause awaited between the long steps, so that whoever shares the thread is served */
export async function makeNetwork(
  land: readonly BoxedLand[],
  crossings: Crossings,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<Network> {
  const grid = seaGrid(land, crossings.box, CELL_M)
  await pause()
  const numbers = new Map(crossings.islands.map(({ id, at }) => [id, landNumber(land, at)]))
  const nodes: NetworkNode[] = crossings.terminals.map(({ name, at, island }) => ({
    name,
    at,
    land: numbers.get(island)!,
    pier: true,
  }))
  const bridges: BridgeEdge[][] = []
  const bridge = (from: number, edge: BridgeEdge): void => void (bridges[from] ??= []).push(edge)
  for (const { name, from, to, lengthM, speedKmh } of crossings.bridges) {
    const first = nodes.length
    for (const end of [from, to]) nodes.push({ name, at: end.at, land: numbers.get(end.island)!, pier: false })
    const edge = { lengthM, speedMps: speedKmh / 3.6, name }
    bridge(first, { ...edge, to: first + 1 })
    bridge(first + 1, { ...edge, to: first })
  }
  const fields: (SeaField | null)[] = []
  for (const { pier, at } of nodes) {
    fields.push(pier ? seaField(grid, at, MOST_SEA_M) : null)
    if (pier) await pause()
  }
  const seaM = nodes.map((from, i) =>
    Float64Array.from(nodes, (to, j) => {
      const field = fields[i]
      if (!field || !to.pier || i === j) return Infinity
      return Math.max(seaDistanceM(grid, field, to.at) ?? Infinity, lineM(from.at, to.at))
    }),
  )
  const detours = new Map(
    crossings.islands.flatMap(({ id, detourFactor }) => (detourFactor ? [[numbers.get(id)!, detourFactor]] : [])),
  )
  return {
    crossings,
    grid,
    nodes,
    bridges: nodes.map((_, i) => bridges[i] ?? []),
    ferries: ferryEdges(crossings, nodes.length, seaM),
    fields,
    seaM,
    joined: joinedBy(nodes, bridges),
    detour: (number) => detours.get(number) ?? crossings.detourFactor,
  }
}

/** @throws RangeError where an island of the file is not on the map: every way to it would be wrong */
function landNumber(land: readonly BoxedLand[], at: LngLat): number {
  const index = land.findIndex(({ bbox, rings }) => contains({ bbox, rings }, at))
  if (index < 0) throw new RangeError(`no land at ${at.join(', ')}`)
  return index + 1
}

/** Pieces of land that bridges join, directly or over others; nothing joins the sea, whose number is 0. */
function joinedBy(nodes: readonly NetworkNode[], bridges: readonly (readonly BridgeEdge[] | undefined)[]) {
  const over = new Map<number, number>()
  const root = (land: number): number => {
    let at = land
    for (let next = over.get(at); next !== undefined; next = over.get(at)) at = next
    return at
  }
  bridges.forEach((edges, from) => {
    for (const { to } of edges ?? []) {
      const [a, b] = [root(nodes[from]!.land), root(nodes[to]!.land)]
      if (a !== b) over.set(a, b)
    }
  })
  return (land: number, other: number): boolean => land !== 0 && other !== 0 && root(land) === root(other)
}

function ferryEdges(crossings: Crossings, size: number, seaM: readonly Float64Array[]): FerryEdge[][] {
  const edges: FerryEdge[][] = Array.from({ length: size }, () => [])
  const index = new Map(crossings.terminals.map(({ id }, i) => [id, i]))
  for (const line of crossings.lines) {
    const { from, to, vessel, vehicles, both, service, crossingMin, asOf } = line
    const [a, b] = [index.get(from)!, index.get(to)!]
    const distanceM = seaM[a]![b]!
    if (!Number.isFinite(distanceM) && crossingMin === null) continue
    const crossingS = crossingMin !== null ? crossingMin * 60 : distanceM / VESSEL_MPS[vessel] + BERTHING_S
    const days = new Set(line.days ?? EVERY_DAY)
    const edge = { departures: departuresOf(service), days, crossingS, vehicles, undated: asOf === null }
    const lengthM = Number.isFinite(distanceM) ? distanceM : 0
    edges[a]!.push({ ...edge, to: b, way: `${lineIdOf(line)}/${from}`, distanceM: lengthM })
    if (both) edges[b]!.push({ ...edge, to: a, way: `${lineIdOf(line)}/${to}`, distanceM: lengthM })
  }
  return edges
}
