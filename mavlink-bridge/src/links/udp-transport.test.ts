import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { dialUdp } from './udp-transport.ts'

const open: { close: () => unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

/** Two aircraft with one port at two addresses of this machine: where a mobile network had it, and where it has it now. */
async function twoPlaces() {
  const before = createSocket('udp4')
  before.bind(0, '127.0.0.1')
  await once(before, 'listening')
  const { port } = before.address() as AddressInfo
  const after = createSocket('udp4')
  after.bind(port, '127.0.0.2')
  await once(after, 'listening')
  open.push(before, after)
  return { before, after, port }
}
const word = async (socket: Socket): Promise<string> => ((await once(socket, 'message')) as [Buffer])[0].toString()

it('finds an aircraft again that has another address by now', async () => {
  const { before, after, port } = await twoPlaces()
  const clock = new FakeClock()
  let address = '127.0.0.1'
  let found = 0
  const heard: string[] = []
  const find = async () => {
    found++
    return { address, family: 4 }
  }
  const link = dialUdp(
    { host: 'drone', port },
    { hear: (_remote: string, bytes: Uint8Array) => heard.push(Buffer.from(bytes).toString()) } as never,
    { clock, random: () => 0.5, find },
  )
  open.push(link)
  await expect.poll(() => link.state()).toBe('open')
  const first = word(before)
  link.send('drone', Buffer.from('a'))
  expect(await first).toBe('a')

  address = '127.0.0.2'
  await clock.advance(14_000)
  expect(found).toBe(1)
  await clock.advance(2000)
  await expect.poll(() => found).toBeGreaterThan(1)
  await expect.poll(() => link.state()).toBe('open')
  const second = once(after, 'message') as Promise<[Buffer, { port: number; address: string }]>
  link.send('drone', Buffer.from('b'))
  const [bytes, from] = await second
  expect(bytes.toString()).toBe('b')
  after.send('c', from.port, from.address)
  await expect.poll(() => heard).toEqual(['c'])
})
