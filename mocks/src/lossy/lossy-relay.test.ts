import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { seeded } from '../base/rand.ts'
import { parseLossy } from './lossy-options.ts'
import { startLossyRelay } from './lossy-relay.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
async function socket(): Promise<Socket & { heard: string[]; ports: Set<number> }> {
  const made = Object.assign(createSocket('udp4'), { heard: [] as string[], ports: new Set<number>() })
  made.on('message', (bytes, from) => {
    made.heard.push(bytes.toString())
    made.ports.add(from.port)
  })
  made.bind(0, '127.0.0.1')
  await once(made, 'listening')
  closers.push(() => new Promise<void>((done) => made.close(() => done())))
  return made
}
const GOOD = { lost: 0, doubled: 0, late: 0, rttMs: 2 }
async function relay(losses: typeof GOOD & { cuts?: { fromMs: number; toMs: number }[] }) {
  const bridge = await socket()
  const to = { host: '127.0.0.1', port: bridge.address().port }
  const made = await startLossyRelay({ listen: { host: '127.0.0.1', port: 0 }, to, losses, rand: seeded(1) })
  closers.push(() => made.close())
  const tell = (from: Socket, text: string): void => from.send(text, made.port, '127.0.0.1')
  return { bridge, made, tell }
}

describe('the lossy relay', () => {
  it('shows the bridge each vehicle on a port of its own, and brings answers back to it alone', async () => {
    const { bridge, tell } = await relay(GOOD)
    const [one, two] = [await socket(), await socket()]
    tell(one, 'one')
    await once(bridge, 'message')
    tell(two, 'two')
    const [, from] = (await once(bridge, 'message')) as [Buffer, { port: number }]
    expect(bridge.ports.size).toBe(2)
    bridge.send('to two', from.port, '127.0.0.1')
    await once(two, 'message')
    expect([one.heard, two.heard]).toEqual([[], ['to two']])
  })

  it('lets nothing through while it is cut', async () => {
    const { bridge, made, tell } = await relay({ ...GOOD, cuts: [{ fromMs: 0, toMs: 600_000 }] })
    const vehicle = await socket()
    tell(vehicle, 'lost')
    while (made.counts.taken === 0) await new Promise((later) => setImmediate(later))
    expect([made.counts.given, bridge.heard]).toEqual([0, []])
  })

  it('is cut and mended in the middle, both ways', async () => {
    const { bridge, made, tell } = await relay(GOOD)
    const vehicle = await socket()
    tell(vehicle, 'before')
    const [, from] = (await once(bridge, 'message')) as [Buffer, { port: number }]
    made.cut()
    tell(vehicle, 'up')
    bridge.send('down', from.port, '127.0.0.1')
    while (made.counts.taken < 3) await new Promise((later) => setImmediate(later))
    made.mend()
    tell(vehicle, 'after')
    await once(bridge, 'message')
    bridge.send('down again', from.port, '127.0.0.1')
    await once(vehicle, 'message')
    expect([bridge.heard, vehicle.heard]).toEqual([['before', 'after'], ['down again']])
  })

  it('doubles what it is told to double', async () => {
    const { bridge, tell } = await relay({ ...GOOD, doubled: 1 })
    tell(await socket(), 'twice')
    await once(bridge, 'message')
    await once(bridge, 'message')
    expect(bridge.heard).toEqual(['twice', 'twice'])
  })
})

describe('its options', () => {
  it('have defaults and take several cuts', () => {
    const parsed = parseLossy(['--lost', '0.3', '--cut', '10-20', '--cut', '30-31.5', '--rate', '600'])
    expect(parsed).toMatchObject({
      kind: 'run',
      options: {
        to: { port: 14_550 },
        losses: {
          lost: 0.3,
          bytesPerS: 600,
          cuts: [
            { fromMs: 10_000, toMs: 20_000 },
            { fromMs: 30_000, toMs: 31_500 },
          ],
        },
      },
    })
  })
  it.each([
    ['a share of more than everything', ['--lost', '1.5']],
    ['a cut that ends before it begins', ['--cut', '20-10']],
    ['an unknown option', ['--loss', '0.1']],
    ['an address without a port', ['--to', 'localhost']],
  ])('refuse %s with one line', (_, argv) => {
    const parsed = parseLossy(argv)
    expect(parsed.kind === 'bad' && parsed.message.split('\n')).toHaveLength(1)
  })
})
