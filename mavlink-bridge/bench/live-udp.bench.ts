// 100 vehicles with 50 messages a second each on real UDP: CPU of the receiving process, ours against node-mavlink in
// the same run. Alone: node scripts/run.mjs mavlink-bridge/bench/live-udp.bench.ts
import { createSocket } from 'node:dgram'
import { pathToFileURL } from 'node:url'
import { createSequence, encode } from '../src/index.ts'
import { startReceiver } from './measured-receiver.ts'
import { fieldsOf, RATES } from './traffic.ts'
import type { BenchRow } from './bench-row.ts'
import type { Mode } from './udp-receiver.ts'

const VEHICLES = 100
const SLICE_MS = 20
const WARM_S = 2
const MEASURED_S = 5

/** One second of one vehicle: its frames in an order that spreads each message over the second. */
function secondOf(sys: number): Uint8Array[] {
  const seq = createSequence()
  const due = Object.entries(RATES).flatMap(([name, rate]) =>
    Array.from({ length: rate }, (_, i) => ({ name, at: (i + sys / VEHICLES) / rate })),
  )
  return due
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }, i) => encode(name as string, fieldsOf(name, i + sys), { seq: seq(), sys, comp: 1 }))
}

async function send(port: number, seconds: number, frames: readonly Uint8Array[][]): Promise<number> {
  const sockets = frames.map(() => createSocket('udp4'))
  const startMs = performance.now()
  let sent = 0
  const total = seconds * 50
  for (let step = 0; step < total;) {
    const due = Math.min(total, Math.floor((performance.now() - startMs) / SLICE_MS))
    for (; step < due; step++)
      for (const [i, socket] of sockets.entries()) {
        socket.send(frames[i]![step % 50]!, port, '127.0.0.1')
        sent++
      }
    await new Promise((resolve) => {
      setTimeout(resolve, 2)
    })
  }
  for (const socket of sockets) socket.close()
  return sent
}

/** Share of one core at the full rate, percent. */
async function measure(mode: Mode, frames: readonly Uint8Array[][]): Promise<number> {
  const receiver = await startReceiver(mode)
  try {
    await send(receiver.port, WARM_S, frames)
    const before = await receiver.report()
    const sent = await send(receiver.port, MEASURED_S, frames)
    await new Promise((resolve) => {
      setTimeout(resolve, 200)
    })
    const after = await receiver.report()
    const arrived = after.datagrams - before.datagrams
    // On a busy machine the kernel drops some before the process sees them: the cost is counted for those that came.
    if (arrived < sent * 0.5) throw new Error(`${mode}: only ${arrived} of ${sent} datagrams arrived`)
    if ((mode === 'link' || mode === 'fleet') && after.good - before.good < arrived)
      throw new Error(`${mode}: ${after.good - before.good} of ${arrived} read`)
    const usPerDatagram = (after.cpuUs - before.cpuUs) / arrived
    return ((usPerDatagram * VEHICLES * 50) / 1e6) * 100
  } finally {
    receiver.stop()
  }
}

export async function run(): Promise<BenchRow[]> {
  const frames = Array.from({ length: VEHICLES }, (_, i) => secondOf(i + 1))
  const bare = await measure('bare', frames)
  const theirs = await measure('node-mavlink', frames)
  const link = await measure('link', frames)
  const fleet = await measure('fleet', frames)
  const row = (name: string, baseline: string, ours: number, other: number): BenchRow => ({
    name,
    baseline,
    ratio: other / ours,
    unit: '% of a core',
    ours,
    theirs: other,
  })
  return [
    row('live UDP, 100 vehicles x 50 msg/s, all fields', 'node-mavlink, one pipeline a vehicle', link, theirs),
    row('live UDP, the same with the vehicle picture', 'a bare socket that drops everything', fleet, bare),
  ]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const { name, baseline, ratio, unit, ours, theirs } of await run())
    console.log(`${name}: ${ours.toFixed(2)} ${unit}; ${baseline}: ${theirs.toFixed(2)} (${ratio.toFixed(2)} times)`)
