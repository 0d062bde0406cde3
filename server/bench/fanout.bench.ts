// Fan-out of one motion tick to 50 consoles over real WebSockets on this machine: CPU of the server process,
// encoded once per tick against encoded per client. Alone: node scripts/run.mjs server/bench/fanout.bench.ts
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { TOPIC_ZOOM, encodeMotion, type LngLat, type MotionFrame } from '@skerry/contract'
import { Server } from 'socket.io'
import { createMotionStore } from '../src/motion/motion-store.ts'

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
const WARM_TICKS = 20
const TICKS = 60
const ROUNDS = 3

type Send = (io: Server, frame: MotionFrame) => void

/** What the live gate does: one encoding, one packet, the same bytes for everybody in the room. */
const encodeOnce: Send = (io, frame) => void io.emit('motion', encodeMotion(frame))

const perClient: Send = (io, frame) => {
  for (const socket of io.sockets.sockets.values()) socket.emit('motion', encodeMotion(frame))
}

/** The habit that the binary frame replaces: an array of objects, each client's own JSON. */
const jsonPerClient: Send = (io, frame) => {
  const { moved } = frame
  for (const socket of io.sockets.sockets.values()) {
    const movers = Array.from({ length: moved.count }, (_, i) => ({
      id: moved.handle[i],
      position: [moved.positions[i * 2], moved.positions[i * 2 + 1]],
      headingDeg: moved.headingDeg[i],
      speedMps: moved.speedMps[i],
      ageS: moved.ageS[i],
      state: moved.state[i],
    }))
    socket.emit('motion', movers)
  }
}

/** One tick in which every mover moved. */
function tick(): MotionFrame {
  const motion = createMotionStore()
  for (let i = 1; i <= MOVERS; i++) {
    const lngLat: LngLat = [122.1 + (i % 100) / 1000, 29.9 + Math.floor(i / 100) / 1000]
    motion.put('unit', i, { lngLat, headingDeg: i % 360, speedMps: i % 30, fixAtMs: i, receivedAtMs: i, state: i % 6 })
  }
  const [first] = motion.tick(10_000)
  if (first === undefined || first.frame.topic.z !== TOPIC_ZOOM || first.frame.moved.count !== MOVERS)
    throw new Error('the movers of this bench must lie in one tile')
  return first.frame
}

/** Mean CPU of this process per tick, milliseconds, waiting after each tick until every console has it. */
async function cpuPerTickMs(io: Server, consoles: ChildProcess, frame: MotionFrame, send: Send): Promise<number> {
  let startedAt = process.cpuUsage()
  for (let i = 0; i < WARM_TICKS + TICKS; i++) {
    if (i === WARM_TICKS) startedAt = process.cpuUsage()
    const everybody = once(consoles, 'message')
    send(io, frame)
    await everybody
  }
  const { user, system } = process.cpuUsage(startedAt)
  return (user + system) / 1000 / TICKS
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
    const frame = tick()
    const best = { once: Infinity, perClient: Infinity, json: Infinity }
    // Turns alternate, and the best of each counts: whatever else the machine does hits all alike.
    for (let round = 0; round < ROUNDS; round++) {
      best.once = Math.min(best.once, await cpuPerTickMs(io, consoles, frame, encodeOnce))
      best.perClient = Math.min(best.perClient, await cpuPerTickMs(io, consoles, frame, perClient))
      best.json = Math.min(best.json, await cpuPerTickMs(io, consoles, frame, jsonPerClient))
    }
    const name = `motion tick of ${MOVERS} movers to ${CONSOLES} consoles, real WebSockets`
    const row = (baseline: string, theirs: number): BenchRow => ({
      name,
      baseline,
      ratio: theirs / best.once,
      unit: 'ms server CPU per tick',
      ours: best.once,
      theirs,
    })
    return [
      row('the same binary frame encoded per client', best.perClient),
      row('JSON objects encoded per client', best.json),
    ]
  } finally {
    consoles.disconnect()
    await io.close()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const row of await run()) process.stdout.write(`${JSON.stringify(row)}\n`)
