import { expect, it } from 'vitest'
import { createWords } from '../../i18n/i18n.ts'
import { takeOffText } from './take-off-text.ts'

const t = createWords('en').global.t
const behind = { taskId: 'a', number: 3, droneId: 'main-1' }

it('counts the seconds that are left, never one too few', () => {
  const wait = { kind: 'apart' as const, untilMs: 100_100, behind }
  expect(takeOffText(wait, 10_000, t)).toContain('1:31')
  expect(takeOffText(wait, 10_000, t)).toContain('main-1')
  expect(takeOffText(wait, 200_000, t)).toContain('0:00')
})

it('names the flight that goes first or must be down, and says nothing where the way is clear', () => {
  expect(takeOffText({ kind: 'goes-first', untilMs: null, behind }, 0, t)).toMatch(/main-1.*3/)
  expect(takeOffText({ kind: 'until-down', untilMs: null, behind }, 0, t)).toContain('main-1')
  expect(takeOffText({ kind: 'clear', untilMs: null, behind: null }, 0, t)).toBeNull()
})
