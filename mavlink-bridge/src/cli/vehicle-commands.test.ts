import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, expect, it, vi } from 'vitest'
import { ScriptedCopter } from '../testing/scripted-copter.ts'
import { runCli } from './run-cli.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return port
}
function sink(): Writable & { text: string } {
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      out.text += chunk.toString()
      done()
    },
  })
  const out = Object.assign(stream, { text: '' })
  return out
}
async function setUp(vehicles: number) {
  const port = await freePort()
  const folder = mkdtempSync(path.join(tmpdir(), 'skerry-station-'))
  stops.push(() => rmSync(folder, { recursive: true }))
  const copters = Array.from({ length: vehicles }, (_, i) => new ScriptedCopter(i + 1, { host: '127.0.0.1', port }))
  for (const copter of copters) {
    copter.start()
    stops.push(() => copter.stop())
  }
  const stop = new AbortController()
  async function run(...args: string[]) {
    const [stdout, stderr] = [sink(), sink()]
    const clock = { nowMs: () => 0, sleep: () => Promise.resolve() }
    const all = [...args, '--listen', `127.0.0.1:${port}`]
    async function* nothing(): AsyncGenerator<Uint8Array> {}
    const code = await runCli(
      all,
      { stdin: nothing(), stdout, stderr, directories: [folder], signal: stop.signal },
      clock,
    )
    return { code, stdout: stdout.text, stderr: stderr.text }
  }
  return { copters, run, folder, stop }
}
const PLAN = {
  steps: [{ do: 'takeoff', heightM: 40 }, { do: 'fly-to', position: [122.4, 29.9], heightM: 40 }, { do: 'return' }],
}

it('uploads a plan, proves it, and reads the same plan back as a file', async () => {
  const { run, folder } = await setUp(1)
  writeFileSync(path.join(folder, 'plan.json'), JSON.stringify(PLAN))
  const up = await run('upload', 'plan.json', '--wait', '2')
  expect([up.code, JSON.parse(up.stdout)]).toEqual([0, { planId: expect.any(String), items: 4, verified: true }])
  const down = await run('download', '--out', 'read.plan', '--wait', '2')
  expect(down).toMatchObject({ code: 0, stdout: '' })
  writeFileSync(path.join(folder, 'again.plan'), readFileSync(path.join(folder, 'read.plan')))
  const again = await run('upload', 'again.plan', '--wait', '2')
  expect(JSON.parse(again.stdout)).toMatchObject({ planId: (JSON.parse(up.stdout) as { planId: string }).planId })
}, 60_000)

it('says what of a plan the autopilot has no room for', async () => {
  const { run, folder } = await setUp(1)
  const point = (command: number, radiusM: number) => {
    const params = [0, radiusM, 0, null, 29.9, 122.4, 40]
    return { type: 'SimpleItem', command, frame: 3, params, autoContinue: true }
  }
  const mission = { version: 2, plannedHomePosition: [29.9, 122.4, 0], items: [point(22, 0), point(16, 5)] }
  writeFileSync(path.join(folder, 'qgc.plan'), JSON.stringify({ fileType: 'Plan', version: 1, mission }))
  const up = await run('upload', 'qgc.plan', '--wait', '2')
  expect([up.code, JSON.parse(up.stdout)]).toMatchObject([0, { items: 3, verified: true }])
  expect(up.stderr).toMatch(/not kept by the autopilot: #2 param2 5 → 0\n/)
}, 60_000)

it('says in one line which item cannot be sent, and tells the vehicle nothing of the plan', async () => {
  const { copters, run, folder } = await setUp(1)
  const point = (...params: (number | null)[]) => ({ type: 'SimpleItem', command: 16, frame: 3, params })
  const write = (...items: object[]): void => {
    const mission = { version: 2, plannedHomePosition: [29.9, 122.4, 0], items }
    writeFileSync(path.join(folder, 'qgc.plan'), JSON.stringify({ fileType: 'Plan', version: 1, mission }))
  }
  const here = point(0, 0, 0, 0, 29.9, 122.4, 40)
  write(here, point(0, 0, 0, 0, 29.9, 122.4, 1e39))
  const high = await run('upload', 'qgc.plan', '--wait', '2')
  expect(high).toMatchObject({ code: 2, stdout: '' })
  expect(high.stderr).toMatch(/^mission\.items\.1: no message can carry it: [^\n]*\n$/)
  write(here, point(0, 0, 0, 0, null, null, 40))
  const empty = await run('upload', 'qgc.plan', '--wait', '2')
  expect(empty).toMatchObject({ code: 2, stdout: '' })
  expect(empty.stderr).toMatch(/^mission\.items\.1\.params: command 16 must have latitude and longitude[^\n]*\n$/)
  expect(copters[0]!.heard.map(({ name }) => name)).not.toContain('MISSION_COUNT')
}, 60_000)

it('takes an upload back that is broken off, and tells the vehicle', async () => {
  const { copters, run, folder, stop } = await setUp(1)
  const [copter] = copters
  copter!.silentToPlans = true
  writeFileSync(path.join(folder, 'plan.json'), JSON.stringify(PLAN))
  const up = run('upload', 'plan.json', '--wait', '2')
  const heard = (name: string) => copter!.heard.filter((message) => message.name === name)
  await vi.waitFor(() => expect(heard('MISSION_COUNT')).not.toEqual([]), { timeout: 20_000 })
  stop.abort()
  expect(await up).toMatchObject({ code: 1, stdout: '' })
  expect((await up).stderr).toMatch(/not uploaded: upload-cancelled.*now unknown/)
  await vi.waitFor(() => expect(heard('MISSION_ACK')).toMatchObject([{ fields: { type: 15 } }]))
}, 60_000)

it('does not change the plan of an aircraft that is flying it', async () => {
  const { copters, run, folder } = await setUp(1)
  Object.assign(copters[0]!, { armed: true, mode: 3, heightM: 50 })
  writeFileSync(path.join(folder, 'plan.json'), JSON.stringify(PLAN))
  const up = await run('upload', 'plan.json', '--wait', '2')
  expect(up).toMatchObject({ code: 1, stdout: '', stderr: 'vehicle 1 is following its plan: let it hold first\n' })
}, 60_000)

it('asks which vehicle is meant where several are heard', async () => {
  const { run } = await setUp(2)
  const said = await run('params', 'get', 'RTL_ALT', '--wait', '4')
  expect(said.code).toBe(2)
  expect(said.stderr).toMatch(/^--vehicle: must name one of 1, 2: several are heard/)
}, 60_000)

it('shows what is heard, and fails where nothing is', async () => {
  const { copters, run } = await setUp(1)
  const seen = await run('status', '--json', '--seconds', '2')
  expect(seen.code).toBe(0)
  expect(JSON.parse(seen.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
    systemId: 1,
    mode: { name: 'STABILIZE' },
  })
  copters[0]?.pause()
  expect(await run('status', '--seconds', '1')).toMatchObject({ code: 1, stdout: '' })
}, 60_000)

it.each([
  [['params', 'fly'], /^params: must be list, get, set, save, compare, not "fly"/],
  [['params', 'get', 'A_NAME_THAT_IS_LONG'], /^NAME: must have at most 16 bytes, not A_NAME_THAT_IS_LONG/],
  [['params', 'set', 'RTL_ALT', 'high'], /^VALUE: must be a number, not high/],
  [['params', 'get'], /^params get: must have 1 argument/],
  [['params', 'list', '--vehicle', '0'], /^--vehicle: must be a system id 1..255/],
  [['upload'], /^PLAN: missing/],
  [['status', '--seconds', '-1'], /^--seconds/],
  [['download', '--wait', 'long'], /^--wait: must be seconds/],
])('says what is wrong with %j, with code 2', async (args, words) => {
  const { run } = await setUp(0)
  const said = await run(...args)
  expect([said.code, said.stdout]).toEqual([2, ''])
  expect(said.stderr).toMatch(words)
})
