import { decodeAs } from '../wire/decode.ts'
import { createFramer, type Framer } from '../wire/framer.ts'
import type { Frame } from '../wire/frame.ts'
import { createSequence } from '../wire/sequence.ts'
import { answeredAt, type LatencyMeter, latencyMs, newLatencyMeter } from './latency-meter.ts'
import type { PeerKey } from './link.ts'
import { createLossMeter, type LossMeter } from './loss-meter.ts'
import type { Remote } from './transport.ts'

/** More senders than any fleet: spoofed addresses must not fill the memory. */
const MAX_PEERS = 512
const MAX_COMPONENTS_PER_PEER = 32
const MAX_SYSTEMS_PER_PEER = 64
const PEER_KEPT_MS = 60_000
const MAV_AUTOPILOT_INVALID = 8
const HEARTBEAT_ID = 0
const HIGH_LATENCY2_ID = 235

/** One remote end of a link. */
export interface Peer {
  readonly key: PeerKey
  readonly remote: Remote
  readonly nextSeq: () => number
  readonly losses: Map<number, LossMeter>
  /** When each system id was last heard here. */
  readonly heardAtMs: Map<number, number>
  /** Autopilot component of each system id whose autopilot beat here, or sent the summary of a satellite link. */
  readonly autopilots: Map<number, number>
  latency: LatencyMeter
  lastHeardAtMs: number
  /** Its last sign of life was a summary of a satellite link: it speaks seldom. */
  highLatency: boolean
  /** When a heartbeat was heard here last, epoch ms. */
  lastBeatAtMs: number
}

/** The remote ends of one link, bounded in number, and the parsers of those that are streams. */
export function createPeerTable(linkName: string) {
  const peers = new Map<Remote, Peer>()
  /** The same by their keys: a name cut out of a key would have to be hashed for each frame that is sent. */
  const keyed = new Map<PeerKey, Peer>()
  const framers = new Map<Remote, Framer>()

  function forget(peer: Peer): void {
    peers.delete(peer.remote)
    keyed.delete(peer.key)
  }
  function forgetIdlest(): void {
    let idlest: Peer | undefined
    for (const peer of peers.values())
      if (idlest === undefined || peer.lastHeardAtMs < idlest.lastHeardAtMs) idlest = peer
    if (idlest !== undefined) forget(idlest)
  }
  function peerOf(remote: Remote, atMs: number): Peer {
    const known = peers.get(remote)
    if (known !== undefined) return known
    if (peers.size >= MAX_PEERS) forgetIdlest()
    const peer: Peer = {
      key: `${linkName}:${remote}`,
      remote,
      nextSeq: createSequence(),
      losses: new Map(),
      heardAtMs: new Map(),
      autopilots: new Map(),
      latency: newLatencyMeter(),
      lastHeardAtMs: atMs,
      highLatency: false,
      lastBeatAtMs: -Infinity,
    }
    peers.set(remote, peer)
    keyed.set(peer.key, peer)
    return peer
  }
  const byKey = (key: PeerKey): Peer | undefined => keyed.get(key)

  return {
    peerOf,
    byKey,
    /** The parser of a stream. */
    framerOf(remote: Remote): Framer {
      let framer = framers.get(remote)
      if (framer === undefined) {
        framer = createFramer()
        framers.set(remote, framer)
      }
      return framer
    },
    /** A stream has ended: its half frame is no part of the next one. */
    gone(remote: Remote): void {
      framers.delete(remote)
      const peer = peers.get(remote)
      if (peer !== undefined) forget(peer)
    },
    all: (): Peer[] => [...peers.values()],
    heardLately: (nowMs: number): Peer[] =>
      [...peers.values()].filter((peer) => nowMs - peer.lastHeardAtMs < PEER_KEPT_MS),
    lossShare(key: PeerKey, sys: number, comp: number, nowMs: number): number | null {
      return (
        byKey(key)
          ?.losses.get(sys * 256 + comp)
          ?.share(nowMs) ?? null
      )
    },
  }
}
export type PeerTable = ReturnType<typeof createPeerTable>

/** What a good frame tells about the way it came. */
export function noteFrame(peer: Peer, frame: Frame, atMs: number): void {
  peer.lastHeardAtMs = atMs
  const { sys, comp, seq } = frame
  const component = sys * 256 + comp
  const meter = peer.losses.get(component)
  if (meter !== undefined) meter.heard(seq, atMs)
  else if (peer.losses.size < MAX_COMPONENTS_PER_PEER) peer.losses.set(component, createLossMeter(seq, atMs))
  if (peer.heardAtMs.size < MAX_SYSTEMS_PER_PEER || peer.heardAtMs.has(sys)) peer.heardAtMs.set(sys, atMs)
  if (frame.id !== HEARTBEAT_ID && frame.id !== HIGH_LATENCY2_ID) return
  peer.highLatency = frame.id === HIGH_LATENCY2_ID
  if (!peer.highLatency) peer.lastBeatAtMs = atMs
  const life = peer.highLatency ? decodeAs('HIGH_LATENCY2', frame) : decodeAs('HEARTBEAT', frame)
  if (life !== undefined && life.autopilot !== MAV_AUTOPILOT_INVALID && peer.heardAtMs.has(sys))
    peer.autopilots.set(sys, comp)
}

/** A vehicle that sends a summary beside its heartbeats is on no satellite link: some of its beats are only lost. */
const BEATS_WITHIN_MS = 5000

/**
 * It is heard by satellite alone. Nothing goes there by itself: each byte is paid for, and autopilots judge such a link
 * by other signs than heartbeats.
 */
export const isBySatellite = ({ highLatency, lastBeatAtMs }: Peer, nowMs: number): boolean =>
  highLatency && nowMs - lastBeatAtMs >= BEATS_WITHIN_MS

/** Notes an answer to one of our TIMESYNC questions. */
export function noteTimesync(peer: Peer, frame: Frame, atMs: number): void {
  const fields = decodeAs('TIMESYNC', frame)
  if (fields !== undefined && fields.tc1 !== 0n) peer.latency = answeredAt(peer.latency, fields.ts1, fields.tc1, atMs)
}

/** Mean loss over the components of all peers, and the least round trip to any; null when unknown. */
export function linkFigures(
  peers: readonly Peer[],
  nowMs: number,
): { lossShare: number | null; latencyMs: number | null } {
  const losses = peers
    .flatMap(({ losses }) => [...losses.values()].map((meter) => meter.share(nowMs)))
    .filter((share) => share !== null)
  const latencies = peers.map(({ latency }) => latencyMs(latency, nowMs)).filter((ms) => ms !== null)
  return {
    lossShare: losses.length === 0 ? null : losses.reduce((sum, share) => sum + share, 0) / losses.length,
    latencyMs: latencies.length === 0 ? null : Math.min(...latencies),
  }
}
