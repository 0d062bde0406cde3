import { type FlowGrid, flowTellsOf, MOST_FLOW_SAMPLES } from '@skerry/contract'
import { distanceM } from '../geo/distance.ts'
import type { WholeFlow } from './read-coverage.ts'

/** How far around the entry a field is kept, the widest that fits first, metres. */
const REACHES_M = [120_000, 80_000, 60_000, 40_000, 25_000, 15_000, 10_000, 6000, 4000, 2500]

/** What a drift needs of a forecast: around its entry, from the entry on for as long as it may be drawn. */
export interface DriftNeeds {
  readonly entry: readonly [lng: number, lat: number]
  /** The entry is a place on land, and the water was entered somewhere on the shore: nothing need be known at the place. */
  readonly onLand?: boolean | undefined
  readonly fromMs: number
  readonly toMs: number
  readonly source: string
}

/** Why a forecast says nothing of a drift. */
export type FlowGap = 'elsewhere' | 'other-times' | 'unknown-there' | 'too-fine'

export type CutFlow =
  /** `reachM`: from the entry to the nearest side of what is kept, metres. */
  | { readonly ok: true; readonly field: FlowGrid; readonly reachM: number }
  | { readonly ok: false; readonly gap: FlowGap }

/**
 * The part of a forecast that a drift needs, small enough to stay with its search: all its times from the last one before
 * the entry to the first one after the end, on the nodes within the widest reach that fits, told of one node into the land
 * (see `toTheShore`). Rounded to 1 cm/s.
 */
export function cutFlow(flow: WholeFlow, { entry, onLand, fromMs, toMs, source }: DriftNeeds): CutFlow {
  const [lng, lat] = entry
  if (!inside(flow.lngs, lng) || !inside(flow.lats, lat)) return { ok: false, gap: 'elsewhere' }
  // An end that is not reached is said by whoever draws the map.
  if (!flowTellsOf(flow, fromMs, flow.timesMs.length > 1 ? fromMs : toMs)) return { ok: false, gap: 'other-times' }
  const times = timesFor(flow.timesMs, fromMs, toMs)
  for (const reachM of REACHES_M) {
    const degLat = reachM / distanceM([lng, lat], [lng, lat + (lat > 0 ? -1 : 1)])
    const degLng = reachM / distanceM([lng, lat], [lng + (lng > 0 ? -1 : 1), lat])
    const cols = around(flow.lngs, lng - degLng, lng + degLng)
    const rows = around(flow.lats, lat - degLat, lat + degLat)
    if ((times[1] - times[0]) * (cols[1] - cols[0]) * (rows[1] - rows[0]) > MOST_FLOW_SAMPLES) continue
    const part = (values: readonly (number | null)[]): (number | null)[] =>
      toTheShore(pick(values, flow, times, rows, cols), rows[1] - rows[0], cols[1] - cols[0])
    const [eastMps, northMps] = [part(flow.eastMps), part(flow.northMps)]
    const field: FlowGrid = {
      source,
      lngs: flow.lngs.slice(...cols),
      lats: flow.lats.slice(...rows),
      timesMs: flow.timesMs.slice(...times),
      eastMps,
      northMps,
    }
    return (onLand ? eastMps.some((value) => value !== null) : knownAt(field, lng, lat))
      ? { ok: true, field, reachM: reachOf(field, entry) }
      : { ok: false, gap: 'unknown-there' }
  }
  return { ok: false, gap: 'too-fine' }
}

/** How far from the entry it is to the nearest side of a field, metres. */
function reachOf({ lngs, lats }: FlowGrid, [lng, lat]: DriftNeeds['entry']): number {
  const to = (at: readonly [number, number]): number => distanceM([lng, lat], [at[0], at[1]])
  return Math.min(to([lngs[0]!, lat]), to([lngs.at(-1)!, lat]), to([lng, lats[0]!]), to([lng, lats.at(-1)!]))
}

const inside = (axis: readonly number[], at: number): boolean => at >= axis[0]! && at <= axis.at(-1)!

type Run = readonly [from: number, to: number]

/** From the last place at or before `from` to one past the first at or after `to`, as far as the axis goes. */
function around(axis: readonly number[], from: number, to: number): Run {
  const first = axis.findLastIndex((at) => at <= from)
  const last = axis.findIndex((at) => at >= to)
  return [Math.max(0, first), last === -1 ? axis.length : last + 1]
}

/** As `around`, and never one of several: alone it would hold for the whole drift. */
function timesFor(axis: readonly number[], from: number, to: number): Run {
  const [first, end] = around(axis, from, to)
  return end - first === 1 ? [Math.max(0, first - 1), end] : [first, end]
}

function pick(values: readonly (number | null)[], { lngs, lats }: WholeFlow, times: Run, rows: Run, cols: Run) {
  const out: (number | null)[] = []
  for (let t = times[0]; t < times[1]; t++)
    for (let row = rows[0]; row < rows[1]; row++)
      for (let col = cols[0]; col < cols[1]; col++) {
        const value = values[(t * lats.length + row) * lngs.length + col]!
        out.push(value === null ? null : Math.round(value * 100) / 100)
      }
  return out
}

/**
 * A node that tells nothing takes the mean of those around it that do. A forecast leaves out whatever is land on its lattice,
 * bays and sounds between as well: without this nobody would drift where most people enter the water. One node and no more,
 * so that what is farther from the forecast's sea stays unknown.
 */
function toTheShore(values: readonly (number | null)[], rows: number, cols: number): (number | null)[] {
  return values.map((value, i) => {
    if (value !== null) return value
    const [row, col] = [Math.floor(i / cols) % rows, i % cols]
    let [sum, count] = [0, 0]
    for (let up = -1; up <= 1; up++)
      for (let right = -1; right <= 1; right++) {
        if (row + up < 0 || row + up >= rows || col + right < 0 || col + right >= cols) continue
        const near = values[i + up * cols + right] ?? null
        if (near === null) continue
        sum += near
        count++
      }
    return count > 0 ? Math.round((100 * sum) / count) / 100 : null
  })
}

/** Whether one of the nodes around a place tells something, whenever. */
function knownAt({ lngs, lats, timesMs, eastMps }: FlowGrid, lng: number, lat: number): boolean {
  const near = (axis: readonly number[], at: number): number[] => {
    const before = axis.findLastIndex((each) => each <= at)
    return axis[before] === at ? [before] : [before, before + 1]
  }
  const [cols, rows] = [near(lngs, lng), near(lats, lat)]
  return timesMs.some((_, t) =>
    rows.some((row) => cols.some((col) => eastMps[(t * lats.length + row) * lngs.length + col] !== null)),
  )
}
