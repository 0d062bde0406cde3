import { createSocket, type Socket } from 'node:dgram'
import { carry, IDLE_WAY, type Losses, type Way } from '@skerry/mavlink-bridge/testing'
import type { Rand } from '../base/rand.ts'

export interface LossyRelayOptions {
  /** Where vehicles send to. */
  readonly listen: { host: string; port: number }
  /** Where the relay sends on to: the bridge. */
  readonly to: { host: string; port: number }
  readonly losses: Losses
  readonly rand: Rand
}
export interface LossyRelay {
  readonly port: number
  /** Datagrams that came in, and copies that went out, both ways together. */
  readonly counts: { readonly taken: number; readonly given: number }
  /** From now on nothing passes, whatever the rules say, until it is mended. */
  cut(): void
  mend(): void
  close(): Promise<void>
}
/** More vehicles than anyone flies; a flood of addresses must not open a socket each. */
const MAX_VEHICLES = 250

/**
 * A UDP relay that treats datagrams as a bad radio does, each vehicle with a radio of its own: the same `carry` that the
 * tests use, on real sockets and real time. The bridge sees each vehicle on a port of its own. Rejects where the port
 * cannot be opened.
 */
export async function startLossyRelay(o: LossyRelayOptions): Promise<LossyRelay> {
  const openedAtMs = performance.now()
  const counts = { taken: 0, given: 0 }
  let severed = false
  const timers = new Set<NodeJS.Timeout>()
  const ends = new Map<string, { socket: Socket; up: Way; down: Way }>()
  const outer = createSocket('udp4')

  function pass(way: Way, bytes: Uint8Array, send: () => void): Way {
    counts.taken++
    if (severed) return way
    const [after, delaysMs] = carry(way, o.losses, performance.now() - openedAtMs, bytes.length, o.rand)
    for (const delayMs of delaysMs) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        counts.given++
        send()
      }, delayMs)
      timers.add(timer)
    }
    return after
  }
  // What cannot be sent is lost, as on the air.
  const ignore = (): void => undefined

  outer.on('message', (bytes, from) => {
    const key = `${from.address}:${from.port}`
    let end = ends.get(key)
    if (end === undefined) {
      if (ends.size >= MAX_VEHICLES) return
      const socket = createSocket('udp4')
      const made = { socket, up: IDLE_WAY, down: IDLE_WAY }
      socket.on('error', ignore)
      socket.on('message', (answer) => {
        made.down = pass(made.down, answer, () => outer.send(answer, from.port, from.address, ignore))
      })
      end = made
      ends.set(key, made)
    }
    const { socket } = end
    end.up = pass(end.up, bytes, () => socket.send(bytes, o.to.port, o.to.host, ignore))
  })
  await new Promise<void>((resolve, reject) => {
    outer.once('error', reject)
    outer.bind(o.listen.port, o.listen.host, () => {
      outer.off('error', reject)
      outer.on('error', ignore)
      resolve()
    })
  })
  return {
    port: outer.address().port,
    counts,
    cut() {
      severed = true
    },
    mend() {
      severed = false
    },
    async close() {
      for (const timer of timers) clearTimeout(timer)
      const sockets = [outer, ...[...ends.values()].map(({ socket }) => socket)]
      await Promise.all(sockets.map((socket) => new Promise<void>((done) => socket.close(() => done()))))
    },
  }
}
