/** Runs something later; the result takes it back. */
export type After = (ms: number, run: () => void) => () => void

export interface Hold {
  press: () => void
  release: () => void
}

/**
 * Press and hold: acts once when the press has lasted, and not before. A second press while one lasts changes nothing.
 */
export function createHold(
  lastsMs: number,
  after: After,
  on: { pressed: (pressed: boolean) => void; held: () => void },
): Hold {
  let takeBack: (() => void) | null = null
  const end = (): void => {
    takeBack = null
    on.pressed(false)
  }
  return {
    press() {
      if (takeBack !== null) return
      on.pressed(true)
      takeBack = after(lastsMs, () => {
        end()
        on.held()
      })
    },
    release() {
      if (takeBack === null) return
      takeBack()
      end()
    },
  }
}
