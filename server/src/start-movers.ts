import { createConsignmentDesk } from './consignments/consignment-desk.ts'
import type { ServerConfig } from './config.ts'
import { heldSpans } from './domain/retention/decide.ts'
import type { ZoneRecorder } from './zones/zone-recorder.ts'
import type { Engine } from './engine/engine.ts'
import type { Scheduler } from './engine/scheduler.ts'
import { FORGET_MS, createVesselTable } from './intake/ais/vessel-table.ts'
import { createFixIntake } from './intake/fixes.ts'
import { createMotionStore } from './motion/motion-store.ts'
import type { Store } from './store/open-store.ts'
import { startTrackKeeper } from './tracks/track-keeper.ts'
import { createTrackWriter } from './tracks/track-writer.ts'

/** Positions older than this are not shown again after a restart. */
const RESTORED_MS = 10 * 60_000

/** Everything that moves: where it is, what of it is kept, and where its positions come in. Restored from the store. */
export async function startMovers(parts: {
  engine: Engine
  store: Pick<Store, 'tracks'>
  policy: ServerConfig['tracks']
  zones: Pick<ZoneRecorder, 'take' | 'takeUnit' | 'late'>
  clock: Scheduler
  onFault: (error: unknown) => void
}) {
  const { engine, store, policy, zones, clock, onFault } = parts
  const motion = createMotionStore()
  const tracks = createTrackWriter({ tracks: store.tracks, clock, onFault })
  const keeper = startTrackKeeper({
    tracks: store.tracks,
    clock,
    policy,
    held: () => heldSpans(engine.picture),
    onFault,
  })
  const consignments = createConsignmentDesk({ engine, zones, clock })
  const fixes = createFixIntake({ engine, motion, tracks, clock, zones, consignments })
  fixes.restore(await store.tracks.latest('unit', clock.nowMs() - RESTORED_MS))
  const vessels = createVesselTable({ motion, tracks, clock, zones })
  vessels.restore(await store.tracks.latest('vessel', clock.nowMs() - FORGET_MS))
  return {
    motion,
    tracks,
    keeper,
    consignments,
    fixes,
    vessels,
    /** Takes no more positions. What waits to be written is written by `close`. */
    stop(): void {
      fixes.stop()
      consignments.stop()
      vessels.stop()
    },
    async close(): Promise<void> {
      await keeper.stop()
      await tracks.close()
    },
  }
}
