/** When the next frame may be drawn. */
export interface Pace {
  /** The camera moved: draw with the next frame. */
  now: (draw: () => void) => void
  /** The world moved: draw when the machine has had time for what it was last given. */
  soon: (draw: () => void) => void
  stop: () => void
}

export interface PacePorts {
  nowMs: () => number
  frame: (run: () => void) => () => void
  after: (ms: number, run: () => void) => () => void
}

/** Shortest and longest pause between two frames that only the world asks for, ms. */
const SHORTEST_MS = 80
const LONGEST_MS = 3000
/** Share of the time that drawing may take: a map that draws all the time leaves nothing to the rest of the console. */
const SHARE = 0.25

/**
 * Draws no faster than the machine can: the time from a frame to the one after the next tells what drawing cost,
 * because a browser holds frames back while the GPU (or the processor that plays one) is behind.
 */
export function createPace(ports: PacePorts = browserPorts): Pace {
  let cancelFrame: (() => void) | null = null
  let cancelWait: (() => void) | null = null
  let measuring = false
  let drawnAtMs = -Infinity
  let pauseMs = SHORTEST_MS

  function run(draw: () => void): void {
    cancelFrame = null
    cancelWait?.()
    cancelWait = null
    drawnAtMs = ports.nowMs()
    draw()
    if (measuring) return
    measuring = true
    const startedAtMs = drawnAtMs
    ports.frame(() =>
      ports.frame(() => {
        measuring = false
        pauseMs = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, (ports.nowMs() - startedAtMs) / SHARE))
      }),
    )
  }
  function now(draw: () => void): void {
    cancelFrame ??= ports.frame(() => run(draw))
  }
  return {
    now,
    soon(draw) {
      if (cancelFrame !== null || cancelWait !== null) return
      const leftMs = drawnAtMs + pauseMs - ports.nowMs()
      if (leftMs <= 0) return now(draw)
      cancelWait = ports.after(leftMs, () => {
        cancelWait = null
        now(draw)
      })
    },
    stop() {
      cancelFrame?.()
      cancelWait?.()
    },
  }
}

const browserPorts: PacePorts = {
  nowMs: () => performance.now(),
  frame(run) {
    const id = requestAnimationFrame(run)
    return () => cancelAnimationFrame(id)
  },
  after(ms, run) {
    const id = setTimeout(run, ms)
    return () => clearTimeout(id)
  },
}
