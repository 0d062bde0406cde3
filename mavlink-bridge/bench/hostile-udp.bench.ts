// 10 MB each of hostile bytes at an open port, in paced 1400-byte datagrams, beside a vehicle that beats: CPU against a
// bare socket in the same run. Fails where a heartbeat that the socket delivered is not decoded, or memory grows.
// Alone: node scripts/run.mjs mavlink-bridge/bench/hostile-udp.bench.ts
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { encode } from '../src/index.ts'
import { createRandom } from '../src/testing/random.ts'
import type { BenchRow } from './bench-row.ts'
import { startReceiver } from './measured-receiver.ts'
import { fieldsOf, RATES } from './traffic.ts'

const DATAGRAM_BYTES = 1400
const DATAGRAMS = Math.ceil(10_000_000 / DATAGRAM_BYTES)
const PER_SLICE = 10
const SLICE_MS = 4
const BEAT_EVERY = 20
const MAX_GROWTH_BYTES = 4_000_000

/** What hostile senders send, one datagram at a time. */
function inputs(): Readonly<Record<string, (i: number) => Uint8Array>> {
  const random = createRandom(11)
  const names = Object.keys(RATES)
  const frames = Buffer.concat(
    names.map((name, i) => encode(name as string, fieldsOf(name, i), { seq: i, sys: 3, comp: 1 })),
  )
  const zeros = new Uint8Array(DATAGRAM_BYTES)
  const starts = new Uint8Array(DATAGRAM_BYTES).fill(0xfe)
  return {
    'random bytes': () => random.bytes(DATAGRAM_BYTES),
    'mutated frames': () => {
      const bytes = new Uint8Array(DATAGRAM_BYTES)
      for (let at = 0; at < DATAGRAM_BYTES; at += frames.length) bytes.set(frames.subarray(0, DATAGRAM_BYTES - at), at)
      for (let hit = 0; hit < 60; hit++) bytes[random.below(DATAGRAM_BYTES)] = random.below(256)
      return bytes
    },
    zeros: () => zeros,
    '0xFE': () => starts,
  }
}

/** CPU seconds of the receiving process. */
async function measure(mode: 'bare' | 'link', make: (i: number) => Uint8Array): Promise<number> {
  const receiver = await startReceiver(mode)
  const [vehicle, hostile] = [createSocket('udp4'), createSocket('udp4')]
  try {
    vehicle.bind(0, '127.0.0.1')
    await once(vehicle, 'listening')
    receiver.watch(vehicle.address().port)
    const beat = encode(
      'HEARTBEAT',
      { custom_mode: 0, type: 2, autopilot: 3, base_mode: 0, system_status: 4 },
      { seq: 0, sys: 1, comp: 1 },
    )
    const before = await receiver.report()
    for (let i = 0; i < DATAGRAMS; i++) {
      hostile.send(make(i), receiver.port, '127.0.0.1')
      if (i % BEAT_EVERY === 0) vehicle.send(beat, receiver.port, '127.0.0.1')
      if (i % PER_SLICE === 0)
        await new Promise((resolve) => {
          setTimeout(resolve, SLICE_MS)
        })
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 200)
    })
    const after = await receiver.report()
    if (after.watched === 0) throw new Error('no heartbeat arrived')
    // Mutated frames may be good by chance where no mutation fell: those are more, never fewer.
    if (mode === 'link' && after.good < after.watched)
      throw new Error(`${after.good} of ${after.watched} heartbeats decoded`)
    if (after.heapBytes - before.heapBytes > MAX_GROWTH_BYTES)
      throw new Error(`memory grew by ${after.heapBytes - before.heapBytes} bytes`)
    return (after.cpuUs - before.cpuUs) / 1e6
  } finally {
    receiver.stop()
    vehicle.close()
    hostile.close()
  }
}

export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const [name, make] of Object.entries(inputs())) {
    const theirs = await measure('bare', make)
    const ours = await measure('link', make)
    rows.push({
      name: `10 MB of ${name} at an open port`,
      baseline: 'a bare socket that drops everything',
      ratio: theirs / ours,
      unit: 's CPU',
      ours,
      theirs,
    })
  }
  return rows
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const { name, baseline, unit, ours, theirs } of await run())
    console.log(`${name}: ${ours.toFixed(3)} ${unit}; ${baseline}: ${theirs.toFixed(3)}`)
