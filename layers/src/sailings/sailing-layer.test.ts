import { expect, it } from 'vitest'
import { sailings } from '../../gallery/samples.ts'
import { middleOf } from './middle-of.ts'
import { sailingText } from './sailing-layer.ts'

it('says where to and when, how late, that it is cancelled, and what nobody knows', () => {
  expect(sailings().map((sailing) => sailingText(sailing, 10, '未知'))).toEqual([
    '普陀山 08:20',
    '普陀山 08:00 +14′',
    '× 桃花 08:30',
    '六横 07:30 · 未知',
  ])
  const [first] = sailings()
  expect(sailingText({ ...first!, position: null }, 10, '未知')).toBe('普陀山 08:20 · 未知')
  expect(sailingText({ ...first!, delayMin: 9 }, 10, '未知')).toBe('普陀山 08:20')
})
it('puts a name half way along a way', () => {
  expect(
    middleOf([
      [0, 0],
      [0, 2],
      [6, 2],
    ]),
  ).toEqual([2, 2])
  expect(middleOf([[3, 4]])).toEqual([3, 4])
  expect(
    middleOf([
      [1, 1],
      [1, 1],
    ]),
  ).toEqual([1, 1])
})
