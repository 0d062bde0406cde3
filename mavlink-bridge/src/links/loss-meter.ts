/**
 * Loss on a link, from the gaps in one sender's sequence numbers (0..255, per system and component), over the last
 * ten seconds. Duplicates and late frames never count as 254 lost ones.
 */
export interface LossMeter {
  readonly lastSeq: number
  readonly buckets: readonly { readonly second: number; readonly heard: number; readonly lost: number }[]
}

const WINDOW_S = 10
/** A jump further ahead than this is a restart of the sender or a late frame, not a loss. */
const LONGEST_GAP = 128

export const newLossMeter = (seq: number, atMs: number): LossMeter => ({
  lastSeq: seq,
  buckets: [{ second: Math.floor(atMs / 1000), heard: 1, lost: 0 }],
})

export function heardSeq(meter: LossMeter, seq: number, atMs: number): LossMeter {
  const ahead = (seq - meter.lastSeq) & 0xff
  const inOrder = ahead > 0 && ahead < LONGEST_GAP
  const lost = inOrder ? ahead - 1 : 0
  const second = Math.floor(atMs / 1000)
  const last = meter.buckets.at(-1)
  const lastSeq = inOrder || ahead >= LONGEST_GAP ? seq : meter.lastSeq
  if (last?.second === second) {
    const grown = { second, heard: last.heard + 1, lost: last.lost + lost }
    return { lastSeq, buckets: [...meter.buckets.slice(0, -1), grown] }
  }
  const kept = meter.buckets.filter((bucket) => bucket.second > second - WINDOW_S)
  return { lastSeq, buckets: [...kept, { second, heard: 1, lost }] }
}

/** Share of frames lost in the window, 0..1; null while nothing was heard in it. */
export function lossShare(meter: LossMeter, atMs: number): number | null {
  const from = Math.floor(atMs / 1000) - WINDOW_S
  let heard = 0
  let lost = 0
  for (const bucket of meter.buckets) {
    if (bucket.second <= from) continue
    heard += bucket.heard
    lost += bucket.lost
  }
  return heard === 0 ? null : lost / (heard + lost)
}
