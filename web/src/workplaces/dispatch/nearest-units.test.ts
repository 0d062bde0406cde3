import type { LngLat, Unit } from '@skerry/contract'
import { expect, it } from 'vitest'
import { nearestUnits } from './nearest-units.ts'

const NOW = 1_000_000
const unit = (id: string, change: Partial<Unit> = {}): Unit => ({
  id,
  handle: 1,
  callSign: id,
  agency: 'a',
  kind: 'car',
  skills: [],
  onDuty: true,
  status: 'available',
  assignment: null,
  ...change,
})
const places: Record<string, { lngLat: LngLat; fixAtMs: number | null }> = {
  near: { lngLat: [122.01, 30], fixAtMs: NOW - 5000 },
  far: { lngLat: [122.2, 30], fixAtMs: NOW - 5000 },
  old: { lngLat: [122.001, 30], fixAtMs: NOW - 400_000 },
  busy: { lngLat: [122.001, 30], fixAtMs: NOW },
}
const rows = (units: Unit[]) => nearestUnits(units, [122, 30], (u) => places[u.id] ?? null, NOW)

it('puts free units first, then trusts fresh positions, then goes by the line', () => {
  const units = [unit('busy', { status: 'on-scene' }), unit('nowhere'), unit('old'), unit('far'), unit('near')]
  expect(rows(units).map((row) => row.unit.id)).toEqual(['near', 'far', 'old', 'nowhere', 'busy'])
})
it('leaves out who is off duty or out of service', () => {
  expect(rows([unit('near', { onDuty: false }), unit('far', { status: 'out-of-service' })])).toEqual([])
})
it('says unknown for an unknown place, not zero', () => {
  expect(rows([unit('nowhere')])[0]).toMatchObject({ distanceM: null, fixAgeS: null, free: true })
  expect(rows([unit('near')])[0]!.distanceM).toBeCloseTo(963, -1)
})
it('counts a unit that has somewhere to go as busy, whatever its status says', () => {
  const assignment = { incidentId: 'i', destination: [122, 30] as LngLat, candidateId: null, note: '' }
  expect(rows([unit('near', { assignment })])[0]!.free).toBe(false)
})
