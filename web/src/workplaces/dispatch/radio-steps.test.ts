import { WITHDRAW_STEP_MS, type DispatchOffer, type UnitStep } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { askedUnits, heardUnit, orderOf, takeableStep, withdrawnSteps } from './radio-steps.ts'

const offer = (unitId: string, state: DispatchOffer['state']): DispatchOffer => ({
  unitId,
  round: 1,
  offeredAtMs: 0,
  answerByMs: 1,
  state,
  answeredAtMs: null,
  reason: null,
  etaS: null,
  chosenBy: 'seat',
})

describe('what a unit says by radio', () => {
  const lines = askedUnits({
    offers: [offer('u1', 'declined'), offer('u2', 'accepted'), offer('u1', 'open')],
    unitIds: ['u3', 'u2', 'u1'],
  })
  it('is entered at its newest line, and never at one that was answered with a no', () => {
    expect(lines.map(({ unitId, current }) => `${unitId} ${current}`)).toEqual([
      'u1 false',
      'u2 true',
      'u1 true',
      'u3 true',
    ])
  })
  it('is of a unit that was ordered after it had left: a line of its own', () => {
    const again = askedUnits({ offers: [offer('u1', 'withdrawn')], unitIds: ['u1'] })
    expect(again.map((one) => [one.offer?.state ?? 'ordered', one.current])).toEqual([
      ['withdrawn', false],
      ['ordered', true],
    ])
  })
  it('is of the first unit until another is chosen, and not of one that has left', () => {
    expect(heardUnit(lines, null)).toBe('u2')
    expect(heardUnit(lines, 'u3')).toBe('u3')
    expect(heardUnit(lines, 'u9')).toBe('u2')
    expect(heardUnit(askedUnits({ unitIds: [] }), 'u2')).toBeNull()
  })
})

describe('what can be taken back', () => {
  const step = (state: UnitStep['state'], atMs: number, more: Partial<UnitStep> = {}): UnitStep => ({ unitId: 'u1', state, atMs, byRadio: true, ...more }) // oxfmt-ignore
  const unit = {
    id: 'u1',
    assignment: { incidentId: 'i', destination: [122, 30] as [number, number], candidateId: null, note: '', orderedAtMs: 100 }, // oxfmt-ignore
  }
  const at = (steps: UnitStep[], nowMs: number, state: 'on-scene' | 'closed' = 'on-scene') =>
    takeableStep({ steps, state }, unit, nowMs)?.state ?? null
  const { byRadio: _radio, ...own } = step('on-scene', 130)
  const gone = { atMs: 140, by: '席', reason: '误录' }

  it('is the last step that a desk entered since the order, for its time', () => {
    const steps = [step('en-route', 110), step('on-scene', 120), step('en-route', 130, { unitId: 'u2' })]
    expect(at(steps, 200)).toBe('on-scene')
    expect(at(steps, 120 + WITHDRAW_STEP_MS)).toBe('on-scene')
    expect(at(steps, 121 + WITHDRAW_STEP_MS)).toBeNull()
  })
  it('is nothing that the unit said itself, that was taken back already, of an earlier order, or of a closed incident', () => {
    expect(at([step('en-route', 110), own], 200)).toBeNull()
    expect(at([step('en-route', 110), step('on-scene', 120, { withdrawn: gone })], 200)).toBe('en-route')
    expect(at([step('on-scene', 90)], 200)).toBeNull()
    expect(at([step('on-scene', 110)], 200, 'closed')).toBeNull()
    expect(takeableStep({ steps: [step('on-scene', 110)], state: 'on-scene' }, undefined, 200)).toBeNull()
  })
  it('stays in sight once it was', () => {
    const steps = [step('en-route', 110), step('on-scene', 120, { withdrawn: gone })]
    expect(withdrawnSteps({ steps }, 'u1').map(({ state }) => state)).toEqual(['on-scene'])
    expect(withdrawnSteps({}, 'u1')).toEqual([])
  })
})

it('an order is unsigned until its time to sign is over, and late from then, with its age', () => {
  const order = { orderedAtMs: 1000, signByMs: 61_000 }
  expect(orderOf(order, 61_000)).toEqual({ state: 'unsigned', ageMs: 60_000 })
  expect(orderOf(order, 61_001)).toEqual({ state: 'late', ageMs: 60_001 })
  expect(orderOf({ orderedAtMs: 1000 }, 99_000)).toEqual({ state: 'ordered', ageMs: 98_000 })
  expect(orderOf(null, 5)).toEqual({ state: 'ordered', ageMs: null }) // unknown is no age of 0
})
