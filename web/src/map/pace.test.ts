import { expect, it } from 'vitest'
import { createPace, type Pace } from './pace.ts'

/** A machine whose frames take `costMs` each. */
function machine(costMs: number): { pace: Pace; drawn: number[]; advance: (ms: number) => void } {
  let nowMs = 0
  const due: { atMs: number; run: () => void }[] = []
  const at = (ms: number, run: () => void): (() => void) => {
    const entry = { atMs: nowMs + ms, run }
    due.push(entry)
    return () => void due.splice(due.indexOf(entry), due.includes(entry) ? 1 : 0)
  }
  const pace = createPace({ nowMs: () => nowMs, frame: (run) => at(costMs, run), after: at })
  return {
    pace,
    drawn: [],
    advance(ms) {
      const end = nowMs + ms
      for (;;) {
        const next = due.sort((a, b) => a.atMs - b.atMs)[0]
        if (next === undefined || next.atMs > end) break
        due.shift()
        nowMs = next.atMs
        next.run()
      }
      nowMs = end
    },
  }
}
function drawsIn10s(costMs: number): number {
  const { pace, advance } = machine(costMs)
  let draws = 0
  for (let ms = 0; ms < 10_000; ms += 50) {
    pace.soon(() => draws++)
    advance(50)
  }
  return draws
}

it('draws about ten times a second what the world asks for on a machine that can', () => {
  expect(drawsIn10s(8)).toBeGreaterThan(80)
  expect(drawsIn10s(8)).toBeLessThanOrEqual(125)
})
it('leaves most of a slow machine to the rest of the console', () => {
  expect(drawsIn10s(200)).toBeLessThanOrEqual(9)
  expect(drawsIn10s(200)).toBeGreaterThanOrEqual(4)
})
it('never stops drawing altogether', () => {
  expect(drawsIn10s(2000)).toBeGreaterThanOrEqual(2)
})
it('does not make a moving camera wait', () => {
  const { pace, advance } = machine(16)
  let draws = 0
  pace.soon(() => draws++)
  advance(20)
  pace.now(() => draws++)
  advance(17)
  expect(draws).toBe(2)
})
it('draws once for many reasons within one frame, and nothing after it was stopped', () => {
  const { pace, advance } = machine(16)
  let draws = 0
  for (let i = 0; i < 10; i++) pace.now(() => draws++)
  advance(20)
  expect(draws).toBe(1)
  pace.soon(() => draws++)
  pace.stop()
  advance(5000)
  expect(draws).toBe(1)
})
