import { expect, it } from 'vitest'
import type { Translate } from '../i18n/words.ts'
import { agoText, clockText, spanText } from './time.ts'

const t: Translate = (key, named) => `${key.split('.').at(-1)}:${JSON.stringify(named ?? {})}`

it('shows China time on a 24 hour clock, whatever the zone of the browser', () => {
  const midnight = Date.UTC(2026, 10, 21, 16, 0, 5)
  expect(clockText(midnight, 'zh')).toBe('00:00:05')
  expect(clockText(midnight + 15 * 3600e3, 'en')).toBe('15:00:05')
})
it('says spans in the unit a person would use', () => {
  expect(spanText(7.9, t)).toBe('seconds:{"n":7}')
  expect(spanText(150, t)).toBe('minutes:{"n":2}')
  expect(spanText(3 * 3600 + 300, t)).toBe('hours:{"h":3,"m":5}')
  expect(spanText(50 * 3600, t)).toBe('days:{"d":2,"h":2}')
})
it('says unknown for an unknown span, never zero', () => {
  expect(spanText(null, t)).toBe('unknown:{}')
  expect(spanText(Infinity, t)).toBe('unknown:{}')
  expect(agoText(null, t)).toBe('unknown:{}')
})
