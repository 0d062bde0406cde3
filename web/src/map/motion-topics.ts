import { MOST_MOTION_TOPICS, MOVER_KINDS, topicName, topicTile, type MoverKind, type Topic } from '@skerry/contract'

/**
 * How far beyond the view movers are still wanted, degrees: the nearest unit may stand just outside it, and a thing
 * picked from a list has a place wherever the map looks. Reaches over the archipelago from any part of it.
 */
const REACH_DEG = 1

/**
 * Motion topics of every fixed tile that a box [west, south, east, north] touches or comes near, from its middle outwards;
 * no more than a console may join, so that in a view wider than that it is the rim that is not followed.
 */
export function motionTopics(
  box: readonly [number, number, number, number] | null,
  kinds: readonly MoverKind[] = MOVER_KINDS,
): Topic[] {
  if (box === null) return []
  const from = topicTile([box[0] - REACH_DEG, box[3] + REACH_DEG])
  const to = topicTile([box[2] + REACH_DEG, box[1] - REACH_DEG])
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
  const tiles: { x: number; y: number; far: number }[] = []
  for (let x = from.x; x <= to.x; x++)
    for (let y = from.y; y <= to.y; y++) tiles.push({ x, y, far: (x - middle.x) ** 2 + (y - middle.y) ** 2 })
  return tiles
    .sort((a, b) => a.far - b.far)
    .flatMap(({ x, y }) => kinds.map((kind) => topicName({ kind, z: from.z, x, y })))
    .slice(0, MOST_MOTION_TOPICS)
}
