import type { SensitiveAct } from '@skerry/contract'
import { expect, it } from 'vitest'
import { actsIn, leftS, toApprove } from './act-view.ts'

const act = (number: number, over: Partial<SensitiveAct> = {}): SensitiveAct => ({
  incidentId: 'i',
  number,
  target: { kind: 'camera', id: 'pier' },
  reason: '看火势',
  minutes: 5,
  state: 'waiting',
  askedBy: { key: 'seat:lin', name: 'Lin' },
  askedAtMs: 0,
  approveByMs: 600_000,
  approvedBy: null,
  approvedAtMs: null,
  untilMs: null,
  endedAtMs: null,
  because: null,
  endReason: null,
  ...over,
})

it('puts what waits or runs before what has ended, and leaves out other incidents', () => {
  const acts = [act(1), act(2, { state: 'ended' }), act(3, { state: 'running' }), act(4, { incidentId: 'j' })]
  expect(actsIn(acts, 'i').map(({ number }) => number)).toEqual([3, 1, 2])
})
it('counts down to the end of the approval, then of the act', () => {
  expect(leftS(act(1), 590_000)).toBe(10)
  expect(leftS(act(1, { state: 'running', untilMs: 100_000 }), 40_000)).toBe(60)
  expect(leftS(act(1, { state: 'ended' }), 0)).toBeNull()
})
it('asks nobody to approve what is their own, decided, or out of time', () => {
  const acts = [act(1), act(2, { state: 'running' }), act(3, { askedBy: { key: 'seat:chen', name: 'Chen' } })]
  const numbers = (key: string, nowMs = 0): number[] => toApprove(acts, [key], nowMs).map(({ number }) => number)
  expect(numbers('seat:lin')).toEqual([3])
  expect(numbers('seat:chen')).toEqual([1])
  expect(numbers('seat:zhao', 600_001)).toEqual([])
})
