/** Runs something later; the result takes it back. */
export type After = (ms: number, run: () => void) => () => void

export interface Hold {
  /** @param atMs when the finger went down, by the clock of input events */
  press: (atMs: number) => void
  /** The finger went up at `atMs`. Acts when the press had lasted, even if the page was too busy to notice before. */
  lift: (atMs: number) => void
  /** The press does not count any more: the finger slid away, or the page lost it. */
  cancel: () => void
}

/**
 * Press and hold: acts once when the press has lasted, and not before. A second press while one lasts changes nothing.
 * A browser hands over a waiting "finger up" before a timer that is due, so a busy page would drop a true press
 * if the timer alone decided; the times of the input events settle it.
 */
export function createHold(
  lastsMs: number,
  after: After,
  on: { pressed: (pressed: boolean) => void; held: () => void },
): Hold {
  let takeBack: (() => void) | null = null
  let pressedAtMs = 0
  const end = (): void => {
    takeBack?.()
    takeBack = null
    on.pressed(false)
  }
  const act = (): void => {
    end()
    on.held()
  }
  return {
    press(atMs) {
      if (takeBack !== null) return
      pressedAtMs = atMs
      on.pressed(true)
      takeBack = after(lastsMs, act)
    },
    lift(atMs) {
      if (takeBack === null) return
      if (atMs - pressedAtMs >= lastsMs) act()
      else end()
    },
    cancel() {
      if (takeBack !== null) end()
    },
  }
}
