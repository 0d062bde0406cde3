import type { LngLat } from '@skerry/contract'
import { childOf, childrenOf, textOf, type XmlNode } from '../xml/read-document.ts'
import { lineOf, nameText, noteText, placeOf, polygonOf, timeOf } from './places.ts'
import {
  createGatherer,
  type Gatherer,
  type LeftOut,
  type ReadResult,
  type Shape,
  type Thing,
  type TimedPoint,
} from './things.ts'

const FOLDERS = ['kml', 'Document', 'Folder']
/** Has a place of its own that is not one of ours, or lies somewhere else. Links are not followed. */
const FOREIGN = ['NetworkLink', 'GroundOverlay', 'ScreenOverlay', 'PhotoOverlay', 'Tour']
const GEOMETRIES = ['Point', 'LineString', 'LinearRing', 'Polygon', 'MultiGeometry', 'Track', 'MultiTrack', 'Model']

/** Things of a KML document (OGC KML 2.2 with the tracks of Google's extension). */
export function readKml(root: XmlNode): ReadResult {
  const gather = createGatherer()
  takeFolder(gather, root, [])
  return gather.done('kml')
}

function takeFolder(gather: Gatherer, node: XmlNode, folders: string[]): void {
  const own = node.name === 'Folder' ? nameText(textOf(node, 'name')) : null
  const inside = own === null ? folders : [...folders, own]
  for (const child of node.children) {
    if (FOLDERS.includes(child.name)) takeFolder(gather, child, inside)
    else if (child.name === 'Placemark') takePlacemark(gather, child, inside)
    else if (FOREIGN.includes(child.name)) gather.leave('not-supported', nameText(textOf(child, 'name')) ?? child.name)
  }
}

function takePlacemark(gather: Gatherer, mark: XmlNode, folders: string[]): void {
  const name = nameText(textOf(mark, 'name'))
  const about = {
    name,
    note: noteText(textOf(mark, 'description')),
    folders,
    atMs: timeOf(textOf(childOf(mark, 'TimeStamp'), 'when') ?? textOf(childOf(mark, 'TimeSpan'), 'begin')),
  }
  const where = name ?? 'Placemark'
  const geometries = mark.children.filter((child) => GEOMETRIES.includes(child.name))
  if (geometries.length === 0) return gather.leave('no-geometry', where)
  const shapes: Shape[] = []
  for (const geometry of geometries) takeGeometry(gather, geometry, where, shapes)
  shapes.forEach((shape, i) => {
    gather.add({
      ...about,
      name: shapes.length > 1 && name !== null ? `${name} ${i + 1}` : name,
      shape,
    } satisfies Thing)
  })
}

function takeGeometry(gather: Gatherer, node: XmlNode, where: string, into: Shape[]): void {
  if (node.name === 'MultiGeometry') {
    for (const child of node.children) if (GEOMETRIES.includes(child.name)) takeGeometry(gather, child, where, into)
    return
  }
  const shape = shapeOf(gather, node, where)
  if (typeof shape === 'string') gather.leave(shape, where)
  else into.push(shape)
}

function shapeOf(gather: Gatherer, node: XmlNode, where: string): Shape | LeftOut {
  switch (node.name) {
    case 'Point': {
      const places = coordinatesOf(node)
      return places === null || places.length !== 1 ? 'not-a-place' : { kind: 'point', at: places[0]! }
    }
    case 'LineString': {
      const places = coordinatesOf(node)
      return places === null ? 'not-a-place' : lineOf(places)
    }
    case 'LinearRing': {
      const places = coordinatesOf(node)
      return places === null ? 'not-a-place' : polygonOf([places])
    }
    case 'Polygon': {
      const rings = ['outerBoundaryIs', 'innerBoundaryIs']
        .flatMap((side) => childrenOf(node, side))
        .flatMap((boundary) => childrenOf(boundary, 'LinearRing'))
        .map(coordinatesOf)
      return rings.includes(null) ? 'not-a-place' : polygonOf(rings as LngLat[][])
    }
    case 'Track':
      return trackOf(gather, [node], where)
    case 'MultiTrack':
      return trackOf(gather, childrenOf(node, 'Track'), where)
    default:
      return 'not-supported'
  }
}

/** `lng,lat[,height]` tuples parted by white space. */
function coordinatesOf(node: XmlNode): LngLat[] | null {
  const tuples = (textOf(node, 'coordinates') ?? '').split(/\s+/).filter(Boolean)
  const places = tuples.map((tuple) => {
    const parts = tuple.split(',')
    return parts.length === 2 || parts.length === 3 ? placeOf(decimal(parts[0]), decimal(parts[1])) : null
  })
  return places.includes(null) ? null : (places as LngLat[])
}

const decimal = (text: string | undefined): number =>
  text !== undefined && /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : NaN

/** `<when>` and `<gx:coord>` in pairs, in order; a pair without a time or a place is left out. */
function trackOf(gather: Gatherer, tracks: readonly XmlNode[], where: string): Shape | LeftOut {
  const pieces = tracks.map((track) => {
    const times = childrenOf(track, 'when').map(({ text }) => timeOf(text))
    const points: TimedPoint[] = []
    childrenOf(track, 'coord').forEach(({ text }, i) => {
      const [lng, lat, height] = text.split(/[\s,]+/)
      const at = placeOf(decimal(lng), decimal(lat))
      const atMs = times[i] ?? null
      if (at === null) gather.leave('not-a-place', where)
      else if (atMs === null) gather.leave('no-time', where)
      else points.push({ at, atMs, heightAmslM: Number.isFinite(decimal(height)) ? decimal(height) : null })
    })
    return points
  })
  const whole = pieces.filter((piece) => piece.length > 0)
  return whole.length === 0 ? 'too-short' : { kind: 'track', pieces: whole }
}
