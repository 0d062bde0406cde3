import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DroneMove, DroneStatus, LinkHealth, ThermalNotice } from '@skerry/contract'
import { Server } from 'socket.io'
import { expect, it } from 'vitest'
import { HOME, statusOf } from '../domain/test-kit.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { createBridges } from '../flight/bridges.ts'
import { createDroneBoard } from '../flight/drone-board.ts'
import { createPicture } from '../picture/picture.ts'
import { attachBridgeGate } from './bridge-gate.ts'
import { scriptedBridge } from './scripted-bridge.ts'
import { open, TOKEN } from './whole-path-kit.ts'

/** The gate alone, with a bridge that has said hello; what it lets through is kept. */
async function connected() {
  const clock = new FakeScheduler()
  const http = createServer()
  const io = new Server(http)
  const board = createDroneBoard((error) => faults.push(error))
  const [faults, moves, thermal] = [[] as unknown[], [] as DroneMove[], [] as ThermalNotice[]]
  const gate = attachBridgeGate(io, {
    token: TOKEN,
    engine: { picture: createPicture() },
    board,
    bridges: createBridges(),
    leases: { noticesFor: () => [] },
    flight: {
      bridgeUp: () => {},
      bridgeSilent: () => {},
      commandNotice: () => Promise.resolve(),
      uploadNotice: () => Promise.resolve(),
      fenceNotice: () => Promise.resolve(),
    },
    upkeep: { bridgeUp: () => {}, notice: () => Promise.resolve() },
    clock,
    onThermal: (notices) => thermal.push(...notices),
    onMoves: (some) => moves.push(...some),
    onFault: (error) => faults.push(error),
    seatSeenAtMs: () => null,
  })
  open.push({ close: () => io.close() }, { close: () => gate.stop() })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const bridge = scriptedBridge(`http://127.0.0.1:${port}`, { token: TOKEN, nowMs: () => clock.nowMs() })
  open.push(bridge)
  await bridge.connect()
  const health = () => gate.health()[0]!
  /** The gate has taken everything that was said before. */
  const heard = async (): Promise<void> => void (await bridge.socket.timeout(3000).emitWithAck('thermal', []))
  return { clock, board, faults, moves, thermal, bridge, health, heard }
}
const NOWHERE: DroneStatus['home'] = { lngLat: [214.7483647, 214.7483647], altAmslM: 0 }

it('a drone whose status makes no sense is counted and refused alone: the others are seen', async () => {
  const { clock, board, bridge, health, heard } = await connected()
  clock.advance(1000)
  const drones = [
    statusOf('main-1', { groundSpeedMps: 7 }),
    statusOf('main-77', { home: NOWHERE }),
    statusOf('other-2'),
    statusOf('main-3'),
  ]
  bridge.socket.emit('status', { atMs: clock.nowMs(), links: [{ name: 'udp' } as LinkHealth], drones })
  await heard()
  expect(board.get('main-1')?.groundSpeedMps).toBe(7)
  expect(board.statuses().map(({ droneId }) => droneId)).toEqual(['main-1', 'main-3'])
  expect(health()).toMatchObject({ refused: 3, drones: 2, links: [], lastAtMs: clock.nowMs() })
})

it('a drone of which nothing can be used for two seconds is lost, until it can be again', async () => {
  const { clock, board, bridge, heard } = await connected()
  const tell = async (over: Partial<DroneStatus>): Promise<string | undefined> => {
    bridge.socket.emit('status', {
      atMs: clock.nowMs(),
      links: [],
      drones: [statusOf('main-1'), statusOf('main-77', over)],
    })
    await heard()
    return board.get('main-77')?.link.state
  }
  expect(await tell({})).toBe('live')
  expect(await tell({ home: NOWHERE })).toBe('live')
  clock.advance(2001)
  expect(await tell({ home: NOWHERE })).toBe('lost')
  expect(board.get('main-1')?.link.state).toBe('live')
  expect(await tell({})).toBe('live')
})

it('a status that is none at all is refused, and is no sign of life', async () => {
  const { clock, bridge, health, heard } = await connected()
  const { lastAtMs } = health()
  clock.advance(1000)
  for (const odd of [null, {}, { atMs: 0, links: [], drones: 'none' }]) bridge.socket.emit('status', odd as never)
  await heard()
  expect(health()).toMatchObject({ refused: 3, lastAtMs })
})

it('of positions and readings that come together a bad one is refused alone', async () => {
  const { clock, faults, moves, thermal, bridge, health, heard } = await connected()
  const move = (droneId: string, lngLat: DroneMove['lngLat']): DroneMove => ({
    droneId,
    lngLat,
    atMs: clock.nowMs(),
    headingDeg: 0,
    groundSpeedMps: 1,
  })
  bridge.socket.emit('moves', [move('main-1', [200, 0]), move('main-1', HOME), move('other-1', HOME)])
  const reading: ThermalNotice = {
    droneId: 'main-1',
    seq: 1,
    atMs: clock.nowMs(),
    position: HOME,
    heightAboveTakeoffM: 40,
    headingDeg: 0,
    groundSpeedMps: 5,
    corners: null,
    unplaced: 'camera-unknown',
    hot: null,
    minC: 10,
    maxC: 12,
    swathM: null,
  }
  const bad = { ...reading, position: [0, 91] as ThermalNotice['position'] }
  await bridge.socket.timeout(3000).emitWithAck('thermal', [bad, { ...reading, seq: 2 }])
  await heard()
  expect(thermal.map(({ seq }) => seq)).toEqual([2])
  expect(moves.map(({ lngLat }) => lngLat)).toEqual([HOME])
  expect(health().refused).toBe(3)
  expect(faults).toEqual([])
})
