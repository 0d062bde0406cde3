import { type ChildProcess, fork } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'

const MAIN = join(import.meta.dirname, 'main.ts')
const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

function start(environment: Record<string, string>) {
  const child = fork(MAIN, [], {
    silent: true,
    execArgv: [],
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
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  return { child, exit, errors: () => errors, ready: once(child, 'message').then(([message]) => message as unknown) }
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
  expect(bridge.errors()).toMatch(/^mavlink-bridge: UDP 127\.0\.0\.1:\d+ is taken by another program[^\n]*\n$/)
  socket.close()
})

it('ends with one clear line when a setting is wrong', async () => {
  const bridge = start({ SKERRY_BRIDGE_TOKEN: 'short' })
  expect(await bridge.exit).toBe(1)
  expect(bridge.errors()).toBe('mavlink-bridge: SKERRY_BRIDGE_TOKEN: must be at least 16 characters\n')
})
