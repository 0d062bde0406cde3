import type { GridFrame, GridShape, SearchSetup, SweepLook } from '@skerry/contract'
import {
  accumulateSweep,
  createGrid,
  gridFrame,
  posterior,
  probabilityMap,
  type Grid,
  type LocalFrame,
  type Look,
  type MultiPolygonLngLat,
} from '@skerry/search'

/** Probability before any search: what the setup and the coast say. Deterministic. */
export interface Prior {
  grid: Grid
  restOfWorld: number
}

/** RangeError for a category or size that the search science refuses. */
export function priorOf(setup: SearchSetup, land: MultiPolygonLngLat | null): Prior {
  const { category, terrain, planningPoint, halfSizeM, cellM, shoreShare } = setup
  const map = probabilityMap({
    subject: { category, terrain },
    ipp: planningPoint,
    halfSizeM,
    cellM,
    land: land ?? undefined,
    shoreShare,
  })
  return { grid: map.grid, restOfWorld: map.restOfWorld }
}

export const shapeOf = ({ rows, cols, cellM, origin }: Grid): GridShape => ({
  rows,
  cols,
  cellM,
  origin: [origin[0], origin[1]],
})

/**
 * One search's map: prior, coverage so far, and what follows from both. A function of the setup and of the sweeps in
 * their order, so a replayed journal gives the same map bit for bit.
 */
export class SearchMap {
  readonly prior: Prior
  readonly coverage: Float32Array
  /** Highest probability of detection over this ground, however often it is flown. */
  readonly podCap: number
  revision = 1
  readonly #frame: LocalFrame
  readonly #lastLook = new Map<string, Look>()
  #posterior: { grid: Grid; restOfWorld: number; pos: number } | null = null

  constructor(prior: Prior, podCap: number) {
    this.prior = prior
    this.podCap = podCap
    this.coverage = new Float32Array(prior.grid.values.length)
    this.#frame = gridFrame(prior.grid)
  }

  /** Credits looks of one drone, in order. Across a gap in time or place nothing is credited. */
  sweep(droneId: string, looks: readonly SweepLook[], sweepWidthM: number, swathM: number): void {
    for (const { atMs, corners } of looks) {
      const look: Look = { atMs, cornersM: corners.map((corner) => this.#frame.toLocal(corner)) }
      const previous = this.#lastLook.get(droneId)
      if (previous)
        accumulateSweep(this.coverage, this.prior.grid, previous, look, {
          sweepWidthM: Math.min(sweepWidthM, swathM),
          swathM,
        })
      this.#lastLook.set(droneId, look)
    }
    this.#posterior = null
  }

  /** Map after everything that was seen. */
  posterior(): { grid: Grid; restOfWorld: number; pos: number } {
    this.#posterior ??= posterior({
      prior: this.prior.grid,
      restOfWorld: this.prior.restOfWorld,
      coverage: this.coverage,
      podCap: this.podCap,
    })
    return this.#posterior
  }

  /** What is left after other areas are taken: cells inside them count for nothing. */
  without(inside: (eastM: number, northM: number) => boolean): Grid {
    const { grid } = this.posterior()
    const values = grid.values.slice()
    for (let row = 0; row < grid.rows; row++)
      for (let col = 0; col < grid.cols; col++)
        if (inside((col + 0.5) * grid.cellM, (row + 0.5) * grid.cellM)) values[row * grid.cols + col] = 0
    return createGrid(grid, values)
  }

  frame(): GridFrame {
    const { grid, restOfWorld, pos } = this.posterior()
    const pod = new Uint8Array(this.coverage.length)
    for (let i = 0; i < pod.length; i++)
      pod[i] = Math.round(255 * this.podCap * (1 - Math.exp(-this.coverage[i]! / this.podCap)))
    return {
      shape: shapeOf(grid),
      revision: this.revision,
      restOfWorld,
      pos,
      poa: Float32Array.from(grid.values),
      pod,
    }
  }
}
