/** Sequence numbers of one link: 0..255, then again from 0. Each link has its own, or its peer sees false losses. */
export function createSequence(first = 0): () => number {
  let next = first & 0xff
  return () => {
    const seq = next
    next = (next + 1) & 0xff
    return seq
  }
}
