import type { GridFrame, GridShape, SweepLook } from '@skerry/contract'
import {
  createGrid,
  followedMap,
  gridFrame,
  gridIndexOfM,
  type FollowedMap,
  type Grid,
  type HiddenGround,
  type LocalFrame,
  type Posterior,
} from '@skerry/search'
import type { AssumptionCause } from './assumption-cause.ts'
import { foundBefore, learnDrift, strandedShare, type LearnedDrift } from './moved-drift.ts'
import type { ScenarioPrior } from './scenario-priors.ts'
import { less, SeenGround } from './seen-ground.ts'

export const shapeOf = ({ rows, cols, cellM, origin }: Grid): GridShape => ({
  rows,
  cols,
  cellM,
  origin: [origin[0], origin[1]],
})

/** A scenario after everything that was seen. */
export interface ScenarioPosterior extends Posterior {
  id: string
  share: number
  inWater: boolean
  /** Of a drift: what has come ashore by the moment of its map, 0..1. */
  strandedShare: number | null
}

/** A scenario with its map as it follows the ground that is seen. */
interface FollowedScenario {
  prior: ScenarioPrior
  /** POD of a cell that counts under this scenario: of a drift that was moved, only what was flown since. */
  podAt: (cell: number) => number
  map: FollowedMap
  /** Probability, if this scenario is true, that the person was missed before its map was last moved. */
  missedBefore: number
}

/**
 * One search's map: priors of its scenarios, ground seen so far, and what follows from both. A function of the
 * assumptions and of the sweeps in their order, so a replayed journal gives the same map bit for bit. What was seen
 * belongs to the ground and not to a story: a changed assumption keeps all that was learned. Only a drift that is moved on
 * in time takes with it what was learned of its particles, and starts on its ground anew. A sweep touches the cells under
 * its footprints alone, under each scenario.
 */
export class SearchMap {
  readonly seen: SeenGround
  /** Highest probability of detection over this ground, however often it is flown from above. */
  readonly podCap: number
  readonly frameM: LocalFrame
  revision = 1
  /** Changes of assumptions so far, and what the newest was about. */
  assumptions = 0
  cause: AssumptionCause | null = null
  /** The mixture of all scenarios before any flight. */
  prior!: { grid: Grid; restOfWorld: number }
  #scenarios: readonly FollowedScenario[] = []
  readonly #learned = new Map<string, LearnedDrift>()
  #posterior: Posterior | null = null
  #perScenario: readonly ScenarioPosterior[] | null = null
  /** The map as it was when the first assumption that is not yet told of was changed. */
  #before: Posterior | null = null

  constructor(scenarios: readonly ScenarioPrior[], hidden: HiddenGround) {
    const { grid } = scenarios[0]!
    this.podCap = 1 - hidden.hiddenDown
    this.frameM = gridFrame(grid)
    this.seen = new SeenGround(grid, this.frameM, hidden)
    this.#take(scenarios)
  }

  /** Other stories, weights or sightings on the same ground. */
  assume(scenarios: readonly ScenarioPrior[], cause: AssumptionCause): void {
    this.#before ??= this.posterior()
    this.assumptions += 1
    this.cause = cause
    this.#take(scenarios)
  }

  /** Learns of a drift what was searched up to now; call it before its map is drawn for another moment. */
  beforeMove(scenarioId: string): void {
    const scenario = this.#scenarios.find(({ prior }) => prior.id === scenarioId)
    if (!scenario?.prior.cloud) return
    const { grid, cloud } = scenario.prior
    const podUnder = (eastM: number, northM: number): number => {
      const cell = gridIndexOfM(grid, eastM, northM)
      return cell < 0 ? 0 : scenario.podAt(cell)
    }
    this.#before ??= this.posterior()
    this.#learned.set(scenarioId, learnDrift(cloud, podUnder, this.seen.views.copy(), this.#learned.get(scenarioId)))
  }

  /** What was learned of a drift before its newest moment. */
  learned(scenarioId: string): LearnedDrift | undefined {
    return this.#learned.get(scenarioId)
  }

  /** Share of all probability that lies elsewhere now than before assumptions changed, 0..1 (total variation). */
  movedShare(): number {
    if (!this.#before) return 0
    const [a, b] = [this.#before, this.posterior()]
    let sum = Math.abs(a.restOfWorld - b.restOfWorld)
    for (let i = 0; i < a.grid.values.length; i++) sum += Math.abs(a.grid.values[i]! - b.grid.values[i]!)
    return sum / 2
  }

  /** The change has been told. */
  settle(): void {
    this.#before = null
  }

  sweep(droneId: string, taskId: string, looks: readonly SweepLook[], sweepWidthM: number, swathM: number): void {
    for (const area of this.seen.sweep(droneId, taskId, looks, { sweepWidthM, swathM }))
      for (const { map } of this.#scenarios) map.refresh(area)
    this.#posterior = null
    this.#perScenario = null
  }

  /** Cumulative POS and rest of the world, without a pass over the map. */
  figures(): { pos: number; restOfWorld: number } {
    const left = this.#left()
    const outside = this.#scenarios.reduce((sum, one) => sum + weightLeft(one) * one.map.restOfWorld, 0)
    return { pos: 1 - left, restOfWorld: outside / left }
  }

  /** Map after everything that was seen, all scenarios mixed: each keeps what is left of its weight. */
  posterior(): Posterior {
    if (this.#posterior) return this.#posterior
    const left = this.#left()
    const grid = createGrid(this.prior.grid)
    for (const one of this.#scenarios) {
      const factor = (weightLeft(one) / left) * one.map.scale
      for (let i = 0; i < grid.values.length; i++) grid.values[i]! += factor * one.map.raw[i]!
    }
    return (this.#posterior = { grid, ...this.figures() })
  }

  /** The same under each scenario; a search that finds nothing speaks against the scenarios that it covers best. */
  perScenario(): readonly ScenarioPosterior[] {
    const left = this.#left()
    return (this.#perScenario ??= this.#scenarios.map((one) => {
      const { id, inWater, cloud } = one.prior
      const ashore = cloud && strandedShare(cloud, this.#learned.get(id)?.missed)
      const pos = 1 - one.missedBefore * (1 - one.map.pos)
      return { ...one.map.snapshot(), pos, id, inWater, strandedShare: ashore, share: weightLeft(one) / left }
    }))
  }

  /** The map for consoles; null for a scenario that the search does not have. */
  frame(scenarioId: string | null): GridFrame | null {
    const shown = scenarioId === null ? this.posterior() : this.perScenario().find(({ id }) => id === scenarioId)
    if (!shown) return null
    const { grid, restOfWorld, pos } = shown
    const podAt = this.#scenarios.find(({ prior }) => prior.id === scenarioId)?.podAt ?? ((i) => this.seen.pod[i]!)
    const pod = Uint8Array.from(grid.values, (_, i) => Math.round(255 * podAt(i)))
    return { shape: shapeOf(grid), revision: this.revision, restOfWorld, pos, poa: Float32Array.from(grid.values), pod }
  }

  #take(scenarios: readonly ScenarioPrior[]): void {
    for (const id of this.#learned.keys())
      if (!scenarios.some((scenario) => scenario.id === id)) this.#learned.delete(id)
    const grid = createGrid(scenarios[0]!.grid)
    let restOfWorld = 0
    for (const { weight, grid: one, restOfWorld: outside } of scenarios) {
      for (let i = 0; i < grid.values.length; i++) grid.values[i]! += weight * one.values[i]!
      restOfWorld += weight * outside
    }
    this.prior = { grid, restOfWorld }
    this.#scenarios = scenarios.map((prior) => this.#followed(prior))
    this.#posterior = null
    this.#perScenario = null
  }

  #followed(prior: ScenarioPrior): FollowedScenario {
    const { seen } = this
    const learned = this.#learned.get(prior.id)
    const podAt = learned
      ? (i: number) => seen.podOf(less(seen.views.at(i), learned.before.at(i)))
      : (i: number) => seen.pod[i]!
    const map = followedMap({ prior: prior.grid, restOfWorld: prior.restOfWorld, podAt })
    return { prior, podAt, map, missedBefore: learned ? 1 - foundBefore(learned) : 1 }
  }

  /** Probability that the person has been missed so far. */
  #left(): number {
    return this.#scenarios.reduce((sum, one) => sum + weightLeft(one), 0)
  }
}

const weightLeft = ({ prior, map, missedBefore }: FollowedScenario): number =>
  prior.weight * missedBefore * (1 - map.pos)
