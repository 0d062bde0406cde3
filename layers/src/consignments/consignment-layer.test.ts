import { expect, it } from 'vitest'
import { consignments } from '../../gallery/samples.ts'
import { consignmentText } from './consignment-layer.ts'

it('says unknown beside a vehicle on the road that nobody sees, and marks an accident without colour', () => {
  const texts = consignments().map((one) => consignmentText(one, '未知'))
  expect(texts).toEqual(['危运-1 3', '危运-2 2.1', '▲ 危运-3 8', '危运-4 3 · 未知', '危运-5 5.1'])
})
