import { expect, it } from 'vitest'
import { bearingDeg, compassOf, turnDeg } from './bearing.ts'
import { NO_TICKS, readTicks, writeTicks } from './checklist.ts'
import { fitView } from './fit-view.ts'
import { createHold } from '../../parts/hold.ts'
import { NOTHING_HEARD, planOfferSound } from './offer-sound.ts'

function fakeTimer() {
  let nowMs = 0
  let waiting: { atMs: number; run: () => void }[] = []
  return {
    after(ms: number, run: () => void) {
      const entry = { atMs: nowMs + ms, run }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    pass(ms: number) {
      nowMs += ms
      const due = waiting.filter((entry) => entry.atMs <= nowMs)
      waiting = waiting.filter((entry) => entry.atMs > nowMs)
      for (const entry of due) entry.run()
    },
  }
}
function holdWithTimer() {
  const timer = fakeTimer()
  const log: string[] = []
  const hold = createHold(500, timer.after, {
    pressed: (on) => log.push(on ? 'down' : 'up'),
    held: () => log.push('held'),
  })
  return { timer, log, hold }
}

it('acts once a press has lasted half a second', () => {
  const { timer, log, hold } = holdWithTimer()
  hold.press(0)
  timer.pass(499)
  expect(log).toEqual(['down'])
  timer.pass(1)
  expect(log).toEqual(['down', 'up', 'held'])
  timer.pass(5000)
  hold.lift(5500)
  expect(log).toHaveLength(3)
})
it('does nothing when it is let go early, and does not add presses up', () => {
  const { timer, log, hold } = holdWithTimer()
  hold.press(0)
  timer.pass(300)
  hold.lift(300)
  hold.press(300)
  timer.pass(300)
  hold.lift(600)
  timer.pass(5000)
  expect(log).toEqual(['down', 'up', 'down', 'up'])
})
it('acts on a true press that a busy page hears of only when the finger is up again', () => {
  const { timer, log, hold } = holdWithTimer()
  hold.press(1000)
  hold.lift(1650)
  expect(log).toEqual(['down', 'up', 'held'])
  timer.pass(5000)
  expect(log).toHaveLength(3)
})
it('does nothing when the finger slides away, however long it was down', () => {
  const { timer, log, hold } = holdWithTimer()
  hold.press(0)
  hold.cancel()
  hold.lift(900)
  timer.pass(5000)
  expect(log).toEqual(['down', 'up'])
})
it('sounds at once for a new offer and again while one waits', () => {
  const first = planOfferSound(['a'], NOTHING_HEARD, 0)
  expect(first.ring).toBe(true)
  const quiet = planOfferSound(['a'], first.memory, 9_999)
  expect(quiet.ring).toBe(false)
  expect(planOfferSound(['a', 'b'], quiet.memory, 9_999).ring).toBe(true)
  expect(planOfferSound(['a'], quiet.memory, 10_000).ring).toBe(true)
  expect(planOfferSound([], quiet.memory, 20_000).ring).toBe(false)
})
it('sounds again for a task that was refused and offered once more', () => {
  const answered = planOfferSound([], planOfferSound(['a'], NOTHING_HEARD, 0).memory, 1000)
  expect(planOfferSound(['a'], answered.memory, 2000).ring).toBe(true)
})
it('keeps the ticks of one plan over a reload and begins another with none', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (k: string, v: string) => void kept.set(k, v),
  }
  writeTicks('plan-a', { ...NO_TICKS, areaClear: true }, storage)
  expect(readTicks('plan-a', storage)).toEqual({ ...NO_TICKS, areaClear: true })
  expect(readTicks('plan-b', storage)).toEqual(NO_TICKS)
  storage.setItem('skerry.fly.checklist', '{')
  expect(readTicks('plan-a', storage)).toEqual(NO_TICKS)
})
it('names directions as people do, across north too', () => {
  expect(compassOf(bearingDeg([122, 30], [122, 30.1]))).toBe('n')
  expect(compassOf(bearingDeg([122, 30], [121.9, 29.9]))).toBe('sw')
  expect(compassOf(359)).toBe('n')
  expect(turnDeg(350, 10)).toBe(20)
  expect(turnDeg(10, 350)).toBe(20)
})
it('fits all places into the view and never goes closer than the map is good for', () => {
  const view = { centre: [122, 30], zoom: 10, bearingDeg: 0, box: [121.5, 29.5, 122.5, 30.5] } as const
  const fitted = fitView(
    [
      [122, 30],
      [122.4, 30.1],
    ],
    { ...view, centre: [122, 30], box: [...view.box] },
  )
  expect(fitted?.centre).toEqual([122.2, 30.05])
  expect(fitted?.zoom).toBeCloseTo(10 - Math.log2(0.4 * 1.5))
  expect(fitView([[122, 30]], { ...view, centre: [122, 30], box: [...view.box] })?.zoom).toBe(17)
  expect(fitView([], null)).toBeNull()
})
