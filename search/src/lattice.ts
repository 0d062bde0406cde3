import type { Grid } from './grid.ts'
import { areaInBoxM2 } from './polygon.ts'
import type { LocalM } from './position.ts'

/**
 * A probability grid turned to a lane bearing and cut into squares one lane spacing wide. Axis `along` runs in the lane
 * bearing, `across` to its right; square (lane, step) spans `[step, step + 1] x [lane, lane + 1]` times `spacingM` from
 * the lattice's corner.
 */
export interface Lattice {
  readonly lanes: number
  readonly steps: number
  readonly spacingM: number
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

/** Lattice side beyond which the caller asked for something no drone flies in one go. */
const MAX_SIDE = 4000

/**
 * Lattice of a grid at a lane bearing (clockwise from grid north). Each cell's probability is spread over the squares it
 * overlaps, by points at most a third of a square apart.
 * @param zones no-fly rings in the grid's frame
 * RangeError when the lattice would pass 4000 squares a side (spacing far too fine for the grid).
 */
export function latticeOf(
  grid: Grid,
  spacingM: number,
  bearingRad: number,
  zones: readonly (readonly (readonly number[])[])[],
): Lattice {
  const { rows, cols, cellM, values } = grid
  const [sin, cos] = [Math.sin(bearingRad), Math.cos(bearingRad)]
  const [widthM, heightM] = [cols * cellM, rows * cellM]
  const corners = [
    [0, 0],
    [widthM, 0],
    [0, heightM],
    [widthM, heightM],
  ]
  const along0 = Math.floor(Math.min(...corners.map(([e, n]) => e! * sin + n! * cos)) / spacingM)
  const across0 = Math.floor(Math.min(...corners.map(([e, n]) => e! * cos - n! * sin)) / spacingM)
  const steps = Math.ceil(Math.max(...corners.map(([e, n]) => e! * sin + n! * cos)) / spacingM) - along0 + 1
  const lanes = Math.ceil(Math.max(...corners.map(([e, n]) => e! * cos - n! * sin)) / spacingM) - across0 + 1
  if (steps > MAX_SIDE || lanes > MAX_SIDE) throw new RangeError('tasks: lane spacing is too small for this grid')

  const mass = new Float64Array(lanes * steps)
  const split = Math.max(1, Math.ceil((3 * cellM) / spacingM))
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const value = values[row * cols + col]!
      if (!(value > 0)) continue
      for (let k = 0; k < split * split; k++) {
        const eastM = (col + ((k % split) + 0.5) / split) * cellM
        const northM = (row + (Math.floor(k / split) + 0.5) / split) * cellM
        const step = Math.floor((eastM * sin + northM * cos) / spacingM) - along0
        const lane = Math.floor((eastM * cos - northM * sin) / spacingM) - across0
        mass[lane * steps + step]! += value / (split * split)
      }
    }
  }

  const toLocal = (step: number, lane: number): LocalM => {
    const [u, v] = [(step + along0) * spacingM, (lane + across0) * spacingM]
    return [u * sin + v * cos, u * cos - v * sin]
  }
  const fromLocal = (point: readonly number[]): [number, number] => [
    (point[0]! * sin + point[1]! * cos) / spacingM - along0,
    (point[0]! * cos - point[1]! * sin) / spacingM - across0,
  ]
  const blocked = new Uint8Array(lanes * steps)
  for (const zone of zones) block(blocked, lanes, steps, zone.map(fromLocal))
  return { lanes, steps, spacingM, bearingRad, mass, blocked, toLocal, fromLocal }
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

/** Probability smoothed over 5 x 5 squares (two passes of a 3 x 3 mean); squares not `open` neither give nor take. */
export function smoothedMass(lattice: Lattice, open: (square: number) => boolean): Float64Array {
  const { lanes, steps } = lattice
  let from = lattice.mass.map((m, i) => (open(i) ? m : 0))
  for (let pass = 0; pass < 2; pass++) {
    const to = new Float64Array(from.length)
    for (let lane = 0; lane < lanes; lane++) {
      for (let step = 0; step < steps; step++) {
        const square = lane * steps + step
        if (!open(square)) continue
        let [sum, count] = [0, 0]
        for (let l = Math.max(0, lane - 1); l <= Math.min(lanes - 1, lane + 1); l++) {
          for (let s = Math.max(0, step - 1); s <= Math.min(steps - 1, step + 1); s++) {
            sum += from[l * steps + s]!
            count++
          }
        }
        to[square] = sum / count
      }
    }
    from = to
  }
  return from
}
