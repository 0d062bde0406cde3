import { createSocket, type Socket } from 'node:dgram'
import dns from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Clock } from '../clock.ts'
import { type Address, formatAddress } from './address.ts'
import { backoffMs } from './backoff.ts'
import { createRemoteNames } from './remote-names.ts'
import { faultWords, type Transport, type TransportEvents } from './transport.ts'

/**
 * Listens on UDP: each (address, port) that sends is a remote end of its own. Rejects where the port cannot be opened
 * (EADDRINUSE, EACCES).
 */
export async function listenUdp(at: Address, events: TransportEvents): Promise<Transport> {
  const socket = await bind(at.host, at.port)
  const heard = new Map<string, Address>()
  const leaving = createLeaving()
  const nameOf = createRemoteNames()
  let open = true
  socket.on('message', (bytes, from) => {
    // A forged source port 0 can be received from and not sent to.
    if (from.port === 0) return
    events.hear(nameOf(from.address, from.port), bytes)
  })
  // An ICMP "unreachable" for one peer is reported here; the socket and the others live on.
  socket.on('error', () => undefined)
  const local = formatAddress({ host: socket.address().address, port: socket.address().port })

  return {
    kind: 'udp',
    datagrams: true,
    state: () => (open ? 'open' : 'closed'),
    detail: () => null,
    local: () => local,
    dialled: () => [],
    send(remote, bytes) {
      if (!open) return
      let to = heard.get(remote)
      if (to === undefined) {
        to = addressOf(remote)
        if (heard.size >= MAX_REMEMBERED) heard.clear()
        heard.set(remote, to)
      }
      socket.send(bytes, to.port, to.host, leaving.one())
    },
    async close() {
      if (!open) return
      open = false
      await leaving.none()
      await new Promise<void>((resolve) => void socket.close(() => resolve()))
    },
  }
}

const MAX_REMEMBERED = 1024
/** `10.0.0.7:1` or `[::1]:1`, as `formatAddress` wrote it (an IPv6 zone included). */
function addressOf(remote: string): Address {
  const at = remote.lastIndexOf(':')
  return { host: remote.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(remote.slice(at + 1)) }
}

/** After so long without a word the name of a far end is looked up again. */
const SILENT_MS = 15_000

/**
 * Speaks first, to one UDP address; takes datagrams from that address alone. The name is looked up again when it cannot
 * be found, with pauses that grow, and when nothing has been heard for a while.
 */
export function dialUdp(
  to: Address,
  events: TransportEvents,
  {
    clock,
    random,
    find = (host) => lookup(host),
  }: {
    readonly clock: Clock
    readonly random: () => number
    readonly find?: (host: string) => Promise<{ address: string; family: number }>
  },
): Transport {
  const remote = formatAddress(to)
  const leaving = createLeaving()
  let socket: Socket | null = null
  let far: Address | null = null
  let fault: string | null = 'not tried yet'
  let tries = 0
  let closed = false
  let heardAtMs = clock.nowMs()
  let cancel = (): void => undefined

  async function open(): Promise<void> {
    try {
      const { address, family } = await find(to.host)
      if (closed) return
      const made = await bind(family === 6 ? '::' : '0.0.0.0', 0)
      if (closed) return void made.close()
      made.on('error', () => undefined)
      made.on('message', (bytes, from) => {
        if (from.port !== to.port || from.address !== address || made !== socket) return
        heardAtMs = clock.nowMs()
        events.hear(remote, bytes)
      })
      far = { host: address, port: to.port }
      socket = made
      fault = null
      tries = 0
      heardAtMs = clock.nowMs()
      cancel = clock.after(SILENT_MS, () => void lookAgain())
    } catch (error) {
      fault = faultWords(error)
      if (!closed) cancel = clock.after(backoffMs(++tries, random()), () => void open())
    }
  }
  /** An aircraft on a mobile network comes back under another address, and its name tells which. */
  async function lookAgain(): Promise<void> {
    const leftMs = heardAtMs + SILENT_MS - clock.nowMs()
    if (leftMs > 0) return void (cancel = clock.after(leftMs, () => void lookAgain()))
    const now = await find(to.host).catch(() => null)
    if (closed) return
    // While the name is not to be found, where it was is the best that is known.
    if (now === null || now.address === far?.host) {
      cancel = clock.after(SILENT_MS, () => void lookAgain())
      return
    }
    socket?.close()
    socket = null
    await open()
  }
  void open()

  return {
    kind: 'udp',
    datagrams: true,
    state: () => (closed ? 'closed' : socket === null ? 'connecting' : 'open'),
    detail: () => fault,
    local: () => remote,
    dialled: () => (socket === null ? [] : [remote]),
    send(_remote, bytes) {
      if (socket !== null && far !== null) socket.send(bytes, far.port, far.host, leaving.one())
    },
    async close() {
      closed = true
      cancel()
      const open = socket
      socket = null
      if (open === null) return
      await leaving.none()
      await new Promise<void>((resolve) => void open.close(() => resolve()))
    },
  }
}

/** What was given to the system and has not left yet: a socket that is closed before that loses its last word. */
function createLeaving() {
  let count = 0
  let tell: () => void = () => undefined
  return {
    /** One more; the answer is called when it has left, or cannot. */
    one(): () => void {
      count++
      return () => {
        if (--count === 0) tell()
      }
    },
    none: (): Promise<void> =>
      count === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            tell = resolve
          }),
  }
}

function bind(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', lookup: lookUp })
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

/**
 * A socket looks the far end up for each datagram. What is a number already is not put off to the next turn for that:
 * a frame that goes on to another station costs as much as one that comes in.
 */
const lookUp: typeof dns.lookup = ((
  host: string,
  family: 4 | 6,
  done: (error: Error | null, host: string, family: number) => void,
) => {
  const known = isIP(host)
  if (known === 0) dns.lookup(host, family, done)
  else done(null, host, known)
}) as typeof dns.lookup

/** Room for a burst of many vehicles while this process is busy; the system may give less. */
const RECEIVE_BUFFER_BYTES = 4 << 20
function widen(socket: Socket): void {
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES)
  } catch {
    // Some systems refuse sizes above their limit: their default stays.
  }
}
