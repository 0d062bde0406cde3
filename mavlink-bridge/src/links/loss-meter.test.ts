import { expect, it } from 'vitest'
import { createLossMeter } from './loss-meter.ts'

const AT = 1_000_000

it('counts the numbers that are missing, over the wrap too', () => {
  const meter = createLossMeter(253, AT)
  for (const seq of [254, 1, 2]) meter.heard(seq, AT)
  expect(meter.share(AT)).toBeCloseTo(2 / 6)
})

it('takes a second copy, a late frame and a restart for no loss', () => {
  const meter = createLossMeter(10, AT)
  for (const seq of [10, 200, 201]) meter.heard(seq, AT)
  expect(meter.share(AT)).toBe(0)
})

it('knows the last ten seconds, and nothing once they were silent', () => {
  const meter = createLossMeter(0, AT)
  meter.heard(9, AT) // eight lost
  for (let s = 1; s < 10; s++) meter.heard(9 + s, AT + s * 1000)
  expect(meter.share(AT + 9000)).toBeCloseTo(8 / 19)
  expect(meter.share(AT + 10_000)).toBe(0)
  expect(meter.share(AT + 18_999)).toBe(0)
  expect(meter.share(AT + 19_000)).toBeNull()
})

it('does not count a second again that came ten seconds later', () => {
  const meter = createLossMeter(0, AT)
  meter.heard(5, AT)
  meter.heard(6, AT + 10_000)
  expect(meter.share(AT + 10_000)).toBe(0)
})
