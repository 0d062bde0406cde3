// The measured process of the UDP benches: receives, and tells its CPU time and memory. Started by them with a mode.
import { createSocket } from 'node:dgram'
import { PassThrough } from 'node:stream'
import { ardupilotmega, common, minimal, standard } from 'mavlink-mappings'
import { type MavLinkPacket, MavLinkPacketParser, MavLinkPacketSplitter } from 'node-mavlink'
import { systemClock } from '../src/clock.ts'
import { openLink } from '../src/links/open-link.ts'
import { listenUdp } from '../src/links/udp-transport.ts'
import { createFleet } from '../src/vehicles/fleet.ts'
import { decode } from '../src/index.ts'

/** What is done with each datagram: nothing, our link with all fields decoded, the whole vehicle picture, node-mavlink. */
export type Mode = 'bare' | 'link' | 'fleet' | 'node-mavlink'
/** What the measured process says of itself; times in microseconds, memory in bytes. */
export interface Report {
  readonly cpuUs: number
  readonly heapBytes: number
  readonly datagrams: number
  readonly good: number
  /** Datagrams of the port named in `watch`. */
  readonly watched: number
}

const OWN = { sys: 255, comp: 190 }
const [mode = 'bare'] = process.argv.slice(2)
let [datagrams, good, watched, watch] = [0, 0, 0, 0]
const count = (port: number): void => {
  datagrams++
  if (port === watch) watched++
}

async function receiveBare(take: (key: string, bytes: Buffer) => void): Promise<number> {
  const socket = createSocket('udp4')
  socket.on('message', (bytes, from) => {
    count(from.port)
    take(`${from.address}:${from.port}`, bytes)
  })
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve)
  })
  socket.setRecvBufferSize(4 << 20)
  return socket.address().port
}

async function receiveByLink(): Promise<number> {
  const link = await openLink({
    name: 'udp',
    role: 'vehicles',
    bytesPerS: null,
    own: OWN,
    clock: systemClock,
    admit: () => 'taken',
    signers: () => [undefined],
    open: (events) =>
      listenUdp(
        { host: '127.0.0.1', port: 0 },
        {
          ...events,
          hear(remote, bytes) {
            count(Number(remote.slice(remote.lastIndexOf(':') + 1)))
            events.hear(remote, bytes)
          },
        },
      ),
    hear(arrival) {
      good++
      if (mode === 'fleet') fleet.hear(arrival)
      else decode(arrival.frame)
    },
  })
  const fleet = createFleet({ bridgeId: 'main', link, clock: systemClock, onMember: () => undefined })
  if (mode === 'fleet') setInterval(fleet.tick, 250)
  return Number(link.health().local.split(':').at(-1))
}

const REGISTRY = { ...minimal.REGISTRY, ...standard.REGISTRY, ...common.REGISTRY, ...ardupilotmega.REGISTRY }
/** One pipeline for each sender, as its users have to build it. */
function byNodeMavlink(): (key: string, bytes: Buffer) => void {
  const pipelines = new Map<string, PassThrough>()
  return (key, bytes) => {
    let source = pipelines.get(key)
    if (source === undefined) {
      source = new PassThrough()
      pipelines.set(key, source)
      const packets = source.pipe(new MavLinkPacketSplitter()).pipe(new MavLinkPacketParser())
      packets.on('data', (packet: MavLinkPacket) => {
        const clazz = REGISTRY[packet.header.msgid]
        if (clazz !== undefined && packet.protocol.data(packet.payload, clazz) !== undefined) good++
      })
    }
    source.write(bytes)
  }
}

async function open(): Promise<number> {
  if (mode === 'link' || mode === 'fleet') return receiveByLink()
  return receiveBare(mode === 'node-mavlink' ? byNodeMavlink() : () => undefined)
}

const port = await open()
process.on('message', (message: { watch?: number; report?: true }) => {
  if (message.watch !== undefined) watch = message.watch
  if (message.report !== true) return
  globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const report: Report = { cpuUs: user + system, heapBytes: process.memoryUsage().heapUsed, datagrams, good, watched }
  process.send?.(report)
})
process.send?.({ port })
