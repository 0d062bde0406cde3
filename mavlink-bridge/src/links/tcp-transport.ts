import { connect, createServer, type Socket } from 'node:net'
import { type Clock, every } from '../clock.ts'
import { type Address, formatAddress } from './address.ts'
import { backoffMs } from './backoff.ts'
import { faultWords, type Transport, type TransportEvents } from './transport.ts'

/** What a peer may leave unread before frames to it are lost: old orders must not pile up behind a stalled line. */
const MAX_UNSENT_BYTES = 16_384
const MAX_CLIENTS = 64
const CONNECT_TIMEOUT_MS = 5000
/** Half-open connections are found by the system's own probes. */
const KEEP_ALIVE_MS = 5000

/** A line that takes nothing for so long is broken: what waits for it must not be delivered when it moves again. */
const STALLED_MS = 3500
const STALL_CHECK_MS = 500

/** Writes to one connection, and breaks it when it takes nothing. */
function writerOf(socket: Socket, clock: Clock): (bytes: Uint8Array) => void {
  let takenAtMs = clock.nowMs()
  const stop = every(clock, STALL_CHECK_MS, () => {
    if (socket.writableLength > 0 && clock.nowMs() - takenAtMs >= STALLED_MS) socket.resetAndDestroy()
  })
  socket.once('close', stop)
  return (bytes) => {
    if (!socket.writable || socket.writableLength >= MAX_UNSENT_BYTES) return
    if (socket.writableLength === 0) takenAtMs = clock.nowMs()
    socket.write(bytes, () => (takenAtMs = clock.nowMs()))
  }
}

/** Connects to one address, and again with growing pauses whenever that fails or ends. */
export function dialTcp(
  to: Address,
  events: TransportEvents,
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
): Transport {
  const remote = formatAddress(to)
  let socket: Socket | null = null
  let write: ((bytes: Uint8Array) => void) | null = null
  let connected = false
  let fault: string | null = 'not tried yet'
  let tries = 0
  let closed = false
  let cancel = (): void => undefined

  function open(): void {
    const made = connect({
      host: to.host,
      port: to.port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
    })
    socket = made
    const stopTimeout = clock.after(CONNECT_TIMEOUT_MS, () => made.destroy(new Error('no answer')))
    made.on('connect', () => {
      stopTimeout()
      connected = true
      fault = null
      write = writerOf(made, clock)
    })
    made.on('data', (bytes: Buffer) => {
      // One that takes a call and says nothing is tried again more and more seldom.
      tries = 0
      events.hear(remote, bytes)
    })
    made.on('error', (error) => {
      fault = faultWords(error)
    })
    made.on('end', () => made.destroy())
    made.on('close', () => {
      stopTimeout()
      if (connected) events.gone(remote)
      connected = false
      write = null
      fault ??= 'closed by the other end'
      if (!closed) cancel = clock.after(backoffMs(++tries, random()), open)
    })
  }
  open()

  return {
    kind: 'tcp',
    datagrams: false,
    state: () => (closed ? 'closed' : connected ? 'open' : 'connecting'),
    detail: () => fault,
    local: () => remote,
    dialled: () => (connected ? [remote] : []),
    send(_remote, bytes) {
      if (connected) write?.(bytes)
    },
    reset() {
      if (!connected) return
      fault = 'silent'
      socket?.resetAndDestroy()
    },
    close: () =>
      new Promise((resolve) => {
        closed = true
        cancel()
        if (socket === null || socket.closed) return resolve()
        socket.once('close', () => resolve())
        socket.destroy()
      }),
  }
}

/** Takes TCP connections; each is a remote end of its own. Rejects where the port cannot be opened. */
export async function listenTcp(
  at: Address,
  events: TransportEvents,
  { clock }: { readonly clock: Clock },
): Promise<Transport> {
  const clients = new Map<string, { readonly socket: Socket; readonly write: (bytes: Uint8Array) => void }>()
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS })
  server.on('connection', (socket) => {
    const { remoteAddress, remotePort } = socket
    if (clients.size >= MAX_CLIENTS || remoteAddress === undefined || remotePort === undefined)
      return void socket.destroy()
    const remote = formatAddress({ host: remoteAddress, port: remotePort })
    clients.set(remote, { socket, write: writerOf(socket, clock) })
    socket.on('data', (bytes: Buffer) => events.hear(remote, bytes))
    // A broken line ends in `close` all the same.
    socket.on('error', () => undefined)
    socket.on('end', () => socket.destroy())
    socket.on('close', () => {
      clients.delete(remote)
      events.gone(remote)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, () => {
      server.removeListener('error', reject)
      server.on('error', () => undefined)
      resolve()
    })
  })
  const bound = server.address()
  const local = bound === null || typeof bound === 'string' ? at : { host: bound.address, port: bound.port }
  let open = true

  return {
    kind: 'tcp',
    datagrams: false,
    state: () => (open ? 'open' : 'closed'),
    detail: () => null,
    local: () => formatAddress(local),
    dialled: () => [...clients.keys()],
    send(remote, bytes) {
      clients.get(remote)?.write(bytes)
    },
    reset: (remote) => void clients.get(remote)?.socket.resetAndDestroy(),
    close: () =>
      new Promise((resolve) => {
        open = false
        for (const { socket } of clients.values()) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
