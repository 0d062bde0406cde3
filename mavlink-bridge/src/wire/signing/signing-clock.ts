import { MAX_STAMP, stampOfUnixMs, TICKS_PER_MS } from './signature.ts'

/** Where the clock keeps the stamps it has reserved. `save` must be on the disk when it returns. */
export interface StampStore {
  /** Last saved stamp, 0 when there is none. */
  load(): number
  save(stamp: number): void
}

export interface SigningClock {
  /** A stamp that was never given before and never will be again, also after a crash. */
  next(): number
  /** Another party's verified stamp: ours must not fall behind it. */
  follow(stamp: number): void
}

/** Stamps are reserved this far ahead of use, so that not every frame costs a write to the disk. */
const RESERVED_TICKS = 5000 * TICKS_PER_MS

/**
 * The one clock of a signing key, shared by all links that use it. Rises by at least one tick per stamp, whatever the
 * wall clock does: the millisecond clock alone gives equal stamps, which receivers refuse as replays.
 * @param nowMs unix milliseconds
 */
export function createSigningClock(nowMs: () => number, store: StampStore): SigningClock {
  let reserved = store.load()
  let last = reserved
  return {
    next() {
      last = Math.max(stampOfUnixMs(nowMs()), last + 1)
      if (last > MAX_STAMP) throw new RangeError('signing time stamps have run out')
      if (last >= reserved) {
        reserved = last + RESERVED_TICKS
        store.save(reserved)
      }
      return last
    },
    follow(stamp) {
      last = Math.max(last, stamp)
    },
  }
}
