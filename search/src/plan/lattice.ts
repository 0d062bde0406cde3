import type { Grid } from '../frame/grid.ts'
import { areaInBoxM2 } from '../frame/polygon.ts'
import type { LocalM } from '../frame/position.ts'

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
  /**
   * Squares of both lanes that count as seen beyond the node where a drone turns: half a spacing for a sensor that sees
   * all around. One that sees the strip under it sees half a spacing too, but only of the halves between the lanes.
   */
  readonly turnSteps: number
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
  /** Share of a spacing that a drone sees of both lanes beyond a turn between them, see `Lattice.turnSteps`; default 0.5. */
  readonly turnShare?: number | undefined
}

/** Squares beyond which the caller asked for something no drone flies in one go. */
const MAX_SQUARES = 16_000_000

/**
 * Lattice of a grid. The lanes lie symmetric about the grid's middle (so the outermost lane centres are inside it) unless
 * shifted. Each cell's probability is spread over the squares it overlaps (see `latticeMass`).
 * @param zones no-fly rings in the grid's frame
 * RangeError when the lattice would have more than 16 million squares (spacing far too fine for the grid).
 */
export function latticeOf(
  grid: Omit<Grid, 'origin'>,
  layout: LatticeLayout,
  zones: readonly (readonly (readonly number[])[])[] = [],
): Lattice {
  const { rows, cols, cellM } = grid
  const { spacingM, stepM, bearingRad, shift = 0, turnShare = 0.5 } = layout
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
  const frame = { lanes, steps, spacingM, stepM, fromLocal }
  const turnSteps = Math.round((turnShare * spacingM) / stepM)
  return { ...frame, bearingRad, mass: latticeMass(grid, frame), blocked, turnSteps, toLocal }
}

/**
 * Probability of a grid on a lattice whose lanes are cut into strips, `(lane * strips + strip) * steps + step`; with one
 * strip per lane these are the lattice's squares. Each cell is cut into parts, and each part shared out by the area it
 * has in common with what lies under it, as a box in the lattice's axes: exact where the lanes run along the grid. So no
 * lane looks better than it is because more cell middles happen to lie in it.
 */
export function latticeMass(
  { rows, cols, cellM, values }: Omit<Grid, 'origin'>,
  { lanes, steps, spacingM, stepM, fromLocal }: Pick<Lattice, 'lanes' | 'steps' | 'spacingM' | 'stepM' | 'fromLocal'>,
  strips = 1,
): Float64Array {
  const rowM = spacingM / strips
  const mass = new Float64Array(lanes * strips * steps)
  const [u0, v0] = fromLocal([0, 0])
  const [uEast, vEast] = fromLocal([1, 0])
  const [uNorth, vNorth] = fromLocal([0, 1])
  const turned = Math.abs(uEast - u0) * stepM > 1e-9 && Math.abs(uNorth - u0) * stepM > 1e-9
  const split = turned ? Math.max(1, Math.ceil(cellM / Math.min(stepM, rowM))) : 1
  const partM = cellM / split
  const [halfU, halfV] = [partM / 2 / stepM, partM / 2 / rowM]
  const lastRow = lanes * strips - 1
  for (let row = 0; row < rows * split; row++) {
    for (let col = 0; col < cols * split; col++) {
      const value = values[Math.floor(row / split) * cols + Math.floor(col / split)]! / (split * split)
      if (!(value > 0)) continue
      const [eastM, northM] = [(col + 0.5) * partM, (row + 0.5) * partM]
      const u = u0 + (uEast - u0) * eastM + (uNorth - u0) * northM
      const v = (v0 + (vEast - v0) * eastM + (vNorth - v0) * northM) * strips
      const [uLow, uHigh, vLow, vHigh] = [u - halfU, u + halfU, v - halfV, v + halfV]
      for (let across = Math.floor(vLow); across < vHigh; across++) {
        const acrossShare = (Math.min(across + 1, vHigh) - Math.max(across, vLow)) / (2 * halfV)
        // Rounding may put a part of the rim a hair outside; it belongs to what lies at the rim.
        const start = Math.min(lastRow, Math.max(0, across)) * steps
        for (let along = Math.floor(uLow); along < uHigh; along++) {
          const alongShare = (Math.min(along + 1, uHigh) - Math.max(along, uLow)) / (2 * halfU)
          mass[start + Math.min(steps - 1, Math.max(0, along))]! += value * acrossShare * alongShare
        }
      }
    }
  }
  return mass
}

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
