import { z } from 'zod'
import type { Checkpoint } from './checkpoints.ts'
import type { ConsignmentFix } from './consignments.ts'
import type { DroneStatus } from './fleet.ts'
import type { Health } from './health.ts'
import type { Snapshot, Update } from './picture.ts'
import type { Sailing } from './sailings.ts'
import type { Reading } from './searches.ts'

/** What a client says when it connects: the last update it holds, or null for a fresh one. */
export const Resume = z.strictObject({
  lastSeq: z.number().int().min(0).nullable(),
  /** Run of the server that gave `lastSeq`; the journal outlives the run, so this is for diagnosis only. */
  run: z.string().max(64).nullable(),
})
export type Resume = z.infer<typeof Resume>

/** Topics a client may join. Each declares who may; `server` refuses the rest. */
export const Topic = z
  .string()
  .regex(
    /^(motion\/(unit|drone|vessel)\/\d{1,2}\/\d{1,5}\/\d{1,5}|search\/[\w-]{1,64}(\/[\w-]{1,64})?|drones|checkpoints|sailings|consignments|readings\/[\w-]{1,64}|health)$/,
  )
export type Topic = z.infer<typeof Topic>

/** Events server -> console on the Socket.IO namespace `/live`. */
export interface LiveToClient {
  /** First answer after `resume`: the whole picture (fresh client, or too far behind). */
  snapshot: (snapshot: Snapshot) => void
  /** Exactly what was missed, or what just happened; in order, no gaps. */
  updates: (updates: Update[]) => void
  /** Once a second, also when nothing happens: the console's own feed age is measured on this. */
  pulse: (pulse: { atMs: number; seq: number; run: string }) => void
  /** What moved in the last tick in the topics that were joined: one motion block after the other, at most one message a tick. */
  motion: (bytes: ArrayBuffer) => void
  drones: (drones: DroneStatus[]) => void
  /** Checkpoints whose counts are new; all of them on joining. Counts are perishable and never in `updates`. */
  checkpoints: (checkpoints: Checkpoint[]) => void
  /** Sailings that have changed; all of the day on joining. */
  sailings: (sailings: Sailing[]) => void
  /** Newest place of every consignment on the road that has one. */
  consignments: (fixes: ConsignmentFix[]) => void
  /** `mapId` is the id of a search for its whole map, or `SEARCH/SCENARIO` for the map under one scenario. */
  grid: (mapId: string, bytes: ArrayBuffer) => void
  readings: (searchId: string, readings: Reading[]) => void
  health: (health: Health) => void
}

/** Events console -> server. */
export interface LiveToServer {
  resume: (resume: Resume, done: (answer: { run: string; seq: number }) => void) => void
  /** A topic that is joined again begins again with all of it. What is not `joined` is `refused`: each name is one of them. */
  join: (topics: Topic[], done: (answer: { joined: Topic[]; refused: Topic[] }) => void) => void
  leave: (topics: Topic[]) => void
}
export const LIVE_NAMESPACE = '/live'
