import type {
  Checkpoint,
  ConsignmentFix,
  DroneStatus,
  Health,
  LiveToClient,
  LiveToServer,
  Reading,
  Sailing,
  Snapshot,
  Topic,
  Update,
} from '@skerry/contract'
import { backoffMs } from './backoff.ts'
import { FIRST_FACTS, type FeedFacts } from './feed-state.ts'
import { takeUpdates } from './take-updates.ts'

/** The members of a socket that the feed uses; socket.io-client's Socket fits. */
export interface FeedSocket {
  on: <K extends keyof LiveEvents>(event: K, listener: LiveEvents[K]) => unknown
  emit: <K extends keyof LiveToServer>(event: K, ...args: Parameters<LiveToServer[K]>) => unknown
  connect: () => unknown
  disconnect: () => unknown
}
type LiveEvents = LiveToClient & {
  checkpoints: (checkpoints: Checkpoint[]) => void
  connect: () => void
  disconnect: () => void
  connect_error: (error: Error) => void
}

/** Where the feed puts what it hears. */
export interface FeedSinks {
  snapshot: (snapshot: Snapshot) => void
  updates: (updates: readonly Update[]) => void
  motion: (bytes: ArrayBuffer) => void
  left: (topic: Topic) => void
  drones: (drones: readonly DroneStatus[]) => void
  checkpoints: (checkpoints: readonly Checkpoint[]) => void
  sailings: (sailings: readonly Sailing[]) => void
  consignments: (fixes: readonly ConsignmentFix[]) => void
  grid: (searchId: string, bytes: ArrayBuffer) => void
  readings: (searchId: string, readings: readonly Reading[]) => void
  health: (health: Health) => void
  /** Something about the feed itself changed. */
  facts: (facts: FeedFacts) => void
  /** Server clock against the browser's, from each pulse. */
  serverClock: (serverAtMs: number) => void
  /** The server does not know this session any more. */
  refused: () => void
}

export interface FeedPorts {
  socket: FeedSocket
  /** Monotonic, ms. */
  nowMs: () => number
  random: () => number
  after: (ms: number, run: () => void) => () => void
}

export interface LiveFeed {
  start: () => void
  stop: () => void
  /** Topics that one part of the screen wants; replaces what that part wanted before. */
  want: (part: string, topics: readonly Topic[]) => void
  /** Topics of which something is missing: asked for again, from the whole. */
  again: (topics: readonly Topic[]) => void
}

/** A socket that is open but silent this long is cut and made again. */
const SILENT_MS = 5000

/** The console's one line to the server: resumes where it was, reconnects by itself, says how old it is. */
export function createLiveFeed(ports: FeedPorts, sinks: FeedSinks): LiveFeed {
  const { socket } = ports
  const wanted = new Map<string, readonly Topic[]>()
  let joined = new Set<Topic>()
  /** Topics whose things the sinks may hold, from this connection or an earlier one. */
  const told = new Set<Topic>()
  let facts: FeedFacts = FIRST_FACTS
  let run: string | null = null
  let resuming = false
  let running = false
  let disarmRetry = (): void => undefined
  let disarmWatch = (): void => undefined

  function know(change: Partial<FeedFacts>): void {
    const next = { ...facts, ...change }
    const short = next.pulseSeq !== null && (next.heldSeq ?? -1) < next.pulseSeq
    facts = { ...next, shortSinceMs: short ? (next.shortSinceMs ?? ports.nowMs()) : null }
    sinks.facts(facts)
  }

  function resume(): void {
    if (resuming) return
    resuming = true
    socket.emit('resume', { lastSeq: facts.heldSeq, run }, (answer) => {
      resuming = false
      run = answer.run
    })
  }

  function syncTopics(): void {
    const want = new Set([...wanted.values()].flat())
    for (const topic of told)
      if (!want.has(topic)) {
        told.delete(topic)
        sinks.left(topic)
      }
    if (!facts.connected) return
    const fresh = [...want].filter((topic) => !joined.has(topic))
    const old = [...joined].filter((topic) => !want.has(topic))
    joined = want
    if (old.length > 0) socket.emit('leave', old)
    if (fresh.length > 0) join(fresh)
  }

  function join(topics: Topic[]): void {
    for (const topic of topics) told.add(topic)
    socket.emit('join', topics, ({ refused }) => {
      // Nothing comes of them: what an earlier connection told of them would stand still and look alive.
      for (const topic of refused) {
        joined.delete(topic)
        if (told.delete(topic)) sinks.left(topic)
      }
    })
  }

  function retry(): void {
    disarmRetry()
    if (!running) return
    disarmRetry = ports.after(backoffMs(facts.attempts, ports.random()), () => socket.connect())
    know({ connected: false, attempts: facts.attempts + 1 })
  }

  function watch(): void {
    disarmWatch()
    disarmWatch = ports.after(SILENT_MS, () => {
      socket.disconnect()
      down()
    })
  }

  function down(): void {
    disarmWatch()
    resuming = false
    joined = new Set()
    retry()
  }

  socket.on('connect', () => {
    know({ connected: true, refused: false, attempts: 0 })
    watch()
    resume()
    syncTopics()
  })
  socket.on('disconnect', () => {
    if (facts.connected) down()
  })
  socket.on('connect_error', (error) => {
    const refused = error.message !== 'timeout' && 'data' in error && error.data !== undefined
    know({ refused })
    if (refused) sinks.refused()
    retry()
  })
  socket.on('snapshot', (snapshot) => {
    sinks.snapshot(snapshot)
    know({ heldSeq: snapshot.seq })
  })
  socket.on('updates', (came) => {
    if (facts.heldSeq === null) return // before the first snapshot there is nothing to add to
    const { apply, gap } = takeUpdates(facts.heldSeq, came)
    if (apply.length > 0) {
      sinks.updates(apply)
      know({ heldSeq: apply.at(-1)!.seq })
    }
    if (gap) resume()
  })
  socket.on('pulse', (pulse) => {
    watch()
    run = pulse.run
    sinks.serverClock(pulse.atMs)
    know({ lastPulseAtMs: ports.nowMs(), pulseSeq: pulse.seq })
  })
  socket.on('motion', sinks.motion)
  socket.on('drones', sinks.drones)
  socket.on('checkpoints', sinks.checkpoints)
  socket.on('sailings', sinks.sailings)
  socket.on('consignments', sinks.consignments)
  socket.on('grid', sinks.grid)
  socket.on('readings', sinks.readings)
  socket.on('health', sinks.health)

  return {
    start() {
      if (running) return
      running = true
      socket.connect()
    },
    stop() {
      running = false
      disarmRetry()
      disarmWatch()
      socket.disconnect()
      joined = new Set()
      for (const topic of told) sinks.left(topic)
      told.clear()
      facts = FIRST_FACTS
      sinks.facts(facts)
    },
    want(part, topics) {
      if (topics.length === 0) wanted.delete(part)
      else wanted.set(part, topics)
      syncTopics()
    },
    again(topics) {
      const missing = topics.filter((topic) => joined.has(topic))
      if (facts.connected && missing.length > 0) join(missing)
    },
  }
}
