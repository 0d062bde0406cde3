import type { VelocityMps } from './leeway.ts'

/**
 * Wind or current over an area and a time: m/s east and north (the way it goes TO) at `atS` seconds after the start of
 * the drift, at a point of the local frame. Null where it is not known: unknown water is not still water.
 */
export type Flow = (atS: number, eastM: number, northM: number) => VelocityMps | null

/** The same everywhere and always. */
export const steadyFlow = (velocity: VelocityMps): Flow => {
  const same: VelocityMps = [velocity[0], velocity[1]]
  return () => same
}

/** A flow at one moment, seconds after the start of the drift. */
export interface TimedVelocity {
  readonly atS: number
  readonly velocity: VelocityMps
}

/**
 * The same everywhere and changing with time: linear, component by component, between the moments given; the first holds
 * before, the last after them. RangeError unless there is one and the times rise.
 */
export function changingFlow(moments: readonly TimedVelocity[]): Flow {
  if (moments.length === 0 || moments.some(({ atS }, i) => i > 0 && !(atS > moments[i - 1]!.atS)))
    throw new RangeError('flow.moments: must be one or more at rising times')
  return (atS) => {
    const next = moments.findIndex((moment) => moment.atS > atS)
    const after = moments[next === -1 ? moments.length - 1 : next]!
    const before = next > 0 ? moments[next - 1]! : after
    const share = after === before ? 0 : (atS - before.atS) / (after.atS - before.atS)
    const between = (axis: 0 | 1): number =>
      before.velocity[axis] + share * (after.velocity[axis] - before.velocity[axis])
    return [between(0), between(1)]
  }
}

/** Two flows on top of one another, for example a tide and a residual current. Unknown where either is. */
export const sumOfFlows =
  (first: Flow, second: Flow): Flow =>
  (atS, eastM, northM) => {
    const a = first(atS, eastM, northM)
    const b = second(atS, eastM, northM)
    return a && b ? [a[0] + b[0], a[1] + b[1]] : null
  }

/** A flow sampled at the nodes of a lattice whose rows and columns are parallel, at certain times. */
export interface GridSamples {
  /** Places of the columns and of the rows, rising: metres of a local frame, or degrees. */
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  /** Seconds after the start, rising. */
  readonly timesS: readonly number[]
  /** m/s, one number per time, row (from south) and column (from west); NaN where not known (land). */
  readonly eastMps: ArrayLike<number>
  readonly northMps: ArrayLike<number>
}

/** A flow sampled at the nodes of a square lattice at certain times; values as in `GridSamples`. */
export interface FlowSamples extends Omit<GridSamples, 'xs' | 'ys'> {
  /** Local frame position of the south-west node. */
  readonly southWestM: readonly [eastM: number, northM: number]
  readonly stepM: number
  readonly rows: number
  readonly cols: number
}

/** See `gridFlow`. RangeError that names the field when sizes do not fit. */
export function sampledFlow({ southWestM, stepM, rows, cols, ...values }: FlowSamples): Flow {
  if (!(rows >= 1 && cols >= 1 && stepM > 0)) throw new RangeError('flow: needs rows, cols and stepM above 0')
  const places = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i * stepM)
  return gridFlow({ xs: places(southWestM[0], cols), ys: places(southWestM[1], rows), ...values })
}

/**
 * Flow between samples: bilinear in space, linear in time. Beside land the known nodes of a square share the weight;
 * null outside the lattice or the times (one time holds always), and where no node is known.
 * RangeError that names the field when sizes do not fit or an axis does not rise.
 */
export function gridFlow({
  xs,
  ys,
  timesS,
  eastMps,
  northMps,
}: GridSamples): (atS: number, x: number, y: number) => VelocityMps | null {
  for (const [name, axis] of Object.entries({ xs, ys, timesS })) {
    if (axis.length === 0 || axis.some((at, i) => i > 0 && !(at > axis[i - 1]!)))
      throw new RangeError(`flow.${name}: must rise`)
  }
  const [cols, size] = [xs.length, xs.length * ys.length]
  if (eastMps.length !== size * timesS.length || northMps.length !== eastMps.length)
    throw new RangeError('flow.eastMps: needs one number per time, row and column')

  const at = (time: number, x: number, y: number): VelocityMps | null => {
    const col = Math.min(xs.length - 1, Math.floor(x))
    const row = Math.min(ys.length - 1, Math.floor(y))
    let [east, north, known] = [0, 0, 0]
    for (let corner = 0; corner < 4; corner++) {
      const [right, up] = [corner & 1, corner >> 1]
      const weight = (right ? x - col : 1 - (x - col)) * (up ? y - row : 1 - (y - row))
      if (!(weight > 0)) continue
      const i = time * size + (row + up) * cols + col + right
      const e = eastMps[i]!
      const n = northMps[i]!
      if (Number.isNaN(e) || Number.isNaN(n)) continue
      east += weight * e
      north += weight * n
      known += weight
    }
    return known > 0 ? [east / known, north / known] : null
  }

  return (atS, placeX, placeY) => {
    const [x, y] = [onAxis(xs, placeX), onAxis(ys, placeY)]
    if (x === null || y === null) return null
    if (timesS.length === 1) return at(0, x, y)
    const time = onAxis(timesS, atS)
    if (time === null) return null
    const first = Math.min(timesS.length - 2, Math.floor(time))
    const share = time - first
    const [before, after] = [at(first, x, y), at(first + 1, x, y)]
    if (!before || !after) return share < 0.5 ? before : after
    return [before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])]
  }
}

/** Place between the nodes of an axis, counted in nodes; null outside it. */
function onAxis(axis: readonly number[], at: number): number | null {
  const last = axis.length - 1
  if (!(at >= axis[0]! && at <= axis[last]!)) return null
  let [low, high] = [0, last]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (axis[middle]! <= at) low = middle
    else high = middle
  }
  return high === low ? 0 : low + (at - axis[low]!) / (axis[high]! - axis[low]!)
}
