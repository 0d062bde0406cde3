import type { LinkHealth } from '@skerry/contract'
import type { Frame } from '../wire/frame.ts'

/** Name of one remote end of a link, unique in the bridge, e.g. `udp:10.0.0.7:51344`. */
export type PeerKey = string

/** A transport with any number of remote ends. Sending never throws: what cannot be sent is lost, as on the air. */
export interface Link {
  readonly name: string
  /** Remote ends heard in the last minute. */
  peers(): PeerKey[]
  /** Encodes with this peer's own sequence number and sends. Unknown peers: nothing happens. */
  send(peer: PeerKey, encodeWith: (seq: number) => Uint8Array): void
  /** Loss of the frames of one component of that peer, 0..1; null when unknown. */
  lossShare(peer: PeerKey, sys: number, comp: number): number | null
  health(): LinkHealth
  close(): Promise<void>
}

/** One good frame, with where and when it came in. */
export interface Arrival {
  readonly peer: PeerKey
  readonly frame: Frame
  readonly atMs: number
}
