import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import type { LinkHealth } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { framesOfDatagram, newCounters } from '../wire/framer.ts'
import { createSequence } from '../wire/sequence.ts'
import type { Arrival, Link, PeerKey } from './link.ts'
import { heardSeq, type LossMeter, lossShare, newLossMeter } from './loss-meter.ts'
import { formatUdpAddress, type UdpAddress } from './udp-address.ts'

/** More senders than any fleet: spoofed addresses must not fill the memory. */
const MAX_PEERS = 512
const MAX_COMPONENTS_PER_PEER = 32
const PEER_KEPT_MS = 60_000

interface Peer {
  readonly host: string
  readonly port: number
  readonly nextSeq: () => number
  readonly losses: Map<number, LossMeter>
  lastHeardAtMs: number
}

export interface UdpLinkOptions {
  readonly listen: UdpAddress
  readonly clock: Clock
  readonly hear: (arrival: Arrival) => void
}

/**
 * Listens for vehicles on UDP. Each datagram is parsed on its own and each (address, port) is a peer of its own, so
 * that garbage of one sender never touches another. Rejects where the port cannot be opened (EADDRINUSE, EACCES).
 */
export async function openUdpLink({ listen, clock, hear }: UdpLinkOptions): Promise<Link> {
  const socket = await bind(listen)
  const counters = newCounters()
  const peers = new Map<PeerKey, Peer>()
  let lastFrameAtMs: number | null = null
  let state: LinkHealth['state'] = 'open'

  socket.on('message', (bytes, from) => {
    const frames = framesOfDatagram(bytes, counters)
    // A forged source port 0 can be received from and not sent to.
    if (frames.length === 0 || from.port === 0) return
    const atMs = clock.nowMs()
    lastFrameAtMs = atMs
    const key = `udp:${formatUdpAddress({ host: from.address, port: from.port })}`
    const peer = peerOf(key, from, atMs)
    for (const frame of frames) {
      noteSeq(peer, frame.sys * 256 + frame.comp, frame.seq, atMs)
      hear({ peer: key, frame, atMs })
    }
  })
  // An ICMP "unreachable" for one peer is reported here; the socket and the others live on.
  socket.on('error', () => undefined)

  function peerOf(key: PeerKey, from: RemoteInfo, atMs: number): Peer {
    const known = peers.get(key)
    if (known !== undefined) {
      known.lastHeardAtMs = atMs
      return known
    }
    if (peers.size >= MAX_PEERS) {
      const [idle] = [...peers].sort(([, a], [, b]) => a.lastHeardAtMs - b.lastHeardAtMs)
      if (idle !== undefined) peers.delete(idle[0])
    }
    const peer = {
      host: from.address,
      port: from.port,
      nextSeq: createSequence(),
      losses: new Map<number, LossMeter>(),
      lastHeardAtMs: atMs,
    }
    peers.set(key, peer)
    return peer
  }

  const heardLately = (): PeerKey[] =>
    [...peers].filter(([, peer]) => clock.nowMs() - peer.lastHeardAtMs < PEER_KEPT_MS).map(([key]) => key)

  return {
    name: 'udp',
    peers: heardLately,
    send(key, encodeWith) {
      const peer = peers.get(key)
      if (peer === undefined || state !== 'open') return
      socket.send(encodeWith(peer.nextSeq()), peer.port, peer.host, () => undefined)
    },
    lossShare(key, sys, comp) {
      const meter = peers.get(key)?.losses.get(sys * 256 + comp)
      return meter === undefined ? null : lossShare(meter, clock.nowMs())
    },
    health() {
      const { address, port } = state === 'open' ? socket.address() : { address: listen.host, port: listen.port }
      const local = formatUdpAddress({ host: address, port })
      return { name: 'udp', kind: 'udp', local, state, peers: heardLately().length, lastFrameAtMs, ...counters }
    },
    close: () =>
      new Promise((resolve) => {
        if (state === 'closed') return resolve()
        state = 'closed'
        socket.close(() => resolve())
      }),
  }
}

function noteSeq(peer: Peer, component: number, seq: number, atMs: number): void {
  const meter = peer.losses.get(component)
  if (meter !== undefined) peer.losses.set(component, heardSeq(meter, seq, atMs))
  else if (peer.losses.size < MAX_COMPONENTS_PER_PEER) peer.losses.set(component, newLossMeter(seq, atMs))
}

function bind({ host, port }: UdpAddress): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', (error) => {
      socket.close()
      reject(error)
    })
    socket.bind(port, host, () => {
      socket.removeAllListeners('error')
      widen(socket)
      resolve(socket)
    })
  })
}

/** Room for a burst of many vehicles while this process is busy; the system may give less. */
const RECEIVE_BUFFER_BYTES = 4 << 20
function widen(socket: Socket): void {
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES)
  } catch {
    // Some systems refuse sizes above their limit: their default stays.
  }
}
