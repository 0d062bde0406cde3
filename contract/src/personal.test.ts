import { expect, it } from 'vitest'
import { looksPersonal, withoutPersonal } from './personal.ts'

it.each([
  '电话13957201234',
  '139 5720 1234',
  '+86-139-5720-1234',
  '身份证 33090219800101123X',
  '车牌浙L12345',
  '浙L·D12345',
])('sees a number of a person: %s', (text) => {
  expect(looksPersonal(text)).toBe(true)
})
it.each(['3 号楼 201', '122.10000 30.01000', '警情 #1234', '速度 13 节，1395 m', '批准号 ZS-UAV-2026-1122'])(
  'leaves other numbers alone: %s',
  (text) => expect(looksPersonal(text)).toBe(false),
)
it('takes them out and counts them', () => {
  expect(withoutPersonal('老人，电话13957201234，家属 33090219800101123X，三楼')).toEqual({
    text: '老人，电话▇▇▇，家属 ▇▇▇，三楼',
    removed: 2,
  })
})
