import type { LinkHealth } from '@skerry/contract'
import type { Frame } from '../wire/frame.ts'

/** Name of one remote end, unique in the bridge: the link's name, then the address, e.g. `udp:10.0.0.7:51344`. */
export type PeerKey = string

/** Peers of this name are vehicles behind several declared links, `ways:SYS`: what comes has more than one numbering. */
export const WAYS_PEER = 'ways:'

/** What vehicles are reached by. Sending never throws: what cannot be sent is lost, as on the air. */
export interface Link {
  /**
   * Sends one encoded, unsigned frame; its sequence number and its signature are given to it when it leaves. Unknown
   * peers: nothing happens.
   * @param turn which of several ways to that peer: 0 the best, 1 the next best, and so on round and round
   */
  send(peer: PeerKey, frame: Uint8Array, turn?: number): void
  /** Ways to that peer that are heard, beside the best one. Absent: none. */
  otherWays?(peer: PeerKey): number
  /** Loss of the frames of one component of that peer, 0..1; null when unknown. */
  lossShare(peer: PeerKey, sys: number, comp: number): number | null
  /** What the link to that peer may carry one way, and how many vehicles share it. Absent: no limit. */
  load?(peer: PeerKey): { readonly bytesPerS: number | null; readonly vehicles: number }
}

/** One open transport with any number of remote ends. */
export interface OpenLink extends Link {
  readonly name: string
  /** Remote ends heard in the last minute, and those that were dialled. */
  peers(): PeerKey[]
  /** System ids heard from that peer, with the component that is their autopilot. */
  systems(peer: PeerKey): ReadonlyMap<number, number>
  /** Round trip to that peer, ms; null when unknown. */
  latencyMs(peer: PeerKey): number | null
  /** That system's clock (of its TIMESYNC answers) ahead of ours, ms; null when unknown. */
  clockOffsetMs(peer: PeerKey, sys: number): number | null
  /** When that system was last heard there, epoch ms; null when never. */
  lastHeardAtMs(peer: PeerKey, sys: number): number | null
  health(): LinkHealth
  close(): Promise<void>
}

/** One good frame, with where and when it came in. */
export interface Arrival {
  readonly peer: PeerKey
  readonly frame: Frame
  readonly atMs: number
}
