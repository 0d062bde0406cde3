import { type ChildProcess, fork, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { heartbeat } from './testing/vehicles.ts'
import { encode } from './wire/encode.ts'
import type { Frame } from './wire/frame.ts'
import { createFramer } from './wire/framer.ts'

const MAIN = join(import.meta.dirname, 'main.ts')
const [HEARTBEAT, TIMESYNC] = [0, 111]
const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

function start(environment: Record<string, string>, execArgv: string[] = []) {
  const child = fork(MAIN, [], {
    silent: true,
    execArgv,
    env: {
      PATH: process.env['PATH'] ?? '',
      SKERRY_SERVER_URL: 'http://127.0.0.1:9',
      SKERRY_BRIDGE_TOKEN: 'token-of-this-test',
      SKERRY_MAVLINK_UDP: '127.0.0.1:0',
      ...environment,
    },
  })
  started.push(child)
  let errors = ''
  let log = ''
  child.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  return {
    child,
    exit,
    errors: () => errors,
    log: () => log,
    ready: once(child, 'message').then(([message]) => message as unknown),
  }
}

it('says when it listens, and ends on SIGTERM', async () => {
  const bridge = start({})
  expect(await bridge.ready).toMatchObject({
    type: 'ready',
    udp: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
  })
  bridge.child.kill('SIGTERM')
  expect(await bridge.exit).toBe(0)
})

it('ends when the process that started it is gone', async () => {
  const bridge = start({})
  await bridge.ready
  bridge.child.disconnect()
  expect(await bridge.exit).toBe(0)
})

it('ends with one clear line when its port is taken', async () => {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const bridge = start({ SKERRY_MAVLINK_UDP: `127.0.0.1:${socket.address().port}` })
  expect(await bridge.exit).toBe(1)
  expect(bridge.errors()).toMatch(
    /^mavlink-bridge: link udp: UDP 127\.0\.0\.1:\d+ is taken by another program[^\n]*\n$/,
  )
  socket.close()
})

it('ends with one clear line when a setting is wrong', async () => {
  const bridge = start({ SKERRY_BRIDGE_TOKEN: 'short' })
  expect(await bridge.exit).toBe(1)
  expect(bridge.errors()).toBe('mavlink-bridge: SKERRY_BRIDGE_TOKEN: must be at least 16 characters\n')
})

it('goes on beside a promise that failed and for which nobody waited, and logs it', async () => {
  const rejects = `process.on('message', () => void Promise.reject(new Error('left alone')))`
  const bridge = start({}, ['--import', `data:text/javascript,${encodeURIComponent(rejects)}`])
  await bridge.ready
  bridge.child.send('reject')
  await vi.waitFor(() => expect(bridge.log()).toMatch(/"times":1,"msg":"nobody waited: Error: left alone/), 10_000)
  bridge.child.kill('SIGTERM')
  expect(await bridge.exit).toBe(0)
})

const SOCAT = '/usr/bin/socat'
it.skipIf(!existsSync(SOCAT))(
  `speaks with a vehicle on a serial line, also after it was pulled out, and beats for no server that it never met (skipped without ${SOCAT})`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'skerry-tty-'))
    const [device, file] = [join(folder, 'tty'), join(folder, 'links.json')]
    writeFileSync(file, JSON.stringify({ links: [{ name: 'radio', kind: 'serial', device, bytesPerS: 2800 }] }))
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const { port } = free.address() as { port: number }
    free.close()
    const bridge = start({ SKERRY_MAVLINK_LINKS: file, SKERRY_BRIDGE_DATA: folder })
    await bridge.ready
    for (const round of [1, 2]) {
      const line = spawn(SOCAT, [`pty,raw,echo=0,link=${device}`, `tcp-listen:${port},bind=127.0.0.1,reuseaddr`])
      started.push(line)
      const framer = createFramer()
      const frames: Frame[] = []
      const far = await vi.waitFor(
        async () => {
          const socket = connect(port, '127.0.0.1')
          await once(socket, 'connect')
          return socket
        },
        { timeout: 10_000 },
      )
      far.on('data', (bytes: Buffer) => frames.push(...framer.push(bytes)))
      far.on('error', () => undefined)
      const beating = setInterval(
        () => far.write(encode('HEARTBEAT', heartbeat(3), { seq: 0, sys: round, comp: 1 })),
        100,
      )
      await vi.waitFor(() => expect(bridge.log()).toContain(`vehicle main-${round} heard`), { timeout: 15_000 })
      const ours = (): number[] => frames.flatMap(({ sys, id }) => (sys === 255 ? [id] : []))
      await vi.waitFor(() => expect(ours()).toContain(TIMESYNC), { timeout: 15_000 })
      expect(ours()).not.toContain(HEARTBEAT)
      clearInterval(beating)
      line.kill('SIGKILL')
      far.destroy()
      await once(line, 'exit')
    }
    rmSync(folder, { recursive: true })
  },
  60_000,
)
