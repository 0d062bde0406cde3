import { describe, expect, it } from 'vitest'
import { dayAt, dayOfText, dayText, hourAt, startOfDay, weekdayOf } from './calendar.ts'
import { hourAhead, learnFlow, levelNow, usualFlow } from './forecast.ts'
import { fitLevel, passHour, predict, see, startLevel, USUAL_POLICY } from './level.ts'
import { loadHolidays } from './load-files.ts'
import { logProbability, quantiles } from './negative-binomial.ts'
import { queuePaths, waitMin, type ServicePlan } from './queue-paths.ts'
import { gammaOfNormal, normal, poisson, seeded } from './random.ts'
import { comparableDays, learnSeasonal, sameHourOn } from './seasonal.ts'
import { judgeSurge, type ComparableHour } from './surge.ts'

const HOUR = 3_600_000
const MIN = 60_000
const OFFSET = 480
const calendar = await loadHolidays(null)
/** 2026-06-10, a Wednesday, 08:00 in Shanghai; no holiday near. */
const NOW = Date.UTC(2026, 5, 10)

describe('the calendar', () => {
  it('knows local days, hours and weekdays', () => {
    expect(dayText(dayAt(NOW, OFFSET))).toBe('2026-06-10')
    expect([hourAt(NOW, OFFSET), weekdayOf(dayAt(NOW, OFFSET))]).toEqual([8, 3])
    expect(startOfDay(dayAt(NOW, OFFSET), OFFSET)).toBe(Date.UTC(2026, 5, 9, 16))
  })
  it('knows public holidays, weekend days that are worked, and which years it knows', () => {
    expect(calendar.holidayOn(dayOfText('2026-02-17'))).toMatchObject({ id: 'spring-festival', year: 2026 })
    expect(calendar.isMadeUp(dayOfText('2026-02-28'))).toBe(true)
    expect(calendar.isRest(dayOfText('2026-02-28'))).toBe(false)
    expect(calendar.isRest(dayOfText('2026-03-01'))).toBe(true)
    expect(calendar.years).toEqual([2022, 2023, 2024, 2025, 2026])
    expect(calendar.source).toContain('国务院办公厅')
  })
  it('has every holiday and every worked day once, and every anchor within its holiday', () => {
    for (const { from, to, anchor, id, year } of calendar.holidays) {
      expect([id, year, from <= anchor && anchor <= to]).toEqual([id, year, true])
      for (let day = from; day <= to; day++) expect(calendar.isMadeUp(day)).toBe(false)
    }
  })
})

describe('days to compare with', () => {
  const of = (text: string) => {
    const { days, basis } = comparableDays(dayOfText(text), calendar)
    return { basis, days: days.map(dayText) }
  }
  it('are the same weekdays, without holidays and worked weekend days', () => {
    const { basis, days } = of('2026-05-16') // a Saturday; May 2 was Labour Day, May 9 was worked
    expect(basis).toBe('same-weekday')
    expect(days[0]).toBe('2026-04-25')
    expect(days).toHaveLength(5) // April 4 was Qingming
  })
  it('are workdays for a weekend day that is worked', () => {
    const { basis, days } = of('2026-05-09')
    expect(basis).toBe('workdays')
    expect(days.slice(0, 3)).toEqual(['2026-05-08', '2026-05-07', '2026-05-06'])
  })
  it('are the same days of the holiday in former years, and days off', () => {
    const { basis, days } = of('2026-10-03')
    expect(basis).toBe('former-holidays')
    expect(days.slice(0, 3)).toEqual(['2025-10-03', '2024-10-03', '2023-10-03'])
    expect(days).not.toContain('2026-09-26') // Mid-Autumn
    expect(days).toContain('2026-09-13')
  })
})

describe('the negative binomial', () => {
  it('sums to one, has its mean and its variance', () => {
    for (const [mean, size] of [
      [3, 2],
      [40, 8],
      [12, Infinity],
    ] as const) {
      let [sum, first, second] = [0, 0, 0]
      for (let k = 0; k < 2000; k++) {
        const p = Math.exp(logProbability(k, mean, size))
        sum += p
        first += p * k
        second += p * k * k
      }
      expect(sum).toBeCloseTo(1, 9)
      expect(first).toBeCloseTo(mean, 6)
      expect(second - first * first).toBeCloseTo(mean + (mean * mean) / size, 4)
    }
  })
  it('has the quantiles that its sums say, small and large', () => {
    // scipy.stats.nbinom.ppf([.05, .5, .95], size, size / (size + mean))
    expect(quantiles(40, 8, [0.05, 0.5, 0.95])).toEqual([18, 38, 68])
    expect(quantiles(0.3, 2, [0.05, 0.5, 0.95])).toEqual([0, 0, 1])
    expect(quantiles(0, 2, [0.05, 0.5, 0.95])).toEqual([0, 0, 0])
    const [low, middle, high] = quantiles(50_000, 400, [0.05, 0.5, 0.95])
    expect([low, middle, high]).toEqual([45_944, 49_958, 54_199])
  })
})

describe('random numbers', () => {
  it('have the means and variances that they should', () => {
    const rand = seeded(4)
    for (const mean of [0.4, 7, 60]) {
      const values = Array.from({ length: 20_000 }, () => poisson(rand, mean))
      const average = values.reduce((sum, v) => sum + v, 0) / values.length
      const variance = values.reduce((sum, v) => sum + (v - average) ** 2, 0) / values.length
      expect(average / mean).toBeCloseTo(1, 1)
      expect(variance / mean).toBeCloseTo(1, 1)
    }
    const gammas = Array.from({ length: 20_000 }, () => gammaOfNormal(normal(rand), 10))
    expect(gammas.reduce((sum, v) => sum + v, 0) / gammas.length).toBeCloseTo(1, 1)
    expect(poisson(rand, 0)).toBe(0)
  })
})

/** A stream that brings 60 an hour by day, 6 by night, `factor` times as much on some days. */
const shape = (hourMs: number): number => (hourAt(hourMs, OFFSET) >= 6 && hourAt(hourMs, OFFSET) < 20 ? 60 : 6)

describe('hours of the week', () => {
  it('are learnt from the last eight weeks; one odd week does not become the rule', () => {
    const odd = NOW - 7 * 24 * HOUR
    const seasonal = learnSeasonal((at) => (at === odd ? 600 : shape(at)), NOW, calendar, OFFSET)
    expect(seasonal.at(NOW)!.perHour).toBeGreaterThan(60)
    expect(seasonal.at(NOW)!.perHour).toBeLessThan(150)
    expect(seasonal.at(NOW + HOUR)!.perHour).toBeCloseTo(60, 6)
    expect(seasonal.at(NOW + 15 * HOUR)!.perHour).toBeCloseTo(6, 6)
  })
  it('say nothing where nothing was counted', () => {
    const seasonal = learnSeasonal(() => null, NOW, calendar, OFFSET)
    expect([seasonal.n, seasonal.at(NOW)]).toEqual([0, null])
    expect(learnFlow(() => null, NOW, calendar, OFFSET)).toBeNull()
  })
  it('of a holiday are those of days off, and far less certain', () => {
    const before = Date.UTC(2026, 9, 1) // National Day, 08:00
    const seasonal = learnSeasonal(
      (at) => (calendar.isRest(dayAt(at, OFFSET)) ? 2 : 1) * shape(at),
      before,
      calendar,
      OFFSET,
    )
    const [holiday, workday] = [seasonal.at(before)!, seasonal.at(Date.UTC(2026, 9, 9))!]
    expect(holiday.perHour).toBeCloseTo(120, 0)
    expect(workday.perHour).toBeCloseTo(60, 0)
    expect(holiday.relativeVariance).toBeGreaterThan(5 * workday.relativeVariance)
  })
  it('leave an hour out of its own mean when asked to', () => {
    const odd = NOW - 7 * 24 * HOUR
    const seasonal = learnSeasonal((at) => (at === odd ? 600 : shape(at)), NOW, calendar, OFFSET)
    expect(seasonal.at(odd, 600)!.perHour).toBeLessThan(seasonal.at(odd)!.perHour)
  })
})

describe('the level', () => {
  const rate = { perHour: 100, relativeVariance: 0 }
  it('follows what is seen, and goes back to the usual when nothing is', () => {
    let level = startLevel(USUAL_POLICY)
    for (let i = 0; i < 6; i++) level = see(passHour(level, USUAL_POLICY), 200, 100, USUAL_POLICY)
    expect(level.a / level.b).toBeGreaterThan(1.6)
    for (let i = 0; i < 72; i++) level = passHour(level, USUAL_POLICY)
    expect(level.a / level.b).toBeCloseTo(1, 2)
    expect(predict(level, rate, USUAL_POLICY).size).toBeLessThan(USUAL_POLICY.a0)
  })
  it('is less certain the farther ahead, and no busy hour says more than its own scatter allows', () => {
    const seen = see(startLevel(USUAL_POLICY), 100_000, 50_000, USUAL_POLICY)
    expect(seen.b).toBeLessThan(USUAL_POLICY.a0 + USUAL_POLICY.k)
    const far = passHour(passHour(seen, USUAL_POLICY), USUAL_POLICY)
    expect(far.a).toBeLessThan(seen.a)
  })
  it('is fitted to how much the past has varied', () => {
    const rand = seeded(3)
    const hours = (level: number) =>
      Array.from({ length: 1000 }, (_, i) => {
        const day = Math.floor(i / 24)
        const factor = gammaOfNormal(normal(seeded(day + 100)), 1 / level)
        return { count: poisson(rand, 100 * factor), rate }
      })
    expect(1 / fitLevel(hours(0.1)).a0).toBeGreaterThan(3 * (1 / fitLevel(hours(0.004)).a0))
    expect(fitLevel(hours(0.1).slice(0, 50))).toBe(USUAL_POLICY)
  })
})

it('expects a busy day to stay busy, with an interval that holds it', () => {
  const busy = dayAt(NOW, OFFSET)
  const rand = seeded(9)
  const counts = new Map<number, number>()
  const hourOf = (at: number): number => {
    const day = dayAt(at, OFFSET)
    const factor = day === busy ? 1.6 : gammaOfNormal(normal(seeded(day)), 20)
    const known = counts.get(at) ?? poisson(rand, shape(at) * factor)
    counts.set(at, known)
    return known
  }
  const noon = NOW + 4 * HOUR
  const model = learnFlow(hourOf, noon, calendar, OFFSET)!
  const level = levelNow(model, hourOf, { count: 48, minutes: 30 }, noon)
  const next = hourAhead(model, level, noon, 1)!
  expect(next.p50).toBeGreaterThan(75)
  expect(next.p05).toBeLessThan(96)
  expect(next.p95).toBeGreaterThan(96)
  const usual = usualFlow(hourOf, noon, calendar, OFFSET)!
  expect(usual).toMatchObject({ basis: 'same-weekday' })
  expect(usual.perHour.p50).toBeGreaterThan(45)
  expect(usual.perHour.p50).toBeLessThan(75)
})

describe('waiting', () => {
  const boats: ServicePlan = {
    by: 'boats',
    boats: [10, 40, 70].map((min) => ({ atMs: NOW + min * MIN, places: 100 })),
    untilMs: NOW + 36 * HOUR,
  }
  it('ends with the boat that has a place left', () => {
    expect([1, 100, 101, 250].map((n) => waitMin(boats, n, NOW))).toEqual([10, 10, 40, 70])
    expect(waitMin(boats, 1, NOW + 11 * MIN)).toBe(29)
  })
  it('is a day where no boat of a day takes them, and unknown where the boats of a day are not known', () => {
    expect(waitMin(boats, 301, NOW)).toBe(1440)
    expect(waitMin({ ...boats, untilMs: NOW + 5 * HOUR }, 301, NOW)).toBeNull()
  })
  it('takes as long as lanes need, and is unknown where they let nobody through', () => {
    expect(waitMin({ by: 'rate', perMin: 20 }, 90, NOW)).toBe(4.5)
    expect(waitMin({ by: 'rate', perMin: 20 }, 0, NOW)).toBe(0)
    expect(waitMin({ by: 'rate', perMin: 0 }, 1, NOW)).toBeNull()
  })

  const seasonal = learnSeasonal(shape, NOW, calendar, OFFSET)
  const input = {
    nowMs: NOW,
    seasonal,
    policy: USUAL_POLICY,
    level: startLevel(USUAL_POLICY),
    atMs: [NOW + 30 * MIN, NOW + 90 * MIN, NOW + 170 * MIN],
    paths: 300,
    seed: 1,
  }
  it('grows between boats and falls when one is boarded, and the same counts give the same forecast', () => {
    const seldom: ServicePlan = {
      by: 'boats',
      boats: [10, 70].map((min) => ({ atMs: NOW + min * MIN, places: 200, said: true })),
      untilMs: NOW + 36 * HOUR,
    }
    const atMs = [5, 50, 68, 170].map((min) => NOW + min * MIN)
    const ask = () => queuePaths({ ...input, atMs, waiting: 50, plan: seldom })
    const [now, before, boarding, after] = ask().map((each) => each!.waiting.p50)
    expect(now).toBe(0) // the gate is open
    expect(before).toBeGreaterThan(20) // they come for the second one
    expect(boarding).toBe(0)
    expect(after).toBeGreaterThan(35) // no more boats
    expect(ask()[3]!.waitMin!.p50).toBe(1440)
    expect(ask()).toEqual(ask())
  })
  it('is as long as the gate is slow', () => {
    const boat: ServicePlan = { ...boats, boats: [{ atMs: NOW + 20 * MIN, places: 100, said: true }], gatePerMin: 2 }
    const [early] = queuePaths({ ...input, atMs: [NOW + 10 * MIN], waiting: 80, plan: boat })
    expect(early!.waiting.p50).toBeGreaterThan(60) // open for five minutes
  })
  it('spreads with what is uncertain', () => {
    const plan: ServicePlan = { by: 'rate', perMin: 0.5 }
    const [near, , far] = queuePaths({ ...input, waiting: 100, plan })
    const width = (each: typeof near): number => each!.waiting.p95 - each!.waiting.p05
    expect(width(far)).toBeGreaterThan(width(near))
    expect(near!.waitMin!.p05).toBeGreaterThan(0)
  })
  it('is unknown where the hours of the week are', () => {
    const unknown = learnSeasonal(() => null, NOW, calendar, OFFSET)
    expect(queuePaths({ ...input, seasonal: unknown, waiting: 3, plan: boats })).toEqual([null, null, null])
  })
})

describe('a surge', () => {
  const policy = { z: 5, overZ: 3, least: 4, ratio: 1.3, persons: 30, vehicles: 10 }
  const comparable = (...counts: number[]): ComparableHour[] =>
    counts.map((same) => ({ same, around: [same * 0.8, same * 1.1] }))
  const judge = (observed: number, hours: ComparableHour[], stood = false) =>
    judgeSurge(observed, hours, 'persons', policy, stood)

  it('stands out from the same hour of other weeks', () => {
    expect(judge(420, comparable(200, 210, 190, 205, 195, 220))).toMatchObject({ stands: true, n: 6, expected: 202.5 })
    expect(judge(260, comparable(200, 260, 160, 230, 180, 240))!.stands).toBe(false)
  })
  it('needs enough weeks, else nothing is said', () => {
    expect(judge(900, comparable(200, 210, 190))).toBeNull()
  })
  it('is not made of small counts, whatever their ratio', () => {
    expect(judge(12, comparable(0, 0, 0, 0, 0))!.stands).toBe(false)
    expect(judge(30, comparable(2, 2, 2, 2, 2, 2))!.stands).toBe(false) // 28 more
    expect(judge(45, comparable(2, 2, 2, 2, 2, 2))!.stands).toBe(true)
  })
  it('is not a boat that came in the next hour', () => {
    const late = Array.from({ length: 6 }, () => ({ same: 60, around: [60, 200] }))
    expect(judge(180, late)!.stands).toBe(false)
  })
  it('goes on until it is clearly over, so that it does not flap', () => {
    const weeks = comparable(200, 210, 190, 205, 195, 220)
    const z = judge(270, weeks)!.z
    expect(z).toBeGreaterThan(3)
    expect(z).toBeLessThan(5)
    expect([judge(270, weeks)!.stands, judge(270, weeks, true)!.stands]).toEqual([false, true])
    expect(judge(215, weeks, true)!.stands).toBe(false)
  })
})

it('finds the same hour on another day', () => {
  const day = dayAt(NOW, OFFSET)
  expect(hourAt(sameHourOn(NOW, day, day - 9), OFFSET)).toBe(8)
})
