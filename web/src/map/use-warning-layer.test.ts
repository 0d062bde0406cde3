import type { Incident } from '@skerry/contract'
import { expect, it } from 'vitest'
import { warningAreas } from './use-warning-layer.ts'

const text = (language: string, event: string) => ({
  language,
  event,
  headline: null,
  description: null,
  instruction: null,
  areas: '',
})
const incident = (over: Partial<Incident> = {}) =>
  ({
    id: 'i1',
    state: 'received',
    priority: 'critical',
    alert: {
      identifier: 'W1',
      texts: [text('zh-CN', '大风'), text('en-US', 'Gale')],
      area: {
        polygons: [
          [
            [122, 30],
            [122.1, 30],
            [122.1, 30.1],
          ],
        ],
        circles: [{ centre: [122.5, 30], radiusM: 5000 }],
        codes: [],
      },
    },
    ...over,
  }) as unknown as Incident

it('draws each part of the area of a warning, named once, in the language of the reader', () => {
  expect(warningAreas([incident()], 'zh').map(({ name, shape }) => [name, shape.kind])).toEqual([
    ['大风', 'polygon'],
    ['', 'circle'],
  ])
  expect(warningAreas([incident()], 'en')[0]!.name).toBe('Gale')
})
it('draws nothing of a warning that is over, and of an incident that is none', () => {
  expect(
    warningAreas([incident({ state: 'closed' }), { id: 'x', state: 'received', priority: 'notice' }], 'zh'),
  ).toEqual([])
})
