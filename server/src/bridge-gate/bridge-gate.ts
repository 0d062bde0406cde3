import { timingSafeEqual } from 'node:crypto'
import {
  BRIDGE_NAMESPACE,
  BridgeHello,
  BridgeStatus,
  CommandNotice,
  DroneId,
  DroneMove,
  DroneStatus,
  FenceNotice,
  ThermalNotice,
  UpkeepNotice,
  UploadNotice,
  type Answer,
  type BridgeToServer,
  LinkHealth,
  type StationCounts,
  reasonOf,
  type ServerToBridge,
} from '@skerry/contract'
import type { Server, Socket } from 'socket.io'
import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { BridgePort, Bridges } from '../flight/bridges.ts'
import { absentHolders } from '../flight/absent-holders.ts'
import { isOfBridge, type DroneBoard } from '../flight/drone-board.ts'
import type { Flight } from '../flight/flight.ts'
import type { Leases } from '../flight/leases.ts'
import type { Upkeep } from '../flight/upkeep.ts'
import { oneByOne } from './one-by-one.ts'
import { createSequenceGate } from './sequence-gate.ts'

/** A bridge that has said nothing for this long is lost: consoles must say so within three seconds. */
const SILENT_MS = 2000
const ALIVE_MS = 1000
const CHECK_MS = 500
/** How long a bridge may take to say that it took a request; reading a plan back takes a radio's time. */
const REQUEST_MS = 5000
const READ_BACK_MS = 60_000
const MOST_THERMAL = 200
const MOST_MOVES = 1000
/** What a status is made of; its links and drones are looked at one by one. */
const StatusFrame = BridgeStatus.extend({ links: z.array(z.unknown()), drones: z.array(z.unknown()) })
const Named = z.object({ droneId: DroneId })
const Moves = z.array(z.unknown()).max(MOST_MOVES)
const Readings = z.array(z.unknown()).max(MOST_THERMAL)

/** What the health page shows of one bridge. */
export interface BridgeHealth {
  id: string
  connected: boolean
  startedAtMs: number
  lastAtMs: number | null
  links: LinkHealth[]
  stations: StationCounts | null
  drones: number
  /** Messages, or single drones, positions and readings in them, that did not fit the contract or were of another bridge. */
  refused: number
}

export interface BridgeGate {
  health(): BridgeHealth[]
  stop(): void
}

export interface BridgeGateOptions {
  /** Shared secret that a bridge must show; compared in constant time. */
  token: string
  engine: Pick<Engine, 'picture'>
  board: Pick<DroneBoard, 'put' | 'loseOne'>
  bridges: Pick<Bridges, 'connect' | 'disconnect' | 'get'>
  leases: Pick<Leases, 'noticesFor'>
  flight: Pick<Flight, 'bridgeUp' | 'bridgeSilent' | 'commandNotice' | 'uploadNotice' | 'fenceNotice'>
  upkeep: Pick<Upkeep, 'bridgeUp' | 'notice'>
  clock: Scheduler
  /** Takes each thermal notice once, in order. */
  onThermal: (notices: readonly ThermalNotice[]) => void
  /** Positions of vehicles, ahead of the next status. */
  onMoves: (moves: readonly DroneMove[]) => void
  onFault: (error: unknown) => void
  /** When a seat was last heard from, epoch ms; null: not since this server started. */
  seatSeenAtMs: (seatId: string) => number | null
}

type BridgeSocket = Socket<BridgeToServer, ServerToBridge>

/** The door for MAVLink bridges: the Socket.IO namespace `/bridge`. Everything that comes in is checked first. */
export function attachBridgeGate(io: Server, options: BridgeGateOptions): BridgeGate {
  const { token, engine, board, bridges, leases, flight, upkeep, clock, onThermal, onMoves, onFault, seatSeenAtMs } =
    options
  const startedAtMs = clock.nowMs()
  const namespace = io.of(BRIDGE_NAMESPACE) as unknown as ReturnType<Server<BridgeToServer, ServerToBridge>['of']>
  const known = new Map<string, BridgeHealth>()
  /** Bridges whose silence has been told. */
  const silent = new Set<string>()
  const firstTime = createSequenceGate()

  namespace.use((socket, next) => {
    const shown: unknown = socket.handshake.auth['token']
    next(typeof shown === 'string' && sameSecret(shown, token) ? undefined : new Error('not-allowed'))
  })

  namespace.on('connection', (socket: BridgeSocket) => {
    let port: BridgePort | null = null
    /** Since when what is said of a drone cannot be used, epoch ms. */
    const unusable = new Map<string, number>()
    const refused = (count = 1): void => {
      const entry = port && known.get(port.bridgeId)
      if (entry) entry.refused += count
    }
    /** Checks a message of a bridge that has said hello; anything else is counted and goes no further. */
    const checked = <T>(schema: z.ZodType<T>, message: unknown, mine: (value: T) => boolean = () => true): T | null => {
      const parsed = schema.safeParse(message)
      if (port && parsed.success && mine(parsed.data)) return parsed.data
      refused()
      return null
    }
    /** What fits of a list; the rest is counted. */
    const fitting = <T extends { droneId: string }>(schema: z.ZodType<T>, items: readonly unknown[]): T[] => {
      const each = oneByOne(schema, items, ({ droneId }) => ofPort(droneId))
      refused(each.refused)
      return each.taken
    }
    const ofPort = (droneId: string): boolean => port !== null && isOfBridge(droneId, port.bridgeId)

    socket.on('hello', (message, done) => {
      const hello = BridgeHello.safeParse(message)
      if (!hello.success || typeof done !== 'function') return void socket.disconnect(true)
      const { bridgeId, startedAtMs } = hello.data
      if (port) bridges.disconnect(port)
      port = portOf(socket, bridgeId, startedAtMs)
      bridges.connect(port)
      const before = known.get(bridgeId)
      silent.delete(bridgeId)
      known.set(bridgeId, {
        id: bridgeId,
        connected: true,
        startedAtMs,
        lastAtMs: clock.nowMs(),
        links: before?.links ?? [],
        stations: before?.stations ?? null,
        drones: before?.drones ?? 0,
        refused: before?.refused ?? 0,
      })
      done({ leases: leases.noticesFor(bridgeId, engine.picture) })
      flight.bridgeUp(port)
      upkeep.bridgeUp(port)
    })

    socket.on('status', (message) => {
      const status = checked(StatusFrame, message)
      if (!status || !port) return
      const links = oneByOne(LinkHealth, status.links)
      refused(links.refused)
      const drones = fitting(DroneStatus, status.drones)
      const entry = known.get(port.bridgeId)
      if (entry) {
        const { stations = null } = status
        Object.assign(entry, { lastAtMs: clock.nowMs(), links: links.taken, stations, drones: drones.length })
        if (silent.delete(port.bridgeId)) flight.bridgeUp(port)
      }
      board.put(drones)
      loseUnusable(status.drones, new Set(drones.map(({ droneId }) => droneId)))
    })
    /** A drone of which nothing can be used any more must not stand there as if it were heard. */
    function loseUnusable(told: readonly unknown[], usable: ReadonlySet<string>): void {
      for (const droneId of usable) unusable.delete(droneId)
      for (const { data } of told.map((one) => Named.safeParse(one))) {
        if (!data || usable.has(data.droneId) || !ofPort(data.droneId)) continue
        const sinceMs = unusable.get(data.droneId) ?? clock.nowMs()
        unusable.set(data.droneId, sinceMs)
        if (clock.nowMs() - sinceMs > SILENT_MS) board.loseOne(data.droneId)
      }
    }
    socket.on('moves', (message) => {
      const moves = checked(Moves, message)
      const taken = moves && fitting(DroneMove, moves)
      if (taken && taken.length > 0) onMoves(taken)
    })

    socket.on('command', (message, done) => {
      const notice = checked(CommandNotice, message, ({ droneId }) => ofPort(droneId))
      answerAfter(notice && port ? flight.commandNotice(port.bridgeId, notice) : null, done)
    })
    socket.on('upload', (message, done) => {
      const notice = checked(UploadNotice, message, ({ droneId }) => ofPort(droneId))
      answerAfter(notice && port ? flight.uploadNotice(port.bridgeId, notice) : null, done)
    })
    socket.on('fence', (message, done) => {
      const notice = checked(FenceNotice, message, ({ droneId }) => ofPort(droneId))
      answerAfter(notice && port ? flight.fenceNotice(port.bridgeId, notice) : null, done)
    })
    socket.on('upkeep', (message, done) => {
      const notice = checked(UpkeepNotice, message, ({ droneId }) => ofPort(droneId))
      answerAfter(notice && port ? upkeep.notice(port.bridgeId, notice) : null, done)
    })
    socket.on('thermal', (message, done) => {
      const notices = checked(Readings, message)
      try {
        if (notices && port)
          onThermal(firstTime(`${port.bridgeId}@${port.startedAtMs}`, fitting(ThermalNotice, notices)))
      } catch (error) {
        onFault(error) // a notice that cannot be used must not end the server
      }
      if (typeof done === 'function') done()
    })

    socket.on('disconnect', () => {
      if (!port) return
      bridges.disconnect(port)
      const entry = known.get(port.bridgeId)
      if (entry && !bridges.get(port.bridgeId)) entry.connected = false
    })
  })

  /** An answer means that the notice is durable, or that it will never be taken; without one the bridge sends again. */
  function answerAfter(taken: Promise<void> | null, done: unknown): void {
    const answer = (): void => {
      if (typeof done === 'function') (done as () => void)()
    }
    if (taken) taken.then(answer, onFault)
    else answer()
  }

  let stopAlive = clock.after(ALIVE_MS, alive)
  function alive(): void {
    stopAlive = clock.after(ALIVE_MS, alive)
    const nowMs = clock.nowMs()
    namespace.emit('alive', { atMs: nowMs, absent: absentHolders(engine.picture, seatSeenAtMs, startedAtMs, nowMs) })
  }
  let stopCheck = clock.after(CHECK_MS, check)
  function check(): void {
    stopCheck = clock.after(CHECK_MS, check)
    for (const entry of known.values()) {
      if (silent.has(entry.id) || entry.lastAtMs === null || clock.nowMs() - entry.lastAtMs <= SILENT_MS) continue
      silent.add(entry.id)
      flight.bridgeSilent(entry.id)
    }
  }

  return {
    health: () => [...known.values()].map((entry) => ({ ...entry, links: [...entry.links] })),
    stop() {
      stopAlive()
      stopCheck()
      namespace.disconnectSockets(true)
    },
  }
}

function portOf(socket: BridgeSocket, bridgeId: string, startedAtMs: number): BridgePort {
  const failed = (): Answer<never> => ({ ok: false, reason: reasonOf('bridge-silent') })
  const silent = (): 'silent' => 'silent'
  return {
    bridgeId,
    startedAtMs,
    lease: (notice) => void socket.emit('lease', notice),
    upload: (request) => socket.timeout(REQUEST_MS).emitWithAck('upload', request).catch(silent),
    cancelUpload: (request) => socket.timeout(REQUEST_MS).emitWithAck('cancelUpload', request).catch(silent),
    fence: (request) => socket.timeout(REQUEST_MS).emitWithAck('fence', request).catch(silent),
    cancelFence: (request) => socket.timeout(REQUEST_MS).emitWithAck('cancelFence', request).catch(silent),
    upkeep: (request) => socket.timeout(REQUEST_MS).emitWithAck('upkeep', request).catch(silent),
    cancelUpkeep: (request) => socket.timeout(REQUEST_MS).emitWithAck('cancelUpkeep', request).catch(silent),
    order: (request) => socket.timeout(REQUEST_MS).emitWithAck('order', request).catch(silent),
    readBack: (request) => socket.timeout(READ_BACK_MS).emitWithAck('readBack', request).catch(failed),
  }
}

function sameSecret(shown: string, secret: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(secret)]
  // Lengths may differ openly; the secret's own length is no secret.
  return a.length === b.length && timingSafeEqual(a, b)
}
