import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { DINGHAI, GAOTING, SHENJIAMEN, TAOHUA, ask, chinaMs, islandNetwork, stands } from './eta-kit.ts'
import { goalAt, landAt } from './goal.ts'
import { osrmTable } from './osrm.ts'
import { askRoads } from './roads.ts'

let server: Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = null
})
/** A router on a real socket. */
async function router(answer: RequestListener): Promise<string> {
  server = createServer(answer)
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
const table = (baseUrl: string, timeoutMs = 5000) => osrmTable({ baseUrl, timeoutMs })
/** Answers every pair with the same time, as OSRM does. */
const everywhere =
  (seconds: number | null): RequestListener =>
  (request, response) => {
    const url = new URL(request.url!, 'http://router')
    const count = (name: string) => url.searchParams.get(name)!.split(';').length
    const durations = Array.from({ length: count('sources') }, () => Array(count('destinations')).fill(seconds))
    response.end(JSON.stringify({ code: 'Ok', durations }))
  }

describe('the client of a road router', () => {
  it('asks as OSRM v1 wants it and reads the table', async () => {
    let asked = ''
    const url = await router((request, response) => {
      asked = request.url!
      response.end(JSON.stringify({ code: 'Ok', durations: [[61.5], [null]] }))
    })
    expect(await table(url)([SHENJIAMEN, DINGHAI], [GAOTING])).toEqual({ ok: true, seconds: [[61.5], [null]] })
    expect(asked).toBe(
      '/table/v1/driving/122.298000,29.953000;122.107000,30.020000;122.200000,30.250000?sources=0;1&destinations=2&annotations=duration',
    )
  })
  it('does not take the time of another place: one that the router moved more than 500 m to its nearest road', async () => {
    const off = (at: readonly number[], northM: number) => ({ location: [at[0], at[1]! + northM / 111_195] })
    const url = await router((_, response) =>
      response.end(
        JSON.stringify({
          code: 'Ok',
          durations: [
            [10, 20],
            [30, 40],
          ],
          sources: [off(SHENJIAMEN, 490), off(DINGHAI, 510)],
          destinations: [off(GAOTING, 0), off(TAOHUA, -510)],
        }),
      ),
    )
    expect(await table(url)([SHENJIAMEN, DINGHAI], [GAOTING, TAOHUA])).toEqual({
      ok: true,
      seconds: [
        [10, null],
        [null, null],
      ],
    })
  })
  it.each<[string, RequestListener, string]>([
    ['that refuses', (_, response) => response.writeHead(400).end('{"code":"TooBig"}'), 'refused'],
    ['that is no router', (_, response) => response.end('<html>'), 'malformed'],
    ['whose table has another shape', (_, response) => response.end('{"code":"Ok","durations":[[1,2]]}'), 'malformed'],
    ['that says a negative time', (_, response) => response.end('{"code":"Ok","durations":[[-1]]}'), 'malformed'],
    [
      'that sends one elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'unreachable',
    ],
    ['that sends without end', (_, response) => void response.write('['.repeat(5_000_000)), 'malformed'],
    ['that hangs up', (request) => void request.socket.destroy(), 'unreachable'],
  ])('gets words from one %s', async (_, answer, fault) => {
    expect(await table(await router(answer))([SHENJIAMEN], [GAOTING])).toEqual({ ok: false, fault })
  })
  it('waits for a silent one no longer than it was told', async () => {
    const url = await router(() => {})
    expect(await table(url, 50)([SHENJIAMEN], [GAOTING])).toEqual({ ok: false, fault: 'timeout' })
  })
})

describe('times by road', () => {
  const now = chinaMs('09:00')
  const units = [
    stands('c', 'car', DINGHAI, now),
    stands('f', 'foot', GAOTING, now),
    stands('m', 'motorbike', SHENJIAMEN, now),
  ]
  it('take the place of the estimate for those who drive, bridges included, and are marked', async () => {
    const net = await islandNetwork()
    const roads = await askRoads(table(await router(everywhere(600))), net, goalAt(net, GAOTING), units)
    const result = ask(net, GAOTING, now, units, { roads })
    expect(result.roads).toMatchObject({ source: 'router', fault: null })
    const car = result.rows.find(({ unitId }) => unitId === 'c')!
    expect([car.etaS, car.legs.map(({ mode, roads: by }) => [mode, by])]).toEqual([660, [['drive', 'router']]])
    expect(result.rows.find(({ unitId }) => unitId === 'f')!.legs.every(({ roads: by }) => by === 'estimate')).toBe(
      true,
    )
  })
  it('lead to the pier where no road leads to the place', async () => {
    const net = await islandNetwork()
    const goal = goalAt(net, TAOHUA)
    const pairs: RequestListener = (request, response) => {
      const url = new URL(request.url!, 'http://router')
      const count = (name: string) => url.searchParams.get(name)!.split(';').length
      const durations = Array.from({ length: count('sources') }, () =>
        Array.from({ length: count('destinations') }, (_, i) => (i === 0 ? null : 300)),
      )
      response.end(JSON.stringify({ code: 'Ok', durations }))
    }
    const roads = await askRoads(table(await router(pairs)), net, goal, units)
    const row = ask(net, TAOHUA, now, units, { roads }).rows.find(({ unitId }) => unitId === 'm')!
    expect(row.legs[0]).toMatchObject({ mode: 'drive', roads: 'router' })
    expect(row.legs[0]!.endAtMs - row.legs[0]!.startAtMs).toBe(300_000)
  })
  it('lead over no water, whatever the router says: only bridges join islands by road', async () => {
    const net = await islandNetwork()
    const night = chinaMs('23:30')
    const car = [stands('c', 'car', SHENJIAMEN, night)]
    const roads = await askRoads(table(await router(everywhere(900))), net, goalAt(net, TAOHUA), car)
    expect(roads.of('c')('start', 'goal')).toBeNull()
    const own = landAt(net, SHENJIAMEN)
    net.nodes.forEach(({ pier, land }, i) => {
      if (pier) expect(roads.of('c')('start', i)).toBe(net.joined(own, land) ? 900 : null)
    })
    const [row] = ask(net, TAOHUA, night, car, { roads }).rows
    expect(row!.etaS).toBeGreaterThan(3600)
    expect(row!.legs.map(({ mode }) => mode)).toContain('ferry')
    const there = await askRoads(table(await router(everywhere(900))), net, goalAt(net, GAOTING), car)
    expect(there.of('c')('start', 'goal')).toBe(900)
  })
  it('are estimates in words when the router is silent, and nobody is lost by it', async () => {
    const net = await islandNetwork()
    const roads = await askRoads(table('http://127.0.0.1:9', 200), net, goalAt(net, GAOTING), units)
    const result = ask(net, GAOTING, now, units, { roads })
    expect(result.roads.source).toBe('estimate')
    expect(['unreachable', 'timeout']).toContain(result.roads.fault)
    expect(result.rows).toEqual(ask(net, GAOTING, now, units).rows)
  })
  it('of many units are asked for in pieces that a router takes', async () => {
    const net = await islandNetwork()
    let most = 0
    const url = await router((request, response) => {
      most = Math.max(most, request.url!.split('?')[0]!.split(';').length)
      everywhere(100)(request, response)
    })
    const many = Array.from({ length: 200 }, (_, i) => stands(`u${i}`, 'car', DINGHAI, now))
    const roads = await askRoads(table(url), net, goalAt(net, GAOTING), many)
    expect(most).toBeLessThanOrEqual(100)
    expect(many.every(({ unit }) => roads.of(unit.id)('start', 'goal') === 100)).toBe(true)
  })
})
