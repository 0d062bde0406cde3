import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadCrossings } from './load-crossings.ts'
import { departuresOf, nextDeparture } from './timetable.ts'
import { withTimetable } from './timetable-csv.ts'

const CHINA = 480
const at = (time: string): number => Date.parse(`2026-03-02T${time}:00+08:00`)

describe('the next sailing', () => {
  const minutes = departuresOf({ departures: ['09:30', '07:00', '18:10', '07:00'] })
  it('is the first that has not left, to the minute', () => {
    expect(minutes).toEqual([420, 570, 1090])
    expect(nextDeparture(minutes, at('07:00'), CHINA)).toEqual({ atMs: at('07:00'), last: false })
    expect(nextDeparture(minutes, at('07:00') + 1, CHINA)).toEqual({ atMs: at('09:30'), last: false })
    expect(nextDeparture(minutes, at('18:00'), CHINA)).toEqual({ atMs: at('18:10'), last: true })
  })
  it('is tomorrow after the last, whatever the day in UTC', () => {
    expect(nextDeparture(minutes, at('18:11'), CHINA).atMs).toBe(at('07:00') + 86_400_000)
    expect(nextDeparture(minutes, at('00:30'), CHINA).atMs).toBe(at('07:00'))
  })
  it('of a service by interval includes the first and, where it falls so, the last', () => {
    expect(departuresOf({ first: '06:00', last: '07:00', everyMin: 30 })).toEqual([360, 390, 420])
    expect(departuresOf({ first: '06:00', last: '07:10', everyMin: 30 })).toEqual([360, 390, 420])
  })
  it('never lies before the moment asked for, at any minute of a day', () => {
    for (let min = 0; min < 1440; min++) {
      const now = at('00:00') + min * 60_000
      const next = nextDeparture(minutes, now, CHINA).atMs
      expect(next >= now && next - now <= 86_400_000).toBe(true)
    }
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
