import type { Framer } from './framer.ts'
import type { Decoded } from './observation.ts'

/** What a protocol makes of one message: what it says, what to answer, and whether to hang up. */
export interface SessionStep {
  decoded: Decoded
  replies?: readonly Uint8Array[]
  end?: boolean
  /** Done when the replies are on their way. */
  after?: () => void
}

/** One peer's conversation. It has memory (parts of a message, who signed in) but no clock and no socket. */
export interface Session {
  message(bytes: Uint8Array, nowMs: number): SessionStep
  /** The connection is over. */
  close?(): void
}

/** What can be sent to a connected peer at any time. */
export interface PeerOut {
  write(bytes: Uint8Array): void
  /** Bytes that the peer has not taken yet. */
  waitingBytes(): number
  /** Hangs up. */
  end(): void
}

/** How a protocol cuts a stream into messages, and how it talks with one peer. */
export interface StreamProtocol {
  framer: () => Framer
  /** @param out null where peers are not connected (datagrams) */
  session: (peer: string, out: PeerOut | null) => Session
}
