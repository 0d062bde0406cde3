import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createSequence, decode, type DecodedMessage, encode, framesOfDatagram } from '@skerry/mavlink-bridge'
import { afterEach, describe, expect, it } from 'vitest'
import { createSimClock } from '../base/sim-clock.ts'
import { EMPTY_SCENE, TEST_HOME } from './bench-rig.ts'
import { createDrone } from './drone.ts'
import { CMD } from './mavlink.ts'
import { startUdpDrone, type UdpDrone } from './udp-drone.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A ground station that is just large enough: it listens, and answers the socket that it heard from. */
async function station() {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  closers.push(() => new Promise<void>((done) => socket.close(() => done())))
  const heard: (DecodedMessage & { sys: number; comp: number; port: number })[] = []
  const waiting: { match: (m: DecodedMessage) => boolean; done: () => void }[] = []
  const ports = new Map<number, number>()
  socket.on('message', (bytes, from) => {
    for (const frame of framesOfDatagram(bytes)) {
      const message = { ...decode(frame), sys: frame.sys, comp: frame.comp, port: from.port }
      ports.set(frame.sys, from.port)
      heard.push(message)
      for (const w of waiting.filter((one) => one.match(message))) w.done()
    }
  })
  const seq = createSequence()
  const send = (sys: number, name: string, fields: Parameters<typeof encode<string>>[1]): void => {
    const bytes = encode(name, fields, { seq: seq(), sys: 255, comp: 190 })
    socket.send(bytes, ports.get(sys)!, '127.0.0.1')
  }
  const until = (match: (m: DecodedMessage) => boolean): Promise<void> =>
    new Promise((done) => {
      if (heard.some(match)) done()
      else waiting.push({ match, done })
    })
  return { heard, ports, send, until, port: socket.address().port, raw: socket }
}

async function drone(systemId: number, port: number): Promise<UdpDrone> {
  const clock = (): number => Date.now()
  const place = { home: TEST_HOME, homeAltAmslM: 0, headingDeg: 0, bootMs: 0, groundAmslM: () => 0 }
  const setup = { autopilot: 'ardupilot' as const, systemId, ...place, air: { windFromDeg: 0, windMps: 0, gustMps: 0 } }
  const made = createDrone(setup, { origin: TEST_HOME, scene: EMPTY_SCENE }, systemId, clock())
  const sim = createSimClock(clock(), 1)
  const started = await startUdpDrone({
    drone: made,
    systemId,
    to: { host: '127.0.0.1', port },
    clock,
    sim,
    tickMs: 10,
  })
  closers.push(() => started.close())
  return started
}

const command = (systemId: number, component: number, code: number, p1: number, p2 = 0) => {
  const rest = { param3: 0, param4: 0, param5: 0, param6: 0, param7: 0, confirmation: 0 }
  return { target_system: systemId, target_component: component, command: code, param1: p1, param2: p2, ...rest }
}

describe('drones on real sockets', () => {
  it('speak from a port of their own each, and obey the station that they were told to report to', async () => {
    const gcs = await station()
    const drones = [await drone(1, gcs.port), await drone(2, gcs.port)]
    await gcs.until((m) => m.name === 'HEARTBEAT' && m.fields['autopilot'] === 3 && gcs.ports.size === 2)
    expect([gcs.ports.get(1), gcs.ports.get(2)]).toEqual(drones.map((d) => d.port))
    gcs.send(2, 'COMMAND_LONG', command(2, 1, CMD.SET_MESSAGE_INTERVAL, 33, 20_000))
    await gcs.until((m) => m.name === 'GLOBAL_POSITION_INT')
    expect(gcs.heard.filter((m) => m.name === 'GLOBAL_POSITION_INT').every((m) => m.sys === 2)).toBe(true)
  })

  it('let the camera be discovered, and its thermal range be asked for', async () => {
    const gcs = await station()
    await drone(1, gcs.port)
    await gcs.until((m) => m.name === 'HEARTBEAT' && m.fields['type'] === 30)
    gcs.send(1, 'COMMAND_LONG', command(1, 100, CMD.REQUEST_MESSAGE, 259))
    gcs.send(1, 'COMMAND_LONG', command(1, 100, CMD.REQUEST_MESSAGE, 269))
    gcs.send(1, 'COMMAND_LONG', command(1, 100, CMD.SET_MESSAGE_INTERVAL, 277, 20_000))
    await gcs.until((m) => m.name === 'CAMERA_THERMAL_RANGE')
    const info = gcs.heard.find((m) => m.name === 'CAMERA_INFORMATION')!
    expect(Number(info.fields['flags']) & 4096).toBe(4096)
    expect(info.comp).toBe(100)
    const stream = gcs.heard.find((m) => m.name === 'VIDEO_STREAM_INFORMATION')!
    expect(stream.fields).toMatchObject({ flags: 7, hfov: 46, stream_id: 1 })
  })

  it('shrug off garbage and go on', async () => {
    const gcs = await station()
    await drone(1, gcs.port)
    await gcs.until((m) => m.name === 'HEARTBEAT')
    for (const junk of [[0xfd, 0xff], [0xfe, 9, 1], Array.from({ length: 300 }, (_, i) => i & 255)])
      gcs.raw.send(Uint8Array.from(junk), gcs.ports.get(1)!, '127.0.0.1')
    gcs.send(1, 'COMMAND_LONG', command(1, 1, CMD.REQUEST_MESSAGE, 148))
    await gcs.until((m) => m.name === 'AUTOPILOT_VERSION')
    expect(gcs.heard.some((m) => m.name === 'COMMAND_ACK' && m.fields['command'] === CMD.REQUEST_MESSAGE)).toBe(true)
  })
})
