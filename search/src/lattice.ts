import type { Grid } from './grid.ts'
import { areaInBoxM2 } from './polygon.ts'
import type { LocalM } from './position.ts'

/**
 * A probability grid turned to a lane bearing and cut into lanes one spacing wide, each into squares of one step. Axis
 * `along` runs in the lane bearing, `across` to its right; square (lane, step) spans `[step, step + 1] x stepM` along
 * and `[lane, lane + 1] x spacingM` across, from the lattice's corner.
 */
export interface Lattice {
  readonly lanes: number
  readonly steps: number
  /** Distance between neighbouring lanes. */
  readonly spacingM: number
  /** Length of a square along its lane. */
  readonly stepM: number
  readonly bearingRad: number
  /** Probability in each square, `lane * steps + step`. The sum is the grid's: nothing is lost or counted twice. */
  readonly mass: Float64Array
  /** 1 where a square may not be flown (touches a no-fly zone). */
  readonly blocked: Uint8Array
  /** Grid-frame point of lattice coordinates in squares. */
  toLocal(step: number, lane: number): LocalM
  /** Lattice coordinates, in squares, of a grid-frame point. */
  fromLocal(point: readonly number[]): [step: number, lane: number]
}

/** How a lattice is laid over a grid. */
export interface LatticeLayout {
  readonly spacingM: number
  readonly stepM: number
  /** Lane bearing, clockwise from grid north. */
  readonly bearingRad: number
  /** Lanes shifted across by this share of a spacing from the symmetric layout, default 0. */
  readonly shift?: number | undefined
}

/** Squares beyond which the caller asked for something no drone flies in one go. */
const MAX_SQUARES = 16_000_000

/**
 * Lattice of a grid. The lanes lie symmetric about the grid's middle (so the outermost lane centres are inside it) unless
 * shifted. Each cell's probability is spread over the squares it overlaps, by points at most two thirds of a step apart.
 * @param zones no-fly rings in the grid's frame
 * RangeError when the lattice would have more than 16 million squares (spacing far too fine for the grid).
 */
export function latticeOf(
  grid: Omit<Grid, 'origin'>,
  layout: LatticeLayout,
  zones: readonly (readonly (readonly number[])[])[] = [],
): Lattice {
  const { rows, cols, cellM, values } = grid
  const { spacingM, stepM, bearingRad, shift = 0 } = layout
  const [sin, cos] = [Math.sin(bearingRad), Math.cos(bearingRad)]
  const [widthM, heightM] = [cols * cellM, rows * cellM]
  const corners = [
    [0, 0],
    [widthM, 0],
    [0, heightM],
    [widthM, heightM],
  ]
  const us = corners.map(([e, n]) => e! * sin + n! * cos)
  const vs = corners.map(([e, n]) => e! * cos - n! * sin)
  const [uLow, uHigh] = [Math.min(...us), Math.max(...us)]
  const [vLow, vHigh] = [Math.min(...vs), Math.max(...vs)]
  // A hair of tolerance, or an extent of exactly ten spacings would get eleven lanes by rounding.
  const steps = Math.max(1, Math.ceil((uHigh - uLow) / stepM - 1e-9))
  const inside = Math.max(1, Math.ceil((vHigh - vLow) / spacingM - 1e-9))
  const lanes = inside + (shift === 0 ? 0 : 1)
  if (!(lanes * steps <= MAX_SQUARES)) throw new RangeError('tasks: lane spacing is too small for this grid')
  const u0 = (uLow + uHigh - steps * stepM) / 2
  const v0 = (vLow + vHigh - inside * spacingM) / 2 - (shift === 0 ? 0 : (1 - shift) * spacingM)

  const mass = new Float64Array(lanes * steps)
  const split = Math.max(1, Math.ceil((1.5 * cellM) / Math.min(stepM, spacingM)))
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const value = values[row * cols + col]!
      if (!(value > 0)) continue
      for (let k = 0; k < split * split; k++) {
        const eastM = (col + ((k % split) + 0.5) / split) * cellM
        const northM = (row + (Math.floor(k / split) + 0.5) / split) * cellM
        const step = clampIndex((eastM * sin + northM * cos - u0) / stepM, steps)
        const lane = clampIndex((eastM * cos - northM * sin - v0) / spacingM, lanes)
        mass[lane * steps + step]! += value / (split * split)
      }
    }
  }

  const toLocal = (step: number, lane: number): LocalM => {
    const [u, v] = [u0 + step * stepM, v0 + lane * spacingM]
    return [u * sin + v * cos, u * cos - v * sin]
  }
  const fromLocal = (point: readonly number[]): [number, number] => [
    (point[0]! * sin + point[1]! * cos - u0) / stepM,
    (point[0]! * cos - point[1]! * sin - v0) / spacingM,
  ]
  const blocked = new Uint8Array(lanes * steps)
  for (const zone of zones) block(blocked, lanes, steps, zone.map(fromLocal))
  return { lanes, steps, spacingM, stepM, bearingRad, mass, blocked, toLocal, fromLocal }
}

/** Rounding may put a point of the rim a hair outside; it belongs to the square at the rim. */
const clampIndex = (at: number, count: number): number => Math.min(count - 1, Math.max(0, Math.floor(at)))

function block(blocked: Uint8Array, lanes: number, steps: number, zone: readonly (readonly number[])[]): void {
  const [us, vs] = [zone.map((p) => p[0]!), zone.map((p) => p[1]!)]
  const firstStep = Math.max(0, Math.floor(Math.min(...us)))
  const lastStep = Math.min(steps - 1, Math.floor(Math.max(...us)))
  const lastLane = Math.min(lanes - 1, Math.floor(Math.max(...vs)))
  for (let lane = Math.max(0, Math.floor(Math.min(...vs))); lane <= lastLane; lane++) {
    for (let step = firstStep; step <= lastStep; step++) {
      if (areaInBoxM2(zone, step, lane, step + 1, lane + 1) > 0) blocked[lane * steps + step] = 1
    }
  }
}
