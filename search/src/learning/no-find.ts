/** Map after a search that found nothing. */
export interface NoFind {
  /** Probability that this search would have found the subject, given the map before it. */
  readonly pos: number
  readonly poa: Float64Array
  readonly restOfWorld: number
}

/**
 * Bayes' rule after searching and finding nothing: POS = sum p_i POD_i, p_i' = p_i (1 - POD_i) / (1 - POS),
 * ROW' = ROW / (1 - POS). The rest of the world is never searched and never dropped.
 * @param poa probability per cell; with `restOfWorld` it should sum to 1 (it is not rescaled here)
 * @param pod probability of detection per cell, 0..1, same length; RangeError otherwise, and when POS is 1 (a certain
 *   find that did not happen: the map was wrong)
 * Source: search-science notes 1.1, vectors `no_find_update`. Same as the normalise and shift forms in use.
 */
export function noFindUpdate({
  poa,
  restOfWorld,
  pod,
}: {
  readonly poa: ArrayLike<number>
  readonly restOfWorld: number
  readonly pod: ArrayLike<number>
}): NoFind {
  if (pod.length !== poa.length) throw new RangeError('pod: must have one number per cell of poa')
  const after = new Float64Array(poa.length)
  let pos = 0
  for (let i = 0; i < after.length; i++) {
    if (!(pod[i]! >= 0 && pod[i]! <= 1)) throw new RangeError('pod: must be 0 to 1')
    const found = poa[i]! * pod[i]!
    pos += found
    after[i] = poa[i]! - found
  }
  const left = 1 - pos
  if (!(left > 0))
    throw new RangeError(
      'pod: must leave something unseen: a search certain to find has found nothing, so the map cannot be right',
    )
  for (let i = 0; i < after.length; i++) after[i]! /= left
  return { pos, poa: after, restOfWorld: restOfWorld / left }
}

/**
 * Cumulative POS of consecutive searches, each POS given the map before it: 1 - prod(1 - POS_k). Right only for POS
 * that are conditional on the earlier failures, which is what `noFindUpdate` returns.
 */
export const cumulativePos = (conditionalPos: readonly number[]): number =>
  1 - conditionalPos.reduce((left, pos) => left * (1 - pos), 1)
