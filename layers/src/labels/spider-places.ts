/** One leg of a spider: from the middle of what lies there to the near edge of a name. Pixels, x to the right, y down. */
export interface SpiderLeg {
  side: 'left' | 'right'
  dxPx: number
  dyPx: number
}

/**
 * How far the legs must be moved so that every name lies in the window, px down; the spot itself stays. Where there are
 * more rows than the window is high the first ones are seen.
 * @param atPx of the spot from the top of the window
 */
export function legsShiftPx(legs: readonly SpiderLeg[], rowPx: number, atPx: number, heightPx: number): number {
  if (legs.length === 0) return 0
  const rows = legs.map(({ dyPx }) => atPx + dyPx)
  const up = heightPx - rowPx / 2 - Math.max(...rows)
  const down = rowPx / 2 - Math.min(...rows)
  return Math.max(down, Math.min(0, up))
}

/**
 * Names of things that lie on one spot, fanned out to both sides in the order given: right, left, right, ... in rows that
 * never touch, the middle of each side level with the spot. The reach grows with the number, so that no leg crosses another.
 * @param count at least 0
 * @param rowPx height of a name with the gap to the next
 * @param reachPx from the spot to the nearest names
 * @param sides where there is room for names; one side takes all where the other has none
 */
export function spiderLegs(
  count: number,
  rowPx: number,
  reachPx: number,
  sides: 'both' | 'left' | 'right' = 'both',
): SpiderLeg[] {
  const perSide = sides === 'both' ? [Math.ceil(count / 2), Math.floor(count / 2)] : [count, 0]
  return Array.from({ length: count }, (_, i): SpiderLeg => {
    const second = sides === 'both' && i % 2 === 1
    const row = sides === 'both' ? Math.floor(i / 2) : i
    const side = sides === 'both' ? (second ? 'left' : 'right') : sides
    const rows = perSide[second ? 1 : 0]!
    const dyPx = (row - (rows - 1) / 2) * rowPx
    // On an arc: the outer rows are nearer to the line through the spot, as the legs of a spider are.
    const half = Math.max(1, ((rows - 1) / 2) * rowPx)
    const out = reachPx * (1 + 0.6 * (1 - Math.abs(dyPx) / half) * (rows > 2 ? 1 : 0))
    return { side, dxPx: side === 'right' ? out : -out, dyPx }
  })
}
