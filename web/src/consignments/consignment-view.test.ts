import type { Incident } from '@skerry/contract'
import { expect, it } from 'vitest'
import { incidentsNear } from './consignment-view.ts'

const incident = (id: string, lat: number, state: Incident['state'] = 'received'): Incident => ({
  id,
  number: 1,
  category: 'other',
  priority: 'warning',
  state,
  position: [122.2, lat],
  place: '',
  text: '',
  occurredAtMs: 0,
  receivedAtMs: 0,
  closedAtMs: null,
  outcome: null,
  subject: null,
  unitIds: [],
  searchId: null,
  source: '',
})

it('offers open incidents within five kilometres of an accident, the nearest first, and none for a place that is not known', () => {
  const all = [incident('far', 30.1), incident('near', 30.03), incident('over', 30, 'closed'), incident('here', 30.001)]
  expect(incidentsNear(all, [122.2, 30]).map(({ incident: { id } }) => id)).toEqual(['here', 'near'])
  expect(incidentsNear(all, [122.2, 30])[1]!.distanceM).toBeCloseTo(3336, -1)
  expect(incidentsNear(all, null)).toEqual([])
})
