import { expect, it } from 'vitest'
import { motionTopics } from './motion-topics.ts'

it('asks for every tile that the view touches, and no other', () => {
  // Zhoushan lies in tile 8/214/105; 122.3438 E and 30.7512 N are its eastern and northern edges.
  expect(motionTopics([122.0, 29.95, 122.3, 30.2])).toEqual(['motion/unit/8/214/105', 'motion/drone/8/214/105'])
  expect(motionTopics([122.0, 29.95, 122.5, 30.2]).filter((t) => t.includes('unit'))).toEqual([
    'motion/unit/8/214/105',
    'motion/unit/8/215/105',
  ])
})
it('asks for nothing before the map has looked anywhere', () => {
  expect(motionTopics(null)).toEqual([])
})
