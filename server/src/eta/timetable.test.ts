import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCrossings } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { loadCrossings } from './load-crossings.ts'
import { departuresOf, nextSailing, type ToldSailing } from './timetable.ts'
import { withTimetable } from './timetable-csv.ts'

const CHINA = 480
const at = (time: string): number => Date.parse(`2026-03-02T${time}:00+08:00`)

const EVERY_DAY = new Set([1, 2, 3, 4, 5, 6, 7])
const DAY_MS = 86_400_000

describe('the next sailing', () => {
  const departures = departuresOf({ departures: ['09:30', '07:00', '18:10', '07:00'] })
  const next = (atMs: number, told: ToldSailing[] = [], days = EVERY_DAY) =>
    nextSailing({ departures, days }, told, atMs, CHINA)
  it('is the first that has not left, to the minute', () => {
    expect(departures).toEqual([420, 570, 1090])
    expect(next(at('07:00'))).toEqual({ atMs: at('07:00'), last: false })
    expect(next(at('07:00') + 1)).toEqual({ atMs: at('09:30'), last: false })
    expect(next(at('18:00'))).toEqual({ atMs: at('18:10'), last: true })
  })
  it('is tomorrow after the last, whatever the day in UTC', () => {
    expect(next(at('18:11'))).toEqual({ atMs: at('07:00') + DAY_MS, last: false })
    expect(next(at('00:30'))!.atMs).toBe(at('07:00'))
  })
  it('is on a day on which the line sails, and there is none for a line without boats', () => {
    expect(next(at('09:00'), [], new Set([7]))).toEqual({ atMs: at('07:00') + 6 * DAY_MS, last: false }) // a Monday
    expect(next(at('09:00'), [], new Set([1]))!.atMs).toBe(at('09:30'))
    expect(next(at('18:11'), [], new Set([1]))!.atMs).toBe(at('07:00') + 7 * DAY_MS)
    expect(next(at('09:00'), [], new Set())).toBeNull()
    expect(nextSailing({ departures: [], days: EVERY_DAY }, [], at('09:00'), CHINA)).toBeNull()
  })
  it('is not one that is cancelled, or has left before its time, and the one before is the last then', () => {
    const gone = (time: string) => ({ scheduledAtMs: at(time), leavesAtMs: null })
    expect(next(at('09:00'), [gone('09:30')])).toEqual({ atMs: at('18:10'), last: true })
    expect(next(at('09:00'), [gone('18:10')])).toEqual({ atMs: at('09:30'), last: true })
    expect(next(at('09:00'), [gone('09:30'), gone('18:10')])!.atMs).toBe(at('07:00') + DAY_MS)
  })
  it('leaves when it is said to leave: one that is late is still to be had, and an additional one too', () => {
    const late = { scheduledAtMs: at('09:30'), leavesAtMs: at('10:10') }
    expect(next(at('09:00'), [late])!.atMs).toBe(at('10:10'))
    expect(next(at('09:45'), [late])!.atMs).toBe(at('10:10'))
    expect(next(at('10:11'), [late])!.atMs).toBe(at('18:10'))
    const extra = { scheduledAtMs: at('12:00'), leavesAtMs: at('12:00') }
    expect(next(at('10:11'), [late, extra])).toEqual({ atMs: at('12:00'), last: false })
    const night = { scheduledAtMs: at('19:00'), leavesAtMs: at('19:00') }
    expect(next(at('18:30'), [night])).toEqual({ atMs: at('19:00'), last: true })
  })
  it('of a service by interval includes the first and, where it falls so, the last', () => {
    expect(departuresOf({ first: '06:00', last: '07:00', everyMin: 30 })).toEqual([360, 390, 420])
    expect(departuresOf({ first: '06:00', last: '07:10', everyMin: 30 })).toEqual([360, 390, 420])
  })
  it('never lies before the moment asked for, at any minute of a day', () => {
    for (let min = 0; min < 1440; min++) {
      const now = at('00:00') + min * 60_000
      const leavesMs = next(now)!.atMs
      expect(leavesMs >= now && leavesMs - now <= DAY_MS).toBe(true)
    }
  })
})

describe('a line that sails past midnight', () => {
  it('is refused in words, and is two lines', async () => {
    const base = await loadCrossings(null)
    const file = (service: unknown) => JSON.stringify({ ...base, lines: [{ ...base.lines[0], id: 'night', service }] })
    expect(() => readCrossings(file({ first: '22:00', last: '01:00', everyMin: 30 }), 'my.json')).toThrow(
      'my.json: lines[0].service: night: first 22:00 is after last 01:00; make two lines of it, until and from midnight',
    )
    expect(readCrossings(file({ first: '22:00', last: '23:30', everyMin: 30 }), 'my.json').lines).toHaveLength(1)
  })
})

describe('a timetable as CSV', () => {
  const FILE = join(import.meta.dirname, '../../../../shared/data/ferry/zhoushan_ferry_timetable_undated.csv')
  const here = existsSync(FILE)
  it.skipIf(!here)(
    `of Zhoushan is taken row by row${here ? '' : ' (skipped: ../shared/data/ferry is not here)'}`,
    async () => {
      const csv = readFileSync(FILE, 'utf8')
      const { crossings, departures, refused } = withTimetable(await loadCrossings(null), csv, null)
      const rows = csv.trim().split('\n').length - 1
      expect(departures + refused.length).toBe(rows)
      expect(departures).toBeGreaterThan(rows * 0.9)
      expect(refused.every(({ reason }) => reason.startsWith('no terminal'))).toBe(true)
      expect(crossings.lines.every(({ asOf }) => asOf === null)).toBe(true)
      const ferry = crossings.lines.find(
        ({ from, to, vessel }) => from === 'sanjiang' && to === 'gaoting' && vessel === 'car-ferry',
      )!
      expect([ferry.vehicles, departuresOf(ferry.service)[0]]).toEqual([true, 410])
    },
  )
  it('says what is wrong with a row and keeps the others', async () => {
    const csv = 'from,to,vessel_kind,depart_local\n三江,高亭,普通,25:00\n三江,月球,普通,08:00\n三江,高亭,普通,08:00\n'
    const { departures, refused } = withTimetable(await loadCrossings(null), csv, '2026-01-01')
    expect(departures).toBe(1)
    expect(refused).toEqual([
      { line: 2, reason: 'no time 25:00' },
      { line: 3, reason: 'no terminal 月球' },
    ])
  })
})
