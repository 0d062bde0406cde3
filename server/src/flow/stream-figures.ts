import type { Checkpoint, FlowDirection, Flowing, FlowStream, Lane } from '@skerry/contract'
import { passedIn, passedThrough, type MinuteBook } from './minute-book.ts'
import { waitMin, type ServicePlan } from './queue-paths.ts'

const MINUTE_MS = 60_000
/** Rates are means of the counted minutes among so many; a queue that was not told of for so long is not known. */
const RATE_MIN = 15
const FLOW_MIN = 5
const QUEUE_STALE_MIN = 5
const HOUR_MIN = 60
/** Counts come a minute after the minute they are of, and some are late. */
const LIVE_MS = 150_000
const BEHIND_MS = 600_000

/** What one stream is made of. */
export interface StreamKey {
  direction: FlowDirection
  counts: Flowing
  line: string | null
}
export interface StreamParts extends StreamKey {
  lanes: readonly Lane[]
  /** Lines whose queues make up this one; `null` is the queue of all lines. */
  lines: readonly (string | null)[]
}

/**
 * Streams of a checkpoint: for each direction and kind all of it, and what boards each line where there are several. What
 * boards the only line is all of it.
 */
export function streamParts(lanes: readonly Lane[]): StreamParts[] {
  const groups = Map.groupBy(lanes, ({ direction, counts }) => `${direction} ${counts}`)
  return [...groups.values()].flatMap((group): StreamParts[] => {
    const { direction, counts } = group[0]!
    const lines = [...new Set(group.map(({ line }) => line ?? null))]
    const all = { direction, counts, line: null, lanes: group, lines }
    if (lines.length < 2) return [all]
    const each = lines
      .filter((line) => line !== null)
      .map((line) => ({ direction, counts, line, lanes: group.filter((lane) => lane.line === line), lines: [line] }))
    return [all, ...each]
  })
}

/** Whether counts come as they should, by the age of the newest minute. */
export function stateOf(newestMinuteMs: number | null, nowMs: number): Checkpoint['state'] {
  if (newestMinuteMs === null) return 'unknown'
  const ageMs = nowMs - newestMinuteMs - MINUTE_MS
  return ageMs <= LIVE_MS ? 'live' : ageMs <= BEHIND_MS ? 'behind' : 'lost'
}

type Rates = Pick<
  FlowStream,
  'passedPerMin' | 'arrivingPerMin' | 'arrivingBy' | 'minutes' | 'lastHour' | 'waiting' | 'waitingAtMs'
>

const NOTHING: Rates = {
  passedPerMin: null,
  arrivingPerMin: null,
  arrivingBy: null,
  minutes: 0,
  lastHour: null,
  waiting: null,
  waitingAtMs: null,
}

/** Rates and queue of a stream at the end of its newest minute; a gap is a gap. */
export function streamRates(book: MinuteBook, parts: StreamParts, nowMs: number): Rates {
  const newestMs = book.newestMinute()?.minuteMs ?? null
  const state = stateOf(newestMs, nowMs)
  if (newestMs === null || state === 'lost' || state === 'unknown') return NOTHING
  const minutes = (n: number): number[] => Array.from({ length: n }, (_, i) => newestMs - (n - 1 - i) * MINUTE_MS)
  const recent = minutes(RATE_MIN).map((at) => passedThrough(book, parts.lanes, at))
  const known = recent.filter((passed) => passed !== null)
  const queue = queueNow(book, parts, newestMs)
  return {
    passedPerMin: mean(known),
    ...arriving(book, parts, minutes(RATE_MIN), known.length),
    minutes: known.length,
    lastHour: lastHour(book, parts.lanes, minutes(HOUR_MIN)),
    ...queue,
  }
}

function lastHour(book: MinuteBook, lanes: readonly Lane[], minutes: readonly number[]): Rates['lastHour'] {
  const sum = { passed: 0, invalid: 0, manual: 0, minutes: 0 }
  for (const at of minutes) {
    const passed = passedThrough(book, lanes, at)
    if (passed === null) continue
    sum.passed += passed
    sum.minutes++
    for (const { id } of lanes) {
      const lane = book.lane(id, at)
      sum.invalid += lane?.invalid ?? 0
      sum.manual += lane?.manual ?? 0
    }
  }
  return sum.minutes === 0 ? null : sum
}

/** The newest minute within the last five of which all queues are known. */
function queueNow(book: MinuteBook, parts: StreamParts, newestMs: number): Pick<FlowStream, 'waiting' | 'waitingAtMs'> {
  for (let back = 0; back < QUEUE_STALE_MIN; back++) {
    const at = newestMs - back * MINUTE_MS
    const waiting = queueAt(book, parts, at)
    if (waiting !== null) return { waiting, waitingAtMs: at + MINUTE_MS }
  }
  return { waiting: null, waitingAtMs: null }
}

/** All who wait in a minute; null as long as one of the queues is not known. */
export function queueAt(book: MinuteBook, { direction, counts, lines }: StreamParts, minuteMs: number): number | null {
  // An owner that tells no lines apart tells one queue of all.
  const whole = book.waiting({ direction, counts, line: null }, minuteMs)
  if (whole !== undefined) return whole
  let sum = 0
  for (const line of lines) {
    if (line === null) return null
    const waiting = book.waiting({ direction, counts, line }, minuteMs)
    if (waiting == null) return null
    sum += waiting
  }
  return lines.length === 0 ? null : sum
}

/** By a sensor where one counts; else who passed and how the queue grew, over the longest unbroken run of minutes. */
function arriving(
  book: MinuteBook,
  parts: StreamParts,
  minutes: readonly number[],
  counted: number,
): Pick<Rates, 'arrivingPerMin' | 'arrivingBy'> {
  const sensed = minutes.map((at) => {
    const lanes = parts.lanes.map(({ id }) => book.lane(id, at)?.arrived ?? null)
    return lanes.includes(null) ? null : lanes.reduce((sum: number, value) => sum + value!, 0)
  })
  const known = sensed.filter((value) => value !== null)
  if (known.length > 0 && known.length >= counted / 2) return { arrivingPerMin: mean(known), arrivingBy: 'sensor' }
  let end = minutes.length - 1
  while (end > 0 && queueAt(book, parts, minutes[end]!) === null) end--
  let start = end
  let passed = 0
  let from: number | null = null
  let passedFrom = 0
  while (start > 0) {
    const through = passedThrough(book, parts.lanes, minutes[start]!)
    if (through === null) break
    passed += through
    start--
    if (queueAt(book, parts, minutes[start]!) !== null) [from, passedFrom] = [start, passed]
  }
  const after = queueAt(book, parts, minutes[end]!)
  const before = from === null ? null : queueAt(book, parts, minutes[from]!)
  if (from === null || after === null || before === null) return { arrivingPerMin: null, arrivingBy: null }
  return { arrivingPerMin: Math.max(0, (passedFrom + after - before) / (end - from)), arrivingBy: 'queue' }
}

/** What someone who joins now will wait. */
export function waitNow(
  waiting: number | null,
  plan: ServicePlan | null,
  nowMs: number,
): Pick<FlowStream, 'waitMin' | 'waitBy'> {
  if (waiting === null || plan === null) return { waitMin: null, waitBy: null }
  const wait = waitMin(plan, plan.by === 'boats' ? waiting + 1 : waiting, nowMs)
  return wait === null ? { waitMin: null, waitBy: null } : { waitMin: wait, waitBy: plan.by }
}

/**
 * How lanes serve a queue where no boats do: as fast as they are said to, those that count now; else as fast as they did
 * while somebody waited.
 */
export function laneService(book: MinuteBook, parts: StreamParts, rates: Rates): ServicePlan | null {
  const open = parts.lanes.filter(({ id }) => {
    const newest = book.newestLaneMinute(id)
    return newest !== null && newest >= (book.newestMinute()?.minuteMs ?? 0) - QUEUE_STALE_MIN * MINUTE_MS
  })
  const said = open.reduce<number | null>(
    (sum, { mostPerMin }) => (sum === null || mostPerMin === undefined ? null : sum + mostPerMin),
    0,
  )
  if (said !== null && said > 0) return { by: 'rate', perMin: said }
  if (rates.passedPerMin === null || rates.passedPerMin <= 0) return null
  return { by: 'rate', perMin: rates.passedPerMin }
}

/** Persons per minute by direction over the last five minutes, and minute by minute over the last hour. */
export function personFlow(
  book: MinuteBook,
  streams: readonly StreamParts[],
  nowMs: number,
): Pick<Checkpoint, 'flow' | 'history'> {
  const lanesOf = (direction: FlowDirection): readonly Lane[] =>
    streams.find((each) => each.direction === direction && each.counts === 'persons' && each.line === null)?.lanes ?? []
  const thisMinute = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  const history = (direction: FlowDirection): (number | null)[] =>
    Array.from({ length: HOUR_MIN }, (_, i) =>
      passedThrough(book, lanesOf(direction), thisMinute - (HOUR_MIN - i) * MINUTE_MS),
    )
  const newestMs = book.newestMinute()?.minuteMs ?? null
  const state = stateOf(newestMs, nowMs)
  const lately = (direction: FlowDirection): number[] =>
    newestMs === null || state === 'lost'
      ? []
      : Array.from({ length: FLOW_MIN }, (_, i) =>
          passedThrough(book, lanesOf(direction), newestMs - i * MINUTE_MS),
        ).filter((passed) => passed !== null)
  const [into, out] = [lately('in'), lately('out')]
  const minutes = Math.max(into.length, out.length)
  return {
    flow: minutes === 0 ? null : { inPersonsPerMin: mean(into), outPersonsPerMin: mean(out), minutes },
    history: { in: history('in'), out: history('out') },
  }
}

/** What each lane let through per minute over the last fifteen. */
export function laneRates(book: MinuteBook, lanes: readonly Lane[], nowMs: number): Checkpoint['laneRates'] {
  const newestMs = book.newestMinute()?.minuteMs ?? null
  const lost = newestMs === null || stateOf(newestMs, nowMs) === 'lost'
  return lanes.map(({ id }) => {
    const counted = lost
      ? []
      : Array.from({ length: RATE_MIN }, (_, i) => passedIn(book.lane(id, newestMs - i * MINUTE_MS))).filter(
          (passed) => passed !== null,
        )
    return { lane: id, passedPerMin: mean(counted), newestMinuteMs: book.newestLaneMinute(id) }
  })
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
