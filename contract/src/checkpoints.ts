import { z } from 'zod'
import { EpochMs, LngLat } from './geo.ts'

export const CheckpointId = z.string().regex(/^[A-Za-z0-9._-]{1,40}$/)

/** A ferry terminal gate or bridge checkpoint, as its owner declares it. */
export const CheckpointDeclaration = z.strictObject({
  id: CheckpointId,
  name: z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  kind: z.enum(['ferry', 'bridge']),
  position: LngLat,
})
export type CheckpointDeclaration = z.infer<typeof CheckpointDeclaration>
export const CheckpointDeclarations = z.strictObject({ checkpoints: z.array(CheckpointDeclaration).max(500) })

/** Counts of one minute. Counts only: there is no record of a person or a plate anywhere. Unknown is null. */
export const CheckpointCount = z.strictObject({
  checkpointId: CheckpointId,
  /** Start of the minute counted. */
  minuteMs: EpochMs,
  inPersons: z.number().int().min(0).max(100_000).nullable(),
  outPersons: z.number().int().min(0).max(100_000).nullable(),
  inVehicles: z.number().int().min(0).max(100_000).nullable(),
  outVehicles: z.number().int().min(0).max(100_000).nullable(),
  queuePersons: z.number().int().min(0).max(1_000_000).nullable(),
  queueVehicles: z.number().int().min(0).max(1_000_000).nullable(),
})
export type CheckpointCount = z.infer<typeof CheckpointCount>
export const CheckpointCounts = z.strictObject({ counts: z.array(CheckpointCount).min(1).max(2000) })

/** A checkpoint in the picture with its newest counts. `flow` is the mean of the last five counted minutes. */
export interface Checkpoint {
  id: string
  name: { zh: string; en: string }
  kind: 'ferry' | 'bridge'
  position: LngLat
  latest: CheckpointCount | null
  receivedAtMs: number | null
  flow: { inPersonsPerMin: number | null; outPersonsPerMin: number | null; minutes: number } | null
  /** Persons in plus out per minute for the last 60 minutes, oldest first; null where no count came. */
  history: (number | null)[]
}
