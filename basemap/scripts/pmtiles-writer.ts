import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { zxyToTileId } from 'pmtiles'

export interface Tile {
  z: number
  x: number
  y: number
  /** Vector tile (MVT), not compressed. */
  bytes: Uint8Array
}

export interface ArchiveInfo {
  minZoom: number
  maxZoom: number
  /** west, south, east, north in degrees */
  bounds: readonly [number, number, number, number]
  metadata: Record<string, unknown>
}

/**
 * Writes a PMTiles version 3 archive: header of 127 bytes, one gzip root directory, JSON metadata, then the tiles
 * in order of their id, equal ones stored once. Source: PMTiles specification, version 3.
 * @throws RangeError when the root directory does not fit the first 16 KiB that readers fetch
 */
export function writePmtiles(tiles: readonly Tile[], info: ArchiveInfo): Uint8Array {
  const sorted = tiles.map((tile) => ({
    id: zxyToTileId(tile.z, tile.x, tile.y),
    data: gzipSync(tile.bytes, { level: 9 }),
  }))
  sorted.sort((a, b) => a.id - b.id)
  const contents: Buffer[] = []
  const known = new Map<string, { offset: number; length: number }>()
  const entries: { id: number; run: number; length: number; offset: number }[] = []
  let end = 0
  for (const { id, data } of sorted) {
    const key = createHash('sha256').update(data).digest('hex')
    let place = known.get(key)
    if (place === undefined) {
      place = { offset: end, length: data.length }
      known.set(key, place)
      contents.push(data)
      end += data.length
    }
    const last = entries.at(-1)
    if (last !== undefined && last.offset === place.offset && last.id + last.run === id) last.run++
    else entries.push({ id, run: 1, ...place })
  }
  const directory = gzipSync(serialise(entries), { level: 9 })
  if (127 + directory.length > 16_384) throw new RangeError('too many tiles for one root directory')
  const metadata = gzipSync(JSON.stringify(info.metadata), { level: 9 })
  const header = Buffer.alloc(127)
  header.write('PMTiles', 0, 'latin1')
  header.writeUInt8(3, 7)
  const tileData = 127 + directory.length + metadata.length
  const sections = [127, directory.length, 127 + directory.length, metadata.length, tileData, 0, tileData, end]
  const counts = [sorted.length, entries.length, contents.length]
  for (const [i, value] of [...sections, ...counts].entries()) header.writeBigUInt64LE(BigInt(value), 8 + i * 8)
  header.set([1, 2, 2, 1, info.minZoom, info.maxZoom], 96) // clustered, gzip, gzip, MVT
  const [west, south, east, north] = info.bounds
  for (const [i, degrees] of [west, south, east, north].entries())
    header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4)
  header.writeUInt8(9, 118)
  header.writeInt32LE(Math.round(((west + east) / 2) * 1e7), 119)
  header.writeInt32LE(Math.round(((south + north) / 2) * 1e7), 123)
  return Buffer.concat([header, directory, metadata, ...contents])
}

function serialise(entries: readonly { id: number; run: number; length: number; offset: number }[]): Buffer {
  const bytes: number[] = []
  const varint = (value: number): void => {
    let rest = value
    while (rest >= 128) {
      bytes.push((rest % 128) | 128)
      rest = Math.floor(rest / 128)
    }
    bytes.push(rest)
  }
  varint(entries.length)
  for (const [i, entry] of entries.entries()) varint(entry.id - (entries[i - 1]?.id ?? 0))
  for (const entry of entries) varint(entry.run)
  for (const entry of entries) varint(entry.length)
  for (const [i, entry] of entries.entries()) {
    const previous = entries[i - 1]
    varint(previous !== undefined && entry.offset === previous.offset + previous.length ? 0 : entry.offset + 1)
  }
  return Buffer.from(bytes)
}
