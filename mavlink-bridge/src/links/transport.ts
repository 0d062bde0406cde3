import type { LinkHealth } from '@skerry/contract'

/** Address of a remote end as the transport names it, e.g. `10.0.0.7:51344`. */
export type Remote = string

export interface TransportEvents {
  /** Bytes from one remote end: a whole datagram, or the next part of its stream. The bytes may be reused afterwards. */
  hear(remote: Remote, bytes: Uint8Array): void
  /** A stream has ended; what comes from that remote end later is a new one. */
  gone(remote: Remote): void
}

/** Moves bytes; knows no frames. Sending never throws, and what cannot be sent is lost. */
export interface Transport {
  readonly kind: LinkHealth['kind']
  /** Each piece of bytes is parsed on its own. */
  readonly datagrams: boolean
  state(): LinkHealth['state']
  /** Why it is not open, in words of the system; null while it is. */
  detail(): string | null
  /** Where it is: the address it listens on, the one it dials, or the device. */
  local(): string
  /** Remote ends that can be spoken to before they were heard. */
  dialled(): readonly Remote[]
  send(remote: Remote, bytes: Uint8Array): void
  /**
   * Breaks the connection to that remote end and drops what it has not taken; a dialled one is dialled again. Absent
   * where there are no connections.
   */
  reset?(remote: Remote): void
  close(): Promise<void>
}

/** A failure of the system as one short line: its code, or its message. */
export const faultWords = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : (error.message.split('\n')[0] ?? '')
}
