import { bestChain, chainSquares } from './best-chain.ts'
import type { ChainCosts, LaneChain } from './lane-chain.ts'
import { laneLayouts } from './lane-layouts.ts'
import { type Lattice, latticeOf } from './lattice.ts'
import { leftByPaths } from './path-pos.ts'
import { areaLikelihood, type Cells, pathLengthM } from './path-score.ts'
import type { LocalM } from '../frame/position.ts'

/** A drone that may fly so many metres. */
export interface PathDrone {
  readonly id: string
  /** Where it is, in the grid's frame; the way from there counts. Null: it may start anywhere, at no cost. */
  readonly startM: readonly number[] | null
  readonly budgetM: number
}

/** The path of one drone, in the grid's frame. */
export interface DronePath {
  readonly droneId: string
  readonly pointsM: LocalM[]
  /** Never above the drone's budget. */
  readonly lengthM: number
}

/** Most times that ground is planned for; a fourth pass at coverage 1 would find at most 1 in 20 of those there. */
const PASSES = 3
/** Share of the ground's probability below which it is not worth a flight: what rounding leaves at the rim. */
const CRUMBS = 1e-6

/**
 * Paths that see the most probability within each drone's length: no time, no wind, detection certain within the radius.
 *
 * Method: lanes two radii apart (neighbouring lanes see nothing twice) are laid at several bearings and shifts; on each,
 * the chain of lanes that sees most within the budget is found exactly (`bestChain`): a boustrophedon whose every turn
 * lies where going on would earn less than the budget's price. Drones with a free start share one chain, cut into pieces
 * in the ratio of their budgets; drones with a start get their own, one after another, with the way to it. The plan with
 * the best area likelihood is taken.
 * Drones that this leaves without a path fly what is then left, as if each pass found 1 - 1/e of what lies on it (POD at
 * coverage 1), up to three times over; drones beyond that get no path. Paths stay within the grid. Deterministic.
 * RangeError that names the field. Source: search-science notes 4.3, 8.1; the reach of the method is measured in
 * docs/benchmarks/search.md.
 */
export function planPaths(input: {
  readonly grid: Cells
  readonly drones: readonly PathDrone[]
  readonly detectionRadiusM: number
}): DronePath[] {
  const { grid, drones, detectionRadiusM } = input
  if (!(detectionRadiusM > 0)) throw new RangeError('sensor.detectionRadiusM: must be above 0')
  const swathM = 2 * detectionRadiusM
  const paths: DronePath[] = []
  let left = grid
  for (let pass = 0; pass < PASSES; pass++) {
    const idle = drones.filter(({ id, budgetM }) => budgetM > 0 && !paths.some(({ droneId }) => droneId === id))
    const more = idle.length > 0 ? planOnce(left, idle, detectionRadiusM) : []
    if (more.length === 0) break
    paths.push(...more)
    const flown = more.map(({ pointsM }) => pointsM)
    left = { ...grid, values: leftByPaths(left, flown, { swathM, sweepWidthM: swathM }) }
  }
  const place = new Map(drones.map(({ id }, i) => [id, i]))
  return paths.sort((p, q) => place.get(p.droneId)! - place.get(q.droneId)!)
}

/** The plan on the layout of lanes that sees most. Empty when nothing is worth flying. */
function planOnce(grid: Cells, drones: readonly PathDrone[], detectionRadiusM: number): DronePath[] {
  const solves = drones.filter(({ startM }) => startM !== null).length + 1
  const plans = laneLayouts(grid, 2 * detectionRadiusM, solves).map((layout) =>
    planOn(latticeOf(grid, layout), drones, grid),
  )
  // Scored on the ground itself: where everything can be seen, plans differ only in the corners that squares hide.
  const scored = plans.map((paths) => {
    const pointsM = paths.map((path) => path.pointsM)
    return { paths, seen: areaLikelihood(grid, pointsM, detectionRadiusM) }
  })
  return scored.reduce((p, q) => (q.seen > p.seen ? q : p)).paths
}

function planOn(lattice: Lattice, drones: readonly PathDrone[], grid: Cells): DronePath[] {
  const left = lattice.mass.slice()
  const total = left.reduce((a, b) => a + b, 0)
  const open = new Uint8Array(left.length).fill(1)
  const { stepM, spacingM } = lattice
  const costs = (startM: readonly number[] | null): ChainCosts => ({
    onward: stepM,
    backward: stepM,
    across: spacingM,
    out: startM ? nodeDistances(lattice, startM) : null,
    back: null,
  })
  const take = (startM: readonly number[] | null, budgetM: number): LocalM[] | null => {
    const found = bestChain(lattice, left, open, costs(startM), budgetM)
    if (!found || found.mass < CRUMBS * total) return null
    for (const square of chainSquares(lattice, open, found.chain)) left[square] = 0
    return chainPoints(lattice, found.chain, grid)
  }

  const paths = new Map<string, LocalM[]>()
  for (const { id, startM, budgetM } of drones) {
    const points = startM && budgetM > 0 ? take(startM, budgetM) : null
    if (points) paths.set(id, withoutRepeats([[startM![0]!, startM![1]!], ...points]))
  }
  const free = drones.filter(({ startM, budgetM }) => startM === null && budgetM > 0)
  const totalM = free.reduce((sum, { budgetM }) => sum + budgetM, 0)
  const line = free.length > 0 ? take(null, totalM) : null
  if (line) {
    // When the ground is smaller than the budgets, everybody gets the same share of it.
    const share = Math.min(1, pathLengthM(line) / totalM)
    const pieces = cutLine(
      line,
      free.map(({ budgetM }) => budgetM * share),
    )
    free.forEach(({ id }, i) => {
      const piece = pieces[i]
      if (piece) paths.set(id, piece)
    })
  }
  return drones.flatMap(({ id, budgetM }) => {
    const pointsM = paths.get(id)
    if (!pointsM) return []
    const lineM = pathLengthM(pointsM) > 0 ? pointsM : throughMiddle(pointsM[0]!, budgetM, grid)
    return [{ droneId: id, pointsM: lineM, lengthM: pathLengthM(lineM) }]
  })
}

/**
 * Line for a drone that sees everything worth seeing from one place: a path that is no way has swept nothing. From there
 * through the grid's middle to its other side, within the budget.
 */
function throughMiddle([e, n]: LocalM, budgetM: number, grid: Cells): LocalM[] {
  const [widthM, heightM] = [grid.cols * grid.cellM, grid.rows * grid.cellM]
  const atMiddle = e === widthM / 2 && n === heightM / 2
  const [toE, toN] = drawnInto(grid, atMiddle ? [widthM, n] : [widthM - e, heightM - n])
  // A hair under the budget, so that adding the legs up again never passes it.
  const t = Math.min(1, (budgetM * (1 - 1e-12)) / Math.hypot(toE - e, toN - n))
  return [
    [e, n],
    [e + t * (toE - e), n + t * (toN - n)],
  ]
}

function nodeDistances(lattice: Lattice, startM: readonly number[]): Float64Array {
  const width = lattice.steps + 1
  return Float64Array.from({ length: lattice.lanes * width }, (_, i) => {
    const [e, n] = lattice.toLocal(i % width, Math.floor(i / width) + 0.5)
    return Math.hypot(e - startM[0]!, n - startM[1]!)
  })
}

/** The nearest point of the grid's rectangle. A line drawn into it never gets longer. */
export const drawnInto = (grid: Cells, [e, n]: LocalM): LocalM => [
  Math.min(grid.cols * grid.cellM, Math.max(0, e)),
  Math.min(grid.rows * grid.cellM, Math.max(0, n)),
]

/** Line of a chain, from turn to turn, drawn into the grid: a lane just outside the rim sees more from the rim. */
function chainPoints(lattice: Lattice, { first, nodes }: LaneChain, grid: Cells): LocalM[] {
  const points: LocalM[] = []
  for (let i = 1; i < nodes.length; i++) {
    for (const node of [nodes[i - 1]!, nodes[i]!]) {
      points.push(drawnInto(grid, lattice.toLocal(node, first + i - 0.5)))
    }
  }
  return withoutRepeats(points)
}

/** Without points that repeat the one before; at least two points stay, so that a line stays a line. */
export function withoutRepeats(points: readonly LocalM[]): LocalM[] {
  const kept = points.filter((p, i) => i === 0 || p[0] !== points[i - 1]![0] || p[1] !== points[i - 1]![1])
  return kept.length === 1 ? [kept[0]!, kept[0]!] : kept
}

/** Pieces of a line of at most the given lengths, one after another; fewer when the line ends before. */
function cutLine(line: readonly LocalM[], lengthsM: readonly number[]): LocalM[][] {
  const pieces: LocalM[][] = []
  let [leg, at] = [1, line[0]!]
  for (const lengthM of lengthsM) {
    if (leg >= line.length && pieces.length > 0) break
    const piece = [at]
    // A hair under the length, so that adding the legs up again never passes it.
    let leftM = lengthM * (1 - 1e-12)
    while (leg < line.length) {
      const to = line[leg]!
      const legM = Math.hypot(to[0] - at[0], to[1] - at[1])
      if (legM > leftM) {
        const t = legM > 0 ? leftM / legM : 0
        at = [at[0] + t * (to[0] - at[0]), at[1] + t * (to[1] - at[1])]
        piece.push(at)
        break
      }
      piece.push(to)
      leftM -= legM
      at = to
      leg++
    }
    pieces.push(withoutRepeats(piece))
  }
  return pieces
}
