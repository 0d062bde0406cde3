import { writeGeoJson, writeGpx, writeKml, writeKmz, type Format, type OutDocument } from '@skerry/exchange'
import type { Context } from 'hono'

const TYPES: Readonly<Record<Format, string>> = {
  geojson: 'application/geo+json; charset=utf-8',
  kml: 'application/vnd.google-earth.kml+xml; charset=utf-8',
  kmz: 'application/vnd.google-earth.kmz',
  gpx: 'application/gpx+xml; charset=utf-8',
}

function written(format: Format, document: OutDocument): string | Uint8Array<ArrayBuffer> {
  switch (format) {
    case 'geojson':
      return writeGeoJson(document)
    case 'kml':
      return writeKml(document)
    case 'kmz':
      return Uint8Array.from(writeKmz(document))
    case 'gpx':
      return writeGpx(document)
  }
}

/** A document as a download. @param name without the ending */
export const fileAnswer = (c: Context, format: Format, document: OutDocument, name: string): Response =>
  c.body(written(format, document), 200, {
    'content-type': TYPES[format],
    'content-disposition': `attachment; filename="${name}.${format}"`,
  })
