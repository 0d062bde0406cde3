import type { Candidate, CandidateOnMap, GridFrame, GridShape, PosBySource, SweepLook } from '@skerry/contract'
import {
  type AlertGain,
  type ChangedCells,
  alertGain,
  createGrid,
  followedMap,
  gridFrame,
  gridIndexOfM,
  type FollowedMap,
  type Grid,
  type HiddenGround,
  type LocalFrame,
  type PlacedAlert,
  type Posterior,
} from '@skerry/search'
import type { CandidateChange, ChangeCause } from './change-cause.ts'
import { MapAlerts, type MapAlert } from './map-alerts.ts'
import { foundBefore, learnDrift, strandedShare, type LearnedDrift } from './moved-drift.ts'
import type { ScenarioPrior } from './scenario-priors.ts'
import { type CellViews, less, type PeopleEffort, SeenGround, type SweepWidths } from './seen-ground.ts'

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

/** A scenario as further looks find it. */
export interface Planned {
  share: number
  values: ArrayLike<number>
  viewsAt: (cell: number) => CellViews
  podAt: (cell: number) => number
  /** A drift on other water than was searched before. */
  moved: boolean
}

/** A scenario with its map as it follows the ground that is seen. */
interface FollowedScenario {
  prior: ScenarioPrior
  /** Coverage and POD of a cell that count under this scenario: of a drift that was moved, only what was searched since. */
  viewsAt: (cell: number) => CellViews
  podAt: (cell: number) => number
  map: FollowedMap
  /** What each alert adds under this scenario. */
  gains: WeakMap<PlacedAlert, AlertGain>
  /** Of a drift that was moved: candidates known then, with when each was last seen. */
  alertsBefore: ReadonlyMap<string, number>
  /** Probability, if this scenario is true, that the person was missed before its map was last moved. */
  missedBefore: number
}

/**
 * One search's map: priors of its scenarios, ground seen so far, candidates, and what follows from all of it. A function
 * of the assumptions, the sweeps and the candidates in their order, so a replayed journal gives the same map bit for bit. What was seen
 * belongs to the ground and not to a story: a changed assumption keeps all that was learned. Only a drift that is moved on
 * in time takes with it what was learned of its particles, and starts on its ground anew. A sweep touches the cells under
 * its footprints alone, under each scenario.
 */
export class SearchMap {
  readonly seen: SeenGround
  readonly #alerts = new MapAlerts()
  /** Highest probability of detection where no layer tells the cover, however often it is flown from above. */
  readonly podCap: number
  readonly frameM: LocalFrame
  revision = 1
  /** Changes of assumptions and of candidates so far, and what the newest was about. */
  changes = 0
  cause: ChangeCause | null = null
  /** The mixture of all scenarios before any flight. */
  prior!: { grid: Grid; restOfWorld: number }
  #scenarios: readonly FollowedScenario[] = []
  readonly #learned = new Map<string, LearnedDrift>()
  #posterior: Posterior | null = null
  #perScenario: readonly ScenarioPosterior[] | null = null
  /** The map as it was when the first assumption that is not yet told of was changed. */
  #before: Posterior | null = null

  /** @param hidden where no layer tells the cover  @param covers code of the cover of each cell; null: none is told */
  constructor(scenarios: readonly ScenarioPrior[], hidden: HiddenGround, covers: Uint8Array | null = null) {
    const { grid } = scenarios[0]!
    this.podCap = 1 - hidden.hiddenDown
    this.frameM = gridFrame(grid)
    this.seen = new SeenGround(grid, this.frameM, hidden, covers)
    this.#take(scenarios)
  }

  /** Other stories, weights or sightings on the same ground. */
  assume(scenarios: readonly ScenarioPrior[], cause: ChangeCause): void {
    this.#before ??= this.posterior()
    this.changes += 1
    this.cause = cause
    this.#take(scenarios)
  }

  /** A candidate as it is now. It counts once, by its newest figures, or no longer when it was judged to be nothing. */
  take(candidate: Candidate, kind: CandidateChange): void {
    const { id } = candidate
    const before = this.#before ?? this.posterior()
    const probability = this.candidates().find(({ candidateId }) => candidateId === id)?.probability ?? null
    const tells = this.#alerts.put(candidate)
    this.#weigh()
    if (!tells) return
    this.#before = before
    this.changes += 1
    const after = this.candidates().find(({ candidateId }) => candidateId === id)?.probability ?? null
    this.cause = { kind, about: String(candidate.number), probability: { before: probability, after } }
  }

  /** Candidates on the map, each with its probability to be the subject: one of them at most is. */
  candidates(): ({ candidateId: string } & CandidateOnMap)[] {
    const left = this.#left()
    return this.#alerts.live().map((alert) => {
      const clutterPerKm2 = this.#alerts.clutterOf(alert, this.seen.sweptKm2)
      const weight = this.#scenarios.reduce(
        (sum, one) => sum + one.prior.weight * one.missedBefore * (gainOf(one, alert)?.sum ?? 0),
        0,
      )
      return { candidateId: alert.id, probability: weight / clutterPerKm2 / left, clutterPerKm2 }
    })
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
    const now = {
      before: this.seen.views.copy(),
      alertsBefore: new Map(this.#alerts.live().map(({ id, lastSeenAtMs }) => [id, lastSeenAtMs])),
      tasks: new Map(
        [...this.seen.owns()].map(([taskId, { views }]) => {
          const gained = new Map<number, number>()
          for (let cell = 0; cell < this.seen.pod.length; cell++)
            if (views.sum(cell) > 0) gained.set(cell, this.#gainUnder(scenario, taskId, cell, views.at(cell)))
          return [taskId, { views: views.copy(), gained }]
        }),
      ),
    }
    this.#learned.set(scenarioId, learnDrift(cloud, podUnder, now, this.#learned.get(scenarioId)))
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

  sweep(droneId: string, taskId: string, looks: readonly SweepLook[], widths: SweepWidths): void {
    for (const area of this.seen.sweep(droneId, taskId, looks, widths))
      for (const { map } of this.#scenarios) map.refresh(area)
    this.#weigh()
  }

  /** What people searched, once a person has answered for it. */
  searchGround(id: string, effort: PeopleEffort, cause: ChangeCause): void {
    this.#before ??= this.posterior()
    this.changes += 1
    this.cause = cause
    this.#refresh(this.seen.credit(id, effort))
  }

  /** An effort that was taken back counts no longer. What a moved drift had learned from it stays learned. */
  withdrawGround(id: string, cause: ChangeCause): void {
    this.#before ??= this.posterior()
    this.changes += 1
    this.cause = cause
    this.#refresh(this.seen.withdraw(id))
  }

  #refresh(area: ChangedCells | null): void {
    if (area) for (const { map } of this.#scenarios) map.refresh(area)
    this.#weigh()
  }

  /** POS that an effort would add to what was searched so far, of the map before any search. */
  gainOfGround({ source, cells, coverage }: PeopleEffort): number {
    return this.#scenarios.reduce((sum, { prior, missedBefore, viewsAt }) => {
      let gain = 0
      cells.forEach((cell, i) => {
        const views = viewsAt(cell)
        const more = { ...views, [source]: views[source] + coverage[i]! }
        gain += prior.grid.values[cell]! * (this.seen.podOf(more, cell) - this.seen.podOf(views, cell))
      })
      return sum + prior.weight * missedBefore * gain
    }, 0)
  }

  /**
   * What a task's own looks have added to POS in a cell, of the map before any search. Under a drift that was moved: what
   * they had added on its map of their time, and what they have added since on its map as it is now.
   */
  gainOfTask(taskId: string, cell: number): number {
    const views = this.seen.own(taskId)?.views.at(cell)
    if (!views) return 0
    // Without a move the whole is the same as the sum over all stories, and cheaper.
    if (this.#learned.size === 0)
      return (
        this.prior.grid.values[cell]! *
        (this.seen.pod[cell]! - this.seen.podOf(less(this.seen.views.at(cell), views), cell))
      )
    return this.#scenarios.reduce((sum, one) => sum + one.prior.weight * this.#gainUnder(one, taskId, cell, views), 0)
  }

  #gainUnder({ prior, viewsAt, podAt, missedBefore }: FollowedScenario, taskId: string, cell: number, own: CellViews) {
    const learned = this.#learned.get(prior.id)?.tasks.get(taskId)
    const since = learned ? less(own, learned.views.at(cell)) : own
    const added = podAt(cell) - this.seen.podOf(less(viewsAt(cell), since), cell)
    return (learned?.gained.get(cell) ?? 0) + missedBefore * prior.grid.values[cell]! * added
  }

  /** Each scenario as a plan finds it: its share and map now, and the coverage and POD of a cell that count under it. */
  plannedOn(): readonly Planned[] {
    return this.perScenario().map(({ share, grid }, k) => {
      const { viewsAt, podAt, prior } = this.#scenarios[k]!
      return { share, values: grid.values, viewsAt, podAt, moved: this.#learned.has(prior.id) }
    })
  }

  /** POS so far by who searched. */
  posBySource(): PosBySource {
    const { pos } = this.figures()
    const beforeMoves = this.#scenarios.reduce((sum, one) => sum + one.prior.weight * (1 - one.missedBefore), 0)
    const by = { team: 0, boat: 0 }
    if (this.seen.hasEfforts)
      for (const { prior, missedBefore, viewsAt } of this.#scenarios)
        for (let cell = 0; cell < this.seen.pod.length; cell++) {
          if (!(this.seen.pod[cell]! > 0)) continue
          const parts = this.seen.podBySource(viewsAt(cell), cell)
          const weight = prior.weight * missedBefore * prior.grid.values[cell]!
          by.team += weight * parts.team
          by.boat += weight * parts.boat
        }
    return { drones: Math.max(0, pos - beforeMoves - by.team - by.boat), teams: by.team, boats: by.boat, beforeMoves }
  }

  /** Cumulative POS and rest of the world, without a pass over the map. */
  figures(): { pos: number; restOfWorld: number } {
    const left = this.#left()
    const missed = this.#scenarios.reduce((sum, one) => sum + one.prior.weight * missedIn(one), 0)
    const outside = this.#scenarios.reduce((sum, one) => sum + weightLeft(one) * one.map.restOfWorld, 0)
    return { pos: 1 - missed, restOfWorld: outside / left }
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
      const pos = 1 - missedIn(one)
      return { ...one.map.snapshot(), pos, id, inWater, strandedShare: ashore, share: weightLeft(one) / left }
    }))
  }

  /** One cell under each scenario: before any flight, and now. */
  inCell(cell: number): { id: string; share: number; before: number; now: number }[] {
    const left = this.#left()
    return this.#scenarios.map((one) => ({
      id: one.prior.id,
      share: weightLeft(one) / left,
      before: one.prior.grid.values[cell]!,
      now: one.map.raw[cell]! * one.map.scale,
    }))
  }

  /** Candidates that hold a part of a cell's probability. */
  candidatesIn(cell: number): { number: number; share: number }[] {
    const all = this.posterior().grid.values[cell]! * this.#left()
    return this.#alerts.live().flatMap((alert) => {
      const clutterPerKm2 = this.#alerts.clutterOf(alert, this.seen.sweptKm2)
      let mass = 0
      for (const one of this.#scenarios) {
        const gain = gainOf(one, alert)
        const k = gain ? gain.cells.indexOf(cell) : -1
        if (gain && k >= 0) mass += (one.prior.weight * one.missedBefore * gain.gains[k]!) / clutterPerKm2
      }
      return mass > 0 ? [{ number: alert.number, share: mass / all }] : []
    })
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
    this.#weigh()
  }

  /** Lays all candidates on the map anew: their clutter follows from the ground seen and from all that was judged. */
  #weigh(): void {
    const live = this.#alerts.live()
    for (const one of this.#scenarios)
      one.map.setAlerts(
        live.flatMap((alert) => {
          const gain = gainOf(one, alert)
          return gain ? [{ gain, clutterPerKm2: this.#alerts.clutterOf(alert, this.seen.sweptKm2) }] : []
        }),
      )
    this.#posterior = null
    this.#perScenario = null
  }

  #followed(prior: ScenarioPrior): FollowedScenario {
    const { seen } = this
    const learned = this.#learned.get(prior.id)
    const viewsAt = learned
      ? (i: number) => less(seen.views.at(i), learned.before.at(i))
      : (i: number) => seen.views.at(i)
    const podAt = learned ? (i: number) => seen.podOf(viewsAt(i), i) : (i: number) => seen.pod[i]!
    const map = followedMap({ prior: prior.grid, restOfWorld: prior.restOfWorld, podAt })
    const alertsBefore = learned?.alertsBefore ?? new Map<string, number>()
    return {
      prior,
      viewsAt,
      podAt,
      map,
      gains: new WeakMap(),
      alertsBefore,
      missedBefore: learned ? 1 - foundBefore(learned) : 1,
    }
  }

  /** Un-normalised sum of the whole map, alerts and rest of the world included. */
  #left(): number {
    return this.#scenarios.reduce((sum, one) => sum + weightLeft(one), 0)
  }
}

/** What is left of a scenario's weight: how often it lets the person be missed, and how well it foretells the candidates. */
const weightLeft = ({ prior, map, missedBefore }: FollowedScenario): number => prior.weight * missedBefore * map.left

/** Probability that the person has been missed so far if the scenario is true. */
const missedIn = ({ map, missedBefore }: FollowedScenario): number => missedBefore * (1 - map.pos)

/** What an alert adds under a scenario; null where it was last seen before a drift was moved on. */
function gainOf({ prior, gains, alertsBefore }: FollowedScenario, { id, place, lastSeenAtMs }: MapAlert) {
  if (lastSeenAtMs <= (alertsBefore.get(id) ?? -Infinity)) return null
  let gain = gains.get(place)
  if (!gain) gains.set(place, (gain = alertGain(prior.grid, prior.restOfWorld, place)))
  return gain
}
