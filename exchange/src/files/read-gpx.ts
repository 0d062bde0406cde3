import type { LngLat } from '@skerry/contract'
import { childrenOf, textOf, type XmlNode } from '../xml/read-document.ts'
import { lineOf, nameText, noteText, placeOf, timeOf } from './places.ts'
import { createGatherer, type Gatherer, type ReadResult, type TimedPoint } from './things.ts'

/**
 * Things of a GPX document, 1.0 or 1.1: waypoints, routes as lines, tracks. A track whose points carry times stays a
 * track, its points without one are left out and counted; one without any time is a line.
 */
export function readGpx(root: XmlNode): ReadResult {
  const gather = createGatherer()
  childrenOf(root, 'wpt').forEach((wpt, i) => {
    const about = aboutOf(wpt)
    const at = positionOf(wpt)
    if (at === null) return gather.leave('not-a-place', about.name ?? `wpt ${i + 1}`)
    gather.add({ ...about, atMs: timeOf(textOf(wpt, 'time')), shape: { kind: 'point', at } })
  })
  childrenOf(root, 'rte').forEach((rte, i) => takeRoute(gather, rte, i))
  childrenOf(root, 'trk').forEach((trk, i) => takeTrack(gather, trk, i))
  return gather.done('gpx')
}

const aboutOf = (node: XmlNode) => ({
  name: nameText(textOf(node, 'name')),
  note: noteText(textOf(node, 'desc') ?? textOf(node, 'cmt')),
  folders: [],
  atMs: null,
})

function takeRoute(gather: Gatherer, rte: XmlNode, index: number): void {
  const about = aboutOf(rte)
  const where = about.name ?? `rte ${index + 1}`
  const line = placesOf(gather, childrenOf(rte, 'rtept'), where)
  const shape = lineOf(line)
  if (typeof shape === 'string') gather.leave(shape, where)
  else gather.add({ ...about, shape })
}

function takeTrack(gather: Gatherer, trk: XmlNode, index: number): void {
  const about = aboutOf(trk)
  const where = about.name ?? `trk ${index + 1}`
  const segments = childrenOf(trk, 'trkseg').map((segment) => childrenOf(segment, 'trkpt'))
  const timed = segments.some((points) => points.some((point) => timeOf(textOf(point, 'time')) !== null))
  if (!timed) {
    for (const points of segments) {
      const shape = lineOf(placesOf(gather, points, where))
      if (typeof shape === 'string') gather.leave(shape, where)
      else gather.add({ ...about, shape })
    }
    return
  }
  const pieces = segments.map((points) => timedPoints(gather, points, where)).filter((piece) => piece.length > 0)
  gather.add({ ...about, shape: { kind: 'track', pieces } })
}

function timedPoints(gather: Gatherer, points: readonly XmlNode[], where: string): TimedPoint[] {
  return points.flatMap((point) => {
    const at = positionOf(point)
    const atMs = timeOf(textOf(point, 'time'))
    if (at === null || atMs === null) {
      gather.leave(at === null ? 'not-a-place' : 'no-time', where)
      return []
    }
    const height = Number(textOf(point, 'ele') ?? NaN)
    return [{ at, atMs, heightAmslM: Number.isFinite(height) ? height : null }]
  })
}

function placesOf(gather: Gatherer, points: readonly XmlNode[], where: string): LngLat[] {
  return points.flatMap((point) => {
    const at = positionOf(point)
    if (at === null) gather.leave('not-a-place', where)
    return at === null ? [] : [at]
  })
}

function positionOf({ attributes }: XmlNode): LngLat | null {
  const [lat, lon] = [attributes.get('lat')?.trim() ?? '', attributes.get('lon')?.trim() ?? '']
  return lat === '' || lon === '' ? null : placeOf(Number(lon), Number(lat))
}
