/** One position as it was sent, and which consoles have seen it. */
interface Sending {
  atMs: number
  seenBy: Uint8Array
}

/** When what a console was told had been sent; `again`: it had been told that already; `unknown`: nobody sent it. */
export type Match = { kind: 'first'; tookMs: number } | { kind: 'again' } | { kind: 'unknown' }

/**
 * Finds for each place that comes to a console the newest sending of that place that is not later. A vessel at anchor sends
 * one place over and over, and a place is told again when something else becomes known of a ship (its name, its kind): only
 * the first time that a console hears of a sending says how long that took.
 * @param longestMs a sending that is older is not looked for
 */
export class Sendings {
  readonly #byPlace = new Map<string, Sending[]>()
  readonly #consoles: number
  readonly #longestMs: number

  constructor(consoles: number, longestMs: number) {
    this.#consoles = consoles
    this.#longestMs = longestMs
  }

  /** In the order in which they were sent. */
  add(place: string, atMs: number): void {
    const sending = { atMs, seenBy: new Uint8Array(this.#consoles) }
    const known = this.#byPlace.get(place)
    if (known) known.push(sending)
    else this.#byPlace.set(place, [sending])
  }

  /** What came to a console, in the order in which it came. */
  came(console: number, place: string, atMs: number): Match {
    const sending = this.#byPlace.get(place)?.findLast((one) => one.atMs <= atMs)
    if (sending === undefined) return { kind: 'unknown' }
    if (sending.seenBy[console] === 1) return { kind: 'again' }
    if (sending.atMs <= atMs - this.#longestMs) return { kind: 'unknown' }
    sending.seenBy[console] = 1
    return { kind: 'first', tookMs: atMs - sending.atMs }
  }
}
