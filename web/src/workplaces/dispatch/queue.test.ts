import type { Incident } from '@skerry/contract'
import { expect, it } from 'vitest'
import { matches, moveIn, orderQueue } from './queue.ts'

const incident = (id: string, change: Partial<Incident>): Incident =>
  ({ id, number: 1, priority: 'notice', state: 'received', receivedAtMs: 0, ...change }) as Incident

it('orders by level; whoever has waited longest is sent to first, and what runs comes after, the newest first', () => {
  const list = orderQueue([
    incident('running', { state: 'on-scene', receivedAtMs: 0 }),
    incident('running-since', { state: 'dispatched', receivedAtMs: 3 }),
    incident('new', { receivedAtMs: 9 }),
    incident('old', { receivedAtMs: 1 }),
    incident('urgent', { priority: 'critical', receivedAtMs: 20 }),
    incident('closed', { priority: 'critical', state: 'closed' }),
  ])
  expect(list.map((one) => one.id)).toEqual(['urgent', 'old', 'new', 'running-since', 'running'])
})
it('orders by the levels of the agency, not only by their priority', () => {
  const list = orderQueue([
    incident('enquiry', { level: 'enquiry', receivedAtMs: 0 }),
    incident('routine', { level: 'routine', receivedAtMs: 3 }),
    incident('before-levels', { receivedAtMs: 2 }),
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
