import type { CheckpointCount } from '@skerry/contract'
import { type Rand, streamFor } from '../base/rand.ts'
import type { SimClock, WallClock } from '../base/sim-clock.ts'
import { EMPTY_GATE, type Gate, gateMinute, minuteOfDay } from './gate.ts'
import type { Outbox } from './outbox.ts'
import { TERMINALS } from './terminals.ts'

const MINUTE_MS = 60_000
/** Minutes that the gates have kept when they connect. */
const KEPT_MIN = 60
/** Minutes before those, so that the queues are what they would be. */
const WARM_UP_MIN = 120

export interface FerryFeed {
  declare(): void
  tick(): void
}

/**
 * Terminals behind the intake of counts: a count for each world minute. A world that runs faster still dates its
 * counts by the wall clock (no feed may come from the future), so the newest count of a minute replaces the others.
 */
export function createFerryFeed(o: { seed: number; outbox: Outbox; clock: WallClock; sim: SimClock }): FerryFeed {
  const rands = new Map<string, Rand>(
    TERMINALS.map((t) => [t.declaration.id, streamFor(o.seed, 'gate', t.declaration.id)]),
  )
  const gates = new Map<string, Gate>()
  const startMs = Math.floor(o.clock() / MINUTE_MS) * MINUTE_MS
  let nextWorldMs = startMs
  let declared = false

  function minute(worldMs: number, minuteMs: number): CheckpointCount[] {
    return TERMINALS.map((t) => {
      const checkpointId = t.declaration.id
      const before = gates.get(checkpointId) ?? EMPTY_GATE
      const { gate, counts } = gateMinute(before, t, minuteOfDay(worldMs), rands.get(checkpointId)!)
      gates.set(checkpointId, gate)
      return { checkpointId, minuteMs, ...counts }
    })
  }
  function post(counts: CheckpointCount[]): void {
    // A server with an empty store does not know the terminals: say which there are, with the next minute's counts.
    const lost = (): void => void (declared = false)
    o.outbox.post({ method: 'POST', path: '/api/intake/counts', body: { counts }, lost })
  }
  function declare(): void {
    declared = true
    const checkpoints = TERMINALS.map((t) => t.declaration)
    o.outbox.post({ method: 'PUT', path: '/api/intake/checkpoints', body: { checkpoints } })
  }

  const past: CheckpointCount[] = []
  for (let back = KEPT_MIN + WARM_UP_MIN; back >= 1; back--) {
    const at = startMs - back * MINUTE_MS
    const counts = minute(at, at)
    if (back <= KEPT_MIN) past.push(...counts)
  }

  return {
    declare() {
      declare()
      // What the gates kept goes once.
      if (past.length > 0) post(past.splice(0))
    },
    tick() {
      const wallMs = o.clock()
      let counts: CheckpointCount[] = []
      for (; nextWorldMs + MINUTE_MS <= o.sim.worldMs(wallMs); nextWorldMs += MINUTE_MS) {
        counts = minute(nextWorldMs, Math.floor(wallMs / MINUTE_MS) * MINUTE_MS - MINUTE_MS)
      }
      if (counts.length === 0) return
      if (!declared) declare()
      post(counts)
    },
  }
}
