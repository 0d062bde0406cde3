import type { Words } from './dictionary.ts'
import type { MemberKey, RoomVoice } from './room-voice.ts'
import type { SupportRequest } from './support.ts'

export type MemberKind = 'seat' | 'desk' | 'unit' | 'adviser' | 'guest'

/** Up to which message, and when. `name`: who of a desk or a crew it was. */
export interface ReadingMark {
  to: number
  atMs: number
  name: string
}

/** One member of one room, past members too. Its id is `INCIDENT/KEY`. */
export interface RoomMember {
  incidentId: string
  key: MemberKey
  kind: MemberKind
  name: string
  /** Id of the rule that brought it; null for whoever was invited or came by speaking. */
  rule: string | null
  joinedAtMs: number
  leftAtMs: number | null
  /** When an adviser or a guest has to go. */
  untilMs: number | null
  mayWrite: boolean
  /** Of an adviser: which of the dictionary's. */
  adviser: string | null
  /** When a guest first opened its link; null for not yet, and for everybody else. */
  enteredAtMs: number | null
  /** Newest last; older marks are in the journal. */
  delivered: ReadingMark[]
  read: ReadingMark[]
}

/** An answer that a member owed, by its own hand or entered by a seat that heard it on the radio. */
export interface RoomAnswer {
  atMs: number
  by: RoomVoice
  byRadio: boolean
}

/** One message. Its id is `INCIDENT/NUMBER`; numbers count from 1 without gaps. */
export interface RoomMessage {
  incidentId: string
  number: number
  atMs: number
  from: RoomVoice
  text: string
  urgent: boolean
  /** Those who were members when it was said and must acknowledge it; empty unless it is urgent. */
  owed: MemberKey[]
  acknowledged: Record<MemberKey, RoomAnswer>
}

export interface ChecklistItem {
  id: string
  name: Words
  state: 'open' | 'done' | 'skipped'
  by: RoomVoice | null
  atMs: number | null
  /** Why it was skipped. */
  reason: string | null
}

export interface RollCall {
  /** Counts from 1. */
  number: number
  calledAtMs: number
  dueAtMs: number
  by: RoomVoice
  owed: MemberKey[]
  answers: Record<MemberKey, RoomAnswer>
  /** When everybody had answered, or the time was over. */
  endedAtMs: number | null
}

/** The room of an incident, by the incident's id. Members and messages are entities of their own. */
export interface Room {
  incidentId: string
  /** Closed with its incident: read, no longer written. */
  state: 'open' | 'closed'
  openedAtMs: number
  closedAtMs: number | null
  /** Number of the newest message, 0 for none. */
  lastNumber: number
  /** Everybody who is or was a member. */
  memberKeys: MemberKey[]
  /** Urgent messages that somebody who is here has not acknowledged. */
  unacknowledged: number[]
  checklist: ChecklistItem[]
  rollCall: RollCall | null
  /** Help asked for from outside, oldest first. Absent in journals from before it could be. */
  support?: SupportRequest[]
}

export type LeaveReason = 'rule' | 'signed-out' | 'removed' | 'time-over'

export const memberId = (incidentId: string, key: MemberKey): string => `${incidentId}/${key}`
export const messageId = (incidentId: string, number: number): string => `${incidentId}/${number}`
