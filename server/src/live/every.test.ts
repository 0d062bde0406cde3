import { expect, it } from 'vitest'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { beatMs } from './every.ts'

it('beats at a fixed pace', () => {
  const clock = new FakeScheduler(0)
  const at: number[] = []
  const stop = beatMs(clock, 100, () => at.push(clock.nowMs()))
  clock.advance(1000)
  stop()
  clock.advance(1000)
  expect(at).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
})

it('is not put off by turns that take time or come late, says how late they came, and leaves out what was missed', () => {
  let nowMs = 0
  let next: { inMs: number; run: () => void } | null = null
  const turns: [atMs: number, lateMs: number][] = []
  const costsMs = [30, 0, 0, 250, 0]
  beatMs(
    {
      nowMs: () => nowMs,
      after(inMs, run) {
        next = { inMs, run }
        return () => (next = null)
      },
    },
    100,
    (lateMs) => {
      turns.push([nowMs, lateMs])
      nowMs += costsMs.shift() ?? 0
    },
  )
  for (const delayMs of [0, 12, 0, 0, 0, 0]) {
    const { inMs, run } = next!
    nowMs += inMs + delayMs
    run()
  }
  expect(turns).toEqual([
    [100, 0],
    [212, 12],
    [300, 0],
    [400, 0],
    [650, 0],
    [750, 0],
  ])
})
