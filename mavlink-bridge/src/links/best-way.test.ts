import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'
import { bestWay, type Way, waysInTurn } from './best-way.ts'
import { answeredAt, askedAt, clockOffsetMs, latencyMs, newLatencyMeter } from './latency-meter.ts'
import { createRateMeter } from './rate-meter.ts'

const way = (key: string, ageMs: number, lossShare: number | null = 0, latencyMs: number | null = 100): Way => ({
  key,
  ageMs,
  lossShare,
  latencyMs,
})

describe('the best way', () => {
  it.each([
    ['the quicker one', [way('a', 0, 0, 600), way('b', 0, 0, 40)], undefined, 'b'],
    ['the one that loses less', [way('a', 0, 0.3, 40), way('b', 0, 0, 400)], undefined, 'b'],
    ['the one in use while the other is only a little better', [way('a', 0, 0, 120), way('b', 0, 0, 100)], 'a', 'a'],
    ['the other one when it is clearly better', [way('a', 0, 0.2, 120), way('b', 0, 0, 100)], 'a', 'b'],
    ['the living one, however slow', [way('a', 2500, 0, 20), way('b', 500, 0.5, 900)], 'a', 'b'],
    ['the one heard last when none lives', [way('a', 9000), way('b', 5000)], 'a', 'b'],
    ['the one in use while nothing is measured', [way('a', 0, null, null), way('b', 0, null, null)], 'b', 'b'],
  ])('is %s', (_why, ways, inUse, best) => {
    expect(bestWay(ways, inUse)?.key).toBe(best)
  })

  it('is none where there is none', () => {
    expect(bestWay([], 'a')).toBeUndefined()
  })
})

describe('the ways in turn', () => {
  it('are the best one, then the others that are heard, and none that is silent', () => {
    const ways = [way('slow', 0, 0, 900), way('silent', 2500), way('best', 0, 0, 40), way('lossy', 0, 0.2, 100)]
    expect(waysInTurn(ways, undefined).map(({ key }) => key)).toEqual(['best', 'lossy', 'slow'])
  })
  it('are the one heard last where all are silent, and none where there is none', () => {
    expect(waysInTurn([way('a', 9000), way('b', 5000)], 'a').map(({ key }) => key)).toEqual(['b'])
    expect(waysInTurn([], 'a')).toEqual([])
  })
})

describe('the round trip', () => {
  it('is the least of the window, and unknown again without answers', () => {
    let meter = newLatencyMeter()
    for (const [i, rttMs] of [300, 80, 900].entries()) {
      meter = askedAt(meter, BigInt(i), i * 1000)
      meter = answeredAt(meter, BigInt(i), 0n, i * 1000 + rttMs)
    }
    expect(latencyMs(meter, 3000)).toBe(80)
    expect(latencyMs(meter, 60_000)).toBeNull()
  })

  it('takes no answer twice, and none to a question that we did not ask', () => {
    const asked = askedAt(newLatencyMeter(), 7n, 1000)
    const once = answeredAt(asked, 7n, 0n, 1050)
    expect(answeredAt(once, 7n, 0n, 1900)).toBe(once)
    expect(answeredAt(asked, 8n, 0n, 1900)).toBe(asked)
  })

  it('remembers a bounded number of unanswered questions', () => {
    let meter = newLatencyMeter()
    for (let i = 0; i < 1000; i++) meter = askedAt(meter, BigInt(i), i)
    expect(meter.asked.length).toBeLessThanOrEqual(8)
  })
})

it('pauses grow from half a second to ten, spread by a fifth either way', () => {
  expect([1, 2, 3, 9, 500].map((tries) => backoffMs(tries, 0.5))).toEqual([500, 1000, 2000, 10_000, 10_000])
  expect([backoffMs(1, 0), backoffMs(1, 1)]).toEqual([400, 600])
})

it('a rate counts whole seconds, and falls to zero when nothing comes', () => {
  const meter = createRateMeter()
  for (let ms = 0; ms < 5000; ms += 10) meter.add(10, ms)
  expect(meter.perS(5000)).toBe(1000)
  expect(meter.perS(60_000)).toBe(0)
})

describe('the clock of the other end', () => {
  it('is compared by the quickest answer, for which queues added least', () => {
    const bootedAtMs = 500_000 // its clock shows ours minus this
    let meter = newLatencyMeter()
    expect(clockOffsetMs(meter, 0)).toBeNull()
    for (const [i, [outMs, backMs]] of (
      [
        [40, 900],
        [50, 60],
        [700, 40],
      ] as const
    ).entries()) {
      const atMs = 1_000_000 + i * 1000
      meter = askedAt(meter, BigInt(i), atMs)
      const remoteNs = BigInt(atMs + outMs - bootedAtMs) * 1_000_000n
      meter = answeredAt(meter, BigInt(i), remoteNs, atMs + outMs + backMs)
    }
    expect(clockOffsetMs(meter, 1_004_000)).toBe(-bootedAtMs - 5)
    expect(clockOffsetMs(meter, 1_060_000)).toBeNull()
  })
})
