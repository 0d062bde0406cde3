import { Unzip, UnzipInflate, UnzipPassThrough, unzipSync } from 'fflate'
import { decodeText } from '../text/decode-text.ts'
import { readXmlDocument } from '../xml/read-document.ts'
import { readGeoJson } from './read-geojson.ts'
import { readGpx } from './read-gpx.ts'
import { readKml } from './read-kml.ts'
import { refused, type ReadResult } from './things.ts'

/** Largest file, and largest KML inside a KMZ. A track of a day at one point a second is some 10 MB of GPX. */
export const MOST_FILE_BYTES = 20_000_000
const ZIP = [0x50, 0x4b, 0x03, 0x04]

/**
 * Reads GeoJSON, KML, KMZ or GPX, told apart by what is in the file and not by its name. Never throws: what cannot be
 * read has a reason, and what is left out of a file is counted.
 */
export function readFile(bytes: Uint8Array): ReadResult {
  if (bytes.length === 0) return refused('empty')
  if (bytes.length > MOST_FILE_BYTES) return refused('too-large', String(bytes.length))
  if (ZIP.every((byte, i) => bytes[i] === byte)) return readKmz(bytes)
  const decoded = decodeText(bytes)
  if (decoded === null) return refused('not-text')
  return readText(decoded.text)
}

function readText(text: string): ReadResult {
  const first = /\S/.exec(text.replace(/^\uFEFF/, ''))?.[0]
  if (first === undefined) return refused('empty')
  if (first === '{' || first === '[') return readGeoJson(text)
  if (first !== '<') return refused('unknown-format')
  const document = readXmlDocument(text)
  if (!document.ok) {
    const { fault, detail } = document
    return refused(
      fault === 'not-well-formed' ? 'bad-xml' : fault === 'too-many-elements' ? 'too-large' : fault,
      detail,
    )
  }
  switch (document.root.name) {
    case 'kml':
      return readKml(document.root)
    case 'gpx':
      return readGpx(document.root)
    default:
      return refused('unknown-format', document.root.name.slice(0, 40))
  }
}

/** The KML in a KMZ: `doc.kml`, else the first `.kml` at its top. Nothing else is unpacked. */
function readKmz(bytes: Uint8Array): ReadResult {
  const names: string[] = []
  try {
    unzipSync(bytes, {
      filter({ name }) {
        if (/^[^/]+\.kml$/i.test(name)) names.push(name)
        return false
      },
    })
    const chosen = names.find((name) => name.toLowerCase() === 'doc.kml') ?? names[0]
    if (chosen === undefined) return refused('no-kml-inside')
    const kml = unpacked(bytes, chosen, MOST_FILE_BYTES)
    if (kml === 'too-large') return refused('too-large')
    const decoded = decodeText(kml)
    if (decoded === null) return refused('not-text')
    const read = readText(decoded.text)
    if (read.ok && read.file.format !== 'kml') return refused('no-kml-inside')
    return read.ok ? { ok: true, file: { ...read.file, format: 'kmz' } } : read
  } catch {
    return refused('bad-zip')
  }
}

/** Deflate makes at most some 1,000 bytes of one: pieces of this size are unpacked one by one, so a bomb ends early. */
const PIECE_BYTES = 4096

/** One file of an archive, as far as a limit. The sizes that the archive claims are not believed. @throws on a broken one */
function unpacked(archive: Uint8Array, wanted: string, most: number): Uint8Array | 'too-large' {
  const got = { chunks: [] as Uint8Array[], size: 0, whole: false }
  const unzip = new Unzip((file) => {
    if (file.name !== wanted || got.whole || got.size > 0) return
    file.ondata = (error, chunk, final) => {
      if (error !== null) throw error
      got.chunks.push(chunk)
      got.size += chunk.length
      got.whole ||= final
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  unzip.register(UnzipPassThrough)
  for (let at = 0; at < archive.length && !got.whole; at += PIECE_BYTES) {
    unzip.push(archive.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= archive.length)
    if (got.size > most) return 'too-large'
  }
  if (!got.whole) throw new RangeError('the archive is cut short')
  const out = new Uint8Array(got.size)
  let at = 0
  for (const chunk of got.chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}
