import { z } from 'zod'
import { FixedCamera } from './cameras.ts'
import { DroneId } from './fleet.ts'
import type { RoomVoice } from './room-voice.ts'

/**
 * What a sensitive act is about: a fixed camera or the camera of a drone is opened, or the vehicle of a consignment is
 * followed where its position is otherwise not taken or not shown.
 */
export const ActTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('camera'), id: FixedCamera.shape.id }),
  z.strictObject({ kind: z.literal('drone'), id: DroneId }),
  z.strictObject({ kind: z.literal('consignment'), id: z.string().min(1).max(64) }),
])
export type ActTarget = z.infer<typeof ActTarget>

/** Longest that an act runs before it has to be asked for again, minutes. */
export const ACT_MOST_MIN = 60
/** A request that nobody has approved after so long is over, ms. */
export const APPROVE_WITHIN_MS = 10 * 60_000

/** How an act came to its end. */
export const ACT_ENDS = ['refused', 'withdrawn', 'not-approved', 'time-over', 'stopped', 'incident-closed'] as const
export type ActEnd = (typeof ACT_ENDS)[number]

/**
 * One act, asked for from an incident with a reason and approved by a second person; its id is `INCIDENT/NUMBER`. It ends
 * by itself. Every look through it is in the journal.
 */
export interface SensitiveAct {
  incidentId: string
  /** Counts the acts of one incident from 1. */
  number: number
  target: ActTarget
  reason: string
  minutes: number
  state: 'waiting' | 'running' | 'ended'
  askedBy: RoomVoice
  askedAtMs: number
  approveByMs: number
  approvedBy: RoomVoice | null
  approvedAtMs: number | null
  untilMs: number | null
  endedAtMs: number | null
  because: ActEnd | null
  /** In the words of whoever refused or stopped it. */
  endReason: string | null
}
export const actId = (incidentId: string, number: number): string => `${incidentId}/${number}`

/**
 * What whoever may look is given: a picture that the server passes on, addresses for a player, or a vehicle to follow.
 * `title`: as the camera of a drone calls its stream; null for a fixed camera, which has a name.
 */
export const ActView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('picture'), path: z.string() }),
  z.object({
    kind: z.literal('stream'),
    streams: z.array(z.object({ title: z.string().nullable(), thermal: z.boolean(), url: z.string() })),
  }),
  z.object({ kind: z.literal('follow'), path: z.string() }),
])
export type ActView = z.infer<typeof ActView>
