import type { Candidate, Incident, Task } from '@skerry/contract'
import { expect, it } from 'vitest'
import { candidatesOf, factorText, percentText, searchRows, tasksOf } from './search-view.ts'

const incident = (number: number, more: Partial<Incident>): Incident =>
  ({ id: `i${number}`, number, state: 'received', subject: null, searchId: null, ...more }) as Incident
const task = (number: number, state: Task['state'], searchId = 's') => ({ number, state, searchId }) as Task
const candidate = (number: number, state: Candidate['state'], likelihoodRatio: number, probability = 0) =>
  ({ number, state, likelihoodRatio, searchId: 's', onMap: { probability, clutterPerKm2: 5 } }) as Candidate

it('lists only incidents with a missing person, living ones first', () => {
  const subject = {} as Incident['subject']
  const rows = searchRows(
    [incident(1, {}), incident(2, { subject, state: 'closed' }), incident(3, { subject }), incident(4, { subject })],
    new Map(),
  )
  expect(rows.map((row) => row.incident.number)).toEqual([4, 3, 2])
})
it('puts what is in the air first and leaves withdrawn drafts out', () => {
  const rows = tasksOf('s', [
    task(1, 'done'),
    task(2, 'drafted'),
    task(3, 'flying'),
    task(4, 'withdrawn'),
    task(5, 'flying', 'other'),
  ])
  expect(rows.map((row) => row.number)).toEqual([3, 2, 1])
})
it('puts candidates that wait first, the likeliest of them at the top, and judged ones last', () => {
  const rows = candidatesOf('s', [
    candidate(1, 'dismissed', 99),
    candidate(2, 'open', 2),
    candidate(3, 'team-sent', 1),
    candidate(4, 'open', 7),
    candidate(5, 'open', 1, 0.1),
  ])
  expect(rows.map((row) => row.number)).toEqual([5, 4, 2, 3, 1])
})
it('never rounds a small share to zero', () => {
  expect([0, 0.0003, 0.012, 0.37].map(percentText)).toEqual(['0.0', '0.03', '1.2', '37'])
})
it('writes factors with two figures', () => {
  expect([0.034, 0.5, 1, 6, 12.4].map(factorText)).toEqual(['×0.034', '×0.50', '×1.0', '×6.0', '×12'])
})
