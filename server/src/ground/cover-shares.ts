import type { CoverShare } from '@skerry/contract'
import { COVER_CODES } from '@skerry/search'

/**
 * Ground by cover, most first.
 * @param codes of the covers (`COVER_CODES`), one per cell of some ground; of none: no shares
 */
export function coverShares(codes: Iterable<number>): CoverShare[] {
  const counts = COVER_CODES.map(() => 0)
  let cells = 0
  for (const code of codes) {
    counts[code]! += 1
    cells += 1
  }
  return counts
    .flatMap((count, code) => (count > 0 ? [{ cover: COVER_CODES[code]!, share: count / cells }] : []))
    .toSorted((a, b) => b.share - a.share)
}
