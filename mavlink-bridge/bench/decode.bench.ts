// Decoding of all fields, 1400-byte chunks: our framer and compiled decoders against the node-mavlink pipeline
// (splitter, parser, data()), in the same run. Alone: node scripts/run.mjs mavlink-bridge/bench/decode.bench.ts
import { fork } from 'node:child_process'
import { PassThrough } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ardupilotmega, common, minimal, standard } from 'mavlink-mappings'
import { type MavLinkPacket, MavLinkPacketParser, MavLinkPacketSplitter } from 'node-mavlink'
import { createFramer, createSequence, decode, encode } from '../src/index.ts'
import type { BenchRow } from './bench-row.ts'
import { fieldsOf, RATES } from './traffic.ts'

const CHUNK_BYTES = 1400
const VEHICLES = 100
const ROUNDS = 4
const PASSES = 4
/** Seconds of fleet traffic per pass. */
const SECONDS = { ours: 40, theirs: 8 } as const

/** One second of the whole fleet, interleaved, cut into chunks. */
function fleetSecond(): { chunks: Buffer[]; messages: number } {
  const frames: Uint8Array[] = []
  const names = Object.entries(RATES).flatMap(([name, rate]) => Array.from({ length: rate }, () => name))
  const seq = createSequence()
  for (const [i, name] of names.entries())
    for (let sys = 1; sys <= VEHICLES; sys++)
      frames.push(encode(name as string, fieldsOf(name, i + sys), { seq: seq(), sys, comp: 1 }))
  const all = Buffer.concat(frames)
  const chunks = Array.from({ length: Math.ceil(all.length / CHUNK_BYTES) }, (_, i) =>
    all.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES),
  )
  return { chunks, messages: frames.length }
}

const cpuUs = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

function runOurs(chunks: readonly Buffer[]): number {
  const framer = createFramer()
  let decoded = 0
  for (const chunk of chunks) for (const frame of framer.push(chunk)) if (decode(frame).name !== '') decoded++
  return decoded
}

const REGISTRY = { ...minimal.REGISTRY, ...standard.REGISTRY, ...common.REGISTRY, ...ardupilotmega.REGISTRY }

async function runTheirs(chunks: readonly Buffer[]): Promise<number> {
  const source = new PassThrough()
  const packets = source.pipe(new MavLinkPacketSplitter()).pipe(new MavLinkPacketParser())
  let decoded = 0
  packets.on('data', (packet: MavLinkPacket) => {
    const clazz = REGISTRY[packet.header.msgid]
    if (clazz !== undefined && packet.protocol.data(packet.payload, clazz) !== undefined) decoded++
  })
  for (const chunk of chunks) if (!source.write(chunk)) await new Promise((resolve) => source.once('drain', resolve))
  const ended = new Promise((resolve) => packets.once('end', resolve))
  source.end()
  await ended
  return decoded
}

type Side = 'ours' | 'theirs'

/** CPU microseconds per message, best of several passes over the traffic: the first ones compile the code. */
async function measure(side: Side): Promise<number> {
  const { chunks, messages } = fleetSecond()
  let best = Infinity
  for (let pass = 0; pass < PASSES; pass++) {
    const from = cpuUs()
    for (let second = 0; second < SECONDS[side]; second++) {
      const decoded = side === 'ours' ? runOurs(chunks) : await runTheirs(chunks)
      if (decoded !== messages) throw new Error(`${side}: ${decoded} of ${messages} messages`)
    }
    best = Math.min(best, (cpuUs() - from) / (messages * SECONDS[side]))
  }
  return best
}

/** Measures one side in a process of its own, so that neither works in the other's heap. */
function measureApart(side: Side): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [side], { execArgv: ['--disable-warning=ExperimentalWarning'] })
    child.once('message', (us) => resolve(Number(us)))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`measuring ${side} ended with code ${code}`)))
  })
}

/** Measures both in turns and takes the best round of each, so that a busy machine hurts both alike. */
export async function run(): Promise<BenchRow[]> {
  const best = { ours: Infinity, theirs: Infinity }
  for (let round = 0; round < ROUNDS; round++)
    for (const side of ['ours', 'theirs'] as const) best[side] = Math.min(best[side], await measureApart(side))
  return [
    {
      name: 'decode all fields, 1400-byte chunks',
      baseline: 'node-mavlink splitter + parser + data()',
      ratio: best.theirs / best.ours,
      unit: 'us CPU per message',
      ours: best.ours,
      theirs: best.theirs,
    },
  ]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [side] = process.argv.slice(2)
  if (side === 'ours' || side === 'theirs') {
    const us = await measure(side)
    process.send?.(us)
  } else {
    for (const { name, baseline, ratio, unit, ours, theirs } of await run())
      console.log(
        `${name}: ${ratio.toFixed(1)} times cheaper than ${baseline} (${ours.toFixed(3)} / ${theirs.toFixed(3)} ${unit})`,
      )
  }
}
