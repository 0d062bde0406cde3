import { type FencePlan, type FenceZone, type LngLat, MOST_FENCE_CORNERS, type Ring, type Task } from '@skerry/contract'
import { enclosingPolygon, type LocalFrame, localFrame, noFlyZones } from '@skerry/search'
import type { Picture } from '../../picture/picture.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { closedZones, outlinesOf } from '../tasks/no-fly.ts'

/**
 * From what is flown to the edge, metres. More than turning and stopping at the speed of lanes, wind and the error of a
 * satellite fix take together: an aircraft that does what was agreed must never meet its own fence.
 */
export const FENCE_MARGIN_M = 100
/** Corners of the outer edge: half of all, so that zones have the other half. */
const MOST_INSIDE = Math.floor(MOST_FENCE_CORNERS / 2)
/** A zone with too many corners is sent as the convex polygon around it, and never smaller than it is. */
const COARSER = [16, 8] as const
/** Around a zone, so that rounding never cuts it, metres. */
const ZONE_MARGIN_M = 1

interface Part {
  zone: FenceZone
  /** The same as a polygon. */
  outline: Ring
  name: string
}

/**
 * The fence of a task: around its path and its take-off place, without the zones that its drone may not enter and that
 * reach into it; the take-off place as the rally point, at the height of the task.
 * Refused where the way leads through such a zone, or where an aircraft could not keep that many corners.
 * @param standsAt where the drone is now: it must not start outside its fence
 */
export function fencePlanOf(
  picture: Pick<Picture, 'zone'>,
  task: Pick<Task, 'number' | 'path' | 'droneId' | 'heightAboveTakeoffM'>,
  takeOff: LngLat,
  standsAt: LngLat,
): Decision<FencePlan> {
  const heightM = task.heightAboveTakeoffM
  if (heightM === null) return refuse(409, 'no-highest-ground', `the height of task ${task.number} is not known`)
  const frame = localFrame(takeOff)
  const way = [standsAt, takeOff, ...task.path, takeOff]
  const edge = enclosingPolygon(
    way.map((place) => frame.toLocal(place)),
    FENCE_MARGIN_M,
    MOST_INSIDE,
  )
  const near = partsReaching(picture, task.droneId, frame, edge)
  const parts = fitted(near, MOST_FENCE_CORNERS - edge.length)
  if (parts === null) return refuse(409, 'fence-too-large', `more corners than an aircraft keeps: ${namesOf(near)}`)
  const inTheWay = parts.filter(({ outline }) => !isClear(frame, [outline], way))
  if (inTheWay.length > 0)
    return refuse(409, 'fence-blocks-way', `task ${task.number} leads through ${namesOf(inTheWay)}`)
  return ok({
    inside: edge.map((corner) => frame.toLngLat(corner)),
    outside: parts.map(({ zone }) => zone),
    rally: [{ at: takeOff, heightM }],
  })
}

/**
 * Whether a fence is no longer the one that would be made today: a zone that its drone may not enter has come, gone or
 * changed where it reaches into it.
 */
export function isOutdated(
  picture: Pick<Picture, 'zone'>,
  droneId: string,
  { inside, outside, rally }: FencePlan,
): boolean {
  const frame = localFrame(rally[0]!.at)
  const parts = fitted(
    partsReaching(picture, droneId, frame, toLocal(frame, inside)),
    MOST_FENCE_CORNERS - inside.length,
  )
  if (parts === null) return true
  const names = (zones: readonly FenceZone[]): string =>
    JSON.stringify(zones.map((zone) => JSON.stringify(zone)).sort())
  return names(parts.map(({ zone }) => zone)) !== names(outside)
}

/** What is closed to a drone and reaches into an edge. */
const partsReaching = (
  picture: Pick<Picture, 'zone'>,
  droneId: string,
  frame: LocalFrame,
  edge: readonly (readonly number[])[],
): Part[] =>
  closedZones(picture, [droneId])
    .flatMap((zone) => partsOf(zone.name, zone.shape))
    .filter(({ outline }) => boxesMeet(edge, toLocal(frame, outline)))

/** Whether a way stays inside a fence and out of its zones, take-off place included. */
export function fenceHolds({ inside, outside }: FencePlan, way: readonly LngLat[]): boolean {
  const frame = localFrame(inside[0]!)
  const edge = noFlyZones([toLocal(frame, inside)])
  const outlines = outside.flatMap((zone) =>
    'ring' in zone ? [zone.ring] : outlinesOf({ kind: 'circle', centre: zone.centre, radiusM: zone.radiusM }),
  )
  // Its edge is convex: a way is inside where its points are.
  return way.every((place) => edge.holds(frame.toLocal(place))) && isClear(frame, outlines, way)
}

function isClear(frame: LocalFrame, outlines: readonly Ring[], way: readonly LngLat[]): boolean {
  const zones = noFlyZones(outlines.map((ring) => toLocal(frame, ring)))
  const points = way.map((place) => frame.toLocal(place))
  return points.every((to, i) => !zones.holds(to) && (i === 0 || !zones.blocks(points[i - 1]!, to)))
}

function partsOf(name: string, shape: Parameters<typeof outlinesOf>[0]): Part[] {
  const polygon = (ring: Ring): Part => ({ name, outline: ring, zone: { ring } })
  const circle = (centre: LngLat, radiusM: number): Part => ({
    name,
    outline: outlinesOf({ kind: 'circle', centre, radiusM })[0]!,
    zone: { centre, radiusM },
  })
  switch (shape.kind) {
    case 'polygon':
      return outlinesOf(shape).map(polygon)
    case 'circle':
      return [circle(shape.centre, shape.radiusM)]
    case 'corridor':
      // Legs as they are; their round ends as circles, which cost one corner each.
      return [
        ...outlinesOf(shape)
          .slice(0, shape.line.length - 1)
          .map(polygon),
        ...shape.line.map((point) => circle(point, shape.halfWidthM)),
      ]
  }
}

/** As many corners as there is room for: the largest are drawn coarser first. Null where even that is too many. */
function fitted(parts: readonly Part[], room: number): Part[] | null {
  let now = [...parts]
  const total = (): number => now.reduce((sum, part) => sum + cornersOf(part), 0)
  for (const most of COARSER) {
    for (const part of [...now].sort((a, b) => cornersOf(b) - cornersOf(a))) {
      if (total() <= room) return now
      if (cornersOf(part) > most) now = now.map((one) => (one === part ? coarser(part, most) : one))
    }
  }
  return total() <= room ? now : null
}

const cornersOf = ({ zone }: Part): number => ('ring' in zone ? zone.ring.length : 1)

function coarser({ name, outline }: Part, most: number): Part {
  const frame = localFrame(outline[0]!)
  const ring = enclosingPolygon(toLocal(frame, outline), ZONE_MARGIN_M, most).map((corner) => frame.toLngLat(corner))
  return { name, outline: ring, zone: { ring } }
}

const toLocal = (frame: LocalFrame, ring: Ring) => ring.map((corner) => frame.toLocal(corner))

function boxesMeet(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): boolean {
  const range = (ring: readonly (readonly number[])[], axis: number): [number, number] => {
    const along = ring.map((corner) => corner[axis]!)
    return [Math.min(...along), Math.max(...along)]
  }
  return [0, 1].every((axis) => {
    const [[fromA, toA], [fromB, toB]] = [range(a, axis), range(b, axis)]
    return fromA <= toB && fromB <= toA
  })
}

const namesOf = (parts: readonly Part[]): string => [...new Set(parts.map(({ name }) => name))].join(', ')
