import { topicName, topicTile } from '@skerry/contract'
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
