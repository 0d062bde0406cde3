import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { BadInput } from './bad-input.ts'

export interface Target {
  readonly host: string
  readonly port: number
}

/** `HOST:PORT`, `[IPV6]:PORT`. BadInput otherwise. */
export function parseTarget(text: string): Target {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  if (host === undefined || port < 1 || port > 65_535) throw new BadInput(`--to: must be HOST:PORT, not ${text}`)
  return { host, port }
}

/** Sends frames over UDP from one local port per vehicle, as real vehicles do. */
export interface ReplaySockets {
  send(raw: Uint8Array, sys: number): Promise<void>
  /** Vehicles that got a port. */
  readonly count: number
  close(): Promise<void>
}

/** Opens sockets towards the target as vehicles appear. BadInput when the host does not exist. */
export async function openReplaySockets(target: Target): Promise<ReplaySockets> {
  const found = await lookup(target.host).catch(() => {
    throw new BadInput(`--to: must name a host that exists, not ${target.host}`)
  })
  const type = isIP(found.address) === 6 ? 'udp6' : 'udp4'
  const sockets = new Map<number, Socket>()
  const socketOf = (sys: number): Socket => {
    let socket = sockets.get(sys)
    if (socket === undefined) {
      socket = createSocket(type)
      sockets.set(sys, socket)
    }
    return socket
  }
  return {
    get count() {
      return sockets.size
    },
    send: (raw, sys) =>
      new Promise((resolve, reject) => {
        socketOf(sys).send(raw, target.port, found.address, (error) => (error === null ? resolve() : reject(error)))
      }),
    async close() {
      await Promise.all([...sockets.values()].map((socket) => new Promise<void>((done) => socket.close(() => done()))))
    },
  }
}
