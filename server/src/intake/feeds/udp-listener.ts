import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Address } from './feed-fields.ts'
import type { FeedDoor } from './feed-door.ts'
import { inWords, peerOf, type Listener } from './listener.ts'
import type { PeerOut, Session, StreamProtocol } from './session.ts'

/** Peers whose conversations are remembered; the one that was silent for longest is forgotten first. */
const MOST_PEERS = 1024

/** A multicast group that is heard and told. */
export interface Membership {
  group: string
  /** Address of this machine on the network of the group; null: where the system sends it. */
  interface: string | null
  /** Routers that what we say may pass, and one. */
  ttl: number
  /** What tells the group gets its way out, once it is open. Each piece is a datagram. */
  tells: (out: PeerOut) => void
}

/** Hears datagrams; each is one or more whole messages. */
export function listenUdp(options: {
  at: Address
  membership?: Membership
  allowed: (peer: string) => boolean
  limits: { messageBytes: number }
  door: FeedDoor
  protocol: StreamProtocol
  nowMs: () => number
  onFault: (error: unknown) => void
}): Promise<Listener> {
  const { at, membership, allowed, limits, door, protocol, nowMs, onFault } = options
  const sessions = new Map<string, Session>()
  // Other programmes of this machine may be in the group too; nobody else may have a port that is ours alone.
  const shared = membership !== undefined
  const socket = createSocket({ type: isIPv6(at.host) ? 'udp6' : 'udp4', reuseAddr: shared })

  function sessionOf(peer: string): Session {
    const session = sessions.get(peer) ?? protocol.session(peer, null)
    sessions.delete(peer)
    sessions.set(peer, session)
    const [oldest] = sessions.keys()
    if (sessions.size > MOST_PEERS && oldest !== undefined) sessions.delete(oldest)
    return session
  }

  async function hear(bytes: Uint8Array, from: { address: string; port: number }): Promise<void> {
    const peer = peerOf(from.address)
    if (!allowed(peer)) return door.turnAway('not-allowed')
    if (bytes.length > limits.messageBytes) return door.turnAway('too-large')
    const framer = protocol.framer()
    const { frames, tooLarge } = framer.push(bytes)
    for (let i = 0; i < tooLarge; i++) door.turnAway('too-large')
    const session = sessionOf(peer)
    for (const frame of [...frames, ...framer.end()]) {
      if (!door.admits(peer)) continue
      const { decoded, replies = [] } = session.message(frame, nowMs())
      for (const reply of replies) socket.send(reply, from.port, from.address)
      // In the order of their arrival: what is awaited here was queued before what comes next.
      await door.take(decoded)
    }
  }

  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close()
      reject(inWords('UDP', at, error))
    })
    socket.bind({ port: at.port, address: at.host, exclusive: !shared }, () => {
      try {
        if (membership !== undefined) join(socket, membership)
      } catch (error) {
        socket.close()
        const { code, message } = error as NodeJS.ErrnoException
        reject(new Error(`multicast group ${membership?.group} cannot be joined: ${code ?? message}`, { cause: error }))
        return
      }
      socket.removeAllListeners('error')
      socket.on('error', onFault)
      socket.on('message', (bytes, from) => void hear(bytes, from).catch(onFault))
      resolve({
        port: socket.address().port,
        close: () => new Promise((done) => void socket.close(() => done())),
      })
      membership?.tells(wayOut(socket, membership.group))
    })
  })
}

function join(socket: Socket, { group, interface: on, ttl }: Membership): void {
  socket.addMembership(group, on ?? undefined)
  if (on !== null) socket.setMulticastInterface(on)
  socket.setMulticastTTL(ttl)
}

/** A datagram that cannot be sent is lost, as any may be on the way: what matters is said again. */
const wayOut = (socket: Socket, group: string): PeerOut => ({
  write: (bytes) => socket.send(bytes, socket.address().port, group, () => undefined),
  waitingBytes: () => socket.getSendQueueSize(),
  end: () => undefined,
})
