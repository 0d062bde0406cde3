import { MOST_MOTION_TOPICS, topicName, topicTile } from '@skerry/contract'
import { expect, it } from 'vitest'
import { motionTopics } from './motion-topics.ts'

const topicAt = (lng: number, lat: number): string => topicName({ kind: 'unit', ...topicTile([lng, lat]) })
const unitTopics = (box: [number, number, number, number]): string[] =>
  motionTopics(box).filter((topic) => topic.startsWith('motion/unit/'))

it('asks for units, drones and vessels of every tile that the view touches', () => {
  const topics = motionTopics([121, 29.95, 124, 30.2])
  for (const lng of [121, 122, 122.5, 123, 124]) expect(topics).toContain(topicAt(lng, 30))
  expect(topics.filter((topic) => topic.startsWith('motion/vessel/'))).toHaveLength(topics.length / 3)
})
it('asks for what is near the view too: the edge of a tile runs through the middle of the city', () => {
  // A street of Zhujiajian fills the screen; the harbour of Shenjiamen, 9 km off, lies in the tile to the west.
  const street: [number, number, number, number] = [122.385, 29.89, 122.395, 29.9]
  expect(topicAt(122.3, 29.945)).not.toBe(topicAt(122.39, 29.895))
  expect(unitTopics(street)).toContain(topicAt(122.3, 29.945))
  expect(unitTopics(street)).toContain(topicAt(122.2, 30.25))
})
it('asks for no more than its surroundings', () => {
  expect(unitTopics([122.385, 29.89, 122.395, 29.9]).length).toBeLessThanOrEqual(9)
  expect(unitTopics([122.385, 29.89, 122.395, 29.9])).not.toContain(topicAt(118, 30))
})
it('asks for nothing before the map has looked anywhere', () => {
  expect(motionTopics(null)).toEqual([])
})
it('begins in the middle, and in a view wider than a console may follow leaves out the rim', () => {
  const middle = topicAt(122.2, 29.95)
  // Zoom 6 on 2560 x 1350 about the islands: 28 degrees wide.
  const wide: [number, number, number, number] = [108.1, 23.6, 136.2, 35.9]
  expect(motionTopics(wide).length).toBeLessThanOrEqual(MOST_MOTION_TOPICS)
  expect(motionTopics(wide).indexOf(middle)).toBeLessThan(18)
  const globe = motionTopics([60, -20, 184.4, 60])
  expect(globe).toHaveLength(MOST_MOTION_TOPICS)
  expect(globe).toContain(middle)
  expect(globe).not.toContain(topicAt(62, -18))
})
it('covers the widest view of the largest screen that we count on', () => {
  // 3840 x 2160 at zoom 6: 512 px tiles, 42.2 degrees wide.
  expect(motionTopics([101.1, 19.4, 143.3, 39.2])).toContain(topicAt(101.1, 19.4))
  expect(motionTopics([101.1, 19.4, 143.3, 39.2])).toContain(topicAt(143.3, 39.2))
})
