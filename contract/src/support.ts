import type { Words } from './dictionary.ts'
import type { RoomVoice } from './room-voice.ts'

/** What became of a request for help. `withdrawn`: those who asked no longer need it. */
export const SUPPORT_ANSWERS = ['accepted', 'arrived', 'declined', 'withdrawn'] as const
export type SupportAnswer = (typeof SUPPORT_ANSWERS)[number]

/**
 * Help that an incident asked for from outside the own units (an ambulance, a tug), as it is told by phone or radio: no
 * other system is asked. Two clocks run: to the answer, and to the arrival. Times are the server's clock.
 */
export interface SupportRequest {
  /** Counts the requests of one room from 1. */
  number: number
  /** Id in the dictionary, and what it was called when it was asked for. */
  support: string
  name: Words
  /** Where to, how many, what for. */
  text: string
  state: 'asked' | SupportAnswer
  by: RoomVoice
  askedAtMs: number
  acceptByMs: number
  acceptedAtMs: number | null
  /** By the dictionary; from the acceptance on, what the other side stated, where it stated anything. */
  arriveByMs: number
  arrivedAtMs: number | null
  /** It arrived, was declined or withdrawn, or the incident closed: its clock stands still. */
  endedAtMs: number | null
  /** Why it was declined or withdrawn. */
  reason: string | null
}
