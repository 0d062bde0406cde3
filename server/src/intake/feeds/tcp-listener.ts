import { createServer as createPlain, type Socket } from 'node:net'
import { createServer as createSecure } from 'node:tls'
import type { Address } from './feed-fields.ts'
import type { FeedDoor } from './feed-door.ts'
import { listening, peerOf, type Listener } from './listener.ts'
import type { StreamProtocol } from './session.ts'
import { hearStream } from './tcp-stream.ts'
import type { TlsFiles } from './tls-files.ts'

/** Hears TCP or TLS connections of devices. */
export function listenTcp(options: {
  at: Address
  tls: TlsFiles | null
  allowed: (peer: string) => boolean
  limits: { connections: number }
  door: FeedDoor
  protocol: StreamProtocol
  nowMs: () => number
}): Promise<Listener> {
  const { at, tls, allowed, limits, door, protocol, nowMs } = options
  const open = new Set<Socket>()

  function hear(socket: Socket): void {
    if (socket.destroyed) return
    const peer = peerOf(socket.remoteAddress)
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => open.delete(socket))
    // A connection that breaks is the peer's affair; it comes back.
    hearStream(socket, peer, { door, protocol, nowMs }).catch(() => socket.destroy())
  }

  const server = tls === null ? createPlain(hear) : createSecure(tls, hear)
  server.maxConnections = limits.connections
  server.on('tlsClientError', () => door.turnAway('not-allowed'))
  // Before anything is read, and before a TLS handshake costs anything.
  server.prependListener('connection', (socket: Socket) => {
    if (allowed(peerOf(socket.remoteAddress))) return
    door.turnAway('not-allowed')
    socket.destroy()
  })
  return listening(server, at, () => {
    for (const socket of open) socket.destroy()
  })
}
