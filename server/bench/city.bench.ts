// The whole city at its full size through the whole product on this machine: 2,000 units by three protocols, 3,000
// vessels by AIS, 20 drones by MAVLink, server, bridge and 50 consoles, each with its own process or connection. How
// long a position takes from the moment it is sent until a console has the bytes; and the same while one console has
// stopped reading. Alone: npm run bench -- city
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { MOVER_KINDS, decodeMotion, emptyColumns, encodeMotion, topicTile, type LngLat } from '@skerry/contract'
import { cpuOf } from './cpu-of.ts'
import { Sendings } from './match-sendings.ts'
import { quantile } from './quantile.ts'
import { freePort, runMocks, signIn, startBridgePart, startMocks, startServerPart, stopAll } from './spawned.ts'

const CONSOLES = 50
const WARM_S = 15
const WINDOW_S = 30
/** A position that took longer than this is not looked for; it counts as passed over. */
const LONGEST_MS = 5000
/** Kinds in the order of the sender's log, which is that of the motion plane for units alone. */
const LOGGED = ['unit', 'vessel', 'drone'] as const
const P99_GOAL_MS = 150

/** As the consoles write it: console, kind, came at (ms), lng, lat, 1 of a keyframe. */
type Row = [number, number, number, number, number, number]

interface Window {
  name: string
  fromMs: number
  toMs: number
  serverCpu: number
}

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

export async function report(): Promise<{ text: string; files: { path: string; content: string }[] }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'skerry-bench-'))
  const children: ChildProcess[] = []
  try {
    const text = await measure(folder, children)
    return { text, files: [{ path: 'docs/benchmarks/city.md', content: text }] }
  } finally {
    await stopAll(children)
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string, children: ChildProcess[]): Promise<string> {
  const port = await freePort('tcp')
  const mavlinkPort = await freePort('udp')
  const load = [
    'load',
    '--dir',
    folder,
    '--server',
    `http://127.0.0.1:${port}`,
    '--mavlink',
    `127.0.0.1:${mavlinkPort}`,
  ]
  await runMocks([...load, '--prepare'])
  const server = await startServerPart(folder, port, { SKERRY_FEEDS: path.join(folder, 'feeds.json') })
  children.push(server, await startBridgePart(folder, port, mavlinkPort))
  const sent = path.join(folder, 'sent.f64')
  const loading = startMocks([...load, '--log', sent])
  children.push(loading)
  const came = path.join(folder, 'came.f64')
  const consoles = fork(path.join(import.meta.dirname, 'city-consoles.ts'), [
    String(port),
    await signIn(port),
    String(CONSOLES),
    came,
  ])
  children.push(consoles)
  const lost: unknown[] = []
  consoles.on('message', (word: { type: string }) => word.type === 'lost' && lost.push(word))
  for (let joined = 0; joined < CONSOLES;) if ((await said(consoles)).type === 'joined') joined++
  await pause(WARM_S * 1000)
  const windows = [await watch('all consoles read', server)]
  consoles.send('stall')
  await pause(3000)
  windows.push(await watch('one of them has stopped reading', server))
  consoles.send('write')
  let written = await said(consoles)
  while (written.type !== 'written') written = await said(consoles)
  await stopAll([loading])
  const from = await doubles(sent)
  const to = await doubles(came)
  return tables(windows, from, to, written, lost)
}

interface Word {
  type: string
  bytes?: number
  records?: number
  messages?: number
}
const said = async (child: ChildProcess): Promise<Word> => ((await once(child, 'message')) as [Word])[0]
const doubles = async (file: string): Promise<Float64Array> => {
  const bytes = await readFile(file)
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

async function watch(name: string, server: ChildProcess): Promise<Window> {
  const fromMs = monotonicMs()
  const cpuMs = await cpuOf(server.pid!)
  await pause(WINDOW_S * 1000)
  const toMs = monotonicMs()
  return { name, fromMs, toMs, serverCpu: ((await cpuOf(server.pid!)) - cpuMs) / (toMs - fromMs) }
}

/** Where a console sees what was sent there: a part of a tile, not the very place. */
function shown(kind: (typeof LOGGED)[number], [lng, lat]: LngLat): [number, number] {
  const moved = emptyColumns(1)
  moved.positions.set([lng, lat])
  const topic = { kind, ...topicTile([lng, lat]) }
  const frame = { topic, keyframe: false, tickAtMs: 0, sequence: 0, moved, gone: new Uint16Array(0) }
  const { positions } = decodeMotion(encodeMotion(frame)).moved
  return [positions[0]!, positions[1]!]
}

function tables(
  windows: readonly Window[],
  sent: Float64Array,
  came: Float64Array,
  all: Word,
  lost: unknown[],
): string {
  const sendings = new Sendings(CONSOLES, LONGEST_MS)
  const keyOf = (kind: string, lng: number, lat: number): string => `${kind} ${lng} ${lat}`
  let inWindows = 0
  for (let i = 0; i < sent.length; i += 5) {
    const kind = LOGGED[sent[i]!]!
    const [lng, lat] = shown(kind, [sent[i + 3]!, sent[i + 4]!])
    sendings.add(keyOf(kind, lng, lat), sent[i + 2]!)
    if (windows.some(({ fromMs, toMs }) => sent[i + 2]! >= fromMs && sent[i + 2]! < toMs)) inWindows++
  }
  const tookMs = windows.map(() => new Map<string, number[]>([...LOGGED, 'all'].map((kind) => [kind, []])))
  const counted = { first: 0, again: 0, unknown: 0 }
  for (let i = 0; i < came.length; i += 6) {
    const [console, kindIndex, atMs, lng, lat, keyframe] = [...came.subarray(i, i + 6)] as Row
    const kind = MOVER_KINDS[kindIndex]!
    const match = sendings.came(console, keyOf(kind, lng, lat), atMs) // before the windows too: what is told again is known by it
    const window = windows.findIndex(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)
    if (window < 0 || keyframe === 1) continue
    counted[match.kind]++
    if (match.kind === 'first') for (const name of [kind, 'all']) tookMs[window]!.get(name)!.push(match.tookMs)
  }
  const ms = (value: number): string => (Number.isNaN(value) ? '—' : value.toFixed(0))
  const rows = windows.flatMap(({ name }, w) =>
    [...tookMs[w]!].map(([kind, values]) => {
      const at = (share: number): string => ms(quantile(values, share))
      return `| ${name} | ${kind} | ${values.length} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${at(1)} |`
    }),
  )
  const seconds = windows.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs) / 1000, 0)
  const p99 = [...LOGGED, 'all'].map((kind) => ({
    kind,
    values: windows.map((_, w) => quantile(tookMs[w]!.get(kind)!, 0.99)),
  }))
  const late = p99.filter(({ values }) => !values.every((value) => value <= P99_GOAL_MS)) // nothing came: not reached
  return [
    '# The whole city on one machine',
    '',
    `\`npm run bench -- city\`: ${CONSOLES} consoles that follow everything, ${(inWindows / seconds).toFixed(0)} positions a second, generator, server, bridge and consoles on the same ${os.availableParallelism()} cores (${os.cpus()[0]?.model.trim() ?? 'unknown'}). Milliseconds from the moment before a position is sent until a console has its bytes; the server speaks ten times a second, so 50 ms of the median are waiting for the next word.`,
    '',
    '| window | what | positions at consoles | median | p95 | p99 | slowest |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `p99 in the two windows: ${p99.map(({ kind, values }) => `${kind} ${values.map(ms).join(' and ')} ms`).join(', ')}; the goal of ${P99_GOAL_MS} ms, for each of them: ${late.length === 0 ? 'reached' : `NOT reached by ${late.map(({ kind }) => kind).join(', ')}`}.`,
    `Server: ${windows.map(({ serverCpu, name }) => `${(serverCpu * 100).toFixed(0)} % of a core (${name})`).join(', ')}.`,
    `Bytes for each mover and tick, headers and keyframes included: ${((all.bytes ?? NaN) / (all.records ?? NaN)).toFixed(1)}. Consoles that were cut off: ${lost.length}. Positions at consoles whose sending is not known: ${counted.unknown} of ${counted.unknown + counted.first}; told again without a new position, which is no delay (the name of a ship became known): ${counted.again}.`,
    '',
  ].join('\n')
}
