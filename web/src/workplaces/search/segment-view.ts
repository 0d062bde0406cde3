import type { EffortSource, GridFrame, GroundEffort, Search, Segment, SegmentTeam, Unit } from '@skerry/contract'
import { allocateEffort, cellsInRing } from '@skerry/search'

/** A segment with what the map says of it now. */
export interface SegmentRow {
  segment: Segment
  areaKm2: number
  /** Probability inside it now, 0..1; null while there is no map. */
  poa: number | null
  /** Share of its ground that lies in another segment as well, 0..1: what is found there counts under both. */
  sharedPart: number
  /** Who is there now. */
  there: SegmentTeam[]
  /** What people searched of it and counts, oldest first. */
  efforts: GroundEffort[]
  /** Mean POD of those efforts together, 0..1. */
  pod: number
}

/** Segments that have not been removed, by their numbers. */
export function segmentRows(search: Pick<Search, 'segments' | 'efforts'>, frame: GridFrame | null): SegmentRow[] {
  const { segments = [], efforts = [] } = search
  const kept = segments.filter(({ removed }) => !removed)
  const cellsOf = kept.map(({ area }) => (frame === null ? [] : cellsInRing(frame.shape, area)))
  const times = new Map<number, number>()
  for (const cell of cellsOf.flatMap((cells) => [...cells])) times.set(cell, (times.get(cell) ?? 0) + 1)
  return kept.map((segment, i) => {
    const own = efforts.filter(({ segmentId, withdrawn }) => segmentId === segment.id && !withdrawn)
    const cells = cellsOf[i]!
    const cellKm2 = frame === null ? 0 : frame.shape.cellM ** 2 / 1e6
    return {
      segment,
      areaKm2: cells.length * cellKm2,
      poa: frame === null ? null : cells.reduce((sum, cell) => sum + frame.poa[cell]!, 0),
      sharedPart: cells.length === 0 ? 0 : cells.filter((cell) => times.get(cell)! > 1).length / cells.length,
      there: segment.teams.filter(({ untilMs }) => untilMs === null),
      efforts: own,
      pod: 1 - own.reduce((missed, { coverage }) => missed * Math.exp(-coverage), 1),
    }
  })
}

/** Which units can search a segment, and how. */
export const searchesAs = ({ kind }: Pick<Unit, 'kind'>): EffortSource | null =>
  kind === 'boat' ? 'boat' : kind === 'ground-team' || kind === 'foot' ? 'team' : null

/** What an hour of searching sweeps. */
export interface HourlySweep {
  sweepWidthM: number
  speedMps: number
  /** Highest POD over this ground, 0..1. */
  podCap: number
  /** The same over single segments, where layers tell what grows there. */
  segments?: readonly { segmentId: string; sweepWidthM: number; podCap: number }[] | undefined
}

/** Hours for one segment, and what they buy. */
export interface EffortRow extends SegmentRow {
  hours: number
  coverage: number
  /** POS gained there, 0..1. */
  pos: number
  /** Why: probability per ground there, as a multiple of that of all segments together; null where they hold nothing. */
  density: number | null
  /** Why: POS that the first hour there gains, 0..1. */
  firstHourPos: number
}
export interface EffortPlan {
  rows: EffortRow[]
  pos: number
  /** The same hours shared out by ground alone. */
  evenPos: number
  /** POS that one hour more would gain, at the margin. */
  nextHourPos: number
}

/**
 * Where hours of searching are worth most (`allocateEffort`): every segment that gets some ends at the same gain per hour.
 * On the map as it is now, so that what was searched counts. Null without segments that hold any ground.
 */
export function effortPlan(rows: readonly SegmentRow[], hours: number, sweep: HourlySweep): EffortPlan | null {
  const usable = rows.filter(({ poa, areaKm2 }) => poa !== null && areaKm2 > 0)
  const { speedMps } = sweep
  const sweeps = usable.map(({ segment }) => sweep.segments?.find(({ segmentId }) => segmentId === segment.id) ?? sweep)
  if (usable.length === 0 || !(hours >= 0 && speedMps > 0)) return null
  if (!sweeps.every(({ sweepWidthM, podCap }) => sweepWidthM > 0 && podCap > 0)) return null
  // A share of positions is hidden from the sensor: POD = cap (1 - exp(-C / cap)).
  const poa = usable.map((row, i) => row.poa! * sweeps[i]!.podCap)
  const areaKm2 = usable.map((row) => row.areaKm2)
  const widthsM = sweeps.map(({ sweepWidthM, podCap }) => sweepWidthM / podCap)
  const best = allocateEffort({
    poa,
    areaKm2,
    hours,
    sweepWidthM: widthsM,
    speedMps,
  })
  const whole = areaKm2.reduce((sum, one) => sum + one, 0)
  const sweptKm2PerHour = widthsM.map((widthM) => (widthM * speedMps * 3600) / 1e6)
  const meanPerKm2 = poa.reduce((sum, one) => sum + one, 0) / whole
  return {
    rows: usable
      .map((row, i) => ({
        ...row,
        hours: best.effort[i]!,
        coverage: best.coverage[i]! * sweeps[i]!.podCap,
        pos: poa[i]! * (1 - Math.exp(-best.coverage[i]!)),
        density: meanPerKm2 > 0 ? poa[i]! / areaKm2[i]! / meanPerKm2 : null,
        firstHourPos: poa[i]! * (1 - Math.exp(-sweptKm2PerHour[i]! / areaKm2[i]!)),
      }))
      .sort((a, b) => b.hours - a.hours || a.segment.number - b.segment.number),
    pos: best.pos,
    evenPos: poa.reduce((sum, one, i) => sum + one * (1 - Math.exp((-sweptKm2PerHour[i]! * hours) / whole)), 0),
    nextHourPos: best.lambda,
  }
}

/** Shares of about the same size, each given to the segment that still lacks most; `count` ids of segments, in that order. */
export function sharesFor(plan: EffortPlan, count: number): string[] {
  const whole = plan.rows.reduce((sum, { hours }) => sum + hours, 0)
  const left = plan.rows.map(({ segment, hours }) => ({ id: segment.id, hours }))
  return Array.from({ length: whole > 0 ? count : 0 }, () => {
    const most = left.reduce((a, b) => (b.hours > a.hours ? b : a))
    most.hours -= whole / count
    return most.id
  })
}
