import { expect, it } from 'vitest'
import { dayCell, latestOf, sumOf } from './holiday-rows.ts'

const day = (offset: number, into: number | null, out: number | null) => ({
  day: `2026-10-0${offset + 1}`,
  offset,
  in: into,
  out,
  counted: into === null ? 0.4 : 1,
})
const year = (of: number, days: ReturnType<typeof day>[], usual: number | null = 100) => ({
  year: of,
  anchor: '',
  known: true,
  days,
  usual: days.map(() => ({ in: usual, out: usual, n: 4 })),
})

it('compares a day with the usual and with the same day of the year before', () => {
  const [now, last] = [year(2026, [day(0, 300, 500)]), year(2025, [day(0, 200, 200)])]
  expect(dayCell(now, 0, last)).toMatchObject({ in: 300, out: 500, timesUsual: 4, againstLast: '+100' })
  expect(dayCell(last, 0, now)).toMatchObject({ againstLast: '-50' })
  expect(dayCell(now, 3, last)).toBeNull()
})
it('says nothing of what was not counted', () => {
  const gap = year(2026, [day(0, null, null), day(1, 5, 5)], null)
  expect(dayCell(gap, 0, null)).toMatchObject({ in: null, counted: 0.4, timesUsual: null, againstLast: null })
  expect(dayCell(gap, 1, gap)).toMatchObject({ timesUsual: null, againstLast: '0' })
  expect(sumOf(gap)).toBeNull()
  expect(sumOf(year(2026, [day(0, 1, 2), day(1, 3, 4)]))).toEqual({ in: 4, out: 6 })
})
it('begins with the holiday that is on or was last', () => {
  const all = [
    { id: 'national-day', fromMs: 300 },
    { id: 'labour-day', fromMs: 100 },
  ]
  expect([latestOf(all, 200), latestOf(all, 400), latestOf(all, 0), latestOf([], 0)]).toEqual([
    'labour-day',
    'national-day',
    'national-day',
    null,
  ])
})
