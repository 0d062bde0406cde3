import type { GridFrame, GridShape, SweepLook } from '@skerry/contract'
import {
  accumulateSweep,
  createGrid,
  gridFrame,
  gridIndexOfM,
  posterior,
  type Grid,
  type LocalFrame,
  type Look,
  type Posterior,
} from '@skerry/search'
import type { AssumptionCause } from './assumption-cause.ts'
import { foundBefore, learnDrift, strandedShare, type LearnedDrift } from './moved-drift.ts'
import type { ScenarioPrior } from './scenario-priors.ts'

export const shapeOf = ({ rows, cols, cellM, origin }: Grid): GridShape => ({
  rows,
  cols,
  cellM,
  origin: [origin[0], origin[1]],
})

/** What the flight of one task has covered. */
export interface OwnCoverage {
  /** Coverage C per cell of the map. */
  readonly cells: Float32Array
  /** Coverage that one straight pass of this sensor gives, as it was last credited. */
  passCoverage: number
}

/** A scenario after everything that was seen. */
export interface ScenarioPosterior extends Posterior {
  id: string
  share: number
  inWater: boolean
  /** Of a drift: what has come ashore by the moment of its map, 0..1. */
  strandedShare: number | null
}

/**
 * One search's map: priors of its scenarios, coverage so far, and what follows from both. A function of the assumptions
 * and of the sweeps in their order, so a replayed journal gives the same map bit for bit. Coverage belongs to the ground
 * and not to a story: a changed assumption keeps all that was learned. Only a drift that is moved on in time takes with
 * it what was learned of its particles, and starts on its ground anew.
 */
export class SearchMap {
  readonly coverage: Float32Array
  /** Highest probability of detection over this ground, however often it is flown. */
  readonly podCap: number
  readonly frameM: LocalFrame
  revision = 1
  /** Changes of assumptions so far, and what the newest was about. */
  assumptions = 0
  cause: AssumptionCause | null = null
  /** The mixture of all scenarios before any flight. */
  prior!: { grid: Grid; restOfWorld: number }
  #scenarios: readonly ScenarioPrior[] = []
  readonly #learned = new Map<string, LearnedDrift>()
  readonly #own = new Map<string, OwnCoverage>()
  readonly #lastLook = new Map<string, Look>()
  #posterior: Posterior | null = null
  #perScenario: readonly ScenarioPosterior[] | null = null
  /** The map as it was when the first assumption that is not yet told of was changed. */
  #before: Posterior | null = null

  constructor(scenarios: readonly ScenarioPrior[], podCap: number) {
    this.podCap = podCap
    this.frameM = gridFrame(scenarios[0]!.grid)
    this.coverage = new Float32Array(scenarios[0]!.grid.values.length)
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
    const scenario = this.#scenarios.find(({ id }) => id === scenarioId)
    if (!scenario?.cloud) return
    const cellOf = (eastM: number, northM: number): number => gridIndexOfM(scenario.grid, eastM, northM)
    const known = this.#learned.get(scenarioId)
    this.#before ??= this.posterior()
    this.#learned.set(scenarioId, learnDrift(scenario.cloud, this.coverage, this.podCap, cellOf, known))
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

  /** Credits looks of one drone, in order. Across a gap in time or place nothing is credited. */
  sweep(droneId: string, taskId: string, looks: readonly SweepLook[], sweepWidthM: number, swathM: number): void {
    const policy = { sweepWidthM: Math.min(sweepWidthM, swathM), swathM }
    let own = this.#own.get(taskId)
    if (!own) this.#own.set(taskId, (own = { cells: new Float32Array(this.coverage.length), passCoverage: 0 }))
    own.passCoverage = policy.sweepWidthM / swathM
    for (const { atMs, corners } of looks) {
      const look: Look = { atMs, cornersM: corners.map((corner) => this.frameM.toLocal(corner)) }
      const previous = this.#lastLook.get(droneId)
      if (previous) {
        accumulateSweep(this.coverage, this.prior.grid, previous, look, policy)
        accumulateSweep(own.cells, this.prior.grid, previous, look, policy)
      }
      this.#lastLook.set(droneId, look)
    }
    this.#posterior = null
    this.#perScenario = null
  }

  own(taskId: string): OwnCoverage | null {
    return this.#own.get(taskId) ?? null
  }

  /** Map after everything that was seen, all scenarios mixed. */
  posterior(): Posterior {
    return (this.#posterior ??=
      this.#learned.size > 0 ? this.#mixed() : this.#after(this.prior.grid, this.prior.restOfWorld, this.coverage))
  }

  /** The same under each scenario; a search that finds nothing speaks against the scenarios that it covers best. */
  perScenario(): readonly ScenarioPosterior[] {
    if (this.#perScenario) return this.#perScenario
    const left = 1 - this.posterior().pos
    this.#perScenario = this.#scenarios.map((scenario) => {
      const { id, weight, inWater, cloud } = scenario
      const after = this.#afterOf(scenario)
      const ashore = cloud && strandedShare(cloud, this.#learned.get(id)?.missed)
      return { ...after, id, inWater, strandedShare: ashore, share: (weight * (1 - after.pos)) / left }
    })
    return this.#perScenario
  }

  /** The map for consoles; null for a scenario that the search does not have. */
  frame(scenarioId: string | null): GridFrame | null {
    const shown = scenarioId === null ? this.posterior() : this.perScenario().find(({ id }) => id === scenarioId)
    if (!shown) return null
    const { grid, restOfWorld, pos } = shown
    const coverage = scenarioId === null ? this.coverage : this.#coverageOf(scenarioId)
    const pod = new Uint8Array(coverage.length)
    for (let i = 0; i < pod.length; i++)
      pod[i] = Math.round(255 * this.podCap * (1 - Math.exp(-coverage[i]! / this.podCap)))
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
    this.#scenarios = scenarios
    this.prior = { grid, restOfWorld }
    this.#posterior = null
    this.#perScenario = null
  }

  /** Scenarios that do not share their coverage, mixed one by one: each keeps what is left of its weight. */
  #mixed(): Posterior {
    const parts = this.#scenarios.map((scenario) => ({ weight: scenario.weight, after: this.#afterOf(scenario) }))
    const left = parts.reduce((sum, { weight, after }) => sum + weight * (1 - after.pos), 0)
    const grid = createGrid(this.prior.grid)
    let restOfWorld = 0
    for (const { weight, after } of parts) {
      const share = (weight * (1 - after.pos)) / left
      for (let i = 0; i < grid.values.length; i++) grid.values[i]! += share * after.grid.values[i]!
      restOfWorld += share * after.restOfWorld
    }
    return { grid, restOfWorld, pos: 1 - left }
  }

  #afterOf({ id, grid, restOfWorld }: ScenarioPrior): Posterior {
    const after = this.#after(grid, restOfWorld, this.#coverageOf(id))
    const learned = this.#learned.get(id)
    return learned ? { ...after, pos: 1 - (1 - foundBefore(learned)) * (1 - after.pos) } : after
  }

  /** Coverage that counts under a scenario: of a drift that was moved, only what was flown since. */
  #coverageOf(scenarioId: string): Float32Array {
    const before = this.#learned.get(scenarioId)?.before
    return before ? this.coverage.map((seen, i) => Math.max(0, seen - before[i]!)) : this.coverage
  }

  #after(prior: Grid, restOfWorld: number, coverage: Float32Array): Posterior {
    return posterior({ prior, restOfWorld, coverage, podCap: this.podCap })
  }
}
