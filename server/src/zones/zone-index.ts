import Flatbush from 'flatbush'
import type { CompiledZone } from './compiled-zone.ts'

/** Calls back with the number of every zone whose box meets a box, in rising order. */
export type ZoneSearch = (west: number, south: number, east: number, north: number) => readonly number[]
export type MakeZoneSearch = (zones: readonly CompiledZone[]) => ZoneSearch

const NONE: readonly number[] = []

/** Packed Hilbert R-tree over the boxes; built anew when zones change, which for a thousand takes under a millisecond. */
export const indexZones: MakeZoneSearch = (zones) => {
  if (zones.length === 0) return () => NONE
  const tree = new Flatbush(zones.length)
  for (const { box } of zones) tree.add(...box)
  tree.finish()
  return (west, south, east, north) => {
    const found = tree.search(west, south, east, north)
    return found.length > 1 ? found.sort((a, b) => a - b) : found
  }
}

/** Looks at every box: the naive way, for the bench and as the oracle of the index. */
export const scanZones: MakeZoneSearch = (zones) => (west, south, east, north) => {
  const found: number[] = []
  zones.forEach(({ box }, i) => {
    if (box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south) found.push(i)
  })
  return found
}
