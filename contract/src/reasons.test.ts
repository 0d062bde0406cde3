import { expect, it } from 'vitest'
import { parseReason, REASON_CODES, ReasonCode, reasonOf } from './reasons.ts'

it.each([
  ['superseded', { code: 'superseded', step: null, detail: '' }],
  ['next-step@take-off: 60 m', { code: 'next-step', step: 'take-off', detail: '60 m' }],
  [
    'command-failed@arm: Arm: Need Position Estimate; Arm: Compass not healthy',
    { code: 'command-failed', step: 'arm', detail: 'Arm: Need Position Estimate; Arm: Compass not healthy' },
  ],
  ['no-highest-ground', { code: 'no-highest-ground', step: null, detail: '' }],
  ['not-read-back: mission-denied: #3', { code: 'not-read-back', step: null, detail: 'mission-denied: #3' }],
] as const)('reads %s', (reason, parsed) => {
  expect(parseReason(reason)).toEqual(parsed)
  expect(reasonOf(parsed.code, parsed.detail, parsed.step)).toBe(reason)
})
it.each([
  'too much wind',
  '太大的风',
  'another order took its place',
  'arm: failed',
  'superseded@nowhere',
  'superseded:x',
  '',
])('leaves %j as a person wrote it', (reason) => expect(parseReason(reason)).toBeNull())
it('keeps every line of what the autopilot said', () => {
  expect(parseReason('command-denied@arm: one\ntwo')?.detail).toBe('one\ntwo')
})
it('names no reason twice', () => {
  expect(new Set(ReasonCode.options).size).toBe(ReasonCode.options.length)
  expect(REASON_CODES.length).toBeGreaterThan(0)
})
