import type { LinkHealth } from '@skerry/contract'
import { type Clock, every } from '../clock.ts'
import { encode, type FrameSigner } from '../wire/encode.ts'
import { finishFrame } from '../wire/finish-frame.ts'
import { type Frame, frameOf } from '../wire/frame.ts'
import { framesOfDatagram, newCounters } from '../wire/framer.ts'
import { createSequence } from '../wire/sequence.ts'
import type { Admission } from '../wire/signing/keyring.ts'
import { type StrayFrame, strayFramesOf } from '../wire/stray-frames.ts'
import { targetOf } from '../wire/target.ts'
import { hasRoomToBeatTwice } from './beat-room.ts'
import { askedAt, clockOffsetMs, latencyMs } from './latency-meter.ts'
import type { Arrival, OpenLink, PeerKey } from './link.ts'
import { createPeerTable, isBySatellite, linkFigures, noteFrame, noteTimesync, type Peer } from './peer-table.ts'
import { createRareAnswer } from './rare-answer.ts'
import { createRateMeter } from './rate-meter.ts'
import { createSendQueue } from './send-queue.ts'
import type { Remote, Transport, TransportEvents } from './transport.ts'
import { urgencyOf } from './urgency.ts'

export interface LinkOptions {
  readonly name: string
  /** Vehicles are behind it, or another ground station. */
  readonly role: LinkHealth['role']
  /** What it may carry away from us; null: no limit. */
  readonly bytesPerS: number | null
  readonly own: { readonly sys: number; readonly comp: number }
  readonly clock: Clock
  readonly open: (events: TransportEvents) => Transport | Promise<Transport>
  /**
   * Whether the signature policy takes a frame; others are counted and change nothing, but that a `copy`, one of a
   * vehicle with several links that another link brought already, shows its sender to be there.
   */
  readonly admit: (frame: Frame) => Admission | 'copy'
  /** How to sign a frame for these system ids: one frame for each entry; undefined leaves it unsigned. */
  readonly signers: (systems: readonly number[]) => readonly (FrameSigner | undefined)[]
  readonly hear: (arrival: Arrival) => void
  readonly hearCopy?: (arrival: Arrival) => void
  /** Frames of messages that we do not know, of a datagram that splits cleanly: for other stations and the recording. */
  readonly hearStray?: (peer: PeerKey, frames: readonly StrayFrame[], atMs: number) => void
  /** Every frame that leaves, as it leaves. */
  readonly sent?: (frame: Frame, atMs: number) => void
}

/** A link, and the way for frames of others, which go on unchanged. */
export interface ForwardingLink extends OpenLink {
  forward(peer: PeerKey, frame: Pick<Frame, 'v' | 'id' | 'sys' | 'raw'>): void
  /** What it may carry away from us, bytes a second; null: no limit. */
  readonly bytesPerS: number | null
  /** Every system id heard from that peer, also those without an autopilot there. */
  allSystems(peer: PeerKey): readonly number[]
  /** That peer is heard by satellite alone. */
  bySatellite(peer: PeerKey): boolean
  /** Whether our heartbeat may go there twice a second: the budget has room for it, and it is no satellite link. */
  hasRoomToBeatTwice(peer: PeerKey): boolean
}

interface Outgoing {
  readonly peer: Peer
  readonly frame: Pick<Frame, 'v' | 'id' | 'raw'>
  /** System ids it is for; null: a frame of others, to be left as it is. */
  readonly systems: readonly number[] | null
}

/** How often the round trip is asked for, and on a link of less than so many bytes a second. */
const LATENCY_PERIOD_MS = 2000
const SLOW_BYTES_PER_S = 3000
const SLOW_FACTOR = 5
const TIMESYNC_ID = 111
const HEARTBEAT_ID = 0
/**
 * Silence after which a connection to vehicles is broken: three heartbeats are missing, and what was sent into it would
 * come late. One that has not spoken yet gets longer; it is sent heartbeats alone.
 */
const BROKEN_AFTER_MS = 3500
const HIGH_LATENCY_BROKEN_MS = 120_000
const NEVER_SPOKEN_MS = 30_000
const SILENCE_CHECK_MS = 500
/** How often one sender whose signing clock is behind is told ours: its every frame is old until it has heard it. */
const BEHIND_ANSWER_MS = 1000

/** Opens one transport and does all that is alike on each: parsing, loss, round trip, budget, order of sending. */
export async function openLink(options: LinkOptions): Promise<ForwardingLink> {
  const { name, role, own, clock, hear, admit } = options
  const counters = newCounters()
  const table = createPeerTable(name)
  const queue = createSendQueue<Outgoing>(options.bytesPerS, clock.nowMs())
  const [inRate, outRate] = [createRateMeter(), createRateMeter()]
  let [refusedSignatures, repeatedFrames] = [0, 0]
  const answerBehind = createRareAnswer<Remote>(BEHIND_ANSWER_MS)
  const answerSeq = createSequence()
  let lastFrameAtMs: number | null = null
  let cancelDrain: (() => void) | null = null

  const transport = await options.open({
    hear(remote, bytes) {
      const atMs = clock.nowMs()
      inRate.add(bytes.length, atMs)
      if (!transport.datagrams) {
        const framer = table.framerOf(remote)
        const before = { ...framer.counters }
        const frames = framer.push(bytes)
        addDifference(counters, framer.counters, before)
        return take(remote, frames, atMs)
      }
      const unknownBefore = counters.unknown
      take(remote, framesOfDatagram(bytes, counters), atMs)
      if (counters.unknown === unknownBefore || options.hearStray === undefined) return
      const strays = strayFramesOf(bytes)
      if (strays.length > 0) options.hearStray(`${name}:${remote}`, strays, atMs)
    },
    gone: (remote) => table.gone(remote),
  })

  function take(remote: Remote, frames: readonly Frame[], atMs: number): void {
    for (const frame of frames) {
      // Our own words come back where someone forwards too much.
      if (frame.sys === own.sys && frame.comp === own.comp && role === 'vehicles') continue
      const admission = admit(frame)
      if (admission === 'repeated' || admission === 'copy') repeatedFrames++
      if (admission === 'behind' || admission === 'refused') refusedSignatures++
      if (admission === 'behind' && answerBehind(remote, atMs)) tellStamp(remote, frame, atMs)
      if (admission !== 'taken' && admission !== 'copy') continue
      const peer = table.peerOf(remote, atMs)
      lastFrameAtMs = atMs
      noteFrame(peer, frame, atMs)
      if (frame.id === TIMESYNC_ID) noteTimesync(peer, frame, atMs)
      const arrival = { peer: peer.key, frame, atMs }
      if (admission === 'taken') hear(arrival)
      else options.hearCopy?.(arrival)
    }
  }
  /**
   * A vehicle that started without the time signs with old stamps, and follows the newest one that it hears. A question
   * for its clock, and no heartbeat: that one tells it that somebody is there to fly it, which is not for a link to say.
   */
  function tellStamp(remote: Remote, { sys, comp }: Frame, atMs: number): void {
    for (const signer of options.signers([sys]))
      if (signer !== undefined) put(remote, finishFrame(timesync(sys, comp, atMs), answerSeq(), signer), atMs)
  }
  const timesync = (sys: number, comp: number, atMs: number): Uint8Array => {
    const question = { tc1: 0n, ts1: stampNs(atMs), target_system: sys, target_component: comp }
    return encode('TIMESYNC', question, { seq: 0, ...own })
  }
  function put(remote: Remote, bytes: Uint8Array, atMs: number): void {
    outRate.add(bytes.length, atMs)
    transport.send(remote, bytes)
    options.sent?.(frameOf(bytes), atMs)
  }

  function transmit({ peer, frame, systems }: Outgoing, atMs: number): void {
    // What waited for a connection is not for the next one.
    if (transport.reset !== undefined && table.byKey(peer.key) !== peer) return
    const signers = systems === null ? [null] : options.signers(systems)
    for (const signer of signers)
      put(peer.remote, signer === null ? frame.raw : finishFrame(frame.raw, peer.nextSeq(), signer), atMs)
  }
  function drain(): void {
    cancelDrain?.()
    cancelDrain = null
    const nowMs = clock.nowMs()
    for (const outgoing of queue.take(nowMs)) transmit(outgoing, nowMs)
    const waitMs = queue.waitMs(nowMs)
    if (waitMs !== null) cancelDrain = clock.after(Math.max(1, waitMs), drain)
  }
  function enqueue(outgoing: Outgoing, share: string | number): void {
    // What cannot leave now must not be delivered when the link returns.
    if (transport.state() !== 'open') return queue.clear()
    const { frame, peer } = outgoing
    // A connection may be taken by a system whose program stands still: nothing is ordered before somebody speaks.
    if (connected && peer.heardAtMs.size === 0 && frame.id !== HEARTBEAT_ID) return
    const urgency = urgencyOf(frame)
    queue.put({ urgency, share, bytes: frame.raw.length, item: outgoing }, clock.nowMs())
    if (cancelDrain === null || urgency === 'safety') drain()
  }
  /** A dialled end is a peer before it has said anything. */
  const peerAt = (key: PeerKey): Peer | undefined => {
    const known = table.byKey(key)
    if (known !== undefined) return known
    const remote = key.slice(name.length + 1)
    return transport.dialled().includes(remote) ? table.peerOf(remote, clock.nowMs()) : undefined
  }

  const connected = transport.reset !== undefined && role === 'vehicles'
  const stopBreaking = connected ? every(clock, SILENCE_CHECK_MS, breakSilent) : () => undefined
  function breakSilent(): void {
    const nowMs = clock.nowMs()
    for (const { remote, heardAtMs, lastHeardAtMs, highLatency } of table.all()) {
      const spokenMs = highLatency ? HIGH_LATENCY_BROKEN_MS : BROKEN_AFTER_MS
      if (nowMs - lastHeardAtMs >= (heardAtMs.size > 0 ? spokenMs : NEVER_SPOKEN_MS)) transport.reset?.(remote)
    }
  }

  const latencyPeriodMs =
    LATENCY_PERIOD_MS * (options.bytesPerS !== null && options.bytesPerS < SLOW_BYTES_PER_S ? SLOW_FACTOR : 1)
  const stopAsking = role === 'station' ? () => undefined : every(clock, latencyPeriodMs, askLatencies)
  function askLatencies(): void {
    const nowMs = clock.nowMs()
    for (const peer of table.heardLately(nowMs)) {
      const [autopilot] = peer.autopilots
      if (autopilot === undefined || isBySatellite(peer, nowMs)) continue
      peer.latency = askedAt(peer.latency, stampNs(nowMs), nowMs)
      send(peer.key, timesync(...autopilot, nowMs))
    }
  }
  function send(key: PeerKey, bytes: Uint8Array): void {
    const peer = peerAt(key)
    if (peer === undefined) return
    const frame = frameOf(bytes)
    const { sys } = targetOf(frame)
    enqueue({ peer, frame, systems: sys === 0 ? [...peer.heardAtMs.keys()] : [sys] }, sys)
  }

  return {
    name,
    bytesPerS: options.bytesPerS,
    send,
    forward(key, frame) {
      const peer = peerAt(key)
      if (peer !== undefined) enqueue({ peer, frame, systems: null }, `from ${frame.sys}`)
    },
    peers: () => [
      ...new Set([
        ...table.heardLately(clock.nowMs()).map(({ key }) => key),
        ...transport.dialled().map((remote) => `${name}:${remote}`),
      ]),
    ],
    allSystems: (key) => [...(table.byKey(key)?.heardAtMs.keys() ?? [])],
    systems: (key) => table.byKey(key)?.autopilots ?? new Map<number, number>(),
    lossShare: (key, sys, comp) => table.lossShare(key, sys, comp, clock.nowMs()),
    clockOffsetMs(key, sys) {
      const peer = peerAt(key)
      // One vehicle behind each address is asked: of the clocks of others nothing is known.
      if (peer === undefined || [...peer.autopilots.keys()][0] !== sys) return null
      return clockOffsetMs(peer.latency, clock.nowMs())
    },
    bySatellite(key) {
      const peer = table.byKey(key)
      return peer !== undefined && isBySatellite(peer, clock.nowMs())
    },
    hasRoomToBeatTwice(key) {
      if (table.byKey(key)?.highLatency === true) return false
      const ends = table
        .heardLately(clock.nowMs())
        .map(({ heardAtMs }) => options.signers([...heardAtMs.keys()]).length)
      const frames = ends.reduce((sum, frames) => sum + frames, 0)
      return hasRoomToBeatTwice(options.bytesPerS, frames)
    },
    latencyMs(key) {
      const peer = table.byKey(key)
      return peer === undefined ? null : latencyMs(peer.latency, clock.nowMs())
    },
    lastHeardAtMs: (key, sys) => table.byKey(key)?.heardAtMs.get(sys) ?? null,
    health() {
      const nowMs = clock.nowMs()
      const peers = table.heardLately(nowMs)
      return {
        name,
        kind: transport.kind,
        role,
        local: transport.local(),
        state: transport.state(),
        detail: transport.detail(),
        peers: peers.length,
        lastFrameAtMs,
        ...linkFigures(peers, nowMs),
        inBytesPerS: Math.round(inRate.perS(nowMs)),
        outBytesPerS: Math.round(outRate.perS(nowMs)),
        budgetBytesPerS: options.bytesPerS,
        waiting: queue.waiting,
        dropped: queue.dropped,
        refusedSignatures,
        repeatedFrames,
        ...counters,
      }
    },
    async close() {
      stopAsking()
      stopBreaking()
      cancelDrain?.()
      queue.clear()
      await transport.close()
    },
  }
}

/** The time as TIMESYNC tells it. */
const stampNs = (atMs: number): bigint => BigInt(Math.round(atMs)) * 1_000_000n

function addDifference<T extends Record<keyof T, number>>(to: T, now: Readonly<T>, before: Readonly<T>): void {
  for (const key of Object.keys(now) as (keyof T)[]) to[key] = (to[key] + now[key] - before[key]) as T[keyof T]
}
