import { localFrame } from '@skerry/search'
import type { TrackFix } from './track-point.ts'

/** How much of a track may be left out. */
export interface Thinning {
  /** At no time is the place on the thinned track further off than this, metres. */
  toleranceM: number
  /** Between two kept points lies no more time than this, unless there was nothing between. */
  mostGapMs: number
}

/**
 * Leaves out points that lie where the straight way between those around them would have the mover at that moment
 * (synchronised distance, as in Meratnia and de By 2004), opening a window as long as all in it do. The first and the
 * last stay. One pass: the same track gives the same points.
 * @param fixes ascending by `atMs`
 */
export function thinTrack(fixes: readonly TrackFix[], { toleranceM, mostGapMs }: Thinning): TrackFix[] {
  if (fixes.length <= 2) return [...fixes]
  const frame = localFrame(fixes[0]!.lngLat)
  const places = fixes.map(({ lngLat }) => frame.toLocal(lngLat))
  const kept = [fixes[0]!]
  let anchor = 0
  for (let i = 1; i < fixes.length; i++) {
    const ends = fixes[i]!.atMs - fixes[anchor]!.atMs > mostGapMs || !allOnTheWay(anchor, i)
    if (!ends || i - anchor < 2) continue
    anchor = i - 1
    kept.push(fixes[anchor]!)
  }
  return [...kept, fixes.at(-1)!]

  function allOnTheWay(from: number, to: number): boolean {
    const [startMs, spanMs] = [fixes[from]!.atMs, fixes[to]!.atMs - fixes[from]!.atMs]
    const [[ax, ay], [bx, by]] = [places[from]!, places[to]!]
    for (let k = from + 1; k < to; k++) {
      const share = spanMs === 0 ? 0 : (fixes[k]!.atMs - startMs) / spanMs
      const [x, y] = places[k]!
      const east = x - ax - (bx - ax) * share
      const north = y - ay - (by - ay) * share
      if (east * east + north * north > toleranceM * toleranceM) return false
    }
    return true
  }
}
