import type { EffortSource, EventOf, SweepLook } from '@skerry/contract'
import {
  accumulateSweep,
  accumulateView,
  cellsUnder,
  type ChangedCells,
  COVER_CODES,
  type Grid,
  hiddenFrom,
  type HiddenGround,
  type LocalFrame,
  type Look,
  NO_COVER,
  podOfViews,
  type SweepCreditPolicy,
  type View,
  type ViewCoverage,
  VIEWS,
} from '@skerry/search'
import { hiddenUnder } from './sensor-cover.ts'

/** People on the ground or in boats: they look from everywhere, and what hides from a camera is in their sweep width. */
export const PEOPLE = ['team', 'boat'] as const satisfies readonly EffortSource[]
const LOOKS = [...VIEWS, ...PEOPLE] as const
type LookFrom = View | EffortSource

/** Coverage of one cell per view of a camera and by people. */
export type CellViews = Readonly<Record<LookFrom, number>>

/** Of a coverage, what was added since another one, or by others. */
export function less(all: CellViews, part: CellViews): CellViews {
  const rest = { ...all }
  for (const look of LOOKS) rest[look] = Math.max(0, all[look] - part[look])
  return rest
}

const NOWHERE: CellViews = { down: 0, north: 0, east: 0, south: 0, west: 0, team: 0, boat: 0 }

/** Coverage per cell, by view of a camera and by people; what nobody has had costs nothing. */
export class LazyViews implements ViewCoverage {
  readonly #cells: number
  readonly #views: Partial<Record<LookFrom, Float32Array>> = {}

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

  get team(): Float32Array {
    return this.#of('team')
  }
  get boat(): Float32Array {
    return this.#of('boat')
  }

  at(cell: number): CellViews {
    const views = { ...NOWHERE }
    for (const look of LOOKS) views[look] = this.#views[look]?.[cell] ?? 0
    return views
  }

  /** All views of cameras added: what was flown, whatever it is worth. */
  sum(cell: number): number {
    let sum = 0
    for (const view of VIEWS) sum += this.#views[view]?.[cell] ?? 0
    return sum
  }

  copy(): LazyViews {
    const copy = new LazyViews(this.#cells)
    for (const look of LOOKS) {
      const own = this.#views[look]
      if (own) copy.#views[look] = own.slice()
    }
    return copy
  }

  /** The same for every cell; do not write. */
  total(): Float32Array {
    const had = VIEWS.flatMap((view) => this.#views[view] ?? [])
    if (had.length === 1) return had[0]!
    return new Float32Array(this.#cells).map((_, cell) => this.sum(cell))
  }

  #of(look: LookFrom): Float32Array {
    return (this.#views[look] ??= new Float32Array(this.#cells))
  }
}

/** Coverage that people have added to some cells. */
export interface PeopleEffort {
  readonly source: EffortSource
  readonly cells: Int32Array
  readonly coverage: Float32Array
}

/** What the flight of one task has seen. */
export interface OwnCoverage {
  readonly views: LazyViews
  /** The same as if every look went straight down and no cover were known: how often ground was passed over. */
  passed: LazyViews
  /** Coverage that one straight pass of this sensor gives, as it was last credited. */
  passCoverage: number
}

/** What looks are worth: of a camera straight down, where no layer tells the cover, and over each cover. */
export type SweepWidths = Pick<EventOf<'search.swept'>, 'sweepWidthM' | 'swathM' | 'sweepWidthsM'>

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
  /** Code of the cover of each cell; null: no layer tells of any. */
  readonly covers: Uint8Array | null
  /** What covers hide, by their code; first where no layer tells. */
  readonly #hidden: readonly HiddenGround[]
  readonly #cellKm2: number
  #lookedAtCells = 0
  /** How often each cell lay in the picture of a passing camera, whatever could be seen of it. */
  readonly #passes: Float32Array
  /** Share of each cell that was in a picture, 0..1: what cameras take for a person comes from there. */
  readonly #lookedAt: Float32Array
  readonly #efforts = new Map<string, PeopleEffort>()
  readonly #own = new Map<string, OwnCoverage>()
  readonly #lastLook = new Map<string, Look & { view: View; depressionRad?: number | undefined }>()

  /** @param hidden what is hidden where no layer tells the cover */
  constructor(
    grid: Pick<Grid, 'rows' | 'cols' | 'cellM'>,
    frameM: LocalFrame,
    hidden: HiddenGround,
    covers: Uint8Array | null = null,
  ) {
    if (covers && covers.length !== grid.rows * grid.cols) throw new RangeError('covers: must have one code per cell')
    this.#grid = grid
    this.#frameM = frameM
    this.#hidden = COVER_CODES.map((cover) => (cover === null ? hidden : hiddenUnder(cover)))
    this.covers = covers
    this.#cellKm2 = (grid.cellM * grid.cellM) / 1e6
    this.views = new LazyViews(grid.rows * grid.cols)
    this.pod = new Float64Array(grid.rows * grid.cols)
    this.#passes = new Float32Array(grid.rows * grid.cols)
    this.#lookedAt = new Float32Array(grid.rows * grid.cols)
  }

  /** Ground that was in the picture of a camera so far, km2, under trees as well: the hot spots that it shows come from there. */
  get sweptKm2(): number {
    return this.#lookedAtCells * this.#cellKm2
  }

  /** Of every task that has seen ground, by its id. */
  owns(): Iterable<[taskId: string, own: OwnCoverage]> {
    return this.#own
  }

  own(taskId: string): OwnCoverage | null {
    return this.#own.get(taskId) ?? null
  }

  /** What the ground of a cell hides from cameras. */
  hiddenAt(cell: number): HiddenGround {
    return this.#hidden[this.covers?.[cell] ?? NO_COVER]!
  }

  /** POD of a coverage over the ground of a cell. Cameras and people miss independently of each other [assumption]. */
  podOf(views: CellViews, cell: number): number {
    return 1 - (1 - podOfViews(views, this.hiddenAt(cell))) * Math.exp(-views.team - views.boat)
  }

  /** The same, and how much of it each has a part in: by what each would have missed alone. */
  podBySource(views: CellViews, cell: number): Record<'drones' | EffortSource, number> {
    const parts = { drones: -Math.log1p(-podOfViews(views, this.hiddenAt(cell))), team: views.team, boat: views.boat }
    const whole = parts.drones + parts.team + parts.boat
    const pod = this.podOf(views, cell)
    if (!(whole > 0)) return { drones: 0, team: 0, boat: 0 }
    // A camera that misses nothing leaves nothing to others.
    if (whole === Infinity) return { drones: pod, team: 0, boat: 0 }
    return {
      drones: (pod * parts.drones) / whole,
      team: (pod * parts.team) / whole,
      boat: (pod * parts.boat) / whole,
    }
  }

  /** Whether people have searched anything that counts. */
  get hasEfforts(): boolean {
    return this.#efforts.size > 0
  }

  /** Credits what people searched, and tells which cells it changed; null where that is none. */
  credit(id: string, effort: PeopleEffort): ChangedCells | null {
    this.#efforts.set(id, effort)
    this.#add(effort)
    return this.#changed(effort.cells)
  }

  /** Takes an effort back. The rest is added up anew, so that it is what it would have been without it. */
  withdraw(id: string): ChangedCells | null {
    const effort = this.#efforts.get(id)
    if (!effort) return null
    this.#efforts.delete(id)
    this.views[effort.source].fill(0)
    for (const other of this.#efforts.values()) if (other.source === effort.source) this.#add(other)
    return this.#changed(effort.cells)
  }

  #add({ source, cells, coverage }: PeopleEffort): void {
    const whole = this.views[source]
    cells.forEach((cell, i) => (whole[cell]! += coverage[i]!))
  }

  #changed(cells: ArrayLike<number>): ChangedCells | null {
    const area = boxOf(cells, this.#grid.cols)
    if (area) this.#refresh(area)
    return area
  }

  /**
   * Credits looks of one drone, in order, and tells which cells they changed. Across a gap in time, in place or in the
   * view direction nothing is credited. Where layers tell the cover of a cell, its own sweep width counts.
   */
  sweep(droneId: string, taskId: string, looks: readonly SweepLook[], widths: SweepWidths): ChangedCells[] {
    const { swathM } = widths
    const policy = { sweepWidthM: Math.min(widths.sweepWidthM, swathM), swathM }
    const own = this.#ownOf(taskId)
    own.passCoverage = policy.sweepWidthM / swathM
    const changed: ChangedCells[] = []
    for (const { atMs, corners, view = 'down', weight, depressionRad } of looks) {
      const look = {
        atMs,
        cornersM: corners.map((corner) => this.#frameM.toLocal(corner)),
        view,
        weight,
        depressionRad,
      }
      const previous = this.#lastLook.get(droneId)
      this.#lastLook.set(droneId, look)
      if (!previous) continue
      const covered = this.#byCover(policy, widths, [previous, look])
      if (accumulateView(this.views, this.#grid, previous, look, covered).kind !== 'credited') continue
      const [from, to] = [straight(previous), straight(look)]
      // As long as the two are the same they are held once.
      if (own.passed === own.views && !(isStraight(previous) && isStraight(look))) own.passed = own.views.copy()
      accumulateView(own.views, this.#grid, previous, look, covered)
      if (own.passed !== own.views) accumulateView(own.passed, this.#grid, from, to, policy)
      accumulateSweep(this.#passes, this.#grid, from, to, { sweepWidthM: swathM, swathM })
      const area = cellsUnder(this.#grid, [...previous.cornersM, ...look.cornersM])
      if (area) changed.push(area)
    }
    for (const area of changed) this.#refresh(area)
    return changed
  }

  #ownOf(taskId: string): OwnCoverage {
    let own = this.#own.get(taskId)
    if (!own) {
      const views = new LazyViews(this.pod.length)
      own = { views, passed: this.covers ? new LazyViews(this.pod.length) : views, passCoverage: 0 }
      this.#own.set(taskId, own)
    }
    return own
  }

  /**
   * The policy with the sweep width over each cover. The weight of slanting looks is over ground of which no layer tells the
   * cover; over others the way through what grows there hides more, or less.
   */
  #byCover(
    policy: { sweepWidthM: number; swathM: number },
    { sweepWidthsM }: SweepWidths,
    looks: readonly (Pick<Look, 'weight'> & { depressionRad?: number | undefined })[],
  ): SweepCreditPolicy {
    if (!this.covers || !sweepWidthsM) return policy
    const weight = looks.reduce((sum, look) => sum + (look.weight ?? 1), 0)
    const slant = (code: number): number =>
      looks.reduce((sum, { weight: one = 1, depressionRad = Math.PI / 2 }) => {
        const open = (at: number): number => 1 - hiddenFrom(this.#hidden[at]!.hiddenDown, depressionRad)
        const down = (at: number): number => 1 - this.#hidden[at]!.hiddenDown
        return sum + (one * open(code) * down(NO_COVER)) / (down(code) * open(NO_COVER))
      }, 0)
    return {
      ...policy,
      covers: {
        codes: this.covers,
        sweepWidthsM: COVER_CODES.map((cover, code) =>
          cover === null || !(weight > 0)
            ? policy.sweepWidthM
            : Math.min(policy.swathM, ((sweepWidthsM[cover] ?? sweepWidthsM.open) * slant(code)) / weight),
        ),
      },
    }
  }

  #refresh({ firstRow, lastRow, firstCol, lastCol }: ChangedCells): void {
    for (let row = firstRow; row <= lastRow; row++)
      for (let col = firstCol; col <= lastCol; col++) {
        const i = row * this.#grid.cols + col
        const views = this.views.at(i)
        const looked = Math.min(1, this.#passes[i]!)
        this.#lookedAtCells += looked - this.#lookedAt[i]!
        this.#lookedAt[i] = looked
        this.pod[i] = this.podOf(views, i)
      }
  }
}

const isStraight = ({ weight = 1 }: Pick<Look, 'weight'>): boolean => weight === 1
/** The same look as if it were worth what one straight down is. */
const straight = <T extends Look>(look: T): T => ({ ...look, weight: undefined })

/** Rows and columns that cells lie in; null without a cell. */
function boxOf(cells: ArrayLike<number>, cols: number): ChangedCells | null {
  if (cells.length === 0) return null
  const box = { firstRow: Infinity, lastRow: -1, firstCol: Infinity, lastCol: -1 }
  for (let i = 0; i < cells.length; i++) {
    const [row, col] = [Math.floor(cells[i]! / cols), cells[i]! % cols]
    box.firstRow = Math.min(box.firstRow, row)
    box.lastRow = Math.max(box.lastRow, row)
    box.firstCol = Math.min(box.firstCol, col)
    box.lastCol = Math.max(box.lastCol, col)
  }
  return box
}
