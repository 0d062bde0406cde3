import { describe, expect, it } from 'vitest'
import { commandPolicy } from './exchanges/command.ts'
import { createCommandDesk } from './exchanges/command-desk.ts'
import { readParam } from './exchanges/params.ts'
import { EarlyClock } from './testing/fake-clock.ts'
import { type Clock, steadyClock, systemClock } from './clock.ts'

const WALL_MS = 1_700_000_000_000

/** A machine whose wall clock can be set and whose timers may come early. */
function machine({ earlyMs = 0 } = {}) {
  let steadyMs = 5000.25
  let setMs = WALL_MS - steadyMs
  const timers = new Set<{ atMs: number; run: () => void }>()
  const delays: number[] = []
  return {
    delays,
    setWall: (byMs: number) => (setMs += byMs),
    pass(ms: number): void {
      const untilMs = steadyMs + ms
      for (;;) {
        const [next] = [...timers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)
        if (next === undefined) break
        timers.delete(next)
        steadyMs = Math.max(steadyMs, next.atMs)
        next.run()
      }
      steadyMs = untilMs
    },
    clock: steadyClock({
      wallMs: () => Math.floor(steadyMs + setMs),
      steadyMs: () => steadyMs,
      setTimer(delayMs, run) {
        delays.push(delayMs)
        const timer = { atMs: steadyMs + (delayMs > earlyMs ? delayMs - earlyMs : delayMs), run }
        timers.add(timer)
        return () => timers.delete(timer)
      },
    }),
  }
}

describe('the clock', () => {
  it('never goes back when the wall clock is set back, and says how far ahead it is then', () => {
    const { clock, setWall, pass } = machine()
    const before = clock.nowMs()
    setWall(-3_600_000)
    pass(10)
    expect(clock.nowMs() - before).toBe(10)
    expect(clock.aheadMs()).toBe(3_600_000)
  })

  it('follows the wall clock forwards', () => {
    const { clock, setWall } = machine()
    const before = clock.nowMs()
    setWall(86_400_000)
    expect(clock.nowMs() - before).toBe(86_400_000)
    expect(clock.aheadMs()).toBe(0)
  })

  it.each([500, 451.5, 0.25])('runs nothing before %f ms are over, though its timers come early', (delayMs) => {
    const { clock, pass } = machine({ earlyMs: 1 })
    const dueMs = clock.nowMs() + delayMs
    const ranAtMs: number[] = []
    clock.after(delayMs, () => ranAtMs.push(clock.nowMs()))
    pass(2000)
    expect(ranAtMs).toHaveLength(1)
    expect(ranAtMs[0]).toBeGreaterThanOrEqual(dueMs)
  })

  it('waits longer than one timer of the engine can', () => {
    const { clock, pass, delays } = machine()
    let ran = 0
    clock.after(3 * 2 ** 31, () => ran++)
    pass(2 ** 31)
    expect(ran).toBe(0)
    pass(3 * 2 ** 31)
    expect(ran).toBe(1)
    expect(Math.max(...delays)).toBeLessThan(2 ** 31)
  })

  it('takes back a timer that was set again', () => {
    const { clock, pass } = machine({ earlyMs: 1 })
    let ran = 0
    const stop = clock.after(500.5, () => ran++)
    pass(500)
    stop()
    pass(1000)
    expect(ran).toBe(0)
  })
})

/** An order to a vehicle that never answers. */
function unanswered(clock: Clock, expiresInMs: number) {
  const sent: number[] = []
  const port = {
    systemId: 1,
    own: { sys: 255, comp: 190 },
    send(): null {
      sent.push(clock.nowMs())
      return null
    },
    listen: () => () => undefined,
  }
  const { ended } = createCommandDesk(port, clock).run({
    spec: { comp: 1, command: 20, params: [0, 0, 0, 0, 0, 0, 0] },
    policy: commandPolicy('safety', 300),
    expiresAtMs: clock.nowMs() + expiresInMs,
  })
  return { port, sent, ended }
}

describe('where timers come early', () => {
  it('a safety order still repeats and ends at its expiry', async () => {
    const clock = new EarlyClock()
    const { sent, ended } = unanswered(clock, 8000)
    await clock.advance(8100)
    expect(sent.length).toBeGreaterThanOrEqual(11)
    expect(await ended).toEqual({ ok: false, error: { kind: 'expired' } })
    expect(clock.waiting).toBe(0)
  })

  it('a transfer still ends', async () => {
    const clock = new EarlyClock()
    const { port, ended: order } = unanswered(clock, 100)
    let ended = false
    void readParam('X', { port, clock, comp: 1, encoding: 'c_cast', rttMs: 300 }).then(() => (ended = true))
    await clock.advance(20_000)
    await order
    expect(ended).toBe(true)
    expect(clock.waiting).toBe(0)
  })
})

it('on the clock of the machine every unanswered order repeats, and ends', async () => {
  const orders = Array.from({ length: 60 }, (_, i) => unanswered(systemClock, 1100 + i * 0.5))
  for (const { ended } of orders) expect(await ended).toEqual({ ok: false, error: { kind: 'expired' } })
  for (const { sent } of orders) expect(sent.length).toBeGreaterThan(1)
})
