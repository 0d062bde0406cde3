import { expect, it } from 'vitest'
import { readExposure } from './read-exposure.ts'

it('reads places in any order of columns, with others beside them', () => {
  expect(readExposure('\uFEFFname,persons,lat,lng\n定海,12000, 30.01 ,122.1\n\n普陀,900.5,29.95,122.3\n')).toEqual({
    configured: true,
    places: [122.1, 30.01, 12_000, 122.3, 29.95, 900.5],
  })
})

it.each([
  ['', 'has no column "lng"'],
  ['lng,lat\n1,2', 'has no column "persons"'],
  ['lng,lat,persons\n', 'has no places'],
  ['lng,lat,persons\n122,30,0\n', 'has nobody anywhere'],
  ['lng,lat,persons\n122,30,5\n122,91,5\n', 'line 3: lat must be degrees from -90 to 90'],
  ['lng,lat,persons\n122,30,\n', 'line 2: persons must be a number from 0'],
  ['lng,lat,persons\n122,30,-1\n', 'line 2: persons must be a number from 0'],
  ['lng,lat,persons\nx,30,1\n', 'line 2: lng must be degrees from -180 to 180'],
])('refuses %j whole, with the line', (text, reason) => {
  expect(() => readExposure(text)).toThrow(reason)
})

it('refuses a row that is cut short', () => {
  expect(() => readExposure('lng,lat,persons\n122,30\n')).toThrow(/line 2/)
})
