import { loadHolidays } from '../src/flow/load-files.ts'
import { flowAhead, hourAhead, learnFlow, levelNow, usualFlow, type FlowModel } from '../src/flow/forecast.ts'
import { DEFAULT_FLOW_POLICY } from '../src/flow/policy.ts'
import { createQueueRecord, RECORD_H } from '../src/flow/queue-record.ts'
import { queuePaths, type ServicePlan } from '../src/flow/queue-paths.ts'
import { comparableDays, sameHourOn } from '../src/flow/seasonal.ts'
import { judgeSurge } from '../src/flow/surge.ts'
import { dayAt } from '../src/flow/calendar.ts'
import { loadCrossings } from '../src/eta/load-crossings.ts'
import { ferryLines } from '../src/sailings/ferry-lines.ts'
import { isInTimetable } from '../src/sailings/judge-reports.ts'
import { simulatedArchive, streamsOf, type ArchivedStream } from './flow-archive.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const OFFSET = 480
/** Days that are lived through, those of them that are held out, and the day after the last one. */
const DAYS = 77
const HELD_OUT = 21
/** Days before those on which the intervals of queues are calibrated: no held-out day is. */
const CALIBRATION = 14
const UNTIL = '2026-06-14'
const SEEDS = [3, 17] as const
/** Streams of which less moves in a day say little about a forecast. */
const LEAST_PER_DAY = 60
const AHEAD_H = 3
const LEVELS = [
  ['p05', 0.05],
  ['p50', 0.5],
  ['p95', 0.95],
] as const
/** A crowd that is put into single hours to see whether it is found: so many times as many as usual. */
const CROWDS = [1.5, 2, 3] as const

const calendar = await loadHolidays(null)

interface Score {
  n: number
  inside: number
  below: number
  ours: number
  lastWeek: number
  usual: number
}
const noScore = (): Score => ({ n: 0, inside: 0, below: 0, ours: 0, lastWeek: 0, usual: 0 })
const pinball = (forecast: number, value: number, p: number): number =>
  value >= forecast ? p * (value - forecast) : (1 - p) * (forecast - value)

/** Coverage and pinball loss of arrivals and queues on held-out days, and what surge alarms cost and find. */
export async function report(): Promise<{ text: string; files: { path: string; content: string }[] }> {
  const arrivals = Array.from({ length: AHEAD_H }, noScore)
  const landings = noScore()
  const queues = Array.from({ length: AHEAD_H }, noScore)
  const missed = Array.from({ length: RECORD_H }, () => ({ above: [] as number[], below: [] as number[] }))
  const surge = { hours: 0, days: 0, raised: 0, found: CROWDS.map(() => 0), tried: 0 }
  let streams = 0
  for (const seed of SEEDS) {
    const all = streamsOf(await simulatedArchive(seed, DAYS, UNTIL)).filter(({ perDay }) => perDay >= LEAST_PER_DAY)
    streams += all.length
    for (const stream of all) {
      scoreArrivals(stream, stream.seen ? arrivals : [landings, landings, landings])
      if (stream.seen) await scoreQueue(stream, queues, missed)
    }
    // Alarms are about all that goes one way, not about single lines.
    for (const stream of totalsOf(all)) scoreSurges(stream, surge)
  }
  const whole = sum(arrivals)
  const percent = (part: number, n: number): string => ((100 * part) / Math.max(1, n)).toFixed(1)
  const row = (name: string, { n, inside, below, ours, lastWeek, usual }: Score): string =>
    `| ${name} | ${n} | ${percent(inside, n)} | ${percent(below, n)} / ${percent(n - inside - below, n)} | ${(ours / lastWeek).toFixed(2)} | ${usual === 0 ? '-' : (ours / usual).toFixed(2)} |`
  const text = [
    `# Checkpoints: forecasts on held-out days of the simulated ferries`,
    '',
    `${DAYS} days of ${SEEDS.length} seeds, the last ${HELD_OUT} held out; ${streams} streams (what boards a line, comes ashore, crosses a bridge) of at least ${LEAST_PER_DAY} a day. The model is learnt again each held-out day from the days before it, and forecasts every hour of that day from what was counted until then. Nominal coverage is 90 %. Pinball loss is the mean over the quantiles 5, 50 and 95 %; below 1 is better than the baseline.`,
    '',
    '| what | n | inside, % | below / above, % | loss against the same hour last week | loss against the quantiles of the same hours of eight weeks |',
    '|---|---|---|---|---|---|',
    ...arrivals.map((score, i) => row(`arrivals, ${i + 1}. hour ahead`, score)),
    row('arrivals, all', whole),
    row('who passes where no queue is seen (boats land in lumps)', landings),
    ...queues.map((score, i) => row(`queue in ${i + 1} h`, score)),
    '',
    `Queues are by paths (arrivals and late boats drawn), then widened by how far the outcomes of the ${CALIBRATION} days before the held-out ones lay outside of their own interval (conformal, each side and stream by itself; no held-out day is in it). Widening of the median stream, in widths of its interval, above / below: ${missed.map(({ above, below }, h) => `${h + 1} h ${median(above)} / ${median(below)}`).join(', ')}; a stream without a record of its own gets this.`,
    '',
    `Surge alarms (z from ${DEFAULT_FLOW_POLICY.surge.z}, at least ${DEFAULT_FLOW_POLICY.surge.ratio} times the usual and ${DEFAULT_FLOW_POLICY.surge.persons} persons or ${DEFAULT_FLOW_POLICY.surge.vehicles} vehicles more), on whole hours: ${surge.raised} in ${surge.days.toFixed(0)} days of single directions on ordinary days with their busy days, fog and late boats, one in ${(surge.days / Math.max(1, surge.raised)).toFixed(0)} days of a direction. Of hours with a crowd put into them, the share found: ${CROWDS.map((times, i) => `${times} times as many ${percent(surge.found[i]!, surge.tried)} %`).join(', ')}.`,
    '',
  ].join('\n')
  return { text, files: [{ path: 'docs/benchmarks/checkpoints.md', content: text }] }
}

const hourOfBefore =
  ({ hours, fromMs }: ArchivedStream, limitMs: number) =>
  (hourMs: number): number | null =>
    hourMs >= limitMs ? null : (hours[(hourMs - fromMs) / HOUR_MS] ?? null)

/** Every held-out hour with the model of its day. */
function* heldOut(
  stream: ArchivedStream,
  fromDay: number = DAYS - HELD_OUT,
): Generator<{ i: number; nowMs: number; model: FlowModel }> {
  let model: FlowModel | null = null
  for (let i = fromDay * 24; i < DAYS * 24 - AHEAD_H; i++) {
    const nowMs = stream.fromMs + i * HOUR_MS
    if (i % 24 === 0) model = learnFlow(hourOfBefore(stream, nowMs), nowMs, calendar, OFFSET)
    if (model !== null) yield { i, nowMs, model }
  }
}

function scoreArrivals(stream: ArchivedStream, scores: readonly Score[]): void {
  for (const { i, nowMs, model } of heldOut(stream)) {
    const hourOf = hourOfBefore(stream, nowMs)
    const level = levelNow(model, hourOf, { count: 0, minutes: 0 }, nowMs)
    for (let ahead = 0; ahead < AHEAD_H; ahead++) {
      const [value, week] = [stream.hours[i + ahead], stream.hours[i + ahead - 168]]
      const forecast = hourAhead(model, level, nowMs, ahead)
      const usual = usualFlow(hourOf, nowMs + ahead * HOUR_MS, calendar, OFFSET)
      if (value == null || week == null || forecast === null || usual === null) continue
      if (Math.max(value, week, forecast.p50) < 3) continue // nights, in which everybody is right
      note(scores[ahead]!, forecast, value, week, usual.perHour)
    }
  }
}

async function scoreQueue(
  stream: ArchivedStream,
  scores: readonly Score[],
  pooled: readonly { above: number[]; below: number[] }[],
): Promise<void> {
  const lines = ferryLines(await loadCrossings(null)).filter(
    ({ id, from }) => from === stream.checkpointId && (stream.line === null || id === stream.line),
  )
  if (lines.length === 0) return
  const record = createQueueRecord()
  let told = false
  for (const { i, nowMs, model } of heldOut(stream, DAYS - HELD_OUT - CALIBRATION)) {
    const calibrates = i < (DAYS - HELD_OUT) * 24
    const waiting = stream.queue[i - 1]
    if (waiting != null && calibrates) record.seen(nowMs, waiting)
    // Every hour while it is calibrated, so that each hour ahead has its record.
    if (waiting == null || (!calibrates && i % 3 !== 1)) continue
    const level = levelNow(model, hourOfBefore(stream, nowMs), { count: 0, minutes: 0 }, nowMs)
    const boats = Array.from({ length: 27 * 60 }, (_, m) => nowMs + (m - 60) * MINUTE_MS).flatMap((atMs) =>
      lines
        .filter((line) => isInTimetable(line, atMs, OFFSET))
        .map((line) => ({ atMs, places: line.capacity[stream.counts] ?? 0 })),
    )
    const gatePerMin = stream.counts === 'persons' ? 40 : 4 // as the gates declare
    const plan: ServicePlan = { by: 'boats', boats, untilMs: nowMs + 26 * HOUR_MS, gatePerMin }
    const ahead = flowAhead(model, level, { waiting, plan }, nowMs, record)
    if (calibrates) continue
    if (!told) {
      told = true
      pooled.forEach(({ above, below }, h) => {
        const miss = record.misses(h + 1)
        if (miss === null) return
        above.push(miss.above)
        below.push(miss.below)
      })
    }
    for (let h = 0; h < AHEAD_H; h++) {
      const [value, week] = [stream.queue[i + h], stream.queue[i + h - 168]]
      const forecast = ahead?.[h * 4 + 3]?.waiting
      if (value == null || week == null || forecast == null || Math.max(value, week, forecast.p50) < 3) continue
      note(scores[h]!, forecast, value, week, null)
    }
  }
}

function note(
  score: Score,
  forecast: { p05: number; p50: number; p95: number },
  value: number,
  week: number,
  usual: { p05: number; p50: number; p95: number } | null,
): void {
  score.n++
  if (value >= forecast.p05 && value <= forecast.p95) score.inside++
  else if (value < forecast.p05) score.below++
  for (const [key, p] of LEVELS) {
    score.ours += pinball(forecast[key], value, p)
    score.lastWeek += pinball(week, value, p)
    if (usual !== null) score.usual += pinball(usual[key], value, p)
  }
}

function scoreSurges(
  stream: ArchivedStream,
  surge: { hours: number; days: number; raised: number; found: number[]; tried: number },
): void {
  let stood = false
  for (let i = (DAYS - HELD_OUT) * 24; i < DAYS * 24; i++) {
    const hourMs = stream.fromMs + i * HOUR_MS
    const value = stream.hours[i]
    if (value == null) continue
    const hourOf = hourOfBefore(stream, hourMs)
    const day = dayAt(hourMs, OFFSET)
    const comparable = comparableDays(day, calendar).days.flatMap((other) => {
      const at = sameHourOn(hourMs, day, other)
      const same = hourOf(at)
      if (same === null) return []
      const beside = stream.seen ? [] : [hourOf(at - HOUR_MS), hourOf(at + HOUR_MS)]
      return [{ same, around: beside.filter((count) => count !== null) }]
    })
    const judge = (count: number, before: boolean): boolean =>
      judgeSurge(count, comparable, stream.counts, DEFAULT_FLOW_POLICY.surge, before)?.stands ?? false
    const stands = judge(value, stood)
    if (stands && !stood) surge.raised++
    stood = stands
    surge.days += 1 / 24
    if (value < 100) continue
    surge.tried++
    CROWDS.forEach((times, c) => {
      if (judge(Math.round(value * times), false)) surge.found[c]!++
    })
  }
}

/** All lines of a gate together. */
function totalsOf(streams: readonly ArchivedStream[]): ArchivedStream[] {
  const groups = Map.groupBy(
    streams,
    (each) => `${each.checkpointId} ${each.line === null ? each.name : ''} ${each.counts}`,
  )
  return [...groups.values()].map((group) => {
    const hours = group[0]!.hours.map((_, i) =>
      group.reduce<number | null>((total, { hours: own }) => {
        const value = own[i]
        return total === null || value == null ? null : total + value
      }, 0),
    )
    return { ...group[0]!, hours }
  })
}

function median(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(2)
}

function sum(scores: readonly Score[]): Score {
  return scores.reduce((total, score) => ({
    n: total.n + score.n,
    inside: total.inside + score.inside,
    below: total.below + score.below,
    ours: total.ours + score.ours,
    lastWeek: total.lastWeek + score.lastWeek,
    usual: total.usual + score.usual,
  }))
}

/** What one forecast costs, against the same paths in steps of a minute, and against finding out by every single arrival. */
export async function run(): Promise<
  { name: string; baseline: string; ratio: number; unit: string; ours: number; theirs: number }[]
> {
  const nowMs = Date.UTC(2026, 5, 10, 1)
  const shape = (hourMs: number): number => (new Date(hourMs + 8 * HOUR_MS).getUTCHours() < 6 ? 4 : 600)
  const model = learnFlow(shape, nowMs, calendar, OFFSET)!
  const level = levelNow(model, shape, { count: 0, minutes: 0 }, nowMs)
  const boats = Array.from({ length: 100 }, (_, i) => ({ atMs: nowMs + (i + 1) * 15 * MINUTE_MS, places: 180 }))
  const plan: ServicePlan = { by: 'boats', boats, untilMs: nowMs + 36 * HOUR_MS }
  const atMs = Array.from({ length: 12 }, (_, i) => nowMs + (i + 1) * 15 * MINUTE_MS)
  const ours = cost(() => queuePaths({ nowMs, waiting: 150, plan, ...model, level, atMs, paths: 240, seed: 1 }))
  const theirs = cost(() => singleArrivals(240, 600 / 60, boats, 150, nowMs))
  return [
    {
      name: 'queue three hours ahead, 240 paths',
      baseline: 'every single arrival drawn',
      ratio: theirs / ours,
      unit: 'ms of CPU',
      ours,
      theirs,
    },
  ]
}

/** The plain way: exponential gaps between arrivals, one after the other, on each path. */
function singleArrivals(
  paths: number,
  perMin: number,
  boats: readonly { atMs: number; places: number }[],
  waiting: number,
  nowMs: number,
): number {
  let sum = 0
  for (let path = 0; path < paths; path++) {
    let queue = waiting
    let boat = 0
    for (let at = nowMs; at < nowMs + 3 * HOUR_MS; at += (-Math.log(1 - Math.random()) / perMin) * MINUTE_MS) {
      queue++
      while (boat < boats.length && boats[boat]!.atMs <= at) queue = Math.max(0, queue - boats[boat++]!.places)
    }
    sum += queue
  }
  return sum
}

function cost(act: () => unknown): number {
  for (let i = 0; i < 20; i++) act()
  const before = process.cpuUsage()
  for (let i = 0; i < 100; i++) act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / 100
}
