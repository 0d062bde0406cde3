// Going on after a cut, over real WebSockets: a line between console and server is cut 1,000 times at random moments
// while incidents come in. Counts what was lost or came twice, and times how long a console takes from the first
// connection that succeeds until it holds everything. Baseline: taking the whole picture again after each cut.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { LIVE_NAMESPACE, type Snapshot, type Update } from '@skerry/contract'
import { io } from 'socket.io-client'
import type { BenchRow } from './fanout.bench.ts'
import { quantile } from './quantile.ts'
import { FEED_TOKEN, freePort, signIn, startServerPart, stopAll } from './spawned.ts'

const CUTS = 1000
const WHOLE_ROUNDS = 50
/** Incidents that are there at the start: a busy day. */
const KNOWN = 300
const EVERY_MS = 25

/** Seeded, so that a run can be repeated (numerical recipes' LCG). */
function seeded(state: number): () => number {
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

/** A line that can be cut as a cable is: both ends at once, in the middle of a message, with no word. */
async function cuttableLine(to: number): Promise<{ port: number; cut(): void; close(): void }> {
  const open = new Set<Socket>()
  const line = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    for (const end of [near, far]) {
      open.add(end)
      end.on('error', () => end.destroy()).on('close', () => open.delete(end))
    }
    near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  await once(line, 'listening')
  const cut = (): void => {
    for (const end of open) end.destroy()
  }
  return { port: (line.address() as AddressInfo).port, cut, close: () => (cut(), void line.close()) }
}

export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'skerry-bench-'))
  const port = await freePort('tcp')
  const server = await startServerPart(folder, port)
  try {
    for (let i = 0; i < KNOWN; i++) await report(port, i)
    return await measured(port)
  } finally {
    await stopAll([server])
    await rm(folder, { recursive: true, force: true })
  }
}

async function measured(port: number): Promise<BenchRow[]> {
  const cookie = await signIn(port)
  const line = await cuttableLine(port)
  const random = seeded(7)
  let told = KNOWN
  let newest = 0
  const reports = setInterval(() => void report(port, told++).then((seq) => (newest = Math.max(newest, seq))), EVERY_MS)
  const resumed = await goOnAfterCuts(line, cookie, random, CUTS, false)
  clearInterval(reports)
  const whole = await goOnAfterCuts(line, cookie, random, WHOLE_ROUNDS, true)
  line.close()
  if (resumed.lost + resumed.twice + resumed.snapshots - 1 !== 0)
    throw new Error(`lost ${resumed.lost}, twice ${resumed.twice}, whole pictures ${resumed.snapshots} in ${CUTS} cuts`)
  const slowest = Math.max(...resumed.tookMs)
  const row = (name: string, ours: number, theirs: number): BenchRow => ({
    name: `${name} over ${CUTS} cuts, ${resumed.seen} updates, 0 lost, 0 twice`,
    baseline: 'the whole picture again',
    ratio: theirs / ours,
    unit: 'ms',
    ours,
    theirs,
  })
  return [
    row('going on after a cut, median', quantile(resumed.tookMs, 0.5), quantile(whole.tookMs, 0.5)),
    row('going on after a cut, p99', quantile(resumed.tookMs, 0.99), quantile(whole.tookMs, 0.99)),
    row('going on after a cut, slowest', slowest, Math.max(...whole.tookMs)),
  ]
}

interface Outcome {
  tookMs: number[]
  seen: number
  lost: number
  twice: number
  snapshots: number
}

/** @param forget take the whole picture each time, as a console would that keeps no number */
async function goOnAfterCuts(
  line: { port: number; cut(): void },
  cookie: string,
  random: () => number,
  cuts: number,
  forget: boolean,
): Promise<Outcome> {
  const outcome: Outcome = { tookMs: [], seen: 0, lost: 0, twice: 0, snapshots: 0 }
  let held: number | null = null
  /** Called when everything up to a number is held. */
  let waiting: { seq: number; done: () => void } | null = null
  const heldMore = (): void => {
    if (waiting !== null && held !== null && held >= waiting.seq) waiting.done()
  }
  const take = (seq: number): void => {
    if (held !== null && seq <= held) outcome.twice++
    if (held !== null && seq > held + 1) outcome.lost += seq - held - 1
    held = seq
    outcome.seen++
  }
  for (let i = 0; i <= cuts; i++) {
    if (forget) held = null
    const socket = io(`http://127.0.0.1:${line.port}${LIVE_NAMESPACE}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie },
    })
    socket.on('snapshot', ({ seq }: Snapshot) => {
      outcome.snapshots++
      held = seq
      heldMore()
    })
    socket.on('updates', (came: Update[]) => {
      for (const { seq } of came) take(seq)
      heldMore()
    })
    const gone = new Promise((resolve) => socket.once('disconnect', resolve).once('connect_error', resolve))
    const connected = new Promise<number>((resolve) => socket.once('connect', () => resolve(performance.now())))
    // Once more later: a cut before the line is open cuts nothing.
    const cutSoon = forget ? null : setInterval(line.cut, 1 + random() * 60)
    const connectedAt = await Promise.race([connected, gone.then(() => null)])
    if (connectedAt !== null) {
      const whole = socket.emitWithAck('resume', { lastSeq: held, run: null }).then(({ seq }: { seq: number }) => {
        const holdsAll = new Promise<void>((resolve) => (waiting = { seq, done: resolve }))
        heldMore()
        return holdsAll.then(() => void outcome.tookMs.push(performance.now() - connectedAt))
      })
      if (forget) await whole.then(() => socket.disconnect())
      else whole.catch(() => undefined)
    }
    await gone
    if (cutSoon !== null) clearInterval(cutSoon)
  }
  return outcome
}

async function report(port: number, n: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/intake/incidents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${FEED_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      externalId: `e${n}`,
      category: 'other',
      priority: 'notice',
      position: [122.1 + (n % 40) / 100, 29.9 + (n % 37) / 100],
      place: `Pier ${n}`,
      occurredAtMs: Date.now() - 1000,
      text: 'Something happened here that needs somebody to look at it.',
    }),
  })
  if (!answer.ok) throw new Error(`the server did not take an incident: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { seq: number }).seq
}
