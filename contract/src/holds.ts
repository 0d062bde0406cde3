import type { RoomVoice } from './room-voice.ts'

/**
 * Keeps everything of a case from retention, whatever falls due: an inquiry, a complaint, a court. One person sets it at
 * once; it is lifted by two. By the id of its incident; gone when it is lifted.
 */
export interface LegalHold {
  incidentId: string
  /** The incident's number. */
  number: number
  reason: string
  by: RoomVoice
  atMs: number
  /** Time of the case, for positions of then; `toMs` null: it is not closed. */
  fromMs: number
  toMs: number | null
  /** Somebody asks for it to be lifted; nothing changes until a second person agrees. */
  lift: { reason: string; by: RoomVoice; atMs: number } | null
}
