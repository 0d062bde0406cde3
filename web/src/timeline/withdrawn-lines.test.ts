import type { DomainEvent, TimelineLine } from '@skerry/contract'
import { expect, it } from 'vitest'
import { withdrawnLines } from './withdrawn-lines.ts'

const of = (...events: [atMs: number, event: object][]): TimelineLine[] =>
  events.map(([atMs, event], i) => ({ seq: i + 1, atMs, actor: { kind: 'system', part: 'x' }, event: event as DomainEvent })) // oxfmt-ignore
const heard = (unitId: string) => ({ type: 'unit.reported', byRadio: true, report: { unitId, kind: 'on-scene' } })
const moved = { type: 'incident.state-changed', state: 'on-scene' }
const back = (times: object) => ({
  type: 'incident.step-withdrawn',
  unitId: 'u1',
  step: 'on-scene',
  stepAtMs: 5,
  times,
})

it('strikes the report that was taken back, and the state that it had brought, and nothing else', () => {
  const own = { type: 'unit.reported', report: { unitId: 'u1', kind: 'text' } }
  const lines = of([4, heard('u1')], [5, heard('u1')], [5, moved], [5, heard('u2')], [5, own], [9, back({})], [9, heard('u1')]) // oxfmt-ignore
  expect([...withdrawnLines(lines)]).toEqual([2, 3])
})
it('strikes an answer that was heard, and leaves a state that another unit had reached at the same time', () => {
  const answer = { type: 'incident.offer-answered', unitId: 'u1', answer: 'accepted' }
  expect([...withdrawnLines(of([5, answer], [5, moved], [9, back({ 'on-scene': 5 })]))]).toEqual([1])
})
it('leaves a step alone that was entered again after it had been taken back', () => {
  expect([...withdrawnLines(of([5, heard('u1')], [5, back({})], [5, heard('u1')]))]).toEqual([1])
})
