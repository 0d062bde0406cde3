import type { LngLat } from '@skerry/contract'
import { closed, wound } from '../geo/rings.ts'
import { element, XML_HEAD } from '../xml/xml-text.ts'
import { degreesText, isoTime, type OutDocument, type OutThing } from './document.ts'
import type { TimedPoint } from './things.ts'

/**
 * GPX 1.1 for hand-held receivers: places as waypoints, everything else as tracks (areas as their closed outlines), for
 * receivers cut long routes short. GPX has no folders: the name of the folder is the type of each thing.
 */
export function writeGpx(document: OutDocument): string {
  const all = document.folders.flatMap(({ name, things }) => things.map((thing) => ({ thing, type: name })))
  const [points, others] = [true, false].map((asked) =>
    all.filter(({ thing }) => (thing.shape.kind === 'point') === asked),
  )
  return (
    `${XML_HEAD}<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Skerry">` +
    `<metadata>${element('name', document.name)}${element('desc', document.note)}` +
    `<time>${isoTime(document.madeAtMs)}</time></metadata>` +
    points!.map(({ thing, type }) => waypoint(thing, type)).join('') +
    others!.map(({ thing, type }) => trackOf(thing, type)).join('') +
    `</gpx>`
  )
}

const at = ([lng, lat]: LngLat): string => `lat="${degreesText(lat)}" lon="${degreesText(lng)}"`

function waypoint({ name, note, atMs, shape, look }: OutThing, type: string): string {
  if (shape.kind !== 'point') return ''
  return (
    `<wpt ${at(shape.at)}>${atMs === null ? '' : `<time>${isoTime(atMs)}</time>`}${element('name', name)}` +
    `${element('desc', note)}${element('sym', look.symbol.garmin)}${element('type', type)}</wpt>`
  )
}

function trackOf({ name, note, shape }: OutThing, type: string): string {
  return `<trk>${element('name', name)}${element('desc', note)}${element('type', type)}${segments(shape)}</trk>`
}

function segments(shape: OutThing['shape']): string {
  switch (shape.kind) {
    case 'point':
      return ''
    case 'line':
      return segment(shape.line.map(plain))
    case 'polygon':
      return wound(shape.rings)
        .map((ring) => segment(closed(ring).map(plain)))
        .join('')
    case 'track':
      return shape.pieces.map((piece) => segment(piece.map(timed))).join('')
  }
}

const segment = (points: readonly string[]): string => `<trkseg>${points.join('')}</trkseg>`
const plain = (place: LngLat): string => `<trkpt ${at(place)}/>`
const timed = (point: TimedPoint): string =>
  `<trkpt ${at(point.at)}>${point.heightAmslM === null ? '' : `<ele>${point.heightAmslM.toFixed(1)}</ele>`}` +
  `<time>${isoTime(point.atMs)}</time></trkpt>`
