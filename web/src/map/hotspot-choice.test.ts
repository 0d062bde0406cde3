import type { Incident } from '@skerry/contract'
import { expect, it } from 'vitest'
import { HOTSPOT_CHOICE, hotspotPositions, readHotspotChoice } from './hotspot-choice.ts'

const HOUR = 3_600_000
const incident = (hoursAgo: number, more: Partial<Incident> = {}): Incident =>
  ({ position: [hoursAgo, 1], occurredAtMs: 1000 * HOUR - hoursAgo * HOUR, ...more }) as Incident
const byId = (...all: Incident[]) => new Map(all.map((one, i) => [String(i), one]))
const same = (kind: 'same-event' | 'repeat') => ({ sameAs: { incidentId: 'a', kind, atMs: 0, by: 'x' } })

it('takes what occurred within the window, closed or not', () => {
  const all = byId(incident(1), incident(24, { state: 'closed' }), incident(25))
  expect([...hotspotPositions(all, [], 24, 1000 * HOUR)]).toEqual([1, 1, 24, 1])
  expect(hotspotPositions(all, [], null, 1000 * HOUR)).toHaveLength(6)
})
it('takes what has left the live picture too, and nothing twice', () => {
  const past = [2, 0, 30].map((hours) => ({
    id: hours === 0 ? '0' : `past ${hours}`,
    occurredAtMs: 1000 * HOUR - hours * HOUR,
    position: [hours, 1] as [number, number],
  }))
  expect([...hotspotPositions(byId(incident(1)), past, 24, 1000 * HOUR)]).toEqual([1, 1, 2, 1])
})
it('counts one event once however many called, and what came again again', () => {
  const all = byId(incident(1), incident(2, same('same-event')), incident(3, same('repeat')))
  expect([...hotspotPositions(all, [], null, 0)]).toEqual([1, 1, 3, 1])
})
it('looks a month back unless told otherwise, and keeps to everything where that was chosen', () => {
  expect(HOTSPOT_CHOICE.hours).toBe(720)
  expect(readHotspotChoice({ view: 'clusters', hours: null }).hours).toBeNull()
})
it('reads what was chosen before, and falls back where it is no choice any more', () => {
  expect(readHotspotChoice({ view: 'density', hours: 168 })).toEqual({ view: 'density', hours: 168 })
  for (const bad of [null, 7, {}, { view: 'x', hours: 3 }]) expect(readHotspotChoice(bad)).toEqual(HOTSPOT_CHOICE)
})
