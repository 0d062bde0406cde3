import { formatAddress } from './address.ts'
import type { Remote } from './transport.ts'

/** More senders than any fleet; beyond, spoofed ones are named anew each time rather than remembered. */
const MAX_NAMED = 1024

interface Named {
  readonly host: string
  readonly remote: Remote
}

/**
 * Names of remote ends, `formatAddress` of each. The same sender gets the very same string: one written for each datagram
 * would have to be hashed wherever it is looked up.
 */
export function createRemoteNames(): (host: string, port: number) => Remote {
  const byPort = new Map<number, Named[]>()
  let count = 0
  return (host, port) => {
    const named = byPort.get(port)
    if (named !== undefined) for (const one of named) if (one.host === host) return one.remote
    const remote = formatAddress({ host, port })
    if (count >= MAX_NAMED) {
      byPort.clear()
      count = 0
    }
    const others = byPort.get(port)
    if (others === undefined) byPort.set(port, [{ host, remote }])
    else others.push({ host, remote })
    count++
    return remote
  }
}
