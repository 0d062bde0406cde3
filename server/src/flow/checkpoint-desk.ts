import type {
  Checkpoint,
  CountArchive,
  CountBatch,
  CountBatchResult,
  FlowStream,
  Lane,
  StreamDay,
} from '@skerry/contract'
import type { Engine, Refusal, Result } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { CheckpointCountStore, StoredLaneCount, StoredQueueCount } from '../store/checkpoint-counts.ts'
import { archiveRows } from './archive-rows.ts'
import { dayAt, startOfDay, type HolidayCalendar } from './calendar.ts'
import { flowAhead, learnFlow, levelNow, usualFlow, type FlowModel } from './forecast.ts'
import { createHourBook, type HourBook } from './hour-book.ts'
import { noteHours, partOfHour } from './hours-of-minutes.ts'
import { judgeCounts } from './judge-counts.ts'
import { BOOK_MIN, createMinuteBook, type MinuteBook, type News } from './minute-book.ts'
import { surgeNow } from './observed-hour.ts'
import type { FlowPolicy } from './policy.ts'
import type { ServicePlan } from './queue-paths.ts'
import { createQueueRecord, type QueueRecord } from './queue-record.ts'
import { HISTORY_MS } from './seasonal.ts'
import { formerHolidays, readStoredHours, type Span } from './stored-hours.ts'
import {
  laneRates,
  laneService,
  personFlow,
  stateOf,
  streamParts,
  streamRates,
  waitNow,
  type StreamParts,
} from './stream-figures.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** One stream is thought about at a time, so that nobody else waits for it. */
const TURN_MS = 40
const LEARN_AGAIN_MS = DAY_MS

/** Boats that serve a queue. */
export interface BoatService {
  /** Null where no timetable tells of boats from there, or not what they hold. */
  plan(from: string, line: string | null, counts: FlowStream['counts'], nowMs: number): ServicePlan | null
}

/** Counts of the checkpoints: judged, stored, and what follows from them. */
export interface CheckpointDesk {
  /** Stored before it is answered; each count is judged by itself. */
  take(feed: string, batch: CountBatch): Promise<CountBatchResult>
  /** Hours of earlier months. Refused as a whole when one of its lanes is not declared, or is another feed's. */
  archive(feed: string, archive: CountArchive): Promise<Result<number, Refusal>>
  list(): Checkpoint[]
  /** Hours of the local day of a moment, each stream with what is usual; null for an unknown checkpoint. */
  day(id: string, atMs: number): StreamDay[] | null
  /** What an hour of a lane's stream usually lets through, per lane; null where nobody knows. */
  usualOfLane(id: string, lane: string, hourMs: number): { mean: number; sd: number } | null
  /** Called with the checkpoints whose figures are new. Returns its own undo. */
  onChange(listener: (checkpoints: Checkpoint[]) => void): () => void
  /** Reads the last hours from the store, so that the doors may open; what is usual is read after that, bit by bit. */
  restore(): Promise<void>
  /** Resolves when everything that was stored has been read and thought about; for tests. */
  settled(): Promise<void>
  stop(): void
}

interface Known {
  lanes: readonly Lane[]
  parts: StreamParts[]
  book: MinuteBook
  thoughts: Map<string, Thought>
  /** Hours have been read from the store. */
  read: boolean
  reading: Promise<void> | null
}
/** What is known of a stream beyond its minutes. */
interface Thought {
  hours: HourBook
  model: FlowModel | null
  learnedAtMs: number
  usual: FlowStream['usual']
  surge: FlowStream['surge']
  ahead: FlowStream['ahead']
  record: QueueRecord
}

export function createCheckpointDesk(o: {
  engine: Pick<Engine, 'picture' | 'onUpdate'>
  store: CheckpointCountStore
  clock: Scheduler
  calendar: HolidayCalendar
  utcOffsetMin: number
  policy: FlowPolicy
  boats: BoatService
  onFault: (error: unknown) => void
}): CheckpointDesk {
  const { engine, store, clock, calendar, utcOffsetMin, policy, boats, onFault } = o
  const all = new Map<string, Known>()
  const listeners = new Set<(checkpoints: Checkpoint[]) => void>()
  /** Streams that are still to be thought about, by checkpoint. */
  const waiting = new Map<string, StreamParts[]>()
  const idle = new Set<() => void>()
  let stopped = false
  let disarmTurn: (() => void) | null = null
  let disarmMinute = clock.after(MINUTE_MS, everyMinute)
  // A declaration brings a checkpoint without figures: those that are known are told right after it.
  const undo = engine.onUpdate(({ changes }) => {
    const ids = changes.filter(({ kind }) => kind === 'checkpoint').map(({ id }) => id)
    tell(ids)
    for (const id of ids) thinkAbout(id)
  })

  function knownOf(checkpoint: Pick<Checkpoint, 'id' | 'lanes'>): Known {
    const { id, lanes } = checkpoint
    const known = all.get(id)
    if (known !== undefined && known.lanes === lanes) return known
    const made: Known = {
      lanes,
      parts: streamParts(lanes),
      book: known?.book ?? createMinuteBook(),
      thoughts: new Map(),
      read: false,
      reading: null,
    }
    all.set(id, made)
    return made
  }
  const thoughtOf = (known: Known, parts: StreamParts): Thought => {
    const key = streamText(parts)
    const thought = known.thoughts.get(key) ?? {
      hours: createHourBook(),
      model: null,
      learnedAtMs: -Infinity,
      usual: null,
      surge: null,
      ahead: null,
      record: createQueueRecord(),
    }
    known.thoughts.set(key, thought)
    return thought
  }

  function view(checkpoint: Checkpoint): Checkpoint {
    const nowMs = clock.nowMs()
    const known = knownOf(checkpoint)
    const { book, parts } = known
    const newest = book.newestMinute()
    const streams = parts.map((each) => streamOf(checkpoint, known, each, nowMs))
    return {
      ...checkpoint,
      newestMinuteMs: newest?.minuteMs ?? null,
      receivedAtMs: newest?.receivedAtMs ?? null,
      state: stateOf(newest?.minuteMs ?? null, nowMs),
      ...personFlow(book, parts, nowMs),
      waiting: { persons: allWaiting(known, streams, 'persons'), vehicles: allWaiting(known, streams, 'vehicles') },
      streams,
      laneRates: laneRates(book, checkpoint.lanes, nowMs),
    }
  }

  function streamOf(checkpoint: Checkpoint, known: Known, parts: StreamParts, nowMs: number): FlowStream {
    const { direction, counts, line } = parts
    const rates = streamRates(known.book, parts, nowMs)
    const plan = planOf(checkpoint, known.book, parts, rates, nowMs)
    const { usual, surge, ahead } = thoughtOf(known, parts)
    const live = rates.lastHour !== null
    return {
      direction,
      counts,
      line,
      ...rates,
      passedPerMin: rounded(rates.passedPerMin, 10),
      arrivingPerMin: rounded(rates.arrivingPerMin, 10),
      ...waitNow(rates.waiting, plan, nowMs),
      usual,
      surge: live ? surge : null,
      ahead,
    }
  }

  /** How a queue is served. Several lines are several queues: together they have no wait. */
  function planOf(
    { kind, id, terminal }: Pick<Checkpoint, 'kind' | 'id' | 'terminal'>,
    book: MinuteBook,
    parts: StreamParts,
    rates: ReturnType<typeof streamRates>,
    nowMs: number,
  ): ServicePlan | null {
    if (parts.lines.length > 1) return null
    if (kind === 'ferry' && parts.direction === 'out') {
      const plan = boats.plan(terminal ?? id, parts.lines[0] ?? null, parts.counts, nowMs)
      const gatePerMin = gatesOf(parts.lanes)
      return plan?.by === 'boats' && gatePerMin !== null ? { ...plan, gatePerMin } : plan
    }
    return laneService(book, parts, rates)
  }

  function tell(ids: Iterable<string>): void {
    const changed = [...new Set(ids)].flatMap((id) => {
      const checkpoint = engine.picture.checkpoint.get(id)
      return checkpoint === undefined ? [] : [view(checkpoint)]
    })
    if (changed.length > 0) for (const listener of listeners) listener(changed)
  }

  function thinkAbout(id: string): void {
    const checkpoint = engine.picture.checkpoint.get(id)
    if (checkpoint === undefined || stopped) return
    waiting.set(id, [...knownOf(checkpoint).parts])
    disarmTurn ??= clock.after(TURN_MS, turn)
  }

  function everyMinute(): void {
    disarmMinute = clock.after(MINUTE_MS, everyMinute)
    for (const id of engine.picture.checkpoint.keys()) thinkAbout(id)
  }

  /** Thinks about one stream; when the last of a checkpoint is done, its new figures are told. */
  function turn(): void {
    disarmTurn = null
    if (stopped) return
    const [first] = waiting
    if (first !== undefined) {
      const [id, left] = first
      const checkpoint = engine.picture.checkpoint.get(id)
      const next = left.shift()
      try {
        if (checkpoint !== undefined && next !== undefined) think(checkpoint, next)
      } catch (error) {
        onFault(error)
      }
      if (left.length === 0) {
        waiting.delete(id)
        tell([id])
      }
    }
    if (waiting.size > 0) disarmTurn = clock.after(TURN_MS, turn)
    else {
      for (const done of idle) done()
      idle.clear()
    }
  }

  function think(checkpoint: Checkpoint, parts: StreamParts): void {
    const known = knownOf(checkpoint)
    const nowMs = clock.nowMs()
    if (!known.read) {
      void read(checkpoint, known)
      return
    }
    const thought = thoughtOf(known, parts)
    const { hours } = thought
    noteHours(known.book, parts, hours, nowMs)
    const wanted = (hourMs: number): number | null => hours.wanted(hourMs)
    if (nowMs - thought.learnedAtMs >= LEARN_AGAIN_MS) {
      thought.model = learnFlow(wanted, nowMs, calendar, utcOffsetMin)
      thought.learnedAtMs = nowMs
    }
    const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS
    thought.usual = usualFlow(wanted, hourMs, calendar, utcOffsetMin)
    const rates = streamRates(known.book, parts, nowMs)
    if (rates.waiting !== null && rates.waitingAtMs !== null) thought.record.seen(rates.waitingAtMs, rates.waiting)
    thought.surge =
      parts.line !== null || rates.lastHour === null
        ? null
        : surgeNow(known.book, parts, hours, {
            calendar,
            utcOffsetMin,
            policy: policy.surge,
            stood: thought.surge?.stands ?? false,
          })
    if (thought.model === null) {
      thought.ahead = null
      return
    }
    const level = levelNow(thought.model, wanted, partOfHour(known.book, parts, hours, hourMs), nowMs)
    const plan = planOf(checkpoint, known.book, parts, rates, nowMs)
    const queue = rates.waiting === null || plan === null ? null : { waiting: rates.waiting, plan }
    thought.ahead = flowAhead(thought.model, level, queue, nowMs, thought.record)
  }

  async function read(checkpoint: Checkpoint, known: Known): Promise<void> {
    known.reading ??= readHours(checkpoint, known)
    try {
      await known.reading
      known.read = true
    } catch (error) {
      onFault(error)
    } finally {
      known.reading = null
    }
    thinkAbout(checkpoint.id)
  }

  async function readHours({ id }: Checkpoint, known: Known): Promise<void> {
    const nowMs = clock.nowMs()
    const spans: Span[] = [
      { fromMs: nowMs - HISTORY_MS - DAY_MS, toMs: nowMs },
      ...formerHolidays(calendar, utcOffsetMin, nowMs),
    ]
    const streams = known.parts.map((parts) => ({ parts, hours: thoughtOf(known, parts).hours }))
    for (const span of spans) await readStoredHours(store, id, streams, span)
  }

  function remember(lanes: readonly StoredLaneCount[], queues: readonly StoredQueueCount[]): Record<News, number> {
    const news: Record<News, number> = { new: 0, late: 0, corrected: 0, repeated: 0 }
    const bookOf = (id: string): MinuteBook | undefined => {
      const checkpoint = engine.picture.checkpoint.get(id)
      return checkpoint === undefined ? undefined : knownOf(checkpoint).book
    }
    for (const count of lanes) news[bookOf(count.checkpointId)?.putLane(count) ?? 'new']++
    for (const queue of queues) news[bookOf(queue.checkpointId)?.putQueue(queue) ?? 'new']++
    return news
  }

  return {
    async take(feed, batch) {
      const nowMs = clock.nowMs()
      const { lanes, queues, refused } = judgeCounts(batch, {
        feed,
        nowMs,
        keepMs: policy.keep.minuteDays * DAY_MS,
        checkpoint: (id) => engine.picture.checkpoint.get(id),
      })
      await store.put({ lanes, queues })
      const { late, corrected, repeated } = remember(lanes, queues)
      const ids = new Set([...lanes, ...queues].map(({ checkpointId }) => checkpointId))
      tell(ids)
      for (const id of ids) thinkAbout(id)
      return { accepted: lanes.length + queues.length, late, corrected, repeated, refused }
    },
    async archive(feed, archive) {
      const nowMs = clock.nowMs()
      const rows = archiveRows(archive, { feed, nowMs, checkpoint: (id) => engine.picture.checkpoint.get(id) })
      if (!rows.ok) return rows
      await store.put(rows.value)
      for (const id of new Set([...archive.lanes, ...archive.queues].map(({ checkpointId }) => checkpointId))) {
        const known = all.get(id)
        if (known !== undefined) {
          known.read = false
          for (const thought of known.thoughts.values()) thought.learnedAtMs = -Infinity
        }
        thinkAbout(id)
      }
      return { ok: true, value: rows.value.lanes.length + rows.value.queues.length }
    },
    day(id, atMs) {
      const checkpoint = engine.picture.checkpoint.get(id)
      if (checkpoint === undefined) return null
      const known = knownOf(checkpoint)
      const midnight = startOfDay(dayAt(atMs, utcOffsetMin), utcOffsetMin)
      return known.parts.map((parts) => {
        const { hours } = thoughtOf(known, parts)
        const passed = (hourMs: number): number | null => hours.passed(hourMs)
        return {
          direction: parts.direction,
          counts: parts.counts,
          line: parts.line,
          hours: Array.from({ length: 24 }, (_, i) => {
            const hourMs = midnight + i * HOUR_MS
            const usual = usualFlow(passed, hourMs, calendar, utcOffsetMin)?.perHour ?? null
            return { hourMs, passed: hours.passed(hourMs), usual }
          }),
        }
      })
    },
    usualOfLane(id, lane, hourMs) {
      const checkpoint = engine.picture.checkpoint.get(id)
      if (checkpoint === undefined) return null
      const known = knownOf(checkpoint)
      const parts = known.parts.find((each) => each.line === null && each.lanes.some((one) => one.id === lane))
      if (parts === undefined) return null
      const { hours } = thoughtOf(known, parts)
      const usual = usualFlow((at) => hours.passed(at), hourMs, calendar, utcOffsetMin)
      if (usual === null) return null
      const { p05, p50, p95 } = usual.perHour
      return { mean: p50 / parts.lanes.length, sd: (p95 - p05) / 3.29 / parts.lanes.length }
    },
    list: () => [...engine.picture.checkpoint.values()].map(view),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async restore() {
      const { lanes, queues } = await store.minutesSince(clock.nowMs() - BOOK_MIN * MINUTE_MS)
      remember(lanes, queues)
      for (const id of engine.picture.checkpoint.keys()) thinkAbout(id)
    },
    settled: () => {
      if (waiting.size === 0 && [...all.values()].every(({ reading }) => reading === null)) return Promise.resolve()
      return new Promise((resolve) => idle.add(resolve))
    },
    stop() {
      stopped = true
      undo()
      disarmTurn?.()
      disarmMinute()
    },
  }
}

/** What is sent to every console is no longer than it is exact. */
const rounded = (value: number | null, per: number): number | null =>
  value === null ? null : Math.round(value * per) / per

const streamText = ({ direction, counts, line }: StreamParts): string => `${direction} ${counts} ${line ?? ''}`

/** Queues of one kind together; null where one that is told of is not known now, or none is told of. */
function allWaiting(
  { book, parts }: Known,
  streams: readonly FlowStream[],
  counts: FlowStream['counts'],
): number | null {
  let sum: number | null = null
  for (const [i, part] of parts.entries()) {
    if (part.counts !== counts || part.line !== null) continue
    const told = [null, ...part.lines].some((line) => book.knowsQueue({ direction: part.direction, counts, line }))
    if (!told) continue
    const queue = streams[i]!.waiting
    if (queue === null) return null
    sum = (sum ?? 0) + queue
  }
  return sum
}

/** Most that lanes let through in a minute together; null where one does not say. */
function gatesOf(lanes: readonly Lane[]): number | null {
  return lanes.reduce<number | null>(
    (sum, { mostPerMin }) => (sum === null || mostPerMin === undefined ? null : sum + mostPerMin),
    0,
  )
}
