import type { Alarm, Priority } from '@skerry/contract'
import { expect, it } from 'vitest'
import { countWaiting, orderAlarms } from './alarm-order.ts'
import { SILENCE, planSound, soundsOn } from './sound-plan.ts'

const alarm = (id: string, priority: Priority, change: Partial<Alarm> = {}): Alarm => ({
  id,
  priority,
  kind: 'feed-lost',
  subject: { kind: 'feed', id: 'f' },
  incidentId: null,
  detail: '',
  raisedAtMs: 0,
  clearedAtMs: null,
  acknowledged: null,
  ...change,
})
const acknowledged = { seatId: 's', name: 'n', atMs: 1 }

it('sounds once for what is new, at the highest priority of it', () => {
  const first = planSound([alarm('a', 'notice'), alarm('b', 'warning')], SILENCE, 0, false)
  expect(first.tone).toBe('warning')
  expect(planSound([alarm('a', 'notice'), alarm('b', 'warning')], first.memory, 9000, false).tone).toBeNull()
})
it('repeats a critical alarm until a seat acknowledges it', () => {
  let { tone, memory } = planSound([alarm('a', 'critical')], SILENCE, 0, false)
  expect(tone).toBe('critical')
  ;({ tone, memory } = planSound([alarm('a', 'critical')], memory, 3999, false))
  expect(tone).toBeNull()
  ;({ tone, memory } = planSound([alarm('a', 'critical')], memory, 4000, false))
  expect(tone).toBe('critical')
  expect(planSound([alarm('a', 'critical', { acknowledged })], memory, 9000, false).tone).toBeNull()
})
it('repeats a warning more slowly, a notice never, and sounds again for one that comes again', () => {
  const { memory } = planSound([alarm('a', 'warning')], SILENCE, 0, false)
  expect(planSound([alarm('a', 'warning')], memory, 19_999, false).tone).toBeNull()
  expect(planSound([alarm('a', 'warning')], memory, 20_000, false).tone).toBe('warning')
  expect(planSound([alarm('a', 'warning', { occurrences: 2 })], memory, 1000, false).tone).toBe('warning')
  const notice = planSound([alarm('n', 'notice')], SILENCE, 0, false).memory
  expect(planSound([alarm('n', 'notice')], notice, 1e9, false).tone).toBeNull()
})
it('sounds for what was over at once, until a seat acknowledges it', () => {
  const left = alarm('a', 'critical', { clearedAtMs: 0 })
  const { tone, memory } = planSound([left], SILENCE, 0, false)
  expect([tone, soundsOn([left])]).toEqual(['critical', true])
  expect(planSound([left], memory, 4000, false).tone).toBe('critical')
  expect(planSound([{ ...left, acknowledged }], memory, 4000, false).tone).toBeNull()
})
it('does not sound for what is put away or explained by another', () => {
  const shelved = { seatId: 's', name: 'n', atMs: 0, untilMs: 9, reason: 'r' }
  expect(planSound([alarm('a', 'critical', { shelved })], SILENCE, 0, false).tone).toBeNull()
  expect(planSound([alarm('a', 'critical', { suppressedBy: 'b' })], SILENCE, 0, false).tone).toBeNull()
})
it('is silent while muted and does not catch up on notices afterwards', () => {
  const muted = planSound([alarm('a', 'notice')], SILENCE, 0, true)
  expect(muted.tone).toBeNull()
  expect(planSound([alarm('a', 'notice')], muted.memory, 1, false).tone).toBeNull()
})
it('lists what waits for an answer first, then by priority and age, and drops what is over and answered', () => {
  const list = orderAlarms([
    alarm('answered', 'critical', { acknowledged }),
    alarm('late', 'warning', { raisedAtMs: 5 }),
    alarm('early', 'warning', { raisedAtMs: 2 }),
    alarm('over', 'critical', { acknowledged, clearedAtMs: 9 }),
    alarm('over-unseen', 'critical', { clearedAtMs: 9 }),
  ])
  expect(list.map((a) => a.id)).toEqual(['over-unseen', 'early', 'late', 'answered'])
  expect(countWaiting(list)).toEqual({ critical: 1, warning: 2, notice: 0 })
})
