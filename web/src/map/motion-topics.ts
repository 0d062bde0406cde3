import { topicName, topicTile, type Topic } from '@skerry/contract'

/** Motion topics of every fixed tile that a box [west, south, east, north] touches. */
export function motionTopics(box: readonly [number, number, number, number] | null): Topic[] {
  if (box === null) return []
  const from = topicTile([box[0], box[3]])
  const to = topicTile([box[2], box[1]])
  const topics: Topic[] = []
  for (let x = from.x; x <= to.x; x++)
    for (let y = from.y; y <= to.y; y++)
      for (const kind of ['unit', 'drone'] as const) topics.push(topicName({ kind, z: from.z, x, y }))
  return topics
}
