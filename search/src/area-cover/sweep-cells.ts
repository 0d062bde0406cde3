import type { Run } from './lane-runs.ts'

/** A run with the direction it is flown in. */
export interface Stop {
  readonly run: number
  /** Flown against the lane bearing. */
  readonly reversed: boolean
}

/**
 * Cells of the boustrophedon decomposition: runs linked as long as each has exactly one neighbour in the next lane that
 * has only it. Where the area splits, joins, begins or ends (at reflex corners and holes) a new cell begins. The cells
 * are exact but for one lane: a split counts from the first lane that sees it.
 * Source: Choset 2000 (boustrophedon cellular decomposition), on lanes.
 */
export function sweepCells(runs: readonly Run[]): number[][] {
  const order = [...runs.keys()].sort(
    (a, b) => runs[a]!.lane - runs[b]!.lane || runs[a]!.fromAlong - runs[b]!.fromAlong,
  )
  const byLane = new Map<number, number[]>()
  for (const i of order) byLane.set(runs[i]!.lane, [...(byLane.get(runs[i]!.lane) ?? []), i])
  const facing = (i: number, lane: number): number[] =>
    (byLane.get(lane) ?? []).filter(
      (k) => runs[k]!.fromAlong < runs[i]!.toAlong && runs[k]!.toAlong > runs[i]!.fromAlong,
    )
  const cellOf = new Map<number, number[]>()
  const cells: number[][] = []
  for (const i of order) {
    const below = facing(i, runs[i]!.lane - 1)
    const joined =
      below.length === 1 && facing(below[0]!, runs[i]!.lane).length === 1 ? cellOf.get(below[0]!) : undefined
    if (joined) joined.push(i)
    else cells.push([i])
    cellOf.set(i, joined ?? cells[cells.length - 1]!)
  }
  return cells
}

/** The four ways to fly a cell to and fro: from either end, the first run in either direction. */
export const waysThrough = (cell: readonly number[]): Stop[][] =>
  [cell, cell.toReversed()].flatMap((order) =>
    [0, 1].map((odd) => order.map((run, i) => ({ run, reversed: i % 2 === odd }))),
  )
