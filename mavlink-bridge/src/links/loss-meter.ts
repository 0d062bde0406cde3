/**
 * Loss on a link, from the gaps in one sender's sequence numbers (0..255, per system and component), over the last
 * ten seconds. Duplicates and late frames never count as 254 lost ones. In constant memory and kept in place: it is
 * asked of every frame.
 */
export interface LossMeter {
  heard(seq: number, atMs: number): void
  /** Share of frames lost in the window, 0..1; null while nothing was heard in it. */
  share(atMs: number): number | null
}

const WINDOW_S = 10
/** A jump further ahead than this is a restart of the sender or a late frame, not a loss. */
const LONGEST_GAP = 128

/** @param seq the number of the first frame, heard at that time */
export function createLossMeter(seq: number, atMs: number): LossMeter {
  const secondOf = new Float64Array(WINDOW_S).fill(-Infinity)
  const heardIn = new Float64Array(WINDOW_S)
  const lostIn = new Float64Array(WINDOW_S)
  let lastSeq = seq
  add(0, atMs)

  function add(lost: number, nowMs: number): void {
    const second = Math.floor(nowMs / 1000)
    const slot = second % WINDOW_S
    if (secondOf[slot] !== second) {
      secondOf[slot] = second
      heardIn[slot] = 0
      lostIn[slot] = 0
    }
    heardIn[slot]!++
    lostIn[slot]! += lost
  }
  return {
    heard(next, nowMs) {
      const ahead = (next - lastSeq) & 0xff
      const inOrder = ahead > 0 && ahead < LONGEST_GAP
      if (ahead > 0) lastSeq = next
      add(inOrder ? ahead - 1 : 0, nowMs)
    },
    share(nowMs) {
      const from = Math.floor(nowMs / 1000) - WINDOW_S
      let heard = 0
      let lost = 0
      for (let slot = 0; slot < WINDOW_S; slot++) {
        if (secondOf[slot]! <= from) continue
        heard += heardIn[slot]!
        lost += lostIn[slot]!
      }
      return heard === 0 ? null : lost / (heard + lost)
    },
  }
}
