import type { LngLat } from '@skerry/contract'
import { strToU8, zipSync } from 'fflate'
import { closed, wound } from '../geo/rings.ts'
import { element, XML_HEAD, xmlText } from '../xml/xml-text.ts'
import { degreesText, isoTime, type Look, type OutDocument, type OutThing } from './document.ts'
import type { Shape, TimedPoint } from './things.ts'

/** KML 2.2 with a folder for each kind of thing; tracks as `gx:Track` with their times, which Google Earth can play. */
export function writeKml(document: OutDocument): string {
  const looks = new Map<string, Look>()
  for (const { things } of document.folders) for (const { look } of things) looks.set(styleId(look), look)
  return (
    `${XML_HEAD}<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>` +
    element('name', document.name) +
    element('description', document.note) +
    [...looks].map(([id, look]) => style(id, look)).join('') +
    document.folders
      .map(({ name, things }) => `<Folder>${element('name', name)}${things.map(placemark).join('')}</Folder>`)
      .join('') +
    `</Document></kml>`
  )
}

/** The same in a ZIP, as Google Earth sends it round. The bytes depend on the document alone. */
export const writeKmz = (document: OutDocument): Uint8Array =>
  zipSync({ 'doc.kml': [strToU8(writeKml(document)), { mtime: new Date(document.madeAtMs) }] })

const styleId = ({ colour, widthPx, fill }: Look): string => `s-${colour.slice(1)}-${widthPx}-${Math.round(fill * 100)}`

/** KML has colours as alpha, blue, green, red. */
function colourOf(colour: string, opacity: number): string {
  const [red, green, blue] = [colour.slice(1, 3), colour.slice(3, 5), colour.slice(5, 7)]
  const alpha = Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0')
  return `${alpha}${blue}${green}${red}`
}

const style = (id: string, { colour, widthPx, fill }: Look): string =>
  `<Style id="${id}"><IconStyle><color>${colourOf(colour, 1)}</color></IconStyle>` +
  `<LineStyle><color>${colourOf(colour, 1)}</color><width>${widthPx}</width></LineStyle>` +
  `<PolyStyle><color>${colourOf(colour, fill)}</color><fill>${fill > 0 ? 1 : 0}</fill></PolyStyle></Style>`

function placemark({ name, note, atMs, shape, look, figures }: OutThing): string {
  const data = Object.entries(figures ?? {})
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `<Data name="${xmlText(key)}">${element('value', String(value))}</Data>`)
    .join('')
  return (
    `<Placemark>${element('name', name)}${element('description', note)}` +
    (atMs === null || shape.kind === 'track' ? '' : `<TimeStamp><when>${isoTime(atMs)}</when></TimeStamp>`) +
    `<styleUrl>#${styleId(look)}</styleUrl>` +
    (data === '' ? '' : `<ExtendedData>${data}</ExtendedData>`) +
    `${geometry(shape)}</Placemark>`
  )
}

const tuple = ([lng, lat]: LngLat): string => `${degreesText(lng)},${degreesText(lat)}`
const coordinates = (line: readonly LngLat[]): string => `<coordinates>${line.map(tuple).join(' ')}</coordinates>`

function geometry(shape: Shape): string {
  switch (shape.kind) {
    case 'point':
      return `<Point>${coordinates([shape.at])}</Point>`
    case 'line':
      return `<LineString><tessellate>1</tessellate>${coordinates(shape.line)}</LineString>`
    case 'polygon': {
      const sides = wound(shape.rings).map((ring, i) => {
        const side = i === 0 ? 'outerBoundaryIs' : 'innerBoundaryIs'
        return `<${side}><LinearRing>${coordinates(closed(ring))}</LinearRing></${side}>`
      })
      return `<Polygon><tessellate>1</tessellate>${sides.join('')}</Polygon>`
    }
    case 'track':
      return shape.pieces.length === 1
        ? track(shape.pieces[0]!)
        : `<gx:MultiTrack>${shape.pieces.map(track).join('')}</gx:MultiTrack>`
  }
}

const track = (piece: readonly TimedPoint[]): string =>
  `<gx:Track>${piece.map(({ atMs }) => `<when>${isoTime(atMs)}</when>`).join('')}` +
  `${piece
    .map(({ at, heightAmslM }) => {
      const height = heightAmslM === null ? '0' : heightAmslM.toFixed(1)
      return `<gx:coord>${degreesText(at[0])} ${degreesText(at[1])} ${height}</gx:coord>`
    })
    .join('')}</gx:Track>`
