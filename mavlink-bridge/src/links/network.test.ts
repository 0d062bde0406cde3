import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { networkOf, OWN } from '../testing/open-ends.ts'
import { createRandom } from '../testing/random.ts'
import { udpEnd } from '../testing/udp-end.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { createTlogParser } from '../tlog/tlog-parser.ts'
import { decodeAs } from '../wire/decode.ts'
import { definitionByName } from '../wire/definitions/definitions.ts'
import { encode } from '../wire/encode.ts'
import type { Frame } from '../wire/frame.ts'
import { createFramer } from '../wire/framer.ts'
import { isSignedWith, signatureHead } from '../wire/signing/signature.ts'
import { createSigner } from '../wire/signing/signer.ts'
import { createSigningClock } from '../wire/signing/signing-clock.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})
const soon = <T>(check: () => T): Promise<T> => vi.waitFor(check, { timeout: 10_000, interval: 5 })

async function open(config: object, more: Parameters<typeof networkOf>[1] = {}) {
  const opened = await networkOf(config, more)
  closing.push(() => opened.network.close())
  return opened
}
async function end() {
  const made = await udpEnd()
  closing.push(() => made.close())
  return made
}
const UDP = { name: 'udp', kind: 'udp-listen', at: '127.0.0.1:0' }
const beat = (seq: number, sys = 1): Uint8Array => encode('HEARTBEAT', heartbeat(3), { seq, sys, comp: 1 })
const ours = encode('HEARTBEAT', heartbeat(0, { type: 6, autopilot: 8 }), { seq: 0, ...OWN })

describe('a UDP link', () => {
  it('loses no heartbeat of a vehicle beside a sender of garbage', async () => {
    const { network, heard, portOf } = await open({ links: [UDP] })
    const [vehicle, hostile] = [await end(), await end()]
    const random = createRandom(3)
    for (let i = 0; i < 200; i++) {
      await hostile.send(Uint8Array.of(0xfd, 0xff, 0, 0, i & 0xff, 1, 1, 0, 0, 0, 9), portOf('udp'))
      await hostile.send(random.bytes(1 + random.below(1400)), portOf('udp'))
      await vehicle.send(beat(i & 0xff), portOf('udp'))
      // Paced, or the kernel's own buffer overflows: what it never delivers nobody can decode.
      await soon(() => expect(heard).toHaveLength(i + 1))
    }
    const [health] = network.health()
    expect(health).toMatchObject({ peers: 1, good: 200, role: 'vehicles', state: 'open', lossShare: 0 })
    expect(health!.junkBytes + health!.badChecksum + health!.unknown).toBeGreaterThan(1000)
  })

  it('keeps two vehicles on two ports apart, with a sequence of its own to each', async () => {
    const { network, heard, portOf } = await open({ links: [UDP] })
    const [a, b] = [await end(), await end()]
    await a.send(beat(0, 1), portOf('udp'))
    await b.send(beat(0, 2), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(2))
    for (let i = 0; i < 3; i++) network.broadcast(ours)
    const seqs = (frames: readonly Frame[]): number[] => frames.filter(({ id }) => id === 0).map(({ seq }) => seq)
    await soon(() =>
      expect([seqs(a.frames), seqs(b.frames)]).toEqual([
        [0, 1, 2],
        [0, 1, 2],
      ]),
    )
  })

  const summary = (sys: number): Uint8Array => {
    const zeros = Object.fromEntries(definitionByName('HIGH_LATENCY2')!.fields.map(({ name }) => [name, 0]))
    return encode('HIGH_LATENCY2' as string, { ...zeros, type: 2, autopilot: 3 }, { seq: 0, sys, comp: 1 })
  }
  it('says nothing of itself by satellite, neither heartbeats nor questions for the round trip', async () => {
    const { network, heard, portOf } = await open({ links: [UDP] })
    const [near, far] = [await end(), await end()]
    await near.send(beat(0, 1), portOf('udp'))
    await far.send(summary(3), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(2))
    await soon(() => {
      network.broadcast(ours)
      expect(new Set(near.frames.map(({ id }) => id))).toEqual(new Set([0, 111]))
    })
    // What is asked for is told, and it is the first frame that goes there.
    network.send(heard[1]!.peer, ours)
    await soon(() => expect(far.frames.map(({ seq }) => seq)).toEqual([0]))
  })

  it('knows whose heartbeat it is by a summary as by a beat, and beats on where a summary comes beside beats', async () => {
    const { network, heard, portOf } = await open({ links: [UDP] })
    const vehicle = await end()
    await vehicle.send(beat(0, 1), portOf('udp'))
    await vehicle.send(summary(3), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(2))
    const told: number[][] = []
    network.broadcast(ours, (systems) => told.push([...systems]) > 0)
    expect(told).toEqual([[1, 3]])
    await soon(() => expect(vehicle.frames.filter(({ id }) => id === 0)).toHaveLength(1))
  })

  it('carries a second heartbeat of each second only where its budget has room for it', async () => {
    const narrow = { ...UDP, name: 'narrow', bytesPerS: 600 }
    const { network, heard, portOf } = await open({ links: [UDP, narrow] })
    const [wide, slow] = [await end(), await end()]
    await wide.send(beat(0, 1), portOf('udp'))
    await slow.send(beat(0, 2), portOf('narrow'))
    await soon(() => expect(heard).toHaveLength(2))
    network.broadcast(ours, undefined, 'roomy')
    network.broadcast(ours)
    const beats = ({ frames }: { frames: readonly Frame[] }): number[] =>
      frames.filter(({ id }) => id === 0).map(({ seq }) => seq)
    // Numbers are given to what goes out: where a first one had gone, the second would be number 1.
    await soon(() => expect([beats(wide), beats(slow)]).toEqual([[0, 1], [0]]))
  })

  it('tells the share of frames that were lost, over the wrap of the sequence too', async () => {
    const { network, heard, portOf } = await open({ links: [UDP] })
    const vehicle = await end()
    for (const seq of [250, 251, 252, 255, 0, 1, 2, 3]) await vehicle.send(beat(seq), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(8))
    expect(network.lossShare(heard[0]!.peer, 1, 1)).toBeCloseTo(2 / 10)
    expect(network.lossShare(heard[0]!.peer, 9, 1)).toBeNull()
  })

  it('asks for the round trip, and believes only an answer to its own question', async () => {
    const { network, heard, portOf } = await open({ links: [UDP] })
    const vehicle = await end()
    await vehicle.send(beat(0), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(1))
    const asked = await soon(() => {
      const question = vehicle.frames.map((frame) => decodeAs('TIMESYNC', frame)).find((fields) => fields !== undefined)
      expect(question).toBeDefined()
      return question!
    })
    expect(asked).toMatchObject({ tc1: 0n, target_system: 1, target_component: 1 })
    expect(network.latencyMs(heard[0]!.peer)).toBeNull()
    const answer = (ts1: bigint): Uint8Array => encode('TIMESYNC', { tc1: 5n, ts1 }, { seq: 1, sys: 1, comp: 1 })
    await vehicle.send(answer(asked.ts1 - 1n), portOf('udp'))
    await vehicle.send(answer(asked.ts1), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(3))
    expect(network.latencyMs(heard[0]!.peer)).toBeLessThan(5000)
    expect(network.health()[0]?.latencyMs).toBe(network.latencyMs(heard[0]!.peer))
  })

  it('survives a peer that is gone, and sends to unknown peers nowhere', async () => {
    const { network, heard, portOf } = await open({ links: [UDP] })
    const [gone, alive] = [await udpEnd(), await end()]
    await gone.send(beat(0, 1), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(1))
    await gone.close()
    for (let i = 0; i < 5; i++) network.send(heard[0]!.peer, ours)
    network.send('udp:127.0.0.1:1', ours)
    network.send('nowhere:x', ours)
    await alive.send(beat(0, 2), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(2))
  })

  it('that dials speaks first, and hears nobody but whom it dialled', async () => {
    const [vehicle, stranger] = [await end(), await end()]
    const { network, heard } = await open({
      links: [{ name: 'lte', kind: 'udp-dial', to: `127.0.0.1:${vehicle.port}` }],
    })
    await soon(() => {
      network.broadcast(ours)
      expect(vehicle.frames.length).toBeGreaterThan(0)
    })
    expect(network.health()[0]).toMatchObject({ state: 'open', kind: 'udp', detail: null })
    expect(stranger.frames).toEqual([])
    expect(heard).toEqual([])
  })

  it('is refused in one line with its name where the port is taken', async () => {
    const { portOf } = await open({ links: [UDP] })
    const port = portOf('udp')
    await expect(networkOf({ links: [{ ...UDP, name: 'second', at: `127.0.0.1:${port}` }] })).rejects.toThrow(
      `link second: UDP 127.0.0.1:${port} is taken by another program (another ground station?)`,
    )
  })
})

describe('a TCP link', () => {
  it('that listens keeps the half frames of two clients apart, and forgets them when they go', async () => {
    const { network, heard, portOf } = await open({ links: [{ name: 'tcp', kind: 'tcp-listen', at: '127.0.0.1:0' }] })
    const clients: Socket[] = []
    for (let i = 0; i < 2; i++) {
      const client = connect(portOf('tcp'), '127.0.0.1')
      await once(client, 'connect')
      clients.push(client)
      closing.push(() => client.destroy())
    }
    const framer = createFramer()
    const answers: Frame[] = []
    clients[0]?.on('data', (bytes: Buffer) => answers.push(...framer.push(bytes)))
    for (let i = 0; i < 10; i++)
      for (const [n, client] of clients.entries()) {
        const bytes = beat(i, n + 1)
        client.write(bytes.subarray(0, 7))
        await new Promise((resolve) => {
          setImmediate(resolve)
        })
        client.write(bytes.subarray(7))
      }
    await soon(() => expect(heard).toHaveLength(20))
    expect(new Set(heard.map(({ peer, frame }) => `${peer} ${frame.sys}`)).size).toBe(2)
    network.broadcast(ours)
    await soon(() => expect(answers.map(({ sys, seq }) => [sys, seq])).toContainEqual([255, 0]))
    for (const client of clients) client.destroy()
    await soon(() => expect(network.health()[0]?.peers).toBe(0))
  })

  it('that dials comes back when the other end returns, and delivers nothing that was sent meanwhile', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address() as { port: number }
    server.close()
    const { network, heard } = await open({
      links: [{ name: 'sim', kind: 'tcp-dial', to: `127.0.0.1:${address.port}` }],
    })
    await soon(() => expect(network.health()[0]).toMatchObject({ state: 'connecting', detail: 'ECONNREFUSED' }))
    network.broadcast(ours)
    network.send(`sim:127.0.0.1:${address.port}`, ours)
    const again = createServer()
    const frames: Frame[] = []
    again.on('connection', (socket) => {
      const framer = createFramer()
      socket.on('data', (bytes: Buffer) => frames.push(...framer.push(bytes)))
      socket.on('error', () => undefined)
      socket.write(beat(0))
      closing.push(() => socket.destroy())
    })
    again.listen(address.port, '127.0.0.1')
    closing.push(() => again.close())
    await soon(() => expect(heard).toHaveLength(1))
    expect(network.health()[0]).toMatchObject({ state: 'open', detail: null })
    expect(frames).toEqual([])
    network.broadcast(ours)
    await soon(() => expect(frames).toHaveLength(1))
  })
})

describe('a TCP connection whose other end stands still', () => {
  const order = (n: number): Uint8Array => {
    const params = { param1: n, param2: 0, param3: 0, param4: 0, param5: 0, param6: 0, param7: 0 }
    const target = { target_system: 1, target_component: 1, confirmation: 0 }
    return encode('COMMAND_LONG', { command: 20, ...params, ...target }, { seq: 0, ...OWN })
  }

  it('is broken and dialled again, and gets no order when it moves again', async () => {
    const server = createServer({ pauseOnConnect: true })
    const sockets: Socket[] = []
    const orders: number[] = []
    server.on('connection', (socket) => {
      sockets.push(socket)
      const framer = createFramer()
      socket.on('data', (bytes: Buffer) => {
        for (const frame of framer.push(bytes)) {
          const order = decodeAs('COMMAND_LONG', frame)
          if (order !== undefined) orders.push(order.param1)
        }
      })
      socket.pause()
      socket.on('error', () => undefined)
      closing.push(() => socket.destroy())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push(() => server.close())
    const { port } = server.address() as { port: number }
    const peer = `sim:127.0.0.1:${port}`
    const { network, heard } = await open({ links: [{ name: 'sim', kind: 'tcp-dial', to: `127.0.0.1:${port}` }] })
    await soon(() => expect(sockets).toHaveLength(1))
    sockets[0]?.write(beat(0))
    await soon(() => expect(heard).toHaveLength(1))
    // It stands still; a second connection is made, and taken by the system alone.
    await soon(() => expect(sockets).toHaveLength(2))
    expect(network.health()[0]?.state).toBe('open')
    for (let n = 1; n <= 20; n++) network.send(peer, order(n))
    for (const socket of sockets) socket.resume()
    sockets[1]?.write(beat(1))
    await soon(() => expect(heard).toHaveLength(2))
    network.send(peer, order(99))
    await soon(() => expect(orders).toContain(99))
    expect(orders).toEqual([99])
  })

  it('of a listening link is broken too, while one that speaks stays', async () => {
    const { network, heard, portOf } = await open({ links: [{ name: 'tcp', kind: 'tcp-listen', at: '127.0.0.1:0' }] })
    const [silent, alive] = [connect(portOf('tcp'), '127.0.0.1'), connect(portOf('tcp'), '127.0.0.1')]
    let broken = false
    silent.on('error', () => undefined)
    silent.on('close', () => (broken = true))
    for (const socket of [silent, alive]) closing.push(() => socket.destroy())
    silent.write(beat(0, 1))
    let seq = 0
    const timer = setInterval(() => alive.write(beat(seq++ & 0xff, 2)), 200)
    closing.push(() => clearInterval(timer))
    await soon(() => expect(new Set(heard.map(({ frame }) => frame.sys)).size).toBe(2))
    await soon(() => expect(broken).toBe(true))
    expect(network.health()[0]?.peers).toBe(1)
    expect(alive.destroyed).toBe(false)
  })
})

describe('several links to one vehicle', () => {
  const redundant = {
    links: [
      { ...UDP, name: 'lte' },
      { ...UDP, name: 'radio' },
    ],
    redundant: [{ vehicles: [1], links: ['lte', 'radio'] }],
  }
  const position = (seq: number, bootMs: number): Uint8Array => {
    const place = { lat: 3e8, lon: 12e8, alt: 0, relative_alt: 0, vx: 0, vy: 0, vz: 0, hdg: 0 }
    return encode('GLOBAL_POSITION_INT', { time_boot_ms: bootMs, ...place }, { seq, sys: 1, comp: 1 })
  }

  it('give every word once, under one name, and carry an order by one of them alone', async () => {
    const { network, heard, portOf } = await open(redundant)
    const [lte, radio] = [await end(), await end()]
    for (let i = 0; i < 5; i++) {
      await lte.send(beat(i), portOf('lte'))
      await lte.send(position(i + 100, 1000 + i), portOf('lte'))
      await radio.send(beat(i + 50), portOf('radio'))
      await radio.send(position(i + 7, 1000 + i), portOf('radio'))
    }
    await soon(() => expect(network.health().map(({ good }) => good)).toEqual([10, 10]))
    // Five heartbeats with the same content within the window: copies are told by the way, not by the content alone.
    expect(heard.map(({ peer }) => peer)).toEqual(Array.from({ length: 10 }, () => 'ways:1'))
    expect(
      network
        .ways(1)
        .map(({ inUse }) => inUse)
        .toSorted(),
    ).toEqual([false, true])
    network.send('ways:1', ours)
    await soon(() => expect(lte.frames.length + radio.frames.length).toBeGreaterThan(0))
    expect([...lte.frames, ...radio.frames].filter(({ id }) => id === 0)).toHaveLength(1)
  })

  it('carry what is said again by the other one, each telling by one alone, and what is said once by the best', async () => {
    const { network, heard, portOf } = await open(redundant)
    const [lte, radio] = [await end(), await end()]
    await lte.send(beat(0), portOf('lte'))
    await soon(() => expect(heard).toHaveLength(1))
    expect(network.otherWays?.('ways:1')).toBe(0)
    await radio.send(beat(1), portOf('radio'))
    await soon(() => expect(network.otherWays?.('ways:1')).toBe(1))
    const got = (frames: readonly Frame[]): number => frames.filter(({ id }) => id === 0).length
    for (const [turn, at] of [
      [0, [1, 0]],
      [1, [1, 1]],
      [2, [2, 1]],
      [3, [2, 2]],
    ] as const) {
      network.send('ways:1', ours, turn)
      await soon(() => expect([got(lte.frames), got(radio.frames)]).toEqual(at))
    }
  })

  it('take over from each other within three seconds when the one in use falls silent', async () => {
    const { network, heard, portOf } = await open(redundant)
    const [lte, radio] = [await end(), await end()]
    await lte.send(beat(0), portOf('lte'))
    await soon(() => expect(heard).toHaveLength(1))
    expect(network.remoteOf('ways:1')).toMatch(/^lte:/)
    const fromMs = Date.now()
    const timer = setInterval(() => void radio.send(beat(0), portOf('radio')), 200)
    closing.push(() => clearInterval(timer))
    await soon(() => expect(network.remoteOf('ways:1')).toMatch(/^radio:/))
    expect(Date.now() - fromMs).toBeLessThan(3000)
  })

  it('are told apart when two aircraft are behind them, by the clocks they started', async () => {
    const { heard, portOf } = await open(redundant)
    const [lte, radio] = [await end(), await end()]
    const startMs = Date.now()
    let i = 0
    const timer = setInterval(() => {
      i++
      const sinceMs = Date.now() - startMs
      void lte.send(position(i, sinceMs), portOf('lte'))
      void radio.send(position(i, sinceMs + 90_000), portOf('radio'))
    }, 100)
    closing.push(() => clearInterval(timer))
    await soon(() =>
      expect(new Set(heard.slice(-4).map(({ peer }) => peer.split(':')[0]))).toEqual(new Set(['lte', 'radio'])),
    )
    expect(Date.now() - startMs).toBeLessThan(3000)
  })

  it('that were not declared stay two addresses', async () => {
    const { heard, portOf } = await open({ links: redundant.links })
    const [lte, radio] = [await end(), await end()]
    await lte.send(beat(0), portOf('lte'))
    await radio.send(beat(0), portOf('radio'))
    await soon(() => expect(new Set(heard.map(({ peer }) => peer.split(':')[0]))).toEqual(new Set(['lte', 'radio'])))
  })
})

describe('another ground station', () => {
  const station = (control: boolean, port: number): object => ({
    links: [UDP],
    stations: [{ name: 'qgc', kind: 'udp-dial', to: `127.0.0.1:${port}`, control }],
  })
  const from = (seq: number) => ({ seq, sys: 254, comp: 190 })
  const command = (command: number, target_system = 1): Uint8Array =>
    encode(
      'COMMAND_LONG',
      {
        command,
        param1: 0,
        param2: 0,
        param3: 0,
        param4: 0,
        param5: 0,
        param6: 0,
        param7: 0,
        target_system,
        target_component: 1,
        confirmation: 0,
      },
      from(1),
    )
  async function setUp(control: boolean, locked = () => false) {
    const [vehicle, qgc] = [await end(), await end()]
    const opened = await open(station(control, qgc.port), { locked })
    const { network, heard, portOf } = opened
    await soon(() => expect(network.health().every(({ state }) => state === 'open')).toBe(true))
    await vehicle.send(beat(0), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(1))
    await soon(() => expect(qgc.frames).toHaveLength(1))
    const [{ local }] = [network.health()[1]!]
    expect(local).toBe(`127.0.0.1:${qgc.port}`)
    return { ...opened, vehicle, qgc }
  }
  /** The dialled station answers to the port from which it was spoken to. */
  async function speaker(control: boolean, locked: (sys: number) => boolean = () => false) {
    const vehicle = await end()
    const qgc = await end()
    const opened = await open(
      { links: [UDP], stations: [{ name: 'qgc', kind: 'udp-listen', at: '127.0.0.1:0', control }] },
      { locked },
    )
    const { network, heard, portOf } = opened
    await vehicle.send(beat(0), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(1))
    const say = (bytes: Uint8Array): Promise<void> => qgc.send(bytes, portOf('qgc'))
    await say(encode('HEARTBEAT', heartbeat(0, { type: 6, autopilot: 8 }), from(0)))
    await soon(() => expect(network.health()[1]?.good).toBe(1))
    return { ...opened, vehicle, qgc, say }
  }
  const told = (frames: readonly Frame[]): number[] => frames.filter(({ sys }) => sys === 254).map(({ id }) => id)

  it('sees what the vehicles say, byte for byte, also messages we do not know', async () => {
    const { vehicle, qgc, portOf } = await setUp(false)
    const good = beat(9)
    const stray = Uint8Array.of(0xfd, 2, 0, 0, 9, 1, 1, 0xf0, 0xff, 0xee, 1, 2, 3, 4)
    await vehicle.send(Buffer.concat([good, stray]), portOf('udp'))
    await soon(() => expect(qgc.frames).toHaveLength(2))
    expect(qgc.frames[1]?.raw).toEqual(good)
  })

  it('gets an answer that is meant for it, and not those that are meant for us or for others', async () => {
    const { vehicle, qgc, portOf } = await speaker(false)
    const ack = (target_system: number): Uint8Array =>
      encode(
        'COMMAND_ACK',
        { command: 512, result: 0, progress: 0, result_param2: 0, target_system, target_component: 190 },
        { seq: 1, sys: 1, comp: 1 },
      )
    for (const target of [OWN.sys, 253, 254]) await vehicle.send(ack(target), portOf('udp'))
    await soon(() => expect(qgc.frames.filter(({ id }) => id === 77)).toHaveLength(1))
    expect(
      decodeAs(
        'COMMAND_ACK',
        qgc.frames.find(({ id }) => id === 77)!,
      )?.target_system,
    ).toBe(254)
  })

  it('without control may look, and neither its orders nor its heartbeat reach a vehicle', async () => {
    const { network, vehicle, say } = await speaker(false)
    await say(command(20))
    await say(encode('MISSION_CLEAR_ALL', { target_system: 1, target_component: 1, mission_type: 0 }, from(2)))
    await say(command(512))
    await say(encode('PARAM_REQUEST_LIST', { target_system: 1, target_component: 1 }, from(3)))
    await soon(() => expect(told(vehicle.frames)).toEqual([76, 21]))
    expect(
      decodeAs(
        'COMMAND_LONG',
        vehicle.frames.find(({ id }) => id === 76)!,
      )?.command,
    ).toBe(512)
    expect(network.stationCounters).toMatchObject({ 'read-only': 3, passed: 2 })
  })

  it('with control steers, and its frames go to the vehicle they name alone', async () => {
    const { vehicle, say, portOf, heard } = await speaker(true)
    const other = await end()
    await other.send(beat(0, 2), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(2))
    await say(command(20))
    await soon(() => expect(told(vehicle.frames)).toContain(76))
    expect(told(other.frames)).toEqual([])
    await say(command(20, 9))
    await say(command(21, 2))
    await soon(() => expect(told(other.frames)).toEqual([76]))
    expect(told(vehicle.frames).filter((id) => id === 76)).toHaveLength(1)
  })

  it('gets no key through, and none in the name of a vehicle or of ourselves', async () => {
    const { network, vehicle, say } = await speaker(true)
    const key = { target_system: 1, target_component: 1, secret_key: new Uint8Array(32), initial_timestamp: 1n }
    await say(encode('SETUP_SIGNING', key, from(1)))
    await say(beat(3, 1))
    await say(encode('PARAM_REQUEST_LIST', { target_system: 1, target_component: 1 }, { seq: 0, ...OWN }))
    await soon(() => expect(network.stationCounters).toMatchObject({ secret: 1, 'not-its-own': 2 }))
    expect(told(vehicle.frames).filter((id) => id !== 0)).toEqual([])
  })

  it('reaches by what is for everyone only vehicles that its orders may reach', async () => {
    const { network, vehicle, say, portOf, heard } = await speaker(true, (sys) => sys === 1)
    const free = await end()
    await free.send(beat(0, 2), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(2))
    await say(command(20, 0))
    await soon(() => expect(told(free.frames)).toContain(76))
    await say(command(21, 2))
    await soon(() => expect(told(free.frames).filter((id) => id === 76)).toHaveLength(2))
    expect(told(vehicle.frames).filter((id) => id === 76)).toEqual([])
    // Its heartbeat, and the command.
    expect(network.stationCounters).toMatchObject({ locked: 2 })
  })

  it('is noticed when what it says goes on to a vehicle, and not when it does not', async () => {
    const passed: string[] = []
    const [vehicle, locked, qgc] = [await end(), await end(), await end()]
    const { heard, portOf } = await open(
      { links: [UDP], stations: [{ name: 'qgc', kind: 'udp-listen', at: '127.0.0.1:0', control: true }] },
      { locked: (sys) => sys === 2, onPassedOn: (sys, { id }) => passed.push(`${sys} ${id}`) },
    )
    await vehicle.send(beat(0, 1), portOf('udp'))
    await locked.send(beat(0, 2), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(2))
    const clear = (target_system: number): Uint8Array =>
      encode('MISSION_CLEAR_ALL', { target_system, target_component: 1, mission_type: 0 }, from(2))
    for (const target of [2, 1, 0]) await qgc.send(clear(target), portOf('qgc'))
    await soon(() => expect(told(vehicle.frames)).toEqual([45, 45]))
    expect(passed).toEqual(['1 45', '1 45'])
  })

  it('reaches no vehicle whose orders are locked', async () => {
    const { network, vehicle, say } = await speaker(true, () => true)
    await say(command(20))
    // Its heartbeat, and the command.
    await soon(() => expect(network.stationCounters.locked).toBe(2))
    expect(told(vehicle.frames)).not.toContain(76)
  })
})

describe('signing on a live link', () => {
  const KEY = new Uint8Array(32).fill(0x5a)
  const air = createSigner(KEY, 4, createSigningClock(Date.now, { load: () => 0, save: () => undefined }))
  const signedBeat = (seq: number): Uint8Array =>
    encode('HEARTBEAT', heartbeat(3), { seq, sys: 1, comp: 1, signer: air })
  const signerAt = (linkId: number, aheadMs = 0) =>
    createSigner(
      KEY,
      linkId,
      createSigningClock(() => Date.now() + aheadMs, { load: () => 0, save: () => undefined }),
    )
  async function setUp(unsigned: 'refuse' | 'read-only', config: object = { links: [UDP] }) {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'skerry-signing-'))
    closing.push(() => rmSync(dataFolder, { recursive: true }))
    writeFileSync(path.join(dataFolder, 'fleet.key'), Buffer.from(KEY).toString('hex'), { mode: 0o600 })
    const signing = { keys: [{ name: 'fleet', file: 'fleet.key' }], unsigned }
    const opened = await open({ ...config, signing, recording: null }, { dataFolder })
    return { ...opened, dataFolder, vehicle: await end() }
  }

  it('believes what is signed, refuses and counts what is not, and signs what it sends', async () => {
    const { network, heard, portOf, vehicle, dataFolder } = await setUp('refuse')
    const frame = signedBeat(0)
    for (const bytes of [beat(0), frame, frame, signedBeat(1)]) await vehicle.send(bytes, portOf('udp'))
    await soon(() => expect(network.health()[0]).toMatchObject({ good: 4, refusedSignatures: 1, repeatedFrames: 1 }))
    expect(heard.map(({ frame: { seq } }) => seq)).toEqual([0, 1])
    expect(network.signing(1)).toMatchObject({ state: 'signed', refused: 1 })
    network.broadcast(ours)
    network.broadcast(ours)
    await soon(() => expect(vehicle.frames).toHaveLength(2))
    expect(vehicle.frames.every(({ signed, raw }) => signed && isSignedWith(KEY, raw))).toBe(true)
    expect(readdirSync(path.join(dataFolder, 'signing'))).toEqual(['fleet.stamp'])
  })

  it('speaks first to a dialled end, signed', async () => {
    const far = await end()
    const { network } = await setUp('refuse', {
      links: [{ name: 'lte', kind: 'udp-dial', to: `127.0.0.1:${far.port}` }],
    })
    await soon(() => {
      network.broadcast(ours)
      expect(far.frames.length).toBeGreaterThan(0)
    })
    expect(far.frames.every(({ signed, raw }) => signed && isSignedWith(KEY, raw))).toBe(true)
  })

  it('lets what a station says to everyone reach every vehicle of one key', async () => {
    const stations = [{ name: 'qgc', kind: 'udp-listen', at: '127.0.0.1:0', control: true }]
    const { network, heard, portOf } = await setUp('refuse', { links: [UDP], stations })
    const [vehicles, qgc] = [[await end(), await end(), await end()], await end()]
    for (const [i, vehicle] of vehicles.entries()) {
      const bytes = encode('HEARTBEAT', heartbeat(3), { seq: 0, sys: i + 1, comp: 1, signer: signerAt(1) })
      await vehicle.send(bytes, portOf('udp'))
    }
    await soon(() => expect(heard).toHaveLength(3))
    const bytes = encode('HEARTBEAT', heartbeat(0, { type: 6, autopilot: 8 }), {
      seq: 0,
      sys: 254,
      comp: 190,
      signer: signerAt(7),
    })
    await qgc.send(bytes, portOf('qgc'))
    const got = (): number[] => vehicles.map(({ frames }) => frames.filter(({ sys }) => sys === 254).length)
    await soon(() => expect(got()).toEqual([1, 1, 1]))
    expect(network.stationCounters).toMatchObject({ passed: 1, unsigned: 0 })
  })

  it('tells a vehicle whose clock is behind the time, once a second and signed, and believes it once it has followed', async () => {
    const { network, heard, portOf, vehicle } = await setUp('refuse')
    const stale = signerAt(1, -3_600_000)
    for (let seq = 0; seq < 5; seq++)
      await vehicle.send(encode('HEARTBEAT', heartbeat(3), { seq, sys: 1, comp: 1, signer: stale }), portOf('udp'))
    await soon(() => expect(network.health()[0]).toMatchObject({ good: 5, refusedSignatures: 5, peers: 0 }))
    network.broadcast(ours)
    await soon(() => expect(vehicle.frames.length).toBeGreaterThan(0))
    expect(vehicle.frames.map(({ id, raw }) => [id, isSignedWith(KEY, raw)])).toEqual([[111, true]])
    expect([heard, network.signing(1).refused]).toEqual([[], 0])
    const clock = createSigningClock(() => Date.now() - 3_600_000, { load: () => 0, save: () => undefined })
    clock.follow(signatureHead(vehicle.frames[0]!.raw).stamp)
    const caughtUp = createSigner(KEY, 1, clock)
    await vehicle.send(encode('HEARTBEAT', heartbeat(3), { seq: 5, sys: 1, comp: 1, signer: caughtUp }), portOf('udp'))
    await soon(() => expect(heard.map(({ frame: { seq } }) => seq)).toEqual([5]))
  })

  it('knows both ways of a vehicle whose router sends every frame by two links, and takes each word once', async () => {
    const links = [
      { ...UDP, name: 'lte' },
      { ...UDP, name: 'radio' },
    ]
    const redundant = [{ vehicles: [1], links: ['lte', 'radio'] }]
    const { network, heard, portOf } = await setUp('refuse', { links, redundant })
    const [lte, radio] = [await end(), await end()]
    const signer = signerAt(1)
    for (let seq = 0; seq < 5; seq++) {
      const frame = encode('HEARTBEAT', heartbeat(3), { seq, sys: 1, comp: 1, signer })
      await lte.send(frame, portOf('lte'))
      await soon(() => expect(heard).toHaveLength(seq + 1))
      await radio.send(frame, portOf('radio'))
    }
    await soon(() => expect(network.health().map(({ good }) => good)).toEqual([5, 5]))
    expect(heard.map(({ frame: { seq } }) => seq)).toEqual([0, 1, 2, 3, 4])
    expect(network.ways(1).map(({ remote }) => remote.split(':')[0])).toEqual(['lte', 'radio'])
    expect(network.health()[1]).toMatchObject({ refusedSignatures: 0, repeatedFrames: 5, peers: 1 })
    expect(network.signing(1)).toMatchObject({ state: 'signed', refused: 0 })
  })

  it('takes no second sender of a frame for a way where none is declared', async () => {
    const { network, portOf, vehicle } = await setUp('refuse')
    const copier = await end()
    const frame = signedBeat(7)
    await vehicle.send(frame, portOf('udp'))
    await soon(() => expect(network.health()[0]?.good).toBe(1))
    await copier.send(frame, portOf('udp'))
    await soon(() => expect(network.health()[0]).toMatchObject({ good: 2, repeatedFrames: 1, peers: 1 }))
  })

  it('answers no sender whose frames it refuses', async () => {
    const { network, portOf, vehicle } = await setUp('refuse')
    await vehicle.send(beat(0), portOf('udp'))
    await soon(() => expect(network.health()[0]?.refusedSignatures).toBe(1))
    network.broadcast(ours)
    expect(network.health()[0]?.peers).toBe(0)
    expect(vehicle.frames).toEqual([])
  })

  it('shows an unsigned vehicle for reading only, where the policy says so', async () => {
    const { network, heard, portOf, vehicle } = await setUp('read-only')
    await vehicle.send(beat(0), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(1))
    expect(network.signing(1)).toMatchObject({ state: 'read-only', refused: 0 })
  })
})

describe('the recording of a link', () => {
  it('holds what came and what went, without signatures and without keys, and is read back', async () => {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'skerry-tlog-'))
    closing.push(() => rmSync(dataFolder, { recursive: true }))
    const { network, heard, portOf } = await networkOf({ links: [UDP] }, { dataFolder })
    const vehicle = await end()
    await vehicle.send(beat(7), portOf('udp'))
    const key = {
      target_system: 1,
      target_component: 1,
      secret_key: new Uint8Array(32).fill(0xab),
      initial_timestamp: 1n,
    }
    await vehicle.send(encode('SETUP_SIGNING', key, { seq: 1, sys: 1, comp: 1 }), portOf('udp'))
    await soon(() => expect(heard).toHaveLength(2))
    network.broadcast(ours)
    await network.close()
    const folder = path.join(dataFolder, 'tlog', 'udp')
    const [file, ...more] = readdirSync(folder)
    expect(more).toEqual([])
    const bytes = readFileSync(path.join(folder, file!))
    expect(bytes.includes(Buffer.alloc(32, 0xab))).toBe(false)
    const parser = createTlogParser()
    const records = [...parser.push(bytes), ...parser.end()]
    expect(records.map(({ frame }) => [frame.sys, frame.id])).toEqual([
      [1, 0],
      [255, 0],
    ])
    expect(Math.abs(Number(records[0]!.atUs / 1000n) - Date.now())).toBeLessThan(60_000)
  })
})
