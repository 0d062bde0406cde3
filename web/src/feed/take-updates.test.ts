import type { Update } from '@skerry/contract'
import { expect, it } from 'vitest'
import { takeUpdates } from './take-updates.ts'

const update = (seq: number): Update => ({ seq, atMs: seq, type: 'incident.noted', incidentId: null, changes: [] })
const seqs = (updates: Update[]): number[] => updates.map((u) => u.seq)

it('applies what follows without a hole', () => {
  const taken = takeUpdates(4, [update(5), update(6)])
  expect(seqs(taken.apply)).toEqual([5, 6])
  expect(taken.gap).toBe(false)
})
it('never applies an update twice', () => {
  const taken = takeUpdates(5, [update(4), update(5), update(6), update(6)])
  expect(seqs(taken.apply)).toEqual([6])
  expect(taken.gap).toBe(false)
})
it('stops before a hole and says so', () => {
  const taken = takeUpdates(5, [update(6), update(8), update(9)])
  expect(seqs(taken.apply)).toEqual([6])
  expect(taken.gap).toBe(true)
})
