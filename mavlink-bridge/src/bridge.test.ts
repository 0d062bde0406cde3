import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import {
  type Answer,
  type BridgeHello,
  BridgeStatus,
  type BridgeToServer,
  type CommandNotice,
  DroneMove,
  type LeaseNotice,
  type Plan,
  type ReadBack,
  type ServerToBridge,
  type UploadNotice,
} from '@skerry/contract'
import { Server, type Socket } from 'socket.io'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Bridge, startBridge } from './bridge.ts'
import { udpOnly } from './links/links-config.ts'
import { ScriptedCopter } from './testing/scripted-copter.ts'
import { isMessage } from './wire/decode.ts'

const TOKEN = 'token-of-this-test'
const plan: Plan = {
  steps: [
    { do: 'takeoff', heightM: 60 },
    { do: 'speed', groundSpeedMps: 8 },
    { do: 'gimbal', pitchDeg: -90 },
    { do: 'fly-to', position: [122.391, 29.901], heightM: 60 },
    { do: 'fly-to', position: [122.392, 29.901], heightM: 60 },
    { do: 'return' },
  ],
}
const closing: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** A server that speaks the contract and keeps everything it was told. */
class TestServer {
  readonly commands: CommandNotice[] = []
  readonly uploads: UploadNotice[] = []
  readonly hellos: BridgeHello[] = []
  status: BridgeStatus | null = null
  readonly moves: DroneMove[] = []
  leases: LeaseNotice[] = [{ droneId: 'main-1', token: 'lease-1', holder: 'Pilot' }]
  /** Answers to notices are held back while false, as by a server that dies before it has written. */
  answering = true
  socket: Socket<BridgeToServer, ServerToBridge> | null = null
  private readonly http: HttpServer
  private readonly io: Server<BridgeToServer, ServerToBridge>

  constructor() {
    this.http = createServer()
    this.io = new Server(this.http)
    this.io.of('/bridge').use((socket, next) => {
      next(socket.handshake.auth['token'] === TOKEN ? undefined : new Error('not-allowed'))
    })
    this.io.of('/bridge').on('connection', (socket) => {
      this.socket = socket
      socket.on('hello', (hello, done) => {
        this.hellos.push(hello)
        done({ leases: this.leases })
      })
      socket.on('status', (status) => {
        this.status = status
      })
      socket.on('moves', (moves) => void this.moves.push(...moves))
      socket.on('command', (notice, done) => {
        this.commands.push(notice)
        if (this.answering) done()
      })
      socket.on('upload', (notice, done) => {
        this.uploads.push(notice)
        if (this.answering) done()
      })
      socket.on('thermal', (_notices, done) => done())
    })
    closing.push(() => this.close())
  }
  async listen(): Promise<string> {
    this.http.listen(0, '127.0.0.1')
    await once(this.http, 'listening')
    const address = this.http.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return `http://127.0.0.1:${address.port}`
  }
  close(): Promise<void> {
    return this.io.close()
  }
  private ask<T>(
    send: (socket: Socket<BridgeToServer, ServerToBridge>, done: (answer: T) => void) => void,
  ): Promise<T> {
    const { socket } = this
    if (socket === null) throw new Error('no bridge')
    return new Promise((resolve) => send(socket, resolve))
  }
  order(order: 'hold' | 'return' | 'land' | 'arm-and-start', leaseToken = 'lease-1'): Promise<Answer<null>> {
    const commandId = `c-${Math.random()}`
    const request = {
      commandId,
      droneId: 'main-1',
      order,
      takeoffHeightM: 60,
      leaseToken,
      expiresAtMs: Date.now() + 20_000,
    }
    return this.ask((socket, done) => socket.emit('order', request, done))
  }
  upload(leaseToken = 'lease-1'): Promise<Answer<null>> {
    const request = { commandId: 'u-1', droneId: 'main-1', leaseToken, expiresAtMs: Date.now() + 20_000, plan }
    return this.ask((socket, done) => socket.emit('upload', request, done))
  }
  readBack(expect: Plan | null): Promise<Answer<ReadBack>> {
    return this.ask((socket, done) => socket.emit('readBack', { droneId: 'main-1', expect }, done))
  }
  get drone() {
    return this.status?.drones.find(({ droneId }) => droneId === 'main-1')
  }
}

async function setUp({ deadmanMs = 15_000 } = {}) {
  const server = new TestServer()
  const url = await server.listen()
  const links = udpOnly({ host: '127.0.0.1', port: 0 })
  const settings = {
    serverUrl: url,
    token: TOKEN,
    bridgeId: 'main',
    links,
    linksFolder: '.',
    dataFolder: null,
    deadmanMs,
    holderGoneMs: 120_000,
    setsWhileArmed: false,
    terrainFile: null,
  }
  const bridge: Bridge = await startBridge({ settings, version: '0' })
  closing.push(() => bridge.close())
  const to = { host: '127.0.0.1', port: Number(bridge.local.split(':').at(-1)) }
  const copter = (sys = 1): ScriptedCopter => {
    const made = new ScriptedCopter(sys, to)
    closing.push(() => made.stop())
    made.start()
    return made
  }
  return { server, bridge, copter, settings }
}
const soon = <T>(check: () => T): Promise<T> => vi.waitFor(check, { timeout: 10_000, interval: 20 })
const orders = (copter: ScriptedCopter): number[] => copter.commands().filter((id) => ![511, 512, 1001].includes(id))

describe('a bridge with an ArduCopter on UDP and a server', () => {
  it('shows the vehicle, and beats its own heart to it', async () => {
    const { server, copter } = await setUp()
    const vehicle = copter()
    await soon(() => expect(server.drone?.position?.lngLat).toEqual([122.39, 29.9]))
    expect(server.drone).toMatchObject({ autopilot: 'ardupilot', vehicle: 'quadrotor', landed: 'on-ground' })
    expect(BridgeStatus.safeParse(server.status).error).toBeUndefined()
    expect(server.status?.links).toMatchObject([{ kind: 'udp', state: 'open', peers: 1 }])
    await soon(() => expect(vehicle.heard.some((message) => isMessage(message, 'HEARTBEAT'))).toBe(true))
  })

  it('tells of every position as it comes, ahead of the next status', async () => {
    const { server, copter } = await setUp()
    copter()
    await soon(() => expect(server.moves.length).toBeGreaterThan(3))
    for (const move of server.moves) expect(DroneMove.safeParse(move).error).toBeUndefined()
    expect(server.moves[0]).toMatchObject({ droneId: 'main-1', lngLat: [122.39, 29.9] })
    const times = server.moves.map(({ atMs }) => atMs)
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b))
  })

  it('puts a plan into it, proves it, and flies it', async () => {
    const { server, copter } = await setUp()
    const vehicle = copter()
    await soon(() => expect(server.drone).toBeDefined())
    expect(await server.upload()).toEqual({ ok: true, value: null })
    const verified = await soon(() => {
      const last = server.uploads.at(-1)
      expect(last?.phase).toBe('verified')
      return last
    })
    expect(vehicle.plan.items).toHaveLength(7)
    expect(vehicle.plan.items[4]).toMatchObject({ command: 16, frame: 3, x: 299_010_000, y: 1_223_910_000, z: 60 })
    expect(verified?.planId).toMatch(/^[0-9a-f]{16}$/)
    expect(await server.readBack(plan)).toEqual({ ok: true, value: { planId: verified?.planId, total: 6 } })
    await soon(() => expect(server.drone?.mission).toMatchObject({ plan: 'verified', planId: verified?.planId }))

    expect(await server.order('arm-and-start')).toEqual({ ok: true, value: null })
    await soon(() => expect(server.commands.at(-1)?.state).toBe('effective'))
    expect(server.commands.map(({ state }) => state)).toContain('sent')
    expect(orders(vehicle)).toEqual([176, 400, 22, 300])

    expect(await server.order('return')).toEqual({ ok: true, value: null })
    await soon(() => expect(server.drone?.mode?.kind).toBe('return'))
  })

  it('sends nothing to the aircraft without the token it was last told', async () => {
    const { server, copter } = await setUp()
    const vehicle = copter()
    await soon(() => expect(server.drone).toBeDefined())
    for (const answer of [await server.order('return', 'stolen'), await server.upload('stolen')])
      expect(answer).toMatchObject({ ok: false, reason: 'lease-token-invalid' })
    server.socket?.emit('lease', { droneId: 'main-1', token: null, holder: null })
    expect(await server.order('return')).toMatchObject({ ok: false })
    await new Promise((resolve) => {
      setTimeout(resolve, 300)
    })
    expect(orders(vehicle)).toEqual([])
    expect(vehicle.heard.some((message) => isMessage(message, 'MISSION_COUNT'))).toBe(false)
  })

  it('gives a refusal in the words of the autopilot', async () => {
    const { server, copter } = await setUp()
    const vehicle = copter()
    vehicle.armResult = { result: 4, text: 'Arm: Need Position Estimate' }
    await soon(() => expect(server.drone).toBeDefined())
    await server.upload()
    await soon(() => expect(server.uploads.at(-1)?.phase).toBe('verified'))
    await server.order('arm-and-start')
    await soon(() => expect(server.commands.at(-1)?.state).toBe('refused'))
    expect(server.commands.at(-1)?.reason).toBe('command-failed@arm: Arm: Need Position Estimate')
  })

  it('starts no flight on a plan that it has not verified', async () => {
    const { server, copter } = await setUp()
    const vehicle = copter()
    await soon(() => expect(server.drone).toBeDefined())
    expect(await server.order('arm-and-start')).toMatchObject({
      ok: false,
      reason: 'plan-not-verified',
    })
    await server.readBack(plan)
    expect(await server.order('arm-and-start')).toMatchObject({ ok: false })
    expect(orders(vehicle)).toEqual([])
  })

  it('locks orders while two vehicles use one system id, and shows both', async () => {
    const { server, copter } = await setUp()
    const first = copter()
    await soon(() => expect(server.drone).toBeDefined())
    await new Promise((resolve) => {
      setTimeout(resolve, 1700) // their boot clocks differ by more than links can explain
    })
    copter()
    await soon(() => expect(server.status?.drones.map(({ droneId }) => droneId)).toEqual(['main-1', 'main-1b']))
    expect(server.drone?.duplicateId).toBe(true)
    expect(await server.order('return')).toEqual({ ok: false, reason: 'duplicate-system-id' })
    expect(orders(first)).toEqual([])
  })

  it('stops its heartbeat on purpose when the server is silent, and goes on when it is back', async () => {
    const { server, copter } = await setUp({ deadmanMs: 2000 })
    const vehicle = copter()
    await soon(() => expect(server.drone).toBeDefined())
    const alive = setInterval(() => server.socket?.emit('alive', { atMs: Date.now() }), 300)
    closing.push(() => clearInterval(alive))
    const beats = (): number => vehicle.heard.filter((message) => isMessage(message, 'HEARTBEAT')).length
    await soon(() => expect(beats()).toBeGreaterThanOrEqual(7)) // longer than the policy, with a living server
    clearInterval(alive)
    await vi.waitFor(
      async () => {
        const before = beats()
        await new Promise((resolve) => {
          setTimeout(resolve, 1300)
        })
        expect(beats()).toBe(before)
      },
      { timeout: 10_000 },
    )
    const stopped = beats()
    server.socket?.emit('alive', { atMs: Date.now() })
    await soon(() => expect(beats()).toBeGreaterThan(stopped))
  })

  it('stops its heartbeat to the one drone whose holder is gone, says so, and goes on when somebody takes it', async () => {
    const { server, copter } = await setUp()
    const [left, held] = [copter(1), copter(2)]
    await soon(() => expect(server.status?.drones).toHaveLength(2))
    const beats = (of: ScriptedCopter): number => of.heard.filter((message) => isMessage(message, 'HEARTBEAT')).length
    const shown = (droneId: string) => server.status?.drones.find((drone) => drone.droneId === droneId)?.link
    server.socket?.emit('alive', { atMs: Date.now(), absent: [{ droneId: 'main-1', forMs: 119_000 }] })
    await soon(() => expect(shown('main-1')?.heartbeatStopped).toBe(false))
    server.socket?.emit('alive', { atMs: Date.now(), absent: [{ droneId: 'main-1', forMs: 121_000 }] })
    await soon(() => expect(shown('main-1')?.heartbeatStopped).toBe(true))
    const [before, others] = [beats(left), beats(held)]
    await soon(() => expect(beats(held)).toBeGreaterThan(others + 1))
    expect(beats(left)).toBe(before)
    expect(shown('main-2')?.heartbeatStopped).toBe(false)
    // Another connection alone brings nobody back.
    const connection = server.socket
    connection?.disconnect(true)
    await soon(() => expect(server.socket).not.toBe(connection))
    const again = beats(held)
    await soon(() => expect(beats(held)).toBeGreaterThan(again + 2))
    expect(beats(left)).toBe(before)
    server.socket?.emit('alive', { atMs: Date.now() })
    await soon(() => expect(beats(left)).toBeGreaterThan(before))
  })

  it('ends an upload of the holder before, and tells the vehicle', async () => {
    const { server, copter } = await setUp()
    const vehicle = copter()
    await soon(() => expect(server.drone).toBeDefined())
    vehicle.silentToPlans = true
    await server.upload()
    await soon(() => expect(vehicle.heard.some((message) => isMessage(message, 'MISSION_COUNT'))).toBe(true))
    server.socket?.emit('lease', { droneId: 'main-1', token: 'lease-2', holder: 'Other' })
    await soon(() =>
      expect(server.uploads.at(-1)).toMatchObject({ phase: 'failed', failure: { kind: 'lease-changed' } }),
    )
    const counts = (): number => vehicle.heard.filter((message) => isMessage(message, 'MISSION_COUNT')).length
    const told = counts()
    await new Promise((resolve) => {
      setTimeout(resolve, 2000) // longer than the pause between two tries
    })
    expect(counts()).toBe(told)
  })

  it('tells again what the server did not answer, and asks for the leases anew after a break', async () => {
    const { server, copter } = await setUp()
    copter()
    await soon(() => expect(server.drone).toBeDefined())
    server.answering = false
    await server.order('return')
    await soon(() => expect(server.commands.length).toBeGreaterThan(0))
    const unanswered = server.commands[0]
    server.leases = []
    server.socket?.disconnect(true)
    server.answering = true
    await soon(() => expect(server.hellos).toHaveLength(2))
    await soon(() => expect(server.commands.at(-1)?.state).toBe('effective'))
    expect(server.commands.filter((notice) => notice.state === unanswered?.state).length).toBeGreaterThanOrEqual(2)
    expect(await server.order('return')).toMatchObject({ ok: false })
  })
})
