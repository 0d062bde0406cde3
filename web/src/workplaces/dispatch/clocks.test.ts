import type { Incident } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { clockOf, clocksOf } from './clocks.ts'

const T = 1_700_000_000_000
const incident = (over: Partial<Incident>): Incident => ({
  id: 'i',
  number: 1,
  category: 'traffic',
  priority: 'warning',
  state: 'received',
  position: [122, 30],
  place: '',
  text: '',
  occurredAtMs: T - 60_000,
  receivedAtMs: T,
  closedAtMs: null,
  outcome: null,
  subject: null,
  unitIds: [],
  searchId: null,
  source: 's',
  ...over,
})
const read = (of: Incident, nowMs: number) =>
  Object.fromEntries(
    clocksOf(of, nowMs).map(({ step, state, ms }) => [step, ms === null ? state : `${state} ${ms / 1000}`]),
  )

describe('clocks of an incident', () => {
  it('run for the step that is waited for, and wait for those behind it', () => {
    expect(read(incident({}), T + 5000)).toEqual({
      dispatch: 'running 5',
      sign: 'waiting',
      go: 'waiting',
      arrive: 'waiting',
      feedback: 'waiting',
      close: 'running 5',
    })
  })
  it('stand still at each step that was reached', () => {
    const going = incident({
      state: 'en-route',
      times: { dispatched: T + 10_000, acknowledged: T + 30_000, 'en-route': T + 90_000 },
    })
    for (const nowMs of [T + 100_000, T + 900_000])
      expect(read(going, nowMs)).toMatchObject({ dispatch: 'stopped 10', sign: 'stopped 20', go: 'stopped 60' })
    expect(read(going, T + 100_000)['arrive']).toBe('running 90')
  })
  it('all stand still once the call is closed, whenever it is looked at', () => {
    const closed = incident({
      state: 'closed',
      closedAtMs: T + 600_000,
      times: { dispatched: T + 10_000, closed: T + 600_000 },
    })
    const first = read(closed, T + 601_000)
    expect(first).toEqual({
      dispatch: 'stopped 10',
      sign: 'never',
      go: 'never',
      arrive: 'never',
      feedback: 'never',
      close: 'stopped 600',
    })
    expect(read(closed, T + 86_400_000)).toEqual(first)
    expect(clockOf(closed, T + 86_400_000)).toBe(T + 600_000)
  })
  it('say that a step was passed over instead of guessing when', () => {
    const there = incident({ state: 'on-scene', times: { dispatched: T + 1000, 'on-scene': T + 60_000 } })
    expect(read(there, T + 70_000)).toMatchObject({ sign: 'unknown', go: 'unknown', arrive: 'stopped 59' })
    expect(read(incident({ state: 'dispatched' }), T + 9000)['dispatch']).toBe('unknown') // a journal from before
  })
})
