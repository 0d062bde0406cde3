import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CORPUS, corpusLines, corpusPath, hasCorpus } from '../testing/corpus.ts'
import { tlogRecord } from '../tlog/tlog-record.ts'
import { encode } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { runCli } from './run-cli.ts'

const START_US = 1_700_000_000_000_000n
const beat = (sys: number, comp: number, type: number, seq = 0): Uint8Array =>
  encode('HEARTBEAT', { custom_mode: 0, type, autopilot: 3, base_mode: 0, system_status: 4 }, { seq, sys, comp })
const record = (atUs: bigint, frame: Uint8Array): Uint8Array => tlogRecord(atUs, framesOfDatagram(frame)[0]!)!

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'skerry-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, ...parts: Uint8Array[]): string => {
  const full = path.join(folder, name)
  writeFileSync(full, Buffer.concat(parts))
  return full
}

/** Collects what is written; `failAfter` bytes it breaks like a pipe whose reader has gone. */
class Sink extends Writable {
  text = ''
  private readonly failAfter: number
  constructor(failAfter = Infinity) {
    super()
    this.failAfter = failAfter
  }
  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    if (this.text.length > this.failAfter) return done(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }))
    this.text += chunk.toString()
    done()
  }
}

interface Ran {
  code: number
  stdout: string
  stderr: string
  lines: unknown[]
  lastError: unknown
  sleptMs: number
}

/** Runs the tool with a clock on which sleeping takes no time. */
async function run(args: string[], stdout = new Sink(), stdin: Uint8Array[] = []): Promise<Ran> {
  const stderr = new Sink()
  let nowMs = 0
  async function* input(): AsyncGenerator<Uint8Array> {
    yield* stdin
  }
  const clock = { nowMs: () => nowMs, sleep: async (ms: number) => void (nowMs += ms) }
  const code = await runCli(args, { stdin: input(), stdout, stderr, directories: [folder] }, clock)
  const errors = stderr.text.trim().split('\n')
  const parse = (line: string): unknown => (line.startsWith('{') ? JSON.parse(line) : line)
  const lines = stdout.text.split('\n').filter((line) => line !== '')
  return {
    code,
    stdout: stdout.text,
    stderr: stderr.text,
    lines: lines.map(parse),
    lastError: parse(errors.at(-1)!),
    sleptMs: nowMs,
  }
}

describe('inspect --json', () => {
  it('prints one line per good frame and the counts at the end of standard error', async () => {
    const broken = record(START_US + 1n, beat(1, 1, 2))
    broken[20] = 1
    const position = encode(
      'GPS_RAW_INT',
      {
        time_usec: 2n ** 63n,
        lat: 1,
        lon: -2,
        alt: 3,
        eph: 4,
        epv: 5,
        vel: 6,
        cog: 7,
        fix_type: 3,
        satellites_visible: 9,
      },
      { seq: 5, sys: 1, comp: 1 },
    )
    const home = encode(
      'ATTITUDE_QUATERNION',
      { time_boot_ms: 1, q1: Math.fround(0.1), q2: -0, q3: 0, q4: 0, rollspeed: 0, pitchspeed: 0, yawspeed: 1 },
      { seq: 6, sys: 1, comp: 1 },
    )
    const log = file('a.tlog', record(START_US, position), broken, record(START_US + 2n, home))
    const { code, lines, lastError } = await run(['inspect', log, '--json'])
    expect(code).toBe(0)
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatchObject({
      atUs: '1700000000000000',
      v: 2,
      sys: 1,
      comp: 1,
      seq: 5,
      id: 24,
      name: 'GPS_RAW_INT',
      fields: { time_usec: '9223372036854775808', lon: -2, alt_ellipsoid: 0 },
    })
    expect(lines[1]).toMatchObject({ fields: { q1: 0.10000000149011612, q2: '-0', repr_offset_q: [0, 0, 0, 0] } })
    expect(lastError).toEqual({ good: 2, badChecksum: 1, unknown: 0, refusedFlags: 0, junkBytes: 0 })
  })

  it('reads bare frames with --raw, and standard input for -', async () => {
    const { lines, lastError } = await run(['inspect', '-', '--raw', '--json'], new Sink(), [
      beat(1, 1, 2),
      beat(2, 1, 2),
    ])
    expect(lines).toMatchObject([
      { atUs: null, sys: 1, fields: { type: 2, mavlink_version: 3 } },
      { atUs: null, sys: 2 },
    ])
    expect(lastError).toMatchObject({ good: 2, junkBytes: 0 })
  })

  it('ends quietly when the reader of its output has gone', async () => {
    const log = file(
      'many.tlog',
      ...Array.from({ length: 3000 }, (_, i) => record(START_US + BigInt(i), beat(1, 1, 2))),
    )
    const { code, stderr } = await run(['inspect', log, '--json'], new Sink(1000))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it.skipIf(!hasCorpus)(`agrees with the corpus on every field (skipped when ${CORPUS} is absent)`, async () => {
    const { lines, lastError } = await run(['inspect', corpusPath('messages.bin'), '--raw', '--json'])
    const expected = corpusLines<Record<string, unknown>>('messages.jsonl').map(
      ({ v, sys, comp, seq, id, name, fields }) => ({ atUs: null, v, sys, comp, seq, id, name, fields }),
    )
    expect(lines).toEqual(expected)
    expect(lastError).toEqual({ good: expected.length, badChecksum: 0, unknown: 0, refusedFlags: 0, junkBytes: 0 })
  })
})

describe('inspect', () => {
  it('says in words who sent what, when and how often', async () => {
    const beats = Array.from({ length: 11 }, (_, i) => record(START_US + BigInt(i) * 1_000_000n, beat(7, 1, 2)))
    const { stdout, lastError } = await run(['inspect', file('b.tlog', ...beats)])
    expect(stdout).toContain('2023-11-14T22:13:20.000Z')
    expect(stdout).toContain('(10.0 s)')
    expect(stdout).toMatch(/system 7, component 1: 11 messages\n {2}HEARTBEAT +11 +1\.10 \/s/)
    expect(lastError).toMatchObject({ good: 11 })
  })
})

it('inspect of a file that is no log says so, and still counts', async () => {
  const { code, stderr, lastError } = await run(['inspect', file('frames.bin', beat(1, 1, 2), beat(1, 1, 2)), '--json'])
  expect(code).toBe(0)
  expect(stderr).toMatch(/^no record found: bare frames need --raw\n/)
  expect(lastError).toEqual({ good: 0, badChecksum: 0, unknown: 0, refusedFlags: 0, junkBytes: 42 })
})

describe('bad input ends with one line and code 2', () => {
  it.each([
    [['inspect'], /^FILE: missing/],
    [['inspect', 'nowhere.tlog'], /^FILE: must be an existing file, not nowhere\.tlog$/],
    [['inspect', '.'], /^FILE: must be a file, not the directory \.$/],
    [['inspect', 'a', 'b'], /^FILE: must be one file/],
    [['inspect', '--jsn', 'a'], /--jsn/],
    [['replay', 'a.tlog', '--speed', '0'], /^--speed: must be a number above 0, not 0$/],
    [['replay', 'a.tlog', '--speed', 'x'], /^--speed: must be a number above 0, not x$/],
    [['replay', 'a.tlog', '--to', 'here'], /^--to: must be HOST:PORT, not here$/],
    [['replay', 'a.tlog', '--to', 'here:99999'], /^--to: must be HOST:PORT/],
    [['inspect', 'a.tlog', '--bogus'], /^--bogus: must be an option of inspect/],
    [['replay', 'a.tlog', '--speed'], /^--speed: must be an option of replay in its right form/],
    [['fly'], /^COMMAND: must be inspect or replay or .* or sim, not "fly"$/],
    [[], /^COMMAND: /],
  ])('%j', async (args, why) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.trimEnd()).toMatch(why)
    expect(stderr.trimEnd()).not.toContain('\n')
  })
})

it.each([['--help'], ['inspect', '--help'], ['replay', '--help']])('%s %s explains itself', async (...args) => {
  const { code, stdout } = await run(args)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^usage: mavlink/)
})

describe('replay', () => {
  /** A receiver on a free port; `heard` resolves once that many datagrams have come. */
  async function receiver(): Promise<{ to: string; heard(count: number): Promise<[number, number][]>; close(): void }> {
    const socket = createSocket('udp4')
    const got: [sys: number, port: number][] = []
    let wake = (): void => {}
    socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
      got.push(...framesOfDatagram(bytes).map(({ sys }): [number, number] => [sys, from.port]))
      wake()
    })
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return {
      to: `127.0.0.1:${socket.address().port}`,
      async heard(count) {
        while (got.length < count) await new Promise<void>((resolve) => (wake = resolve))
        return got
      },
      close: () => socket.close(),
    }
  }
  const at = (ms: number): bigint => START_US + BigInt(ms) * 1000n
  const log = (): string =>
    file(
      'flight.tlog',
      record(at(0), beat(1, 1, 2)),
      record(at(100), beat(2, 1, 2)),
      record(at(200), beat(255, 190, 6)),
      record(at(300), beat(40, 190, 6)),
      record(at(1000), beat(1, 1, 2, 1)),
      record(at(200_000), beat(51, 68, 2)),
      record(at(199_000), beat(2, 1, 2, 1)),
    )

  it('sends each vehicle from a port of its own, with the timing of the recording', async () => {
    const { to, heard, close } = await receiver()
    const { code, lastError, sleptMs } = await run(['replay', log(), '--to', to])
    const got = await heard(5)
    close()
    expect(code).toBe(0)
    expect(got.map(([sys]) => sys)).toEqual([1, 2, 1, 51, 2])
    const [first, second] = got.map(([, port]) => port)
    // The radio (51/68) speaks on the line of the vehicle heard last.
    expect(got.map(([, port]) => port)).toEqual([first, second, first, first, second])
    expect(first).not.toBe(second)
    // One second, then a pause of 199 s shortened to one, then a clock set back.
    expect(sleptMs).toBe(2000)
    expect(lastError).toMatchObject({ sent: 5, leftOut: 2, vehicles: 2, good: 7 })
  })

  it('plays faster, and with --all the ground stations too', async () => {
    const { to, heard, close } = await receiver()
    const { lastError, sleptMs } = await run(['replay', log(), '--to', to, '--speed', '4', '--all'])
    expect((await heard(7)).map(([sys]) => sys)).toEqual([1, 2, 255, 40, 1, 51, 2])
    close()
    expect(sleptMs).toBe(500)
    expect(lastError).toMatchObject({ sent: 7, leftOut: 0 })
  })
})
