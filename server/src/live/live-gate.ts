import {
  LIVE_NAMESPACE,
  Resume,
  encodeGrid,
  encodeMotion,
  type Checkpoint,
  type DroneStatus,
  type GridFrame,
  type LiveToClient,
  type LiveToServer,
  type Reading,
  type Seat,
} from '@skerry/contract'
import type { Namespace, Server, Socket } from 'socket.io'
import { sessionTokenOf } from '../access/cookie.ts'
import type { Sessions } from '../access/sessions.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { HealthReport } from '../health/health-report.ts'
import type { MotionStore } from '../motion/motion-store.ts'
import { createNewestWins, type Perishable, type Recipient } from './newest-wins.ts'
import { everyMs } from './every.ts'
import { busySocket, stuckSocket } from './socket-pressure.ts'
import { TOPIC_ROLES, readTopic, type LiveTopic } from './topics.ts'
import { createUpdatesStream, type UpdatesClient } from './updates-stream.ts'

const TICK_MS = 100
const PULSE_MS = 1000
const KEYFRAME_MS = 5000
const HEALTH_MS = 2000
/** Sessions of open consoles are looked at this often: it keeps them alive, and ends what has expired. */
const SESSION_CHECK_MS = 60_000
const MOST_TOPICS = 400
/** Room of everybody who follows the events plane. */
const FOLLOWERS = 'updates'

type LiveSocket = Socket<LiveToServer, LiveToClient, Record<string, never>, { seat: Seat; token: string }>

export interface LiveGateParts {
  engine: Engine
  sessions: Sessions
  motion: MotionStore
  drones: { statuses(): DroneStatus[]; onStatus(listener: (statuses: readonly DroneStatus[]) => void): () => void }
  checkpoints: { list(): Checkpoint[]; onChange(listener: (checkpoints: Checkpoint[]) => void): () => void }
  maps: {
    frame(searchId: string, scenarioId?: string | null): GridFrame | null
    onFrame(listener: (searchId: string, frame: GridFrame) => void): () => void
    readings(searchId: string): readonly Reading[]
    onReadings(listener: (searchId: string, readings: Reading[]) => void): () => void
  }
  health: HealthReport
  clock: Scheduler
  /** Name of this run of the server. */
  run: string
  onFault: (error: unknown) => void
}

export interface LiveGate {
  /** Consoles that are connected now. */
  consoles(): number
  /** How often a slow console was left out of something perishable. */
  skipped(): number
  stop(): void
}

/** The live stream: the Socket.IO namespace `/live`. Events are exact; everything that moves is newest-wins. */
export function attachLiveGate(io: Server, parts: LiveGateParts): LiveGate {
  const { engine, sessions, motion, drones, checkpoints, maps, health, clock, run, onFault } = parts
  const live = io.of(LIVE_NAMESPACE) as unknown as Namespace<
    LiveToServer,
    LiveToClient,
    Record<string, never>,
    { seat: Seat; token: string }
  >
  const fanOut = createNewestWins({
    members: (room) => [...(live.adapter.rooms.get(room) ?? [])].flatMap((id) => recipientOf(live.sockets.get(id))),
    broadcast: (room, except, event, args) => {
      live
        .to(room)
        .except([...except])
        .emit(event as 'drones', ...(args as [DroneStatus[]]))
    },
  })

  const clients = new Map<string, UpdatesClient>()
  const stream = createUpdatesStream(
    engine,
    (updates) => live.to(FOLLOWERS).emit('updates', updates),
    (client, on) => {
      const socket = (client as UpdatesClient & { socket: LiveSocket }).socket
      void (on ? socket.join(FOLLOWERS) : socket.leave(FOLLOWERS))
    },
  )

  live.use(async (socket, next) => next(await admit(socket)))

  async function admit(socket: LiveSocket): Promise<Error | undefined> {
    const refusal = Object.assign(new Error('unauthorised'), { data: { code: 'no-session' } })
    const token = sessionTokenOf(socket.handshake.headers.cookie)
    if (token === null) return refusal
    try {
      const seat = await sessions.seatOf(token)
      if (seat === null) return refusal
      socket.data.seat = seat
      socket.data.token = token
      return undefined
    } catch (error) {
      onFault(error)
      return Object.assign(new Error('unavailable'), { data: { code: 'store-unavailable' } })
    }
  }

  live.on('connection', (socket) => {
    const client = {
      socket,
      snapshot: (snapshot: Parameters<LiveToClient['snapshot']>[0]) => void socket.emit('snapshot', snapshot),
      updates: (updates: Parameters<LiveToClient['updates']>[0]) => void socket.emit('updates', updates),
    }
    clients.set(socket.id, client)
    // Every argument is hostile until it has been read: types say what a good client sends.
    socket.on('resume', (given, done) => {
      const resume = Resume.safeParse(given)
      const seq = stream.resume(client, resume.success ? resume.data.lastSeq : null)
      if (typeof done === 'function') done({ run, seq })
    })
    socket.on('join', (given, done) => {
      const names: unknown[] = Array.isArray(given) ? given.slice(0, MOST_TOPICS) : []
      const joined: string[] = []
      const refused: string[] = []
      for (const name of names) {
        const topic = readTopic(name)
        const mayJoin = topic !== null && TOPIC_ROLES[topic.kind].includes(socket.data.seat.role)
        if (topic === null || !mayJoin || socket.rooms.size > MOST_TOPICS) refused.push(String(name).slice(0, 100))
        else {
          joined.push(name as string)
          void socket.join(name as string)
        }
      }
      if (typeof done === 'function') done({ joined, refused })
      const to = recipientOf(socket)[0]
      for (const name of joined) if (to !== undefined) fanOut.welcome(perishable(name, readTopic(name)!), to)
    })
    socket.on('leave', (given) => {
      for (const name of Array.isArray(given) ? given.slice(0, MOST_TOPICS) : []) {
        if (readTopic(name) === null) continue
        void socket.leave(name)
        fanOut.forget(socket.id, name)
      }
    })
    socket.on('disconnect', () => {
      stream.leave(client)
      fanOut.forget(socket.id)
      clients.delete(socket.id)
    })
  })

  function perishable(room: string, topic: LiveTopic): Perishable {
    switch (topic.kind) {
      case 'motion':
        return { room, event: 'motion', whole: () => [encodeMotion(motion.keyframe(topic.at, clock.nowMs()))] }
      case 'drones':
        return { room, event: 'drones', whole: () => [drones.statuses()] }
      case 'checkpoints':
        return { room, event: 'checkpoints', whole: () => [checkpoints.list()] }
      case 'health':
        return { room, event: 'health', whole: () => (newestHealth === null ? null : [newestHealth]) }
      case 'search':
        return {
          room,
          event: 'grid',
          whole: () => {
            const frame = maps.frame(topic.searchId, topic.scenarioId)
            return frame === null ? null : [mapIdOf(topic), encodeGrid(frame)]
          },
        }
      case 'readings':
        return { room, event: 'readings', whole: () => [topic.searchId, maps.readings(topic.searchId)] }
    }
  }
  const publish = (room: string, args: () => readonly unknown[]): void => {
    const topic = readTopic(room)
    if (topic !== null && live.adapter.rooms.has(room)) fanOut.publish(perishable(room, topic), args())
  }

  let newestHealth: Awaited<ReturnType<HealthReport>> | null = null
  async function tellHealth(): Promise<void> {
    newestHealth = await health()
    publish('health', () => [newestHealth])
  }

  function sendKeyframes(): void {
    for (const room of live.adapter.rooms.keys()) {
      const topic = room.startsWith('motion/') ? readTopic(room) : null
      if (topic?.kind !== 'motion') continue
      const whole = perishable(room, topic)
      fanOut.publish(whole, whole.whole() ?? [])
    }
  }

  async function checkSessions(): Promise<void> {
    for (const socket of live.sockets.values()) {
      const seat = await sessions.seatOf(socket.data.token)
      if (seat === null) socket.disconnect(true)
    }
  }

  const undo = [
    drones.onStatus((statuses) => publish('drones', () => [statuses])),
    checkpoints.onChange((changed) => publish('checkpoints', () => [changed])),
    maps.onFrame((searchId, frame) => {
      publish(`search/${searchId}`, () => [searchId, encodeGrid(frame)])
      // A map under one scenario is made only for those who look at it.
      for (const room of live.adapter.rooms.keys()) {
        const topic = room.startsWith(`search/${searchId}/`) ? readTopic(room) : null
        if (topic?.kind !== 'search') continue
        const whole = perishable(room, topic)
        const args = whole.whole()
        if (args !== null) fanOut.publish(whole, args)
      }
    }),
    maps.onReadings((searchId, readings) => publish(`readings/${searchId}`, () => [searchId, readings])),
    sessions.onRevoked((seatId) => {
      for (const socket of live.sockets.values()) if (socket.data.seat.id === seatId) socket.disconnect(true)
    }),
    everyMs(clock, TICK_MS, () => {
      // Every frame is taken, joined or not, so that nothing waits for the first who joins.
      for (const { topic, frame } of motion.tick(clock.nowMs())) publish(topic, () => [encodeMotion(frame)])
      fanOut.catchUp()
    }),
    everyMs(clock, PULSE_MS, () => {
      live.emit('pulse', { atMs: clock.nowMs(), seq: stream.newestSeq(), run })
      // Events are never dropped: a console that cannot take them is let go, and resumes where it was.
      for (const socket of live.sockets.values()) if (stuckSocket(socket)) socket.disconnect(true)
    }),
    everyMs(clock, KEYFRAME_MS, sendKeyframes),
    everyMs(clock, HEALTH_MS, () => void tellHealth().catch(onFault)),
    everyMs(clock, SESSION_CHECK_MS, () => void checkSessions().catch(onFault)),
    () => stream.stop(),
  ]
  void tellHealth().catch(onFault)
  return {
    consoles: () => live.sockets.size,
    skipped: fanOut.skipped,
    stop: () => {
      for (const each of undo) each()
    },
  }
}

const mapIdOf = ({ searchId, scenarioId }: { searchId: string; scenarioId: string | null }): string =>
  scenarioId === null ? searchId : `${searchId}/${scenarioId}`

const recipientOf = (socket: LiveSocket | undefined): Recipient[] =>
  socket === undefined
    ? []
    : [
        {
          id: socket.id,
          isBusy: () => busySocket(socket),
          emit: (event, ...args) => void socket.emit(event as 'drones', ...(args as [DroneStatus[]])),
        },
      ]
