import type { DispatchOffer } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { askedUnits, heardUnit } from './radio-steps.ts'

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
  it('is of the first unit until another is chosen, and not of one that has left', () => {
    expect(heardUnit(lines, null)).toBe('u2')
    expect(heardUnit(lines, 'u3')).toBe('u3')
    expect(heardUnit(lines, 'u9')).toBe('u2')
    expect(heardUnit(askedUnits({ unitIds: [] }), 'u2')).toBeNull()
  })
})
