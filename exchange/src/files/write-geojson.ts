import type { LngLat } from '@skerry/contract'
import { closed, wound } from '../geo/rings.ts'
import { isoTime, type OutDocument, type OutThing } from './document.ts'
import type { TimedPoint } from './things.ts'

const round = (value: number): number => Number(value.toFixed(7))
const position = ([lng, lat]: LngLat): number[] => [round(lng), round(lat)]
const timed = ({ at, heightAmslM }: TimedPoint): number[] => [
  ...position(at),
  ...(heightAmslM === null ? [] : [Number(heightAmslM.toFixed(1))]),
]

/**
 * GeoJSON (RFC 7946): outer rings counter-clockwise, WGS-84. Names, notes and looks stand where QGIS (`name`), CalTopo
 * (`title`) and simplestyle readers look for them; the times of a track in `coordTimes`, one for each point.
 */
export function writeGeoJson(document: OutDocument): string {
  const features = document.folders.flatMap((folder) =>
    folder.things.flatMap((thing) => featuresOf(thing, folder.name)),
  )
  const note = document.note === null ? {} : { description: document.note }
  return JSON.stringify({ type: 'FeatureCollection', name: document.name, ...note, features })
}

function featuresOf(thing: OutThing, folder: string): object[] {
  const { name, note, atMs, shape, look, figures } = thing
  const properties = {
    name,
    title: name,
    ...(note === null ? {} : { description: note }),
    folder,
    ...(atMs === null ? {} : { time: isoTime(atMs) }),
    ...figures,
  }
  const feature = (geometry: object, more: object): object => ({
    type: 'Feature',
    properties: { ...properties, ...more },
    geometry,
  })
  const line = { stroke: look.colour, 'stroke-width': look.widthPx, 'stroke-opacity': 1 }
  switch (shape.kind) {
    case 'point':
      return [
        feature(
          { type: 'Point', coordinates: position(shape.at) },
          { 'marker-color': look.colour, 'marker-symbol': look.symbol.maki },
        ),
      ]
    case 'line':
      return [feature({ type: 'LineString', coordinates: shape.line.map(position) }, line)]
    case 'polygon': {
      const coordinates = wound(shape.rings).map((ring) => closed(ring).map(position))
      return [feature({ type: 'Polygon', coordinates }, { ...line, fill: look.colour, 'fill-opacity': look.fill })]
    }
    case 'track':
      return shape.pieces.map((piece) =>
        piece.length === 1
          ? feature({ type: 'Point', coordinates: timed(piece[0]!) }, { time: isoTime(piece[0]!.atMs) })
          : feature(
              { type: 'LineString', coordinates: piece.map(timed) },
              { ...line, coordTimes: piece.map(({ atMs }) => isoTime(atMs)) },
            ),
      )
  }
}
