import { encodeGrid, type Actor, type GridFrame } from '@skerry/contract'
import { archived, isStill, putAwayDue, type PutAway } from '../domain/incidents/put-away.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { everyMs } from '../live/every.ts'
import type { PastEntry, PastStore } from '../store/past.ts'

const EVERY_MS = 30_000
/** Incidents that leave together: one turn of the engine. */
const BATCH = 100
const ACTOR: Actor = { kind: 'system', part: 'history' }

export interface HistoryKeeper {
  /** Rises whenever incidents have been put away: what was asked of the store before may be old. */
  readonly moves: number
  stop(): Promise<void>
}

/**
 * Moves long-closed incidents out of the live picture. First the store has them, then the journal says so: whatever
 * happens in between, none is in neither.
 */
export function startHistoryKeeper(parts: {
  engine: Pick<Engine, 'picture' | 'record'>
  past: Pick<PastStore, 'put'>
  maps: { frame(searchId: string): GridFrame | null }
  clock: Scheduler
  onFault: (error: unknown) => void
}): HistoryKeeper {
  const { engine, past, maps, clock, onFault } = parts
  let moves = 0
  let stopped = false
  let running: Promise<void> | null = null

  async function moveBatch(): Promise<number> {
    const due = putAwayDue(engine.picture, clock.nowMs(), BATCH)
    if (due.length === 0 || stopped) return 0
    await past.put(due.map((one) => entryOf(one, maps)))
    let moved = 0
    await engine.record(ACTOR, (picture) => {
      const still = due.filter((one) => isStill(picture, one))
      moved = still.length
      moves++
      return still.map(archived)
    })
    return moved
  }
  async function moveAll(): Promise<void> {
    while ((await moveBatch()) > 0);
  }

  const stopTick = everyMs(clock, EVERY_MS, () => {
    if (running !== null) return
    running = moveAll()
      .catch(onFault)
      .finally(() => (running = null))
  })
  return {
    get moves() {
      return moves
    },
    async stop() {
      stopped = true
      stopTick()
      await running
    },
  }
}

function entryOf(
  { incident, searches, tasks, candidates }: PutAway,
  maps: { frame(searchId: string): GridFrame | null },
): PastEntry {
  return {
    incident,
    searches: searches.map((search) => {
      const frame = maps.frame(search.id)
      return {
        search,
        tasks: tasks.filter(({ searchId }) => searchId === search.id),
        candidates: candidates.filter(({ searchId }) => searchId === search.id),
        map: frame === null ? null : new Uint8Array(encodeGrid(frame)),
      }
    }),
  }
}
