import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Alarm, Health, Incident, RosterUnit, Snapshot } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../http/test-server.ts'
import { flagFramer, openFrame } from './frame.ts'
import { readHeader } from './header.ts'
import { hashTerminal } from './jt808-protocol.ts'
import { locationBody, terminalMessage } from './test-terminal.ts'

const KEY = 'a key of this installation, long enough'
const NUMBER = '013912345678'
const folder = mkdtempSync(path.join(tmpdir(), 'skerry-jt808-'))
const keyFile = path.join(folder, 'terminal.key')

let server: TestServer
let dispatcher: string
let socket: Socket
const answers: { id: number; body: Buffer }[] = []
beforeAll(async () => {
  writeFileSync(keyFile, KEY, { mode: 0o600 })
  const feed = {
    name: 'terminals',
    protocol: 'jt808',
    kind: 'tcp-listen',
    at: '127.0.0.1:0',
    from: ['127.0.0.1'],
    hashKeyFile: keyFile,
    terminals: [{ terminal: hashTerminal(KEY, NUMBER), unit: 'truck' }],
  }
  server = await startTestServer(undefined, JSON.stringify({ feeds: [feed] }))
  dispatcher = await server.signIn('dispatcher')
  await roster(true)
  const framer = flagFramer(1200)
  socket = connect(server.running.feeds()[0]!.port!, '127.0.0.1')
  socket.on('data', (bytes: Buffer) => {
    for (const frame of framer.push(bytes).frames) {
      const header = readHeader(openFrame(frame) as Buffer)
      if (typeof header === 'object') answers.push(header)
    }
  })
})
afterAll(async () => {
  socket.destroy()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function roster(onDuty: boolean): Promise<void> {
  const unit: RosterUnit = { id: 'truck', callSign: '危运-3', agency: 'hazmat', kind: 'car', skills: [], onDuty }
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units: [unit] } })
}
let serial = 0
const say = (id: number, body: Uint8Array): void =>
  void socket.write(terminalMessage({ edition: 2019, terminal: NUMBER, id, serial: ++serial, body }))
const report = (alarmBits: number[], agoS: number) =>
  say(
    0x0200,
    locationBody({
      lngLat: [122.1, 29.98],
      atMs: Math.floor(Date.now() / 1000 - agoS) * 1000,
      speedKmh: 50,
      alarmBits,
    }),
  )
async function get<T>(where: string): Promise<T> {
  return (await (await server.send('GET', where, { as: dispatcher })).json()) as T
}
const health = async () => (await get<Health>('/api/health')).feeds.find(({ id }) => id === 'terminals')!
async function things<T>(kind: 'incident' | 'alarm'): Promise<T[]> {
  const { changes } = await get<Snapshot>('/api/picture')
  return changes.filter((change) => change.kind === kind).map(({ value }) => value as T)
}
const standing = async () => (await things<Alarm>('alarm')).filter(({ clearedAtMs }) => clearedAtMs === null)

it('registers, signs in and reports; the number of the terminal is nowhere in what the server keeps or says', async () => {
  say(0x0100, Buffer.alloc(76))
  await expect.poll(() => answers.map(({ id }) => id)).toEqual([0x8100])
  const code = answers[0]!.body.subarray(3)
  say(0x0102, Buffer.concat([Buffer.from([code.length]), code, Buffer.alloc(35)]))
  report([], 55)
  await expect
    .poll(() => answers.map(({ id, body }) => [id, body.at(-1)]).slice(1))
    .toEqual([
      [0x8001, 0],
      [0x8001, 0],
    ])
  expect(await health()).toMatchObject({ state: 'ok', accepted: 1, refused: 0 })
  const everything = JSON.stringify([
    await get('/api/picture'),
    await get('/api/health'),
    await get('/api/journal?limit=1000'),
  ])
  expect(everything).not.toContain('13912345678')
})

it('raises an alarm for each bit that needs an answer, and clears it with the bit', async () => {
  report([1, 23], 50)
  await expect
    .poll(async () => (await standing()).map(({ kind, key }) => `${kind} ${key}`))
    .toEqual(['terminal-alarm overspeed', 'terminal-alarm route-deviation'])
  expect((await standing())[0]).toMatchObject({ subject: { kind: 'unit', id: 'truck' }, feed: 'terminals' })
  report([23], 40)
  await expect.poll(async () => (await standing()).map(({ key }) => key)).toEqual(['route-deviation'])
})

it('makes an incident of the emergency key, once', async () => {
  report([0, 23], 30)
  report([0, 23], 20)
  await expect.poll(() => things<Incident>('incident')).toHaveLength(1)
  expect(await things('incident')).toMatchObject([{ priority: 'critical', place: '危运-3', text: 'SOS · 危运-3' }])
})

it('keeps nothing of a vehicle that is off duty, neither place nor alarm', async () => {
  await roster(false)
  const before = (await things<Alarm>('alarm')).length
  report([26], 10)
  await expect.poll(async () => (await health()).reasons['off-duty']).toBe(1)
  expect((await things<Alarm>('alarm')).length).toBe(before)
  expect(server.faults).toEqual([])
})
