import type { GridShape } from '../frame/grid.ts'
import { flatCore, type Lognormal } from './lognormal.ts'
import { normalCdf } from '../frame/normal.ts'

/** Gauss-Legendre nodes and weights on [-1, 1]: two (both weigh 1), and four. */
const NODE_OF_TWO = Math.sqrt(1 / 3)
const NODES = [-0.8611363115940526, -0.3399810435848563, 0.3399810435848563, 0.8611363115940526]
const WEIGHTS = [0.34785484513745385, 0.6521451548625461, 0.6521451548625461, 0.34785484513745385]
/** Standard deviations of ln r beyond which the distribution function is 0 or 1 to the last digit. */
const TAIL = 8.5
const STEPS = 8192
/**
 * No side is taken in finer pieces than a distribution of this deviation asks for, so that it ends whatever it is given. Of a
 * narrower one only which of two cells holds the mass of its ring may be wrong: a side serves both.
 */
const FINEST_SIGMA = 0.02
const STEP_Z = (2 * TAIL) / STEPS

/**
 * Probability of each cell under a radial lognormal about `centreM` (grid frame): the integral of f(r) / (2 pi r) over
 * the cell (level inside `flatCore`), exact to about 1e-9 whatever the size of the cells and wherever the point is, for deviations from 0.02.
 *
 * How: the mass of a region is (1 / 2 pi) times the integral of F(r) over the bearing along its border (divergence
 * theorem; F the distribution function), so a cell is the sum of its four sides, and a side serves both its cells. No
 * mass is lost or made between cells: they add up to what the border of the grid encloses. Sampling the density at cell
 * centres instead goes wrong near the point, where the density is a needle.
 * Source: search-science notes 2.4; vectors `radial_density`.
 */
export function radialCellMasses(
  shape: Omit<GridShape, 'origin'>,
  centreM: readonly number[],
  distance: Lognormal,
): Float64Array {
  const { rows, cols, cellM } = shape
  const [eastM, northM] = centreM as [number, number]
  const side = sideIntegral(distance)
  const masses = new Float64Array(rows * cols)
  // Sides along the rows: walked eastwards, they are the south side of the cell above and the north side of that below.
  for (let row = 0; row <= rows; row++) {
    const offM = northM - row * cellM
    for (let col = 0; col < cols; col++) {
      const part = side(offM, col * cellM - eastM, cellM)
      if (row < rows) masses[row * cols + col]! += part
      if (row > 0) masses[(row - 1) * cols + col]! -= part
    }
  }
  // Sides along the columns: walked northwards, they are the east side of the cell to the west, the west of that to the east.
  for (let col = 0; col <= cols; col++) {
    const offM = col * cellM - eastM
    for (let row = 0; row < rows; row++) {
      const part = side(offM, row * cellM - northM, cellM)
      if (col < cols) masses[row * cols + col]! -= part
      if (col > 0) masses[row * cols + col - 1]! += part
    }
  }
  for (let i = 0; i < masses.length; i++) if (!(masses[i]! > 0)) masses[i] = 0
  return masses
}

/**
 * Integral of F(r) d(bearing) / 2 pi along a straight side. The side lies `offM` to the right of the point as it is walked
 * (negative: to the left) and runs from `fromM` along its direction for `lengthM`.
 * With t the way along the side, d(bearing) = off dt / (off^2 + t^2). Far away that is smooth in t; near the point
 * t = off sinh(s) makes it ds / cosh(s), smooth however close the side passes.
 */
function sideIntegral(distance: Lognormal): (offM: number, fromM: number, lengthM: number) => number {
  const massWithin = distributionTable(distance)
  const scale = Math.max(FINEST_SIGMA, Math.min(1, distance.sigma))
  const farthestM = 1000 * Math.exp(distance.mu + TAIL * distance.sigma)

  return (offM, fromM, lengthM) => {
    const off = Math.abs(offM)
    const toM = fromM + lengthM
    // A side that runs through the point itself turns the bearing only where F is 0.
    if (off < 1e-9) return 0
    const closestM = Math.hypot(off, fromM > 0 ? fromM : toM < 0 ? toM : 0)
    if (lengthM < 0.03 * scale * closestM) return (offM * alongFarther(off, fromM, lengthM)) / (2 * Math.PI)
    const sum =
      lengthM < 0.15 * scale * closestM
        ? alongFar(off, fromM, lengthM)
        : alongNear(Math.asinh(fromM / off), Math.asinh(toM / off), off)
    return (Math.sign(offM) * sum) / (2 * Math.PI)
  }

  /** Per metre of `off`, so that its sign comes with it. */
  function alongFarther(off: number, fromM: number, lengthM: number): number {
    const middleM = fromM + lengthM / 2
    const aM = middleM - (lengthM / 2) * NODE_OF_TWO
    const bM = middleM + (lengthM / 2) * NODE_OF_TWO
    const a2 = off * off + aM * aM
    const b2 = off * off + bM * bM
    return (massWithin(Math.sqrt(a2)) / a2 + massWithin(Math.sqrt(b2)) / b2) * (lengthM / 2)
  }

  function alongFar(off: number, fromM: number, lengthM: number): number {
    let sum = 0
    for (let k = 0; k < 4; k++) {
      const t = fromM + (lengthM * (1 + NODES[k]!)) / 2
      const r2 = off * off + t * t
      sum += (WEIGHTS[k]! * massWithin(Math.sqrt(r2))) / r2
    }
    return (sum * off * lengthM) / 2
  }

  function alongNear(from: number, to: number, off: number): number {
    // Where F is 1 the integral of 1 / cosh is the angle itself.
    const one = Math.acosh(Math.max(1, farthestM / off))
    let sum = angleBetween(Math.max(from, one), to) + angleBetween(from, Math.min(to, -one))
    sum += panels(Math.max(from, -one), Math.min(to, one), off)
    return sum
  }

  function panels(from: number, to: number, off: number): number {
    if (!(to > from)) return 0
    const count = Math.ceil((to - from) / (0.5 * scale))
    const half = (to - from) / count / 2
    let sum = 0
    for (let panel = 0; panel < count; panel++) {
      const middle = from + (2 * panel + 1) * half
      for (let k = 0; k < 4; k++) {
        const cosh = Math.cosh(middle + half * NODES[k]!)
        sum += (WEIGHTS[k]! * massWithin(off * cosh)) / cosh
      }
    }
    return sum * half
  }
}

/** Integral of 1 / cosh over [from, to]; 0 when empty. */
const angleBetween = (from: number, to: number): number =>
  to > from ? 2 * (Math.atan(Math.exp(to)) - Math.atan(Math.exp(from))) : 0

/** Standard normal distribution function and its derivative per step, at STEPS + 1 places. */
let table: { readonly values: Float64Array; readonly slopes: Float64Array } | null = null

function normalTable(): { readonly values: Float64Array; readonly slopes: Float64Array } {
  if (table) return table
  const values = new Float64Array(STEPS + 1)
  const slopes = new Float64Array(STEPS + 1)
  for (let i = 0; i <= STEPS; i++) {
    const z = -TAIL + i * STEP_Z
    values[i] = normalCdf(z)
    slopes[i] = (STEP_Z * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
  }
  table = { values, slopes }
  return table
}

/** Mass within a distance in metres: level inside `flatCore`, beyond it the lognormal, read from the table by cubic Hermite interpolation: error below 1e-12. */
function distributionTable(distance: Lognormal): (metres: number) => number {
  const { mu, sigma } = distance
  const core = flatCore(distance)
  const coreM = 1000 * core.radiusKm
  const perM2 = core.mass / coreM ** 2
  const { values, slopes } = normalTable()
  const shift = mu + Math.log(1000)
  return (metres) => {
    if (metres < coreM) return perM2 * metres * metres
    const x = ((Math.log(metres) - shift) / sigma + TAIL) / STEP_Z
    if (!(x > 0)) return 0
    if (x >= STEPS) return 1
    const i = Math.floor(x)
    const t = x - i
    const t2 = t * t
    const t3 = t2 * t
    return (
      (2 * t3 - 3 * t2 + 1) * values[i]! +
      (t3 - 2 * t2 + t) * slopes[i]! +
      (3 * t2 - 2 * t3) * values[i + 1]! +
      (t3 - t2) * slopes[i + 1]!
    )
  }
}
