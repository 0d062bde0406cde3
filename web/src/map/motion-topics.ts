import { MOVER_KINDS, topicName, topicTile, type MoverKind, type Topic } from '@skerry/contract'

/**
 * How far beyond the view movers are still wanted, degrees: the nearest unit may stand just outside it, and a thing
 * picked from a list has a place wherever the map looks. Reaches over the archipelago from any part of it.
 */
const REACH_DEG = 1

/** Motion topics of every fixed tile that a box [west, south, east, north] touches or comes near. */
export function motionTopics(
  box: readonly [number, number, number, number] | null,
  kinds: readonly MoverKind[] = MOVER_KINDS,
): Topic[] {
  if (box === null) return []
  const from = topicTile([box[0] - REACH_DEG, box[3] + REACH_DEG])
  const to = topicTile([box[2] + REACH_DEG, box[1] - REACH_DEG])
  const topics: Topic[] = []
  for (let x = from.x; x <= to.x; x++)
    for (let y = from.y; y <= to.y; y++) for (const kind of kinds) topics.push(topicName({ kind, z: from.z, x, y }))
  return topics
}
