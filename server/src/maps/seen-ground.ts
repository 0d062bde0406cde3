import type { SweepLook } from '@skerry/contract'
import {
  accumulateView,
  cellsUnder,
  type ChangedCells,
  type Grid,
  type HiddenGround,
  type LocalFrame,
  type Look,
  podOfViews,
  type View,
  type ViewCoverage,
  VIEWS,
} from '@skerry/search'

/** Coverage of one cell per view. */
export type CellViews = Readonly<Record<View, number>>

/** Of a coverage, what was added since another one, or by others. */
export function less(all: CellViews, part: CellViews): CellViews {
  const rest = { ...all }
  for (const view of VIEWS) rest[view] = Math.max(0, all[view] - part[view])
  return rest
}

const NOWHERE: CellViews = { down: 0, north: 0, east: 0, south: 0, west: 0 }

/** Coverage per cell and view; views that nobody has had cost nothing. */
export class LazyViews implements ViewCoverage {
  readonly #cells: number
  readonly #views: Partial<Record<View, Float32Array>> = {}

  constructor(cells: number) {
    this.#cells = cells
  }

  get down(): Float32Array {
    return this.#of('down')
  }
  get north(): Float32Array {
    return this.#of('north')
  }
  get east(): Float32Array {
    return this.#of('east')
  }
  get south(): Float32Array {
    return this.#of('south')
  }
  get west(): Float32Array {
    return this.#of('west')
  }

  at(cell: number): CellViews {
    const views = { ...NOWHERE }
    for (const view of VIEWS) views[view] = this.#views[view]?.[cell] ?? 0
    return views
  }

  /** All views added: what was flown, whatever it is worth. */
  sum(cell: number): number {
    let sum = 0
    for (const view of VIEWS) sum += this.#views[view]?.[cell] ?? 0
    return sum
  }

  copy(): LazyViews {
    const copy = new LazyViews(this.#cells)
    for (const view of VIEWS) {
      const own = this.#views[view]
      if (own) copy.#views[view] = own.slice()
    }
    return copy
  }

  /** The same for every cell; do not write. */
  total(): Float32Array {
    const had = VIEWS.flatMap((view) => this.#views[view] ?? [])
    if (had.length === 1) return had[0]!
    return new Float32Array(this.#cells).map((_, cell) => this.sum(cell))
  }

  #of(view: View): Float32Array {
    return (this.#views[view] ??= new Float32Array(this.#cells))
  }
}

/** What the flight of one task has seen. */
export interface OwnCoverage {
  readonly views: LazyViews
  /** Coverage that one straight pass of this sensor gives, as it was last credited. */
  passCoverage: number
}

/**
 * Ground of one search as it has been seen: coverage per cell and view direction, by all and by each task, and the POD
 * that it amounts to. A function of the sweeps in their order.
 */
export class SeenGround {
  readonly views: LazyViews
  /** Per cell, of everything seen so far. */
  readonly pod: Float64Array
  readonly #grid: Pick<Grid, 'rows' | 'cols' | 'cellM'>
  readonly #frameM: LocalFrame
  readonly #hidden: HiddenGround
  readonly #own = new Map<string, OwnCoverage>()
  readonly #lastLook = new Map<string, Look & { view: View }>()

  constructor(grid: Pick<Grid, 'rows' | 'cols' | 'cellM'>, frameM: LocalFrame, hidden: HiddenGround) {
    this.#grid = grid
    this.#frameM = frameM
    this.#hidden = hidden
    this.views = new LazyViews(grid.rows * grid.cols)
    this.pod = new Float64Array(grid.rows * grid.cols)
  }

  own(taskId: string): OwnCoverage | null {
    return this.#own.get(taskId) ?? null
  }

  /** POD of a coverage over this ground. */
  podOf(views: CellViews): number {
    return podOfViews(views, this.#hidden)
  }

  /**
   * Credits looks of one drone, in order, and tells which cells they changed. Across a gap in time, in place or in the
   * view direction nothing is credited.
   */
  sweep(
    droneId: string,
    taskId: string,
    looks: readonly SweepLook[],
    { sweepWidthM, swathM }: { sweepWidthM: number; swathM: number },
  ): ChangedCells[] {
    const policy = { sweepWidthM: Math.min(sweepWidthM, swathM), swathM }
    let own = this.#own.get(taskId)
    if (!own) this.#own.set(taskId, (own = { views: new LazyViews(this.pod.length), passCoverage: 0 }))
    own.passCoverage = policy.sweepWidthM / swathM
    const changed: ChangedCells[] = []
    for (const { atMs, corners, view = 'down', weight } of looks) {
      const look = { atMs, cornersM: corners.map((corner) => this.#frameM.toLocal(corner)), view, weight }
      const previous = this.#lastLook.get(droneId)
      this.#lastLook.set(droneId, look)
      if (!previous || accumulateView(this.views, this.#grid, previous, look, policy).kind !== 'credited') continue
      accumulateView(own.views, this.#grid, previous, look, policy)
      const area = cellsUnder(this.#grid, [...previous.cornersM, ...look.cornersM])
      if (area) changed.push(area)
    }
    for (const area of changed) this.#refresh(area)
    return changed
  }

  #refresh({ firstRow, lastRow, firstCol, lastCol }: ChangedCells): void {
    for (let row = firstRow; row <= lastRow; row++)
      for (let col = firstCol; col <= lastCol; col++) {
        const i = row * this.#grid.cols + col
        this.pod[i] = this.podOf(this.views.at(i))
      }
  }
}
