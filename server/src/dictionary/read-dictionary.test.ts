import { DEFAULT_DICTIONARY } from '@skerry/contract'
import { expect, it } from 'vitest'
import { readDictionary } from './read-dictionary.ts'

const times = (roomTimes: Record<string, unknown>): string => JSON.stringify({ roomTimes })

it('takes the default of every time that a file leaves out', () => {
  expect(readDictionary(times({ keepClosedH: 12 })).roomTimes).toEqual({
    ...DEFAULT_DICTIONARY.roomTimes,
    keepClosedH: 12,
  })
})
it('names the time that is wrong, not one that the file leaves out', () => {
  expect(() => readDictionary(times({ keepClosedH: 2400 }))).toThrow(/^roomTimes\.keepClosedH: /)
  expect(() => readDictionary(times({ rollCallWithinS: 'soon' }))).toThrow(/^roomTimes\.rollCallWithinS: /)
  expect(() => readDictionary(times({ keepClosedHours: 24 }))).toThrow(/keepClosedHours/)
})
