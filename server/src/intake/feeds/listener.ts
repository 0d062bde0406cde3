import type { BlockList, Server } from 'node:net'
import { isIPv6 } from 'node:net'
import type { Address } from './feed-fields.ts'

/** An open socket of a feed. */
export interface Listener {
  port: number
  close(): Promise<void>
}

/** Address of a peer as people write it: an IPv4 address that came over an IPv6 socket is an IPv4 address. */
export const peerOf = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/i, '')

export const allowedBy = (from: BlockList | null, peer: string): boolean =>
  from === null || (peer !== '' && from.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4'))

/** Resolves when the server listens; rejects with one line when it cannot. @param cut ends what is still connected */
export function listening(server: Server, at: Address, cut: () => void): Promise<Listener> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(inWords('TCP', at, error)))
    server.listen(at.port, at.host, () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : at.port,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            cut()
          }),
      })
    })
  })
}

export function inWords(transport: 'TCP' | 'UDP', { host, port }: Address, error: NodeJS.ErrnoException): Error {
  const what = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be opened: ${error.code ?? error.message}`
  return new Error(`${transport} port ${port} on ${host} ${what}`, { cause: error })
}
