import { type AllowedArea, distanceToLegM } from './allowed-area.ts'

/** Places looked at per area, about. */
const SAMPLES = 20_000

/**
 * Share of an area, 0..1, within a distance of a path: by a square lattice of about 20,000 places over the area's box,
 * at most a quarter of the distance apart where the area is small. The middle of each square counts for it.
 */
export function coveredShare(area: AllowedArea, pointsM: readonly (readonly number[])[], withinM: number): number {
  const [xs, ys] = [area.rings[0]!.map(([x]) => x), area.rings[0]!.map(([, y]) => y)]
  const [west, south] = [Math.min(...xs), Math.min(...ys)]
  const [widthM, heightM] = [Math.max(...xs) - west, Math.max(...ys) - south]
  const stepM = Math.min(withinM / 4, Math.sqrt((widthM * heightM) / SAMPLES))
  const [cols, rows] = [Math.ceil(widthM / stepM), Math.ceil(heightM / stepM)]
  if (rows * cols > 100 * SAMPLES) throw new RangeError('withinM: is too small for this area')
  const seen = new Uint8Array(rows * cols)
  for (let i = Math.min(1, pointsM.length - 1); i < pointsM.length; i++) {
    const [a, b] = [pointsM[Math.max(0, i - 1)]!, pointsM[i]!]
    const colOf = (x: number): number => (x - west) / stepM - 0.5
    const rowOf = (y: number): number => (y - south) / stepM - 0.5
    const lastRow = Math.min(rows - 1, Math.floor(rowOf(Math.max(a[1]!, b[1]!) + withinM)))
    const lastCol = Math.min(cols - 1, Math.floor(colOf(Math.max(a[0]!, b[0]!) + withinM)))
    for (let row = Math.max(0, Math.ceil(rowOf(Math.min(a[1]!, b[1]!) - withinM))); row <= lastRow; row++) {
      for (let col = Math.max(0, Math.ceil(colOf(Math.min(a[0]!, b[0]!) - withinM))); col <= lastCol; col++) {
        const place = [west + (col + 0.5) * stepM, south + (row + 0.5) * stepM]
        if (distanceToLegM(place, a, b) <= withinM) seen[row * cols + col] = 1
      }
    }
  }
  let [inside, covered] = [0, 0]
  for (let i = 0; i < seen.length; i++) {
    if (!area.holds([west + ((i % cols) + 0.5) * stepM, south + (Math.floor(i / cols) + 0.5) * stepM])) continue
    inside++
    covered += seen[i]!
  }
  return inside === 0 ? 1 : covered / inside
}
