import type { Alarm, Incident, LngLat } from '@skerry/contract'
import { expect, it } from 'vitest'
import { alarmPlace } from './alarm-place.ts'

const [HEARD, NOW]: [LngLat, LngLat] = [
  [122.1, 30],
  [122.2, 30],
]
const picture = {
  incident: new Map([['i1', { id: 'i1', position: NOW } as Incident]]),
  candidate: new Map(),
  zone: new Map(),
}
const distress = (kind: 'vessel' | 'unit', position: LngLat | null = HEARD) =>
  ({ kind: 'distress-signal', subject: { kind, id: 'x' }, incidentId: 'i1', position }) as Alarm

it('looks for a beacon where its incident has drifted to, and for anything else where it was heard', () => {
  expect(alarmPlace(distress('vessel'), picture, new Map())).toEqual(NOW)
  expect(alarmPlace(distress('unit'), picture, new Map())).toEqual(HEARD)
  expect(alarmPlace({ ...distress('vessel'), incidentId: null }, picture, new Map())).toEqual(HEARD)
})
