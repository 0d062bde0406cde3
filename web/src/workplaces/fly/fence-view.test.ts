import type { DroneFence, DroneStatus, FenceAboard } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { fenceGuard, fenceView } from './fence-view.ts'

const PLAN: NonNullable<DroneFence['plan']> = {
  inside: [
    [122, 30],
    [122.1, 30],
    [122.1, 30.1],
  ],
  outside: [],
  rally: [{ at: [122, 30], heightM: 60 }],
}
const sent = (over: Partial<DroneFence> = {}): DroneFence => ({
  plan: PLAN,
  taskId: 't1',
  id: 'abc',
  transfer: null,
  last: { ask: 'send', outcome: { kind: 'verified', id: 'abc', rally: true }, atMs: 5 },
  ...over,
})
const aboard = (over: Partial<FenceAboard> = {}): DroneStatus =>
  ({
    fence: { can: { fence: true, rally: true }, state: 'verified', id: 'abc', readAtMs: 5000, ...over },
  }) as DroneStatus
const at = (...[fence, status, next = { id: 't1' }]: [DroneFence | undefined, DroneStatus | null, { id: string }?]) =>
  fenceView(fence, status, next).at

describe('the fence on the pilot’s screen', () => {
  it('is verified only while the aircraft is known to hold what was sent', () => {
    expect(fenceView(sent(), aboard(), { id: 't1' })).toEqual({
      at: 'verified',
      atMs: 5000,
      rally: true,
      otherTask: false,
      outdatedAtMs: null,
    })
    expect(fenceView(sent({ outdatedAtMs: 7000 }), aboard(), { id: 't1' })).toMatchObject({ outdatedAtMs: 7000 })
    expect(fenceView(sent(), aboard(), { id: 't2' })).toMatchObject({ otherTask: true })
    expect(at(sent(), aboard({ id: 'other' }))).toBe('differs')
    expect(at(sent(), aboard({ state: 'differs', id: null }))).toBe('differs')
    expect(at(sent(), aboard({ state: 'none', id: null }))).toBe('none')
    expect(at(sent(), aboard({ state: 'unknown', id: null, readAtMs: null }))).toBe('unknown')
    expect(at(undefined, aboard())).toBe('differs')
  })

  it('is being cancelled from when its pilot took the transfer back, whatever still comes in', () => {
    const transfer = {
      id: 'f1',
      ask: 'send',
      phase: 'sending',
      done: 3,
      total: 9,
      atMs: 1,
      by: '李',
      plan: PLAN,
      taskId: 't1',
    } as const
    expect(at(sent({ transfer }), aboard())).toBe('sending')
    expect(at(sent({ transfer: { ...transfer, cancelling: true } }), aboard())).toBe('cancelling')
  })

  it('is not sent before anything was, and unknown after a transfer that broke', () => {
    const nothing = aboard({ state: 'unknown', id: null, readAtMs: null })
    expect(at(undefined, nothing)).toBe('not-sent')
    const outcome = { kind: 'failed', reason: 'mission-no-space', aboardUnknown: true } as const
    expect(at(sent({ plan: null, id: null, last: { ask: 'clear', outcome, atMs: 5 } }), nothing)).toBe('unknown')
  })

  it('says that a vehicle keeps none, or has not said, and never takes silence for an answer', () => {
    expect(at(undefined, null)).toBe('support-unknown')
    expect(at(undefined, {} as DroneStatus)).toBe('support-unknown')
    expect(at(undefined, aboard({ can: { fence: null, rally: null } }))).toBe('support-unknown')
    expect(at(undefined, aboard({ can: { fence: false, rally: false } }))).toBe('unsupported')
    expect(fenceView(sent(), aboard({ can: { fence: true, rally: false } }), null)).toMatchObject({ rally: false })
  })

  it('follows a transfer, whatever was aboard before', () => {
    const transfer = { id: 'x', ask: 'send', done: 3, total: 9, atMs: 5, by: 'Li', plan: PLAN, taskId: 't1' } as const
    expect(fenceView(sent({ transfer: { ...transfer, phase: 'sending' } }), aboard(), null)).toEqual({
      at: 'sending',
      done: 3,
      total: 9,
    })
    expect(at(sent({ transfer: { ...transfer, phase: 'waiting' } }), aboard())).toBe('waiting')
  })

  it('warns where the aircraft would not act on it', () => {
    const guards = (state: 'on' | 'off'): DroneStatus =>
      ({ guards: [{ guards: 'fence', name: 'FENCE_ENABLE', value: 0, state }] }) as unknown as DroneStatus
    expect(fenceGuard(guards('off'))).toEqual({ name: 'FENCE_ENABLE', state: 'off' })
    expect(fenceGuard(guards('on'))).toBeNull()
    expect(fenceGuard(null)).toBeNull()
  })
})
