import { laneLayouts } from './lane-layouts.ts'
import { type Lattice, type LatticeLayout, latticeOf } from './lattice.ts'
import type { NoFly } from './no-fly.ts'
import type { Cells } from './path-score.ts'
import { type Sortie, type SortieDrone, sortieFinder } from './sortie.ts'
import { closedLedger, type Epochs, type Ledger, lookedLedger, type PlanStory } from './sortie-ledger.ts'
import { soonestFound } from './time-value.ts'
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
  readonly sortie: Sortie
}

export interface SortiePlanInput {
  readonly cells: Cells
  /**
   * What finds are worth, by story and time. Default: the whole map, where the soonest find is best (time left to the
   * horizon) or, without a horizon, every find is worth the same.
   */
  readonly stories?: readonly PlanStory[] | undefined
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
   * Share of the probability that stays where a drone has looked: exp(-coverage). Null: ground of one sortie is closed to
   * all others, so that areas never overlap.
   */
  readonly leftAfterLook: number | null
  /** At most so many layouts of lanes are tried: a quick answer where a good one will do. Default: no such limit. */
  readonly maxLayouts?: number | undefined
}

export interface SortiePlan {
  readonly lattice: Lattice
  /** How that lattice was laid: another grid of the same shape can be laid alike. */
  readonly layout: LatticeLayout
  /** In the order they take off. */
  readonly sorties: readonly PlannedSortie[]
}

/** Share of a spacing that counts as seen beyond a turn, see `Lattice.turnSteps`: by a strip under the drone, all around. */
const [STRIP_TURN_SHARE, ROUND_TURN_SHARE] = [0.25, 0.5]
/** Most epochs that looks are kept apart by. */
const MOST_EPOCHS = 16
/** Squares visited that improving a plan may spend, and the most times that each sortie is planned again. */
const IMPROVE_WORK = 16_000_000
const MOST_SWEEPS = 3
/** A sortie is exchanged for one worth so much more: less is noise of the lattice. */
const WORTH_MORE = 1 + 1e-6

/**
 * Sorties that find most, soonest: the highest sum of dPOS(t) V(t) (notes 1.2; see `TimeValue`). First, whoever is free
 * gets the sortie that is worth most on what the others leave; of drones free at the same time the one with the best
 * sortie chooses first. All layouts of lanes (see `laneLayouts`) are tried, the first across the wind, and the best is
 * kept. Then each of its sorties is planned again, given all the others, earlier and later, for as long as that is worth
 * something. Where looks leave a share behind, all legs look, the ways out and back as well.
 * Limits: no two sorties are exchanged at once; vertical separation is the caller's. Deterministic.
 */
export function planSorties(input: SortiePlanInput): SortiePlan {
  const { cells, spacingM, wind, drones, maxSorties } = input
  const acrossWindRad = wind && wind.speedMps > 0 ? ((wind.fromDeg + 450) * Math.PI) / 180 : 0
  const solves = Math.min(maxSorties, 8) * Math.max(1, drones.length / 2)
  const layouts = laneLayouts(cells, spacingM, solves, acrossWindRad % Math.PI).slice(0, input.maxLayouts)
  // What is certain to be seen within a radius is seen all around.
  const turnShare = input.leftAfterLook === 0 ? ROUND_TURN_SHARE : STRIP_TURN_SHARE
  let best: Draft | null = null
  for (const layout of layouts) {
    const draft = draftOn({ ...layout, turnShare }, input)
    // The first layout stays unless another is truly better.
    if (!best || draft.worth > best.worth * (1 + 1e-9)) best = draft
  }
  const { lattice, layout, sorties } = best!
  improve(best!, input)
  return { lattice, layout, sorties }
}

/** A plan that can still be changed. */
interface Draft {
  readonly lattice: Lattice
  readonly layout: LatticeLayout
  readonly ledger: Ledger
  /** Finds the sortie worth most at the ledger's prices, for drones that are alike. */
  readonly find: (drone: FlightDrone) => Sortie | null
  readonly sorties: BookedSortie[]
  readonly worth: number
}

/** A sortie with the epoch under which its looks stand in the ledger. */
interface BookedSortie extends PlannedSortie {
  readonly epoch: number
}

function draftOn(layout: LatticeLayout, input: SortiePlanInput): Draft {
  const { cells, noFly, wind, turnS, overheadS, swapS, leftAfterLook, horizonS } = input
  const lattice = latticeOf(cells, layout, noFly.zones)
  const open = lattice.blocked.map((blocked) => 1 - blocked)
  const left = new Float64Array(open.length)
  const ground = { lattice, left, open, wind, noFly, turnS, waysLook: leftAfterLook !== null }
  const able = input.drones.filter(({ startM, budgetS }) => budgetS > 0 && !(startM && noFly.holds(startM)))
  const epochs = epochsOf(able, input)
  const epochOf = (startS: number): number =>
    Math.min(epochs.count - 1, input.byRounds ? startS : Math.round(startS / epochs.lengthS))
  const stories = input.stories ?? [{ values: Float64Array.from(cells.values), valueAt: soonestFound(horizonS) }]
  const ledger =
    leftAfterLook === null
      ? closedLedger(ground, cells, stories, epochs)
      : lookedLedger(ground, cells, stories, epochs, leftAfterLook)
  const finders = new Map<string, () => Sortie | null>()
  const find = (drone: FlightDrone): Sortie | null => {
    const kind = kindOf(drone)
    const known = finders.get(kind) ?? sortieFinder(ground, drone)
    finders.set(kind, known)
    return known()
  }

  const freeAtS = new Map(able.map((drone) => [drone, 0]))
  const rounds = new Map(able.map((drone) => [drone, 0]))
  const sorties: BookedSortie[] = []
  const touched = new Uint8Array(open.length)
  let [offers, offeredAtS, worth] = [new Map<string, Sortie | null>(), 0, 0]
  while (freeAtS.size > 0 && sorties.length < input.maxSorties) {
    const nowS = Math.min(...freeAtS.values())
    if (nowS >= horizonS) break
    if (nowS !== offeredAtS) offers.clear()
    offeredAtS = nowS
    const epoch = epochOf(nowS)
    ledger.price(epoch)
    let next: { drone: FlightDrone; sortie: Sortie } | null = null
    for (const [drone, atS] of freeAtS) {
      if (atS > nowS) continue
      const kind = kindOf(drone)
      const known = offers.get(kind)
      // An offer stays good as long as nobody's lanes have touched its ground.
      const good = known === null || (known && !known.squares.some((square) => touched[square]))
      const sortie = good ? known : find(drone)
      offers.set(kind, sortie)
      if (sortie && (!next || sortie.mass > next.sortie.mass)) next = { drone, sortie }
    }
    if (!next) {
      for (const [drone, atS] of freeAtS) if (atS === nowS) freeAtS.delete(drone)
      continue
    }
    const { drone, sortie } = next
    worth += ledger.worth(sortie)
    ledger.book(sortie, epoch)
    touched.fill(0)
    for (const square of sortie.squares) touched[square] = 1
    const round = rounds.get(drone)! + 1
    rounds.set(drone, round)
    sorties.push({ droneId: drone.id, round, startS: nowS, sortie, epoch })
    if (round < input.maxRounds) freeAtS.set(drone, input.byRounds ? round : nowS + sortie.totalS + overheadS + swapS)
    else freeAtS.delete(drone)
  }
  return { lattice, layout, ledger, find, sorties, worth }
}

/** Drones of a kind fly the same sorties. */
const kindOf = ({ startM, returnM, airspeedMps, budgetS, wind }: FlightDrone): string =>
  JSON.stringify([startM, returnM, airspeedMps, budgetS, wind])

function epochsOf(drones: readonly FlightDrone[], input: SortiePlanInput): Epochs {
  const { overheadS, swapS, horizonS, byRounds, maxRounds } = input
  const flightS = drones.reduce((sum, { budgetS }) => sum + budgetS, 0) / Math.max(1, drones.length)
  const roundS = overheadS + swapS + (byRounds ? flightS : Math.min(...drones.map(({ budgetS }) => budgetS)))
  const rounds = byRounds || !Number.isFinite(horizonS) ? maxRounds : Math.ceil(horizonS / roundS) + 1
  const count = Math.max(1, Math.min(MOST_EPOCHS, rounds))
  return { count, lengthS: byRounds || count === rounds ? roundS : horizonS / count, flightS }
}

/** Plans each sortie again on what all the others leave, as often as the work allows or until nothing changes. */
function improve({ lattice, ledger, find, sorties }: Draft, input: SortiePlanInput): void {
  const work = 16 * (lattice.steps + 1) * lattice.lanes * sorties.length
  const sweeps = Math.min(MOST_SWEEPS, Math.floor(IMPROVE_WORK / Math.max(1, work)))
  const drones = new Map(input.drones.map((drone) => [drone.id, drone]))
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let changed = false
    sorties.forEach((planned, i) => {
      const { epoch } = planned
      ledger.unbook(planned.sortie, epoch)
      ledger.price(epoch)
      const other = find(drones.get(planned.droneId)!)
      const better = other !== null && ledger.worth(other) > ledger.worth(planned.sortie) * WORTH_MORE
      const sortie = better ? other : planned.sortie
      ledger.book(sortie, epoch)
      sorties[i] = { ...planned, sortie }
      changed ||= better
    })
    if (!input.byRounds) setStarts(sorties, input)
    if (!changed) return
  }
}

/** Take-offs one after another again: an exchanged sortie may last a little longer, or less, than the one before it. */
function setStarts(sorties: BookedSortie[], { overheadS, swapS, horizonS }: SortiePlanInput): void {
  const freeAtS = new Map<string, number>()
  const moved = sorties.flatMap((planned) => {
    const startS = freeAtS.get(planned.droneId) ?? 0
    freeAtS.set(planned.droneId, startS + planned.sortie.totalS + overheadS + swapS)
    return startS < horizonS ? [{ ...planned, startS }] : []
  })
  sorties.splice(0, sorties.length, ...moved.toSorted((a, b) => a.startS - b.startS))
}
