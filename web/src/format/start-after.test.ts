import { expect, it } from 'vitest'
import { createWords } from '../i18n/i18n.ts'
import { startAfterText } from './start-after.ts'

const words = createWords('en')
const t: Parameters<typeof startAfterText>[1] = (key, named) => words.global.t(key, named ?? {})

it('says how long to wait, to the second, and nothing where nobody waits', () => {
  expect(startAfterText({ startAfterS: 150 }, t)).toBe('take off 2:30 (min:s) after the first')
  expect(startAfterText({ startAfterS: 59.2 }, t)).toBe('take off 1:00 (min:s) after the first')
  expect(startAfterText({ startAfterS: 0 }, t)).toBeNull()
  expect(startAfterText({}, t)).toBeNull()
  expect(startAfterText({ startAfterS: null }, t)).toBe('take off when the others have landed')
})
