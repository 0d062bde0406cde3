import type { DroneStatus, Task } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { brokenOff, leftM } from './broken-off.ts'
import type { DroneWork } from './drone-work.ts'

const task = (state: Task['state'], more: Partial<Task> = {}): Task =>
  ({
    id: 't1',
    searchId: 's',
    state,
    startedAtMs: 1000,
    reason: null,
    reached: 1,
    path: [
      [122, 30],
      [122, 30.001],
      [122, 30.002],
    ],
    upload: { done: 6, total: 6, verified: true, planId: 'p' },
    ...more,
  }) as Task
const work = (over: Partial<DroneWork>): DroneWork => ({ flight: null, next: null, last: null, ...over })
const status = (kind: 'auto' | 'hold' | 'return', planId = 'p'): DroneStatus =>
  ({ armed: true, landed: 'in-air', mode: { name: '', kind }, mission: { planId } }) as DroneStatus
const open = (): boolean => true

describe('a flight that was broken off', () => {
  it('is one that holds, comes home, is down before its end, or carries another plan', () => {
    const of = (over: Partial<DroneWork>, now: DroneStatus | null) => brokenOff(work(over), now, open)?.reached ?? null
    expect(of({ flight: task('flying') }, status('auto'))).toBeNull()
    expect(of({ flight: task('flying') }, status('hold'))).toBe(1)
    expect(of({ flight: task('flying') }, status('auto', 'other'))).toBe(1)
    expect(of({ flight: task('returning') }, status('return'))).toBe(1)
    expect(of({ last: task('done') }, null)).toBe(1)
    expect(of({ last: task('done', { reached: 2 }) }, null)).toBeNull()
    expect(of({ flight: task('starting') }, status('hold'))).toBeNull()
  })
  it('is none that nobody began, that others go on with, or of a search that is over', () => {
    expect(brokenOff(work({ last: task('done', { startedAtMs: null }) }), null, open)).toBeNull()
    expect(brokenOff(work({ last: task('done', { restFlownBy: 't2' }) }), null, open)).toBeNull()
    expect(brokenOff(work({ last: task('done') }), null, () => false)).toBeNull()
    expect(brokenOff(work({ last: task('done'), next: task('offered') }), null, open)).toBeNull()
  })
  it('came to no point where none was told: then only an order that ended it says so', () => {
    const silent = (reason: string | null): Task => {
      const { reached: _, ...rest } = task('done', { reason })
      return rest
    }
    expect(brokenOff(work({ last: silent(null) }), null, open)).toBeNull()
    expect(brokenOff(work({ last: silent('ordered-down@return: 甲') }), null, open)).toMatchObject({ reached: -1 })
  })
})

it('measures the path that is left from a point on', () => {
  const { path } = task('done')
  expect(leftM(path, 0)).toBeCloseTo(2 * leftM(path, 1), 0)
  expect(leftM(path, 1)).toBeGreaterThan(100)
  expect(leftM(path, 2)).toBe(0)
})
