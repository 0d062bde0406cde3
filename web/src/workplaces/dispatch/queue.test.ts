import type { Incident } from '@skerry/contract'
import { expect, it } from 'vitest'
import { matches, moveIn, orderQueue } from './queue.ts'

const incident = (id: string, change: Partial<Incident>): Incident =>
  ({ id, number: 1, priority: 'notice', state: 'received', occurredAtMs: 0, ...change }) as Incident

it('orders by level, then the newest first, and leaves out what is closed', () => {
  const list = orderQueue([
    incident('new', { occurredAtMs: 9 }),
    incident('old', { occurredAtMs: 1 }),
    incident('urgent', { priority: 'critical', occurredAtMs: 20 }),
    incident('closed', { priority: 'critical', state: 'closed' }),
  ])
  expect(list.map((one) => one.id)).toEqual(['urgent', 'new', 'old'])
})
it('orders by the levels of the agency, not only by their priority', () => {
  const list = orderQueue([
    incident('enquiry', { level: 'enquiry', occurredAtMs: 9 }),
    incident('routine', { level: 'routine', occurredAtMs: 1 }),
    incident('before-levels', { occurredAtMs: 2 }),
  ])
  expect(list.map((one) => one.id)).toEqual(['before-levels', 'routine', 'enquiry'])
})
it('moves within the list and stops at its ends', () => {
  expect(moveIn(['a', 'b'], -1, 1)).toBe(0)
  expect(moveIn(['a', 'b'], 1, 1)).toBe(1)
  expect(moveIn(['a', 'b'], 0, -1)).toBe(0)
  expect(moveIn([], 0, 1)).toBe(-1)
})
it('finds by every word, in any order and case', () => {
  expect(matches('pier FIRE', '#12 Fire at the pier')).toBe(true)
  expect(matches('fire 13', '#12 Fire at the pier')).toBe(false)
  expect(matches('', 'anything')).toBe(true)
})
