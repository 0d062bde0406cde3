import {
  EpochMs,
  Flowing,
  HolidayComparison,
  IslandBalance,
  CONSOLE_ROLES,
  StreamDay,
  SailingNetwork,
  type Crossings,
} from '@skerry/contract'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Engine } from '../engine/engine.ts'
import { dayAt, startOfDay, type HolidayCalendar } from '../flow/calendar.ts'
import type { CheckpointDesk } from '../flow/checkpoint-desk.ts'
import { compareHoliday, holidaySpans } from '../flow/compare-holidays.ts'
import { countsCsv } from '../flow/counts-csv.ts'
import { islandBalances } from '../flow/island-balance.ts'
import type { FlowPolicy } from '../flow/policy.ts'
import type { SailingBoard } from '../sailings/sailing-board.ts'
import type { CheckpointCountStore } from '../store/checkpoint-counts.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MOST_SAILINGS_MS = 3 * DAY_MS
const MOST_EXPORT_MS = 31 * DAY_MS
const MOST_BALANCE_MS = 31 * DAY_MS

const Id = z.strictObject({ id: z.string().min(1).max(64) })
const time = z.coerce.number().pipe(EpochMs)
const Span = z.strictObject({ fromMs: time, toMs: time })
const Since = z.strictObject({ sinceMs: time.optional() })
const Compared = z.strictObject({
  holiday: z.string().min(1).max(40),
  counts: Flowing.default('persons'),
  checkpoint: z.string().min(1).max(40).optional(),
})
const Anything = z.object({}).loose()
const Holidays = z.object({
  source: z.string(),
  years: z.array(z.number().int()),
  holidays: z.array(
    z.object({ id: z.string(), year: z.number().int(), fromMs: z.number(), toMs: z.number(), days: z.number().int() }),
  ),
})

/** What is computed of counts and sailings, and not kept. */
export function checkpointRoutes(parts: {
  engine: Pick<Engine, 'picture'>
  desk: Pick<CheckpointDesk, 'day' | 'list' | 'usualOfLane'>
  counts: Pick<CheckpointCountStore, 'laneSums' | 'daySums'>
  board: Pick<SailingBoard, 'between' | 'network'>
  calendar: HolidayCalendar
  crossings: Crossings
  policy: FlowPolicy
  clock: Clock
}): Route[] {
  const { engine, desk, counts, board, calendar, crossings, policy, clock } = parts
  const { utcOffsetMin } = crossings
  const sumsOf = async (fromMs: number, toMs: number) => {
    const sums = new Map<string, Awaited<ReturnType<typeof counts.laneSums>>>()
    for (const id of engine.picture.checkpoint.keys()) sums.set(id, await counts.laneSums(id, fromMs, toMs, 60))
    return sums
  }
  return [
    route({
      method: 'get',
      path: '/api/checkpoints',
      who: CONSOLE_ROLES,
      summary: 'Every checkpoint with its flow, queues, waits and forecasts of now',
      answer: { status: 200, schema: z.array(z.looseObject({ id: z.string() })) },
      handle: ({ c }) => c.json(desk.list()),
    }),
    route({
      method: 'get',
      path: '/api/checkpoints/:id/day',
      who: CONSOLE_ROLES,
      summary: 'Hours of today at one checkpoint, by stream, with what is usual for each hour',
      params: Id,
      answer: { status: 200, schema: z.array(StreamDay) },
      handle({ params, c }) {
        const day = desk.day(params.id, clock.nowMs())
        if (day === null) throw new HttpProblem(404, 'unknown-checkpoint', `no checkpoint ${params.id}`)
        return c.json(day)
      },
    }),
    route({
      method: 'get',
      path: '/api/checkpoints/export',
      who: ['dispatcher', 'coordinator', 'admin'],
      summary: 'Hours of every lane as CSV, at most 31 days; counts below ten are said as such and not given',
      query: Span,
      answer: { status: 200, media: 'text/csv' },
      async handle({ query, c }) {
        spanWithin(query, MOST_EXPORT_MS)
        const csv = countsCsv(
          [...engine.picture.checkpoint.values()],
          await sumsOf(Math.floor(query.fromMs / HOUR_MS) * HOUR_MS, query.toMs),
        )
        return c.body(csv, 200, {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="checkpoints.csv"',
        })
      },
    }),
    route({
      method: 'get',
      path: '/api/islands/balance',
      who: CONSOLE_ROLES,
      summary: 'Persons who came to each island less those who left it since a moment, with a 90 % interval',
      query: Since,
      answer: { status: 200, schema: z.array(IslandBalance) },
      async handle({ query, c }) {
        const untilMs = clock.nowMs()
        const today = startOfDay(dayAt(untilMs, utcOffsetMin), utcOffsetMin)
        const sinceMs = Math.floor((query.sinceMs ?? today) / HOUR_MS) * HOUR_MS
        if (sinceMs > untilMs) throw new HttpProblem(400, 'does-not-fit', 'sinceMs lies in the future')
        if (untilMs - sinceMs > MOST_BALANCE_MS)
          throw new HttpProblem(400, 'does-not-fit', 'sinceMs lies more than 31 days back')
        const found = islandBalances({
          crossings,
          checkpoints: [...engine.picture.checkpoint.values()],
          sinceMs,
          untilMs,
          sums: await sumsOf(sinceMs, untilMs),
          usual: desk.usualOfLane,
          policy: policy.balance,
        })
        return c.json(found)
      },
    }),
    route({
      method: 'get',
      path: '/api/holidays',
      who: CONSOLE_ROLES,
      summary: 'Public holidays of the calendar, newest first, with its source and the years it knows',
      answer: { status: 200, schema: Holidays },
      handle: ({ c }) =>
        c.json({
          source: calendar.source,
          years: [...calendar.years],
          holidays: [...calendar.holidays]
            .sort((a, b) => b.from - a.from)
            .map(({ id, year, from, to }) => ({
              id,
              year,
              fromMs: startOfDay(from, utcOffsetMin),
              toMs: startOfDay(to + 1, utcOffsetMin),
              days: to - from + 1,
            })),
        }),
    }),
    route({
      method: 'get',
      path: '/api/holidays/compared',
      who: CONSOLE_ROLES,
      summary: 'One holiday of several years, day by day, with the usual days before each; one checkpoint or all',
      query: Compared,
      answer: { status: 200, schema: HolidayComparison },
      async handle({ query, c }) {
        const today = dayAt(clock.nowMs(), utcOffsetMin)
        const same = calendar.holidays.filter(({ id }) => id === query.holiday)
        const last = same.filter(({ from }) => from <= today).sort((a, b) => b.year - a.year)[0]
        if (same.length === 0 || last === undefined)
          throw new HttpProblem(404, 'unknown-holiday', `no holiday ${query.holiday} has begun yet`)
        const checkpoints = [...engine.picture.checkpoint.values()].filter(
          ({ id }) => query.checkpoint === undefined || id === query.checkpoint,
        )
        if (query.checkpoint !== undefined && checkpoints.length === 0)
          throw new HttpProblem(404, 'unknown-checkpoint', `no checkpoint ${query.checkpoint}`)
        const lastYear = last.year
        const sums = []
        for (const { holiday, from, to } of holidaySpans(calendar, query.holiday, lastYear))
          if (holiday !== null)
            sums.push(
              ...(await counts.daySums(startOfDay(from, utcOffsetMin), startOfDay(to + 1, utcOffsetMin), utcOffsetMin)),
            )
        return c.json(
          compareHoliday({ calendar, id: query.holiday, counts: query.counts, lastYear, today, checkpoints, sums }),
        )
      },
    }),
    route({
      method: 'get',
      path: '/api/sailings',
      who: [...CONSOLE_ROLES, 'wall'],
      summary: 'Sailings of a span of at most three days, with load, delay and cancellations',
      query: Span,
      answer: { status: 200, schema: z.array(Anything) },
      async handle({ query, c }) {
        spanWithin(query, MOST_SAILINGS_MS)
        return c.json(await board.between(query.fromMs, query.toMs))
      },
    }),
    route({
      method: 'get',
      path: '/api/sailings/network',
      who: [...CONSOLE_ROLES, 'wall'],
      summary: 'Islands, terminals and ferry lines with their ways over water',
      answer: { status: 200, schema: SailingNetwork },
      handle: ({ c }) => c.json(board.network()),
    }),
  ]
}

function spanWithin({ fromMs, toMs }: { fromMs: number; toMs: number }, mostMs: number): void {
  if (toMs < fromMs) throw new HttpProblem(400, 'does-not-fit', 'toMs lies before fromMs')
  if (toMs - fromMs > mostMs)
    throw new HttpProblem(400, 'does-not-fit', `the span is longer than ${mostMs / DAY_MS} days`)
}
