import type { Lane } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createHourBook, hourFlow } from './hour-book.ts'
import { createMinuteBook, type MinuteBook } from './minute-book.ts'
import { observedHour } from './observed-hour.ts'
import { laneRates, laneService, personFlow, stateOf, streamParts, streamRates, waitNow } from './stream-figures.ts'

const MIN = 60_000
const HOUR = 60 * MIN
const NOW = 100 * HOUR
const at = (back: number): number => NOW - back * MIN

const lane = (id: string, more: Partial<Lane> = {}): Lane => ({ id, direction: 'out', counts: 'persons', ...more })

function count(book: MinuteBook, id: string, back: number, valid: number | null, more: object = {}): void {
  book.putLane({
    checkpointId: 'c',
    lane: id,
    spanMin: 1,
    startMs: at(back),
    receivedAtMs: at(back) + 70_000,
    minutes: 1,
    valid,
    invalid: 1,
    manual: valid === null ? null : 1,
    arrived: null,
    ...more,
  })
}
function queue(book: MinuteBook, back: number, waiting: number | null, line: string | null = null): void {
  const of = { checkpointId: 'c', direction: 'out', counts: 'persons', line, spanMin: 1 } as const
  book.putQueue({ ...of, startMs: at(back), receivedAtMs: 0, waiting, peak: waiting })
}

describe('streams', () => {
  it('are all of a direction and kind, and each line where there are several', () => {
    const parts = streamParts([
      lane('a', { line: 'x' }),
      lane('b', { line: 'x' }),
      lane('c', { line: 'y' }),
      lane('d', { direction: 'in' }),
      lane('e', { counts: 'vehicles', line: 'x' }),
    ])
    expect(parts.map(({ direction, counts, line, lanes }) => [direction, counts, line, lanes.length])).toEqual([
      ['out', 'persons', null, 3],
      ['out', 'persons', 'x', 2],
      ['out', 'persons', 'y', 1],
      ['in', 'persons', null, 1],
      ['out', 'vehicles', null, 1],
    ])
  })
})

describe('rates', () => {
  const [all] = streamParts([lane('a'), lane('b')])

  it('are unknown, not zero, before anything was counted and after counts stopped coming', () => {
    const book = createMinuteBook()
    const nothing = { passedPerMin: null, waiting: null, lastHour: null, minutes: 0, arrivingPerMin: null }
    expect(streamRates(book, all!, NOW)).toMatchObject(nothing)
    for (const id of ['a', 'b']) count(book, id, 30, 9)
    queue(book, 30, 12)
    expect(streamRates(book, all!, NOW)).toMatchObject(nothing)
    expect(laneRates(book, all!.lanes, NOW)[0]).toMatchObject({ passedPerMin: null, newestMinuteMs: at(30) })
  })
  it('are means of the minutes in which every lane counted', () => {
    const book = createMinuteBook()
    for (const back of [1, 2, 3]) count(book, 'a', back, 9)
    for (const back of [1, 3]) count(book, 'b', back, 19)
    count(book, 'b', 2, null)
    const rates = streamRates(book, all!, NOW)
    expect(rates).toMatchObject({ passedPerMin: 30, minutes: 2 })
    expect(rates.lastHour).toEqual({ passed: 60, invalid: 4, manual: 4, minutes: 2 })
  })
  it('of arrivals come from who passed and how the queue grew, over an unbroken run of minutes', () => {
    const book = createMinuteBook()
    for (let back = 1; back <= 15; back++) for (const id of ['a', 'b']) if (back !== 8) count(book, id, back, 4)
    queue(book, 7, 10)
    queue(book, 12, 500) // before the gap: it says nothing
    queue(book, 1, 40)
    expect(streamRates(book, all!, NOW)).toMatchObject({
      arrivingPerMin: 10 + 30 / 6,
      arrivingBy: 'queue',
      waiting: 40,
    })
  })
  it('of arrivals come from a sensor where there is one', () => {
    const book = createMinuteBook()
    for (const id of ['a', 'b']) count(book, id, 1, 4, { arrived: 7 })
    expect(streamRates(book, all!, NOW)).toMatchObject({ arrivingPerMin: 14, arrivingBy: 'sensor' })
  })
  it('know a queue of several lines only when each is known', () => {
    const [whole] = streamParts([lane('a', { line: 'x' }), lane('b', { line: 'y' })])
    const book = createMinuteBook()
    for (const id of ['a', 'b']) count(book, id, 1, 0)
    queue(book, 1, 7, 'x')
    expect(streamRates(book, whole!, NOW).waiting).toBeNull()
    queue(book, 1, 5, 'y')
    expect(streamRates(book, whole!, NOW)).toMatchObject({ waiting: 12, waitingAtMs: NOW })
    queue(book, 1, null, 'y')
    expect(streamRates(book, whole!, NOW).waiting).toBeNull()
  })
})

it('tells live counts from late, lost and unknown ones', () => {
  expect([at(2), at(5), at(20), null].map((newest) => stateOf(newest, NOW))).toEqual([
    'live',
    'behind',
    'lost',
    'unknown',
  ])
})

it('shows an hour of history that ends now, with holes where nothing is known', () => {
  const parts = streamParts([lane('a'), lane('b', { direction: 'in' })])
  const book = createMinuteBook()
  count(book, 'a', 1, 3)
  count(book, 'a', 60, 6)
  count(book, 'b', 1, null)
  const { flow, history } = personFlow(book, parts, NOW)
  expect([history.out.length, history.out[0], history.out[1], history.out[59]]).toEqual([60, 7, null, 4])
  expect(history.in[59]).toBeNull()
  expect(flow).toEqual({ inPersonsPerMin: null, outPersonsPerMin: 4, minutes: 1 })
})

describe('how a queue is served', () => {
  const [all] = streamParts([lane('a', { mostPerMin: 14 }), lane('b', { mostPerMin: 10 })])
  it('is what the lanes that count now let through at most', () => {
    const book = createMinuteBook()
    count(book, 'a', 1, 3)
    count(book, 'b', 30, 3)
    expect(laneService(book, all!, streamRates(book, all!, NOW))).toEqual({ by: 'rate', perMin: 14 })
  })
  it('is unknown where nobody passes and nobody says how fast they could', () => {
    const [plain] = streamParts([lane('a')])
    const book = createMinuteBook()
    expect(laneService(book, plain!, streamRates(book, plain!, NOW))).toBeNull()
    count(book, 'a', 1, 9)
    expect(laneService(book, plain!, streamRates(book, plain!, NOW))).toEqual({ by: 'rate', perMin: 10 })
  })
  it('tells the wait only with a queue and a service', () => {
    expect(waitNow(null, { by: 'rate', perMin: 3 }, NOW)).toEqual({ waitMin: null, waitBy: null })
    expect(waitNow(30, null, NOW)).toEqual({ waitMin: null, waitBy: null })
    expect(waitNow(30, { by: 'rate', perMin: 3 }, NOW)).toEqual({ waitMin: 10, waitBy: 'rate' })
  })
})

describe('hours', () => {
  const whole = { passed: 100, arrived: null, minutes: 60 }
  it('are scaled when a little is missing, and unknown when much is', () => {
    const queue = { before: null, after: null }
    expect(hourFlow([{ ...whole, minutes: 50 }], queue)).toEqual({ passed: 120, arrived: null })
    expect(hourFlow([whole, { ...whole, minutes: 40 }], queue)).toEqual({ passed: null, arrived: null })
    expect(hourFlow([whole, null], queue)).toEqual({ passed: null, arrived: null })
    expect(hourFlow([], queue)).toEqual({ passed: null, arrived: null })
  })
  it('bring who passed and by how much the queue grew', () => {
    expect(hourFlow([whole], { before: 20, after: 50 })).toEqual({ passed: 100, arrived: 130 })
    expect(hourFlow([whole], { before: 500, after: 0 })).toEqual({ passed: 100, arrived: 0 })
  })
  it('are held for eight weeks, those of former years apart', () => {
    const hours = createHourBook()
    for (let i = 0; i < 3000; i++) hours.put(i * HOUR, { passed: i, arrived: null })
    expect(hours.passed(2999 * HOUR)).toBe(2999)
    expect(hours.passed(100 * HOUR)).toBeNull()
    hours.put(5 * HOUR, { passed: 77, arrived: null })
    expect([hours.passed(5 * HOUR), hours.passed(2999 * HOUR)]).toEqual([77, 2999])
  })
  it('want what arrives where that is mostly known, else what passes', () => {
    const hours = createHourBook()
    for (let i = 0; i < 10; i++) hours.put(i * HOUR, { passed: 5, arrived: i < 4 ? 9 : null })
    expect([hours.knowsArrivals(), hours.wanted(0)]).toEqual([false, 5])
    for (let i = 4; i < 8; i++) hours.put(i * HOUR, { passed: 5, arrived: 9 })
    expect([hours.knowsArrivals(), hours.wanted(0), hours.wanted(9 * HOUR)]).toEqual([true, 9, null])
  })
  it('can be observed before they are over, over gaps too', () => {
    const [all] = streamParts([lane('a')])
    const book = createMinuteBook()
    for (let back = 1; back <= 60; back++) if (back % 6 !== 0) count(book, 'a', back, 2)
    expect(observedHour(book, all!, false)).toEqual({ count: 180, endMs: NOW })
    expect(observedHour(book, all!, true)).toBeNull()
    queue(book, 1, 50)
    queue(book, 62, 20)
    expect(observedHour(book, all!, true)).toEqual({ count: 210, endMs: NOW })
  })
})
