// Fan-out of one motion tick to 50 consoles over real WebSockets on this machine: CPU of the server process, by the
// fan-out that the server uses, against the same frame encoded per client, one JSON array per client, and one JSON text
// per mover and client. Alone: node scripts/run.mjs server/bench/fanout.bench.ts
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { TOPIC_ZOOM, encodeMotion, type LngLat, type MotionFrame } from '@skerry/contract'
import { Server } from 'socket.io'
import { createMotionFanOut } from '../src/live/motion-fan-out.ts'
import { createMotionStore, type MotionStore } from '../src/motion/motion-store.ts'

/** One line of the bench table: server CPU of ours against a named baseline measured in the same run. */
export interface BenchRow {
  name: string
  baseline: string
  /** How many times cheaper ours is. */
  ratio: number
  unit: string
  ours: number
  theirs: number
}

const CONSOLES = 50
const MOVERS = 1000
const TICKS = 60
/** Of the way that takes a thousand times as long. */
const FEW_TICKS = 4
const ROUNDS = 3

/** Moves every mover by a little and sends the tick to every console. */
type Way = (nowMs: number) => void

function moveAll(motion: MotionStore, nowMs: number): void {
  const shift = ((nowMs / 100) % 100) / 1e6
  for (let i = 1; i <= MOVERS; i++) {
    const lngLat: LngLat = [122.1 + (i % 100) / 1000 + shift, 29.9 + Math.floor(i / 100) / 1000]
    const times = { fixAtMs: nowMs, receivedAtMs: nowMs }
    motion.put('unit', i, { lngLat, headingDeg: i % 360, speedMps: i % 30, ...times, state: i % 6 })
  }
}

/** What the live gate does. */
function asServed(io: Server): Way {
  const motion = createMotionStore()
  const fanOut = createMotionFanOut({
    motion,
    isBusy: () => false,
    send: (ids, bytes) => void io.to([...ids]).emit('motion', bytes),
  })
  moveAll(motion, 0)
  const [first, more] = motion.tick(0)
  if (first === undefined || more !== undefined || first.frame.topic.z !== TOPIC_ZOOM)
    throw new Error('the movers of this bench must lie in one tile')
  for (const id of io.sockets.sockets.keys()) fanOut.join(id, first.frame.topic)
  return (nowMs) => {
    moveAll(motion, nowMs)
    fanOut.tick(nowMs)
  }
}

/** The same store and frames, sent in another way. */
function instead(io: Server, send: (io: Server, frame: MotionFrame) => void): Way {
  const motion = createMotionStore()
  return (nowMs) => {
    moveAll(motion, nowMs)
    for (const { frame } of motion.tick(nowMs)) send(io, frame)
  }
}

const perClient = (io: Server, frame: MotionFrame): void => {
  for (const socket of io.sockets.sockets.values()) socket.emit('motion', encodeMotion(frame))
}

const objectsOf = ({ moved }: MotionFrame): object[] =>
  Array.from({ length: moved.count }, (_, i) => ({
    id: moved.handle[i],
    position: [moved.positions[i * 2], moved.positions[i * 2 + 1]],
    headingDeg: moved.headingDeg[i],
    speedMps: moved.speedMps[i],
    ageS: moved.ageS[i],
    state: moved.state[i],
  }))
/** The habit that the binary frame replaces: an array of objects, each client's own JSON. */
const jsonPerClient = (io: Server, frame: MotionFrame): void => {
  for (const socket of io.sockets.sockets.values()) socket.emit('motion', objectsOf(frame))
}
/** One JSON text for each mover and client, as feeds of positions are passed on in the first version of most systems. */
const jsonPerMover = (io: Server, frame: MotionFrame): void => {
  for (const mover of objectsOf(frame)) for (const socket of io.sockets.sockets.values()) socket.emit('motion', mover)
}

/** Mean CPU of this process per tick, milliseconds, waiting after each tick until every console has it. */
async function cpuPerTickMs(io: Server, consoles: ChildProcess, way: Way, ticks: number): Promise<number> {
  const warm = Math.ceil(ticks / 3)
  let startedAt = process.cpuUsage()
  for (let i = 0; i < warm + ticks; i++) {
    if (i === warm) startedAt = process.cpuUsage()
    const everybody = once(consoles, 'message')
    way(100 * (i + 1))
    io.emit('end')
    await everybody
  }
  const { user, system } = process.cpuUsage(startedAt)
  return (user + system) / 1000 / ticks
}

export async function run(): Promise<BenchRow[]> {
  const http = createServer()
  const io = new Server(http, { serveClient: false })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as { port: number }
  const consoles = fork(
    fileURLToPath(new URL('./fanout-consoles.ts', import.meta.url)),
    [String(port), String(CONSOLES)],
    { execArgv: ['--disable-warning=ExperimentalWarning'] },
  )
  try {
    await once(consoles, 'message')
    const best = { served: Infinity, perClient: Infinity, json: Infinity, jsonPerMover: Infinity }
    // Turns alternate, and the best of each counts: whatever else the machine does hits all alike.
    const turn = async (what: keyof typeof best, way: Way, ticks = TICKS): Promise<void> => {
      best[what] = Math.min(best[what], await cpuPerTickMs(io, consoles, way, ticks))
    }
    for (let round = 0; round < ROUNDS; round++) {
      await turn('served', asServed(io))
      await turn('perClient', instead(io, perClient))
      await turn('json', instead(io, jsonPerClient))
      await turn('jsonPerMover', instead(io, jsonPerMover), FEW_TICKS)
    }
    const name = `motion tick of ${MOVERS} movers to ${CONSOLES} consoles, real WebSockets`
    const row = (baseline: string, theirs: number): BenchRow => ({
      name,
      baseline,
      ratio: theirs / best.served,
      unit: 'ms server CPU per tick',
      ours: best.served,
      theirs,
    })
    return [
      row('the same binary frame encoded per client', best.perClient),
      row('one JSON array encoded per client', best.json),
      row('one JSON text per mover and client', best.jsonPerMover),
    ]
  } finally {
    consoles.disconnect()
    await io.close()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const row of await run()) process.stdout.write(`${JSON.stringify(row)}\n`)
