import { connect, isIP, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import type { Scheduler } from '../../engine/scheduler.ts'
import type { Address } from './feed-fields.ts'
import type { FeedDoor } from './feed-door.ts'
import type { Listener } from './listener.ts'
import type { StreamProtocol } from './session.ts'
import { hearStream } from './tcp-stream.ts'
import type { TlsFiles } from './tls-files.ts'

const FIRST_WAIT_MS = 500
const MOST_WAIT_MS = 10_000

/** Dials a server that sends, and dials again whenever it is gone: first after half a second, at most ten, with jitter. */
export function dialTcp(options: {
  to: Address
  /** Own certificate and the authority of the server's; null: plain TCP. */
  tls: Pick<TlsFiles, 'cert' | 'key' | 'ca'> | null
  door: FeedDoor
  protocol: StreamProtocol
  clock: Scheduler
  random: () => number
}): Listener {
  const { to, tls, door, protocol, clock, random } = options
  let failures = 0
  let stopped = false
  let socket: Socket | null = null
  let disarm: (() => void) | null = null

  function dial(): void {
    const ready = (): void => {
      door.dialled(null)
      const parts = { door, protocol, nowMs: () => clock.nowMs() }
      void hearStream(dialled, `${to.host}:${to.port}`, parts).catch(() => dialled.destroy())
    }
    // An address has no server name; the certificate must be for the address then.
    const name = isIP(to.host) === 0 ? { servername: to.host } : {}
    const dialled: Socket =
      tls === null ? connect(to.port, to.host, ready) : connectSecure({ ...tls, ...to, ...name }, ready)
    socket = dialled
    dialled.once('data', () => (failures = 0))
    dialled.on('error', (error) => {
      if (!stopped) door.dialled(error)
      dialled.destroy()
    })
    dialled.once('close', () => {
      if (stopped) return
      const waitMs = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures++, 6)) * (0.5 + random() / 2)
      disarm = clock.after(waitMs, dial)
    })
  }

  dial()
  return {
    port: 0,
    close() {
      stopped = true
      disarm?.()
      socket?.destroy()
      return Promise.resolve()
    },
  }
}
