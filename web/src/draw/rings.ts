import type { LngLat } from '@skerry/contract'

/** What is being drawn: the outer ring, then holes; corners come to the last of them. Never without a ring. */
export type Rings = LngLat[][]

export const nothingDrawn = (): Rings => [[]]

/** The rings with one corner more. */
export const withCorner = (rings: Rings, at: LngLat): Rings => [...rings.slice(0, -1), [...(rings.at(-1) ?? []), at]]

/** The rings without their last corner; a hole that has none left goes with it. */
export function withoutCorner(rings: Rings): Rings {
  const [before, last] = [rings.slice(0, -1), rings.at(-1) ?? []]
  const left = last.slice(0, -1)
  return left.length > 0 || before.length === 0 ? [...before, left] : before
}

/** Whether every ring has the corners of an area; a hole that has just been begun does not count. */
export const isArea = (rings: Rings): boolean => areaRings(rings).every((ring) => ring.length >= 3)

/** The rings without a hole that has no corner yet. */
export const areaRings = (rings: Rings): Rings => rings.filter((ring, i) => i === 0 || ring.length > 0)

/** Corners as text, one `longitude latitude` a line, rings parted by an empty line, for those who use no pointer. */
export const ringsText = (rings: Rings): string =>
  rings.map((ring) => ring.map(([lng, lat]) => `${lng.toFixed(6)} ${lat.toFixed(6)}`).join('\n')).join('\n\n')

/** Reads such text; null where a line is no position. */
export function readRings(text: string): Rings | null {
  const rings: Rings = [[]]
  for (const line of text.trim().split('\n')) {
    if (line.trim() === '') {
      if (rings.at(-1)!.length > 0) rings.push([])
      continue
    }
    const [lng, lat, ...more] = line
      .trim()
      .split(/[\s,，]+/)
      .map(Number)
    if (lng === undefined || lat === undefined || more.length > 0) return null
    if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return null
    rings.at(-1)!.push([lng, lat])
  }
  return rings
}
