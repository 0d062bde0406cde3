import type { Checkpoint, FlowStream, LngLat } from '@skerry/contract'

/** Ticks of a full bar. A flow beyond them is still written as a figure. */
export const TICKS = 8

/** One mark of a bar beside a gate. */
export interface FlowTick {
  position: LngLat
  direction: 'in' | 'out'
  /** 0..TICKS-1, left to right. */
  index: number
  filled: boolean
}

/** Whether a queue is about to grow or to shrink; null where that cannot be told. */
export type Trend = 'up' | 'down' | 'level' | null

/** One figure beside a gate, `null` where it is not known. */
export interface FlowFigure {
  position: LngLat
  row: 'in' | 'out' | 'queue'
  value: number | null
  /** Of the queue: the longest wait, minutes. */
  waitMin: number | null
  trend: Trend
  /** Of a direction: it surges. */
  surge: boolean
}

/**
 * The bars of a gate: per direction as many filled ticks as the flow needs, the rest open. An unknown flow has no
 * ticks at all, for an empty bar would say that nobody comes.
 * @param personsPerTick persons per minute that one tick stands for, > 0
 */
export function flowTicks(checkpoint: Pick<Checkpoint, 'position' | 'flow'>, personsPerTick: number): FlowTick[] {
  const { position, flow } = checkpoint
  return (['in', 'out'] as const).flatMap((direction) => {
    const persons = (direction === 'in' ? flow?.inPersonsPerMin : flow?.outPersonsPerMin) ?? null
    if (persons === null) return []
    const filled = Math.ceil(persons / personsPerTick)
    return Array.from({ length: TICKS }, (_, index) => ({ position, direction, index, filled: index < filled }))
  })
}

type Figured = Pick<Checkpoint, 'position' | 'flow' | 'waiting' | 'streams'>

/** Persons per minute in and out, and persons in the queue with the longest wait. */
export function flowFigures({ position, flow, waiting, streams }: Figured): FlowFigure[] {
  const none = { position, waitMin: null, trend: null, surge: false }
  const surges = (direction: 'in' | 'out'): boolean =>
    streams.some((stream) => stream.direction === direction && stream.surge?.stands === true)
  return [
    { ...none, row: 'in', value: flow?.inPersonsPerMin ?? null, surge: surges('in') },
    { ...none, row: 'out', value: flow?.outPersonsPerMin ?? null, surge: surges('out') },
    { ...none, row: 'queue', value: waiting.persons, waitMin: longestWait(streams), trend: queueTrend(streams) },
  ]
}

/** The longest wait of any queue in which somebody stands, minutes; null where none is known. */
export function longestWait(streams: readonly Pick<FlowStream, 'waiting' | 'waitMin'>[]): number | null {
  const waits = streams.filter(({ waiting }) => (waiting ?? 0) > 0).map(({ waitMin }) => waitMin)
  const known = waits.filter((wait) => wait !== null)
  return known.length === 0 ? null : Math.max(...known)
}

/** Changes below this share, or below so many persons, are no trend. */
const LEVEL_SHARE = 0.2
const LEVEL_PERSONS = 10
const AHEAD_MS = 30 * 60_000

/** Where the queues of persons will be in half an hour, by the middle of the forecast, against now. */
export function queueTrend(streams: readonly FlowStream[]): Trend {
  let [now, then, known] = [0, 0, false]
  for (const { counts, waiting, waitingAtMs, ahead } of streams) {
    const later = ahead?.find(({ atMs }) => waitingAtMs !== null && atMs >= waitingAtMs + AHEAD_MS)?.waiting
    if (counts !== 'persons' || waiting === null || later == null) continue
    now += waiting
    then += later.p50
    known = true
  }
  if (!known) return null
  if (Math.abs(then - now) < Math.max(LEVEL_PERSONS, LEVEL_SHARE * now)) return 'level'
  return then > now ? 'up' : 'down'
}
