import { expect, test } from '@playwright/test'
import { spawn } from 'node:child_process'
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Socket as TcpSocket } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Health } from '../contract/src/index.ts'
import { encode } from '../mavlink-bridge/src/index.ts'
import { freeTcpPort, freeUdpPort, interrupt, root, startSkerry } from './support/skerry.ts'

const NAV_RETURN_TO_LAUNCH = 20

test('npm start -- --live --links FILE: drones on UDP and TCP, and a read-only ground station that sees both and moves none', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'skerry-links-'))
  const [udpPort, tcpPort, stationPort] = [await freeUdpPort(), await freeTcpPort(), await freeUdpPort()]
  const linksFile = path.join(folder, 'links.json')
  const at = (port: number): string => `127.0.0.1:${port}`
  const links = [
    { name: 'wifi', kind: 'udp-listen', at: at(udpPort) },
    { name: 'sim', kind: 'tcp-dial', to: at(tcpPort) },
  ]
  const stations = [{ name: 'qgc', kind: 'udp-dial', to: at(stationPort), control: false }]
  await writeFile(linksFile, JSON.stringify({ links, stations }))
  const serial = await serialServer(tcpPort)
  const station = await groundStation(stationPort)
  const skerry = await startSkerry({ live: true, linksFile })
  const drones = [simulate(1, udpPort), simulate(2, serial.udpPort)]
  const health = async (): Promise<Health> => (await fetch(`${skerry.url}/api/health`)).json() as Promise<Health>
  try {
    await expect.poll(async () => (await health()).bridges[0]?.drones, { timeout: 60_000 }).toBe(2)
    const [bridge] = (await health()).bridges
    expect(bridge?.links.map(({ name, kind, role, state }) => [name, kind, role, state])).toEqual([
      ['wifi', 'udp', 'vehicles', 'open'],
      ['sim', 'tcp', 'vehicles', 'open'],
      ['qgc', 'udp', 'station', 'open'],
    ])
    await expect.poll(() => [...station.heard].filter((sys) => sys < 250).sort()).toEqual([1, 2])

    station.say(encode('COMMAND_LONG', returnOf(2), { seq: 0, sys: 254, comp: 190 }))
    await expect.poll(async () => (await health()).bridges[0]?.stations?.['read-only']).toBeGreaterThan(0)
    expect((await health()).bridges[0]?.stations?.passed).toBe(0)

    // The line is pulled out and put back: the drone behind it is heard again on the same link.
    serial.cut()
    await expect
      .poll(async () => (await health()).bridges[0]?.links.find(({ name }) => name === 'sim')?.state, {
        timeout: 30_000,
      })
      .toBe('open')
    const before = (await health()).bridges[0]!.links.find(({ name }) => name === 'sim')!.good
    await expect
      .poll(async () => (await health()).bridges[0]!.links.find(({ name }) => name === 'sim')!.good, {
        timeout: 30_000,
      })
      .toBeGreaterThan(before)
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(drones.map(interrupt))
    await skerry.dispose()
    station.close()
    serial.close()
    await rm(folder, { recursive: true, force: true })
  }
})

const returnOf = (target_system: number) => ({
  target_system,
  target_component: 1,
  command: NAV_RETURN_TO_LAUNCH,
  confirmation: 0,
  param1: 0,
  param2: 0,
  param3: 0,
  param4: 0,
  param5: 0,
  param6: 0,
  param7: 0,
})

/** A simulated drone in a process of its own. */
const simulate = (sysid: number, port: number) =>
  spawn('node', ['scripts/run.mjs', 'mocks/src/cli.ts', 'drone', '--sysid', `${sysid}`, '--to', `127.0.0.1:${port}`], {
    cwd: root,
    stdio: 'ignore',
    detached: true,
  })

/** What a serial device server is: a stream for whoever dials, a drone's datagrams on the other side. */
async function serialServer(tcpPort: number) {
  const udp = createSocket('udp4').bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const lines = new Set<TcpSocket>()
  let drone: RemoteInfo | null = null
  const server = createServer((line) => {
    lines.add(line)
    line.on('error', () => undefined)
    line.on('close', () => lines.delete(line))
    line.on('data', (bytes) => drone !== null && udp.send(bytes, drone.port, drone.address))
  }).listen(tcpPort, '127.0.0.1')
  udp.on('message', (bytes, from) => {
    drone = from
    for (const line of lines) line.write(bytes)
  })
  const cut = (): void => lines.forEach((line) => line.destroy())
  return {
    udpPort: udp.address().port,
    cut,
    close(): void {
      cut()
      server.close()
      udp.close()
    },
  }
}

/** Another ground station: the system ids that it hears, and a way to speak. */
async function groundStation(port: number) {
  const socket: UdpSocket = createSocket('udp4').bind(port, '127.0.0.1')
  await once(socket, 'listening')
  const heard = new Set<number>()
  let bridge: RemoteInfo | null = null
  socket.on('message', (bytes, from) => {
    bridge = from
    if (bytes[0] === 0xfd) heard.add(bytes[5]!)
  })
  return {
    heard,
    say: (bytes: Uint8Array): void => {
      if (bridge !== null) socket.send(bytes, bridge.port, bridge.address)
    },
    close: () => socket.close(),
  }
}
