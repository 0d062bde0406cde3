import { at, type Clock } from '../clock.ts'

/**
 * Runs a pure machine on a clock and a link until it has ended; leaves no timer and no listener behind. Rejects with what
 * `send` refused: it cannot be said, and no answer will come.
 */
export function drive<State extends Open | { readonly at: 'ended' }, E, S, O>(io: {
  readonly clock: Clock
  readonly start: () => readonly [State, ...S[]]
  readonly next: (state: State, event: E) => readonly [State, ...S[]]
  readonly outcome: (state: State) => O | null
  readonly quiet: (atMs: number) => E
  /** An event that is fed when the signal is aborted, also when it was before the start. */
  readonly cancel?: { readonly signal: AbortSignal | undefined; readonly event: E }
  readonly send: (out: S) => Error | null
  readonly listen: (feed: (event: E) => void) => () => void
}): Promise<O> {
  return new Promise((resolve, reject) => {
    let refused = false
    let disarm = (): void => undefined
    const signal = io.cancel?.signal
    const cancel = (): void => {
      if (io.cancel !== undefined) feed(io.cancel.event)
    }
    const stop = io.listen(feed) // before the first send, or the first answer can be lost
    let [state, ...first] = io.start()
    signal?.addEventListener('abort', cancel, { once: true })
    enter(first)
    if (signal?.aborted === true) cancel()
    function feed(event: E): void {
      if (refused) return
      const [to, ...sends] = io.next(state, event)
      if (to === state && sends.length === 0) return // ignored traffic must not keep a dead transfer alive
      state = to
      enter(sends)
    }
    function enter(sends: readonly S[]): void {
      disarm()
      const outcome = io.outcome(state)
      if (outcome !== null) {
        leave()
        resolve(outcome)
      } else if ('quietAtMs' in state) disarm = at(io.clock, state.quietAtMs, () => feed(io.quiet(io.clock.nowMs())))
      // Last: a synchronous answer must find the new state.
      for (const out of sends) {
        const fault = io.send(out)
        if (fault === null) continue
        refused = true
        disarm()
        leave()
        reject(fault)
        return
      }
    }
    function leave(): void {
      stop()
      signal?.removeEventListener('abort', cancel)
    }
  })
}
interface Open {
  readonly at: string
  readonly quietAtMs: number
}
