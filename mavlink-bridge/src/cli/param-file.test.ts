import { expect, it } from 'vitest'
import { compareParams, paramFileOf, readParamFile } from './param-file.ts'

const HELD = [
  { name: 'RTL_ALT', value: 3500, type: 6 },
  { name: 'ATC_RAT_PIT_P', value: Math.fround(0.135), type: 9 },
]

it('reads what it saved, and finds no difference', () => {
  const read = readParamFile(paramFileOf(HELD, 1, 1))
  expect(compareParams(read, HELD)).toEqual([])
})

it('reads the two columns of other stations, with comments and Windows lines', () => {
  const read = readParamFile('#NOTE: mine\r\nRTL_ALT,6000\r\nATC_RAT_PIT_P 0.135\r\n\r\n')
  expect(compareParams(read, HELD)).toEqual([{ name: 'RTL_ALT', file: 6000, vehicle: 3500 }])
})

it('says what either side lacks', () => {
  expect(compareParams(new Map([['NEW_ONE', 1]]), HELD.slice(0, 1))).toEqual([
    { name: 'NEW_ONE', file: 1, vehicle: null },
    { name: 'RTL_ALT', file: null, vehicle: 3500 },
  ])
})

it.each([
  ['RTL_ALT', /^line 1: must be NAME and VALUE/],
  ['RTL_ALT,high', /^line 1/],
  ['', /^FILE: must hold at least one/],
])('refuses %j by its line', (text, words) => {
  expect(() => readParamFile(text)).toThrow(words)
})
