import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Answer, BridgeToServer, ReadBack, ServerToBridge } from '@skerry/contract'
import { Server, type Socket } from 'socket.io'
import { expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createLeases } from './leases.ts'
import { openUplink } from './uplink.ts'

it('answers a request that a fault of ours ends, and goes on: one order takes nothing from the other aircraft', async () => {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const io = new Server<BridgeToServer, ServerToBridge>(http)
  const { port } = http.address() as { port: number }
  const faults: string[] = []
  const broken = (): never => {
    throw new RangeError('300 is no value of an extended parameter of type 1')
  }
  const came = new Promise<Socket<BridgeToServer, ServerToBridge>>((resolve) =>
    io.of('/bridge').on('connection', resolve),
  )
  const uplink = openUplink({
    url: `http://127.0.0.1:${port}`,
    token: 'token-of-this-test',
    hello: { bridgeId: 'main', version: '0', startedAtMs: 0 },
    clock: systemClock,
    leases: createLeases(),
    handlers: {
      order: broken,
      upload: broken,
      cancelUpload: () => ({ ok: true, value: null }),
      fence: broken,
      cancelFence: () => ({ ok: true, value: null }),
      upkeep: broken,
      cancelUpkeep: () => ({ ok: true, value: null }),
      readBack: () => Promise.reject(new Error('left alone')),
    },
    status: () => ({ atMs: 0, links: [], drones: [] }),
    onAlive: () => undefined,
    onLeases: () => undefined,
    onState: () => undefined,
    onFault: (what, error) => faults.push(`${what}: ${String(error)}`),
  })
  const socket = await came
  const common = { commandId: 'c', droneId: 'main-1', leaseToken: 'lease', expiresAtMs: 1 }
  const ordered = await new Promise<Answer<null>>((resolve) =>
    socket.emit('order', { ...common, order: 'hold', takeoffHeightM: null }, resolve),
  )
  const read = await new Promise<Answer<ReadBack>>((resolve) =>
    socket.emit('readBack', { droneId: 'main-1', expect: null }, resolve),
  )
  const after = await new Promise<Answer<null>>((resolve) =>
    socket.emit('cancelUpload', { commandId: 'c', droneId: 'main-1', leaseToken: 'lease' }, resolve),
  )
  expect([ordered, read, after]).toEqual([
    { ok: false, reason: 'bridge-fault: 300 is no value of an extended parameter of type 1' },
    { ok: false, reason: 'bridge-fault: left alone' },
    { ok: true, value: null },
  ])
  expect(faults).toEqual([
    'request of the server: RangeError: 300 is no value of an extended parameter of type 1',
    'request of the server: Error: left alone',
  ])
  uplink.close()
  await io.close()
})
