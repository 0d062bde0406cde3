import type { Framer } from './framer.ts'
import type { Decoded } from './observation.ts'

/** What a protocol makes of one message: what it says, what to answer, and whether to hang up. */
export interface SessionStep {
  decoded: Decoded
  replies?: readonly Uint8Array[]
  end?: boolean
}

/** One peer's conversation. It has memory (parts of a message, who signed in) but no clock and no socket. */
export interface Session {
  message(bytes: Uint8Array, nowMs: number): SessionStep
}

/** How a protocol cuts a stream into messages, and how it talks with one peer. */
export interface StreamProtocol {
  framer: () => Framer
  session: (peer: string) => Session
}
