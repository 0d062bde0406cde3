import {
  LIVE_NAMESPACE,
  MOST_MOTION_TOPICS,
  Resume,
  encodeGrid,
  topicName,
  type Checkpoint,
  type ConsignmentFix,
  type DroneStatus,
  type GridFrame,
  type Health,
  type LiveToClient,
  type LiveToServer,
  type Reading,
  type Sailing,
  type Seat,
  type Snapshot,
  type Update,
} from '@skerry/contract'
import type { Namespace, Server, Socket } from 'socket.io'
import { sessionTokenOf } from '../access/cookie.ts'
import type { Guests } from '../access/guests.ts'
import type { Sessions } from '../access/sessions.ts'
import { keysOf } from '../domain/rooms/members.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { withoutAddresses } from '../flight/without-addresses.ts'
import type { HealthReport } from '../health/health-report.ts'
import type { MotionStore } from '../motion/motion-store.ts'
import { createNewestWins, type Perishable, type Recipient } from './newest-wins.ts'
import { beatMs, everyMs } from './every.ts'
import { createLateness } from './lateness.ts'
import { createMotionFanOut } from './motion-fan-out.ts'
import { scopeKindOf, touchesRooms } from './scope.ts'
import { createScopedClient, type ScopedClient } from './scoped-client.ts'
import { busySocket, stuckSocket } from './socket-pressure.ts'
import { TOPIC_ROLES, readTopic, type LiveTopic } from './topics.ts'
import { createUpdatesStream, type UpdatesClient } from './updates-stream.ts'

const TICK_MS = 100
const PULSE_MS = 1000
const HEALTH_MS = 2000
/** Sessions of open consoles are looked at this often: it keeps them alive, and ends what has expired. */
const SESSION_CHECK_MS = 60_000
/** Beside what moves: one of a kind, and the maps of searches that are looked at. */
const MOST_OTHER_TOPICS = 100
/** Names in one message that are looked at; whoever sends more gets them back as refused. */
const MOST_NAMES = 2 * (MOST_MOTION_TOPICS + MOST_OTHER_TOPICS)
/** Rooms of those who follow the events plane: the whole of it, and all but the rooms of incidents that are not theirs. */
const FOLLOWERS = 'updates'
const WITHOUT_ROOMS = 'updates-without-rooms'

type LiveSocket = Socket<LiveToServer, LiveToClient, Record<string, never>, { seat: Seat; token: string }>

export interface LiveGateParts {
  engine: Engine
  sessions: Pick<Sessions, 'seatOf'> & { onRevoked(listener: (seatId: string) => void): () => void }
  guests: Pick<Guests, 'seatOf' | 'entered'>
  motion: MotionStore
  drones: { statuses(): DroneStatus[]; onStatus(listener: (statuses: readonly DroneStatus[]) => void): () => void }
  checkpoints: { list(): Checkpoint[]; onChange(listener: (checkpoints: Checkpoint[]) => void): () => void }
  consignments: { list(): ConsignmentFix[]; onChange(listener: (fixes: ConsignmentFix[]) => void): () => void }
  sailings: { list(): Sailing[]; onChange(listener: (sailings: Sailing[]) => void): () => void }
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
  /** Staff accounts that are connected now. */
  accountsHere(): ReadonlySet<string>
  /** How the motion plane does. */
  motion(): Health['motion']
  stop(): void
}

/** The live stream: the Socket.IO namespace `/live`. Events are exact; everything that moves is newest-wins. */
export function attachLiveGate(io: Server, parts: LiveGateParts): LiveGate {
  const {
    engine,
    sessions,
    guests,
    motion,
    drones,
    checkpoints,
    consignments,
    sailings,
    maps,
    health,
    clock,
    run,
    onFault,
  } = parts
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

  const movers = createMotionFanOut({
    motion,
    isBusy: (id) => {
      const socket = live.sockets.get(id)
      return socket === undefined || busySocket(socket)
    },
    send: (ids, bytes) => void live.to([...ids]).emit('motion', bytes as unknown as ArrayBuffer),
  })
  const lateness = createLateness()

  /** Those who are shown their own part, as long as they follow; with whether anything but rooms is shared with the others. */
  const scoped = new Map<UpdatesClient, { shares: boolean; told: (update: Update) => void }>()
  const sockets = new Map<UpdatesClient, LiveSocket>()
  const stream = createUpdatesStream(
    engine,
    (updates) => {
      // Encoded once for everybody; only what speaks of rooms is told to each as far as it is theirs.
      const shared = !updates.some(({ changes }) => touchesRooms(changes))
      live.to(shared ? [FOLLOWERS, WITHOUT_ROOMS] : FOLLOWERS).emit('updates', updates)
      for (const { shares, told } of scoped.values()) if (!(shares && shared)) updates.forEach(told)
    },
    (client, on) => {
      const socket = sockets.get(client)
      if (socket === undefined) return
      const kind = scopeKindOf(socket.data.seat)
      const room = kind === 'all' ? FOLLOWERS : WITHOUT_ROOMS
      if (kind !== 'rooms-only' && kind !== 'wall') void (on ? socket.join(room) : socket.leave(room))
      if (kind === 'all') return
      if (on) scoped.set(client, { shares: kind === 'own-rooms', told: (client as ScopedClient).told })
      else scoped.delete(client)
    },
  )

  live.use(async (socket, next) => next(await admit(socket)))

  async function admit(socket: LiveSocket): Promise<Error | undefined> {
    const refusal = Object.assign(new Error('unauthorised'), { data: { code: 'no-session' } })
    // A guest's link is worth more than whoever else may be signed in here: it was opened on purpose.
    const link: unknown = socket.handshake.auth['guest']
    const token = typeof link === 'string' ? link : sessionTokenOf(socket.handshake.headers.cookie)
    if (token === null) return refusal
    try {
      const seat = await (typeof link === 'string' ? guests.seatOf(token) : sessions.seatOf(token))
      if (seat === null) return refusal
      socket.data.seat = seat
      socket.data.token = token
      if (seat.role === 'guest') await guests.entered(seat)
      return undefined
    } catch (error) {
      onFault(error)
      return Object.assign(new Error('unavailable'), { data: { code: 'store-unavailable' } })
    }
  }

  live.on('connection', (socket) => {
    const { seat } = socket.data
    const emit = {
      snapshot: (snapshot: Snapshot) => void socket.emit('snapshot', snapshot),
      updates: (updates: Update[]) => void socket.emit('updates', updates),
    }
    const kind = scopeKindOf(seat)
    const client: UpdatesClient =
      kind === 'all'
        ? emit
        : createScopedClient({ seat, picture: engine.picture, emit, again: (own) => void stream.resume(own, null) })
    sockets.set(client, socket)
    /** Where to go on from; null where what was missed does not tell the whole, because other rooms are shown now. */
    const from = (lastSeq: number | null): number | null =>
      lastSeq === null || kind === 'rooms-only' || (kind === 'own-rooms' && roomsMoved(seat, lastSeq)) ? null : lastSeq
    // Every argument is hostile until it has been read: types say what a good client sends.
    socket.on('resume', (given, done) => {
      const resume = Resume.safeParse(given)
      const seq = stream.resume(client, resume.success ? from(resume.data.lastSeq) : null)
      if (typeof done === 'function') done({ run, seq })
    })
    const isIn = (topic: LiveTopic, name: string): boolean =>
      topic.kind === 'motion' ? movers.isIn(socket.id, name) : socket.rooms.has(name)
    const isFull = ({ kind }: LiveTopic): boolean =>
      kind === 'motion' ? movers.joined(socket.id) >= MOST_MOTION_TOPICS : socket.rooms.size >= MOST_OTHER_TOPICS
    socket.on('join', (given, done) => {
      const names: unknown[] = Array.isArray(given) ? given : []
      const joined: string[] = []
      const refused: string[] = []
      for (const [i, name] of names.entries()) {
        const topic = i < MOST_NAMES ? readTopic(name) : null
        const mayJoin = topic !== null && TOPIC_ROLES[topic.kind].includes(socket.data.seat.role)
        const full = topic !== null && !isIn(topic, name as string) && isFull(topic)
        if (topic === null || !mayJoin || full) refused.push(String(name).slice(0, 100))
        else {
          joined.push(name as string)
          if (topic.kind === 'motion') movers.join(socket.id, topic.at)
          else void socket.join(name as string)
        }
      }
      if (typeof done === 'function') done({ joined, refused })
      const to = recipientOf(socket)[0]
      for (const name of joined) {
        const topic = readTopic(name)
        if (to !== undefined && topic !== null && topic.kind !== 'motion') fanOut.welcome(perishable(name, topic), to)
      }
    })
    socket.on('leave', (given) => {
      for (const name of Array.isArray(given) ? given.slice(0, MOST_NAMES) : []) {
        const topic = readTopic(name)
        if (topic === null) continue
        if (topic.kind === 'motion') movers.leave(socket.id, topicName(topic.at))
        else void socket.leave(name)
        fanOut.forget(socket.id, name)
      }
    })
    socket.on('disconnect', () => {
      stream.leave(client)
      fanOut.forget(socket.id)
      movers.forget(socket.id)
      sockets.delete(client)
    })
  })

  function roomsMoved(seat: Seat, lastSeq: number): boolean {
    const own = keysOf(seat).map((key) => `/${key}`)
    return (engine.updatesSince(lastSeq) ?? []).some(({ changes }) =>
      changes.some(
        ({ kind, id, value }) =>
          (kind === 'member' && own.some((key) => id.endsWith(key))) || (kind === 'room' && value === null),
      ),
    )
  }

  function perishable(room: string, topic: Exclude<LiveTopic, { kind: 'motion' }>): Perishable {
    switch (topic.kind) {
      case 'drones':
        return { room, event: 'drones', whole: () => [drones.statuses().map(withoutAddresses)] }
      case 'checkpoints':
        return { room, event: 'checkpoints', whole: () => [checkpoints.list()] }
      case 'sailings':
        return { room, event: 'sailings', whole: () => [sailings.list()] }
      case 'consignments':
        return { room, event: 'consignments', whole: () => [consignments.list()] }
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
    if (topic !== null && topic.kind !== 'motion' && live.adapter.rooms.has(room))
      fanOut.publish(perishable(room, topic), args())
  }

  let newestHealth: Awaited<ReturnType<HealthReport>> | null = null
  async function tellHealth(): Promise<void> {
    newestHealth = await health()
    publish('health', () => [newestHealth])
  }

  async function checkSessions(): Promise<void> {
    for (const socket of live.sockets.values()) {
      const { seat, token } = socket.data
      const still = await (seat.role === 'guest' ? guests.seatOf(token) : sessions.seatOf(token))
      if (still === null) socket.disconnect(true)
    }
  }

  const undo = [
    drones.onStatus((statuses) => publish('drones', () => [statuses.map(withoutAddresses)])),
    checkpoints.onChange((changed) => publish('checkpoints', () => [changed])),
    sailings.onChange((changed) => publish('sailings', () => [changed])),
    consignments.onChange((fixes) => publish('consignments', () => [fixes])),
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
    // A guest whose stay is over is shown out at once.
    engine.onUpdate(({ changes }) => {
      for (const { kind, id, value } of changes) {
        if (kind !== 'member' || !id.includes('/guest:') || value?.leftAtMs === null) continue
        for (const socket of live.sockets.values())
          if (id.endsWith(`/guest:${socket.data.seat.id}`)) socket.disconnect(true)
      }
    }),
    sessions.onRevoked((seatId) => {
      for (const socket of live.sockets.values()) if (socket.data.seat.id === seatId) socket.disconnect(true)
    }),
    beatMs(clock, TICK_MS, (lateMs) => {
      lateness.add(lateMs)
      movers.tick(clock.nowMs())
      fanOut.catchUp()
    }),
    everyMs(clock, PULSE_MS, () => {
      live.emit('pulse', { atMs: clock.nowMs(), seq: stream.newestSeq(), run })
      // Events are never dropped: a console that cannot take them is let go, and resumes where it was.
      for (const socket of live.sockets.values()) if (stuckSocket(socket)) socket.disconnect(true)
    }),
    everyMs(clock, HEALTH_MS, () => void tellHealth().catch(onFault)),
    everyMs(clock, SESSION_CHECK_MS, () => void checkSessions().catch(onFault)),
    () => stream.stop(),
  ]
  void tellHealth().catch(onFault)
  return {
    consoles: () => live.sockets.size,
    accountsHere: () =>
      new Set(
        [...live.sockets.values()].flatMap(({ data }) => (data.seat.account === undefined ? [] : data.seat.account)),
      ),
    motion: () => {
      const lateP99Ms = lateness.p99Ms()
      return {
        state: lateP99Ms < TICK_MS ? 'ok' : 'degraded',
        units: motion.size('unit'),
        vessels: motion.size('vessel'),
        drones: motion.size('drone'),
        ...movers.counts(),
        behind: movers.behind(),
        lateP99Ms,
      }
    },
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
