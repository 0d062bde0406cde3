import { laneLayouts } from './lane-layouts.ts'
import { type Lattice, type LatticeLayout, latticeOf } from './lattice.ts'
import type { NoFly } from './no-fly.ts'
import type { Cells } from './path-score.ts'
import { type Sortie, type SortieDrone, sortieFinder, type SortieGround } from './sortie.ts'
import type { Wind } from './wind.ts'

/** A drone that can fly sorties, in the grid's frame. */
export interface FlightDrone extends SortieDrone {
  readonly id: string
}

/** A sortie with its place in the plan. */
export interface PlannedSortie {
  readonly droneId: string
  /** 1 for the drone's first sortie of this plan. */
  readonly round: number
  /** Take-off, seconds from the start of the search. */
  readonly startS: number
  /** Probability in the squares seen, of what was still to be found when it takes off. */
  readonly sortie: Sortie
}

export interface SortiePlanInput {
  readonly cells: Cells
  readonly drones: readonly FlightDrone[]
  readonly spacingM: number
  readonly wind: Wind | null
  readonly noFly: NoFly
  /** Seconds lost at each turn. */
  readonly turnS: number
  /** Seconds for climb, descent and landing, on top of each drone's budget. */
  readonly overheadS: number
  /** Most sorties in all, and per drone. */
  readonly maxSorties: number
  readonly maxRounds: number
  /** Every drone's first sortie comes before any second one, whatever they take; start times then count rounds. */
  readonly byRounds: boolean
  /** Seconds between landing and the next take-off. */
  readonly swapS: number
  /** No sortie takes off at or after this, seconds. */
  readonly horizonS: number
  /**
   * Share of the probability in a square that stays there after it was flown: exp(-coverage). Null: it is closed to all
   * other sorties, so that areas never overlap.
   */
  readonly leftAfterLook: number | null
  /** At most so many layouts of lanes are tried: a quick answer where a good one will do. Default: no such limit. */
  readonly maxLayouts?: number | undefined
}

export interface SortiePlan {
  readonly lattice: Lattice
  /** How that lattice was laid: another grid of the same shape can be laid alike. */
  readonly layout: LatticeLayout
  readonly sorties: readonly PlannedSortie[]
}

/**
 * Sorties in the order they take off. Whoever is free first gets the sortie that sees most of what is left; of drones
 * free at the same time the one with the best sortie chooses first. All layouts of lanes (see `laneLayouts`) are tried, the first across the
 * wind, and the plan that finds soonest over all is taken: the highest sum of probability x time left to the horizon,
 * which is the smallest restricted mean time (notes 1.2).
 * Limits: greedy from sortie to sortie; vertical separation is the caller's. Deterministic.
 */
export function planSorties(input: SortiePlanInput): SortiePlan {
  const { cells, spacingM, wind, drones, maxSorties } = input
  const acrossWindRad = wind && wind.speedMps > 0 ? ((wind.fromDeg + 450) * Math.PI) / 180 : 0
  const solves = Math.min(maxSorties, 8) * Math.max(1, drones.length / 2)
  const layouts = laneLayouts(cells, spacingM, solves, acrossWindRad % Math.PI).slice(0, input.maxLayouts)
  let best: (SortiePlan & { readonly worth: number }) | null = null
  for (const layout of layouts) {
    const lattice = latticeOf(cells, layout, input.noFly.zones)
    const sorties = planOn(lattice, input)
    const worth = worthOf(sorties, input)
    // The first layout stays unless another is truly better.
    if (!best || worth > best.worth * (1 + 1e-9)) best = { lattice, layout, sorties, worth }
  }
  return best!
}

/** Sum of probability found, each weighed by the time it leaves until the end of the plan. */
function worthOf(sorties: readonly PlannedSortie[], { horizonS, overheadS }: SortiePlanInput): number {
  let worth = 0
  for (const { startS, sortie } of sorties) {
    for (const { endS, mass } of sortie.lanes) {
      worth += Number.isFinite(horizonS) ? mass * Math.max(0, horizonS - (startS + overheadS / 2 + endS)) : mass
    }
  }
  return worth
}

function planOn(lattice: Lattice, input: SortiePlanInput): PlannedSortie[] {
  const { drones, noFly, wind, turnS, overheadS, swapS, leftAfterLook } = input
  const open = lattice.blocked.map((blocked) => 1 - blocked)
  const left = lattice.mass.map((mass, square) => (open[square] ? mass : 0))
  const ground: SortieGround = { lattice, left, open, wind, noFly, turnS }
  const able = drones.filter(({ startM, budgetS }) => budgetS > 0 && !(startM && noFly.holds(startM)))
  const finders = new Map(able.map((drone) => [drone, sortieFinder(ground, drone)]))
  const freeAtS = new Map(able.map((drone) => [drone, 0]))
  const rounds = new Map(able.map((drone) => [drone, 0]))
  const offers = new Map<FlightDrone, Sortie | null>()
  const touched = new Uint8Array(left.length)
  const sorties: PlannedSortie[] = []

  while (freeAtS.size > 0 && sorties.length < input.maxSorties) {
    const nowS = Math.min(...freeAtS.values())
    if (nowS >= input.horizonS) break
    let next: { drone: FlightDrone; sortie: Sortie } | null = null
    for (const [drone, atS] of freeAtS) {
      if (atS > nowS) continue
      const known = offers.get(drone)
      // An offer stays good as long as nobody has looked at ground of it.
      const sortie = known && !known.squares.some((square) => touched[square]) ? known : finders.get(drone)!()
      offers.set(drone, sortie)
      if (sortie && (!next || sortie.mass > next.sortie.mass)) next = { drone, sortie }
    }
    touched.fill(0)
    if (!next) {
      for (const [drone, atS] of freeAtS) if (atS === nowS) freeAtS.delete(drone)
      continue
    }
    const { drone, sortie } = next
    for (const square of sortie.squares) {
      touched[square] = 1
      left[square] = leftAfterLook === null ? 0 : left[square]! * leftAfterLook
      if (leftAfterLook === null) open[square] = 0
    }
    offers.delete(drone)
    const round = rounds.get(drone)! + 1
    rounds.set(drone, round)
    sorties.push({ droneId: drone.id, round, startS: nowS, sortie })
    if (round < input.maxRounds) freeAtS.set(drone, input.byRounds ? round : nowS + sortie.totalS + overheadS + swapS)
    else freeAtS.delete(drone)
  }
  return sorties
}
