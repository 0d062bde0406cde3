import { createSocket, type Socket } from 'node:dgram'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { createRandom } from '../testing/random.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { encode } from '../wire/encode.ts'
import { decode } from '../wire/decode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import type { Arrival, Link } from './link.ts'
import { parseUdpAddress } from './udp-address.ts'
import { openUdpLink } from './udp-link.ts'

const open: { link: Link; sockets: Socket[] }[] = []
async function setUp() {
  const heard: Arrival[] = []
  const link = await openUdpLink({
    listen: { host: '127.0.0.1', port: 0 },
    clock: systemClock,
    hear: (arrival) => heard.push(arrival),
  })
  const port = Number(link.health().local.split(':').at(-1))
  const sockets: Socket[] = []
  open.push({ link, sockets })
  const sender = () => {
    const socket = createSocket('udp4')
    sockets.push(socket)
    return {
      socket,
      send: (bytes: Uint8Array): Promise<void> =>
        new Promise((resolve) => {
          socket.send(bytes, port, '127.0.0.1', () => resolve())
        }),
    }
  }
  return { link, heard, port, sender }
}
afterEach(async () => {
  for (const { link, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.close()
    await link.close()
  }
})
const beat = (seq: number, sys = 1) => encode('HEARTBEAT', heartbeat(3), { seq, sys, comp: 1 })

describe('a UDP link', () => {
  it('loses no heartbeat of a vehicle beside a sender of garbage', async () => {
    const { link, heard, sender } = await setUp()
    const [vehicle, hostile] = [sender(), sender()]
    const random = createRandom(3)
    for (let i = 0; i < 200; i++) {
      await hostile.send(Uint8Array.of(0xfd, 0xff, 0, 0, i & 0xff, 1, 1, 0, 0, 0, 9))
      await hostile.send(random.bytes(1 + random.below(1400)))
      await vehicle.send(beat(i & 0xff))
      // Paced, or the kernel's own buffer overflows: what it never delivers nobody can decode.
      await vi.waitFor(() => expect(heard).toHaveLength(i + 1), { interval: 1 })
    }
    const health = link.health()
    expect(health.peers).toBe(1)
    expect(health.good).toBe(200)
    expect(health.junkBytes + health.badChecksum + health.unknown).toBeGreaterThan(1000)
  })

  it('keeps two vehicles on two ports apart, with a sequence of its own to each', async () => {
    const { link, heard, sender } = await setUp()
    const [a, b] = [sender(), sender()]
    const seqs: number[][] = [[], []]
    a.socket.on('message', (bytes) => seqs[0]?.push(...framesOfDatagram(bytes).map(({ seq }) => seq)))
    b.socket.on('message', (bytes) => seqs[1]?.push(...framesOfDatagram(bytes).map(({ seq }) => seq)))
    await a.send(beat(0, 1))
    await b.send(beat(0, 2))
    await vi.waitFor(() => expect(heard).toHaveLength(2))
    const own = heartbeat(0, { type: 6, autopilot: 8 })
    for (let i = 0; i < 3; i++)
      for (const peer of link.peers()) link.send(peer, (seq) => encode('HEARTBEAT', own, { seq, sys: 255, comp: 190 }))
    await vi.waitFor(() =>
      expect(seqs).toEqual([
        [0, 1, 2],
        [0, 1, 2],
      ]),
    )
  })

  it('tells the share of frames that were lost, over the wrap of the sequence too', async () => {
    const { link, heard, sender } = await setUp()
    const vehicle = sender()
    for (const seq of [250, 251, 252, 255, 0, 1, 2, 3]) await vehicle.send(beat(seq))
    await vi.waitFor(() => expect(heard).toHaveLength(8))
    expect(link.lossShare(heard[0]?.peer ?? '', 1, 1)).toBeCloseTo(2 / 10)
    expect(link.lossShare(heard[0]?.peer ?? '', 9, 1)).toBeNull()
  })

  it('survives a peer that is gone, and sends to unknown peers nowhere', async () => {
    const { link, heard, sender } = await setUp()
    const [gone, alive] = [sender(), sender()]
    await gone.send(beat(0, 1))
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    await new Promise<void>((resolve) => {
      gone.socket.close(() => resolve())
    })
    open[0]?.sockets.shift()
    for (let i = 0; i < 5; i++) link.send(heard[0]?.peer ?? '', (seq) => beat(seq, 255))
    link.send('udp:127.0.0.1:1', () => {
      throw new Error('must not be encoded')
    })
    await alive.send(beat(0, 2))
    await vi.waitFor(() => expect(heard).toHaveLength(2))
    expect(decode(heard[1]!.frame).name).toBe('HEARTBEAT')
  })

  it('is refused where the port is taken', async () => {
    const { port } = await setUp()
    const second = openUdpLink({ listen: { host: '127.0.0.1', port }, clock: systemClock, hear: () => undefined })
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

it.each([
  ['0.0.0.0:14550', { host: '0.0.0.0', port: 14_550 }],
  ['[::1]:14550', { host: '::1', port: 14_550 }],
  ['drone.local:1', { host: 'drone.local', port: 1 }],
  ['14550', null],
  ['host:70000', null],
  ['a b:1', null],
])('reads the address %s', (text, address) => {
  expect(parseUdpAddress(text)).toEqual(address)
})
