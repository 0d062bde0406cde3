import type { Ring, Search, Zone } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import type { Picture } from '../../picture/picture.ts'

/** Drones stand and fly no farther than this beyond the map of their search, metres. */
const TRANSIT_M = 5000
/** Corners of a round edge: the polygon lies outside the circle, and no more than 2 % beyond it. */
const CORNERS = 16

/**
 * Zones that these drones may not enter: those with an intrusion rule for drones that does not allow every one of them.
 * Paths are planned around them. A hole in a zone counts as zone; outlines never lie inside the true edge.
 */
export function noFlyFor(
  picture: Pick<Picture, 'zone'>,
  { setup }: Pick<Search, 'setup'>,
  droneIds: readonly string[],
): Ring[] {
  const frame = localFrame(setup.planningPoint)
  const reachM = setup.halfSizeM + TRANSIT_M
  return closedZones(picture, droneIds)
    .flatMap(({ shape }) => outlinesOf(shape))
    .filter((ring) =>
      comesNear(
        ring.map((corner) => frame.toLocal(corner)),
        reachM,
      ),
    )
}

/** Zones that not every one of these drones may enter, wherever they are. */
export const closedZones = (picture: Pick<Picture, 'zone'>, droneIds: readonly string[]): Zone[] =>
  [...picture.zone.values()].filter((zone) => isClosedTo(zone, droneIds))

/** Whether the box of an outline comes within reach of the middle, east or west and north or south. */
function comesNear(ring: readonly (readonly number[])[], reachM: number): boolean {
  return [0, 1].every((axis) => {
    const along = ring.map((corner) => corner[axis]!)
    return Math.min(...along) <= reachM && Math.max(...along) >= -reachM
  })
}

function isClosedTo({ rules }: Pick<Zone, 'rules'>, droneIds: readonly string[]): boolean {
  return rules.some(
    (rule) =>
      rule.kind === 'intrusion' &&
      rule.movers.includes('drone') &&
      droneIds.some((id) => !rule.allowed.includes(id) && (rule.only.length === 0 || rule.only.includes(id))),
  )
}

/** A zone as polygons that together hold all of it. */
export function outlinesOf(shape: Zone['shape']): Ring[] {
  switch (shape.kind) {
    case 'polygon':
      return shape.rings.slice(0, 1)
    case 'circle':
      return [around(shape.centre, shape.radiusM)]
    case 'corridor':
      // Each leg with its width, and a round end at each point: together the whole corridor.
      return [
        ...shape.line.slice(1).map((to, i) => oblong(shape.line[i]!, to, shape.halfWidthM)),
        ...shape.line.map((point) => around(point, shape.halfWidthM)),
      ]
  }
}

function around(centre: Ring[number], radiusM: number): Ring {
  const frame = localFrame(centre)
  const outerM = radiusM / Math.cos(Math.PI / CORNERS)
  return Array.from({ length: CORNERS }, (_, i) => {
    const rad = (2 * Math.PI * i) / CORNERS
    return frame.toLngLat([outerM * Math.cos(rad), outerM * Math.sin(rad)])
  })
}

function oblong(from: Ring[number], to: Ring[number], halfWidthM: number): Ring {
  const frame = localFrame(from)
  const [east, north] = frame.toLocal(to)
  const lengthM = Math.hypot(east, north) || 1
  const [x, y] = [(-north / lengthM) * halfWidthM, (east / lengthM) * halfWidthM]
  const corners = [
    [x, y],
    [-x, -y],
    [east - x, north - y],
    [east + x, north + y],
  ]
  return corners.map((corner) => frame.toLngLat(corner))
}
