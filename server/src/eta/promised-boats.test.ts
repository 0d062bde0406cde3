import { expect, it } from 'vitest'
import { DISPATCHER, REPORT, world } from '../domain/test-kit.ts'
import { decideOffer } from '../domain/incidents/offer.ts'
import { unit } from './eta-kit.ts'
import { promisedBoats } from './promised-boats.ts'

function sent() {
  const w = world()
  w.apply([{ type: 'roster.declared', units: ['c', 'm'].map((id) => unit(id, 'car')), handles: { c: 1, m: 2 } }])
  w.give(DISPATCHER, REPORT)
  const first = w.only('incident')
  w.give(DISPATCHER, REPORT)
  const second = w.only('incident')
  const asked: string[][] = []
  const offer = decideOffer(
    w.picture,
    { id: 'x', type: 'incident.offer', incidentId: first.id, unitIds: ['c', 'm'] },
    {
      nowMs: w.nowMs(),
      etaOf: (_incident, unitId, taken) => {
        asked.push([...taken].sort())
        return { etaS: 60, boatIds: unitId === 'c' ? ['b'] : [] }
      },
    },
  )
  if (!offer.ok) throw new Error(offer.error.detail)
  w.apply(offer.value)
  return { w, first, second, asked }
}

it('a boat is promised from the offer until the unit has arrived, for every other incident', () => {
  const { w, first, second } = sent()
  const promised = (id: string) => [...promisedBoats(w.picture, id)]
  expect([promised(second.id), promised(first.id)]).toEqual([['b'], []])
  w.apply([{ type: 'unit.status-changed', unitId: 'c', status: 'en-route' }])
  expect(promised(second.id)).toEqual(['b'])
  w.apply([{ type: 'unit.status-changed', unitId: 'c', status: 'on-scene' }])
  expect(promised(second.id)).toEqual([])
})
it('a unit that says no gives the boat back', () => {
  const { w, first, second } = sent()
  w.give(DISPATCHER, {
    type: 'incident.answer-offer',
    incidentId: first.id,
    unitId: 'c',
    answer: 'declined',
    reason: 'x',
  })
  expect([...promisedBoats(w.picture, second.id)]).toEqual([])
})
it('those who are sent together are not counted on one boat', () => {
  expect(sent().asked).toEqual([
    ['c', 'm'],
    ['b', 'c', 'm'],
  ])
})
