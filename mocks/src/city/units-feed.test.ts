import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { loadLand } from '@skerry/basemap/node'
import {
  FixBatch,
  type FixBatchResult,
  FixReport,
  type LngLat,
  Roster,
  type RosterUnit,
  UnitReport,
} from '@skerry/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { distanceM, moved } from '../base/flat.ts'
import { createSimClock } from '../base/sim-clock.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createUnitsFeed } from './units-feed.ts'

const land = await loadLand()
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** The intake of a server, as small as the test needs: it reads with the contract and answers what it is told. */
async function intake(answer: (batch: { fixes: FixReport[] }) => FixBatchResult) {
  const seen = {
    rosters: [] as { units: RosterUnit[] }[],
    batches: [] as { fixes: FixReport[] }[],
    reports: [] as UnitReport[],
    tokens: new Set<string>(),
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
      seen.tokens.add(request.headers.authorization ?? '')
      let reply: unknown = { seq: 1 }
      if (request.url === '/api/intake/roster') seen.rosters.push(Roster.parse(body))
      if (request.url === '/api/intake/reports') seen.reports.push(UnitReport.parse(body))
      if (request.url === '/api/intake/fixes') {
        const batch = { fixes: FixBatch.parse(body).fixes.map((fix) => FixReport.parse(fix)) }
        seen.batches.push(batch)
        reply = answer(batch)
      }
      response.end(JSON.stringify(reply))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(
    () => void server.closeAllConnections(),
    () => void server.close(),
  )
  return { seen, url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) }
}

function startFeed(url: URL, person: LngLat | null) {
  const clock = { nowMs: Date.UTC(2026, 10, 22, 3) }
  const later = (): (() => void) => () => undefined
  const outbox: Outbox = createOutbox({
    server: url,
    token: 'secret',
    fetch,
    later,
    rand: () => 0.5,
    say: () => undefined,
  })
  closers.push(() => outbox.close())
  const sim = createSimClock(clock.nowMs, 4)
  const feed = createUnitsFeed({ land, seed: 1, outbox, clock: () => clock.nowMs, sim, person })
  const live = async (seconds: number): Promise<void> => {
    for (let s = 0; s < seconds; s++) {
      clock.nowMs += 1000
      feed.tick(1000)
      while (outbox.waiting > 0) await setImmediate()
    }
  }
  return { feed, live }
}
const nothing: FixBatchResult = { accepted: 0, late: 0, refused: [], assignments: [] }

describe('the units behind a real HTTP intake', () => {
  it('declare their roster, report with the feed token, and include one who forgot to sign off', async () => {
    const { seen, url } = await intake(() => nothing)
    const { feed, live } = startFeed(url, null)
    feed.declare()
    await live(10)
    expect(seen.rosters[0]!.units.filter((u) => !u.onDuty)).toHaveLength(2)
    expect([...seen.tokens]).toEqual(['Bearer secret'])
    const reporting = new Set(seen.batches.flatMap((b) => b.fixes.map((f) => f.unitId)))
    expect(reporting.size).toBe(39)
    const offDuty = seen.rosters[0]!.units.find((u) => u.callSign === '普陀步-35')!
    expect(reporting.has(offDuty.id)).toBe(true)
  })

  it('send the unit that is assigned, and it finds the person who is there', async () => {
    const person = moved([122.388, 29.897], 150, -200)
    const destination = moved(person, 12, 9)
    const order = { unitId: 't1', incidentId: 'i1', destination, candidateId: 'c1', note: '' }
    const { seen, url } = await intake(() => ({ ...nothing, assignments: [order] }))
    const { live } = startFeed(url, person)
    await live(400)
    const kinds = seen.reports.map((r) => r.kind)
    expect(kinds.slice(0, 2)).toEqual(['acknowledged', 'en-route'])
    expect(kinds).toContain('on-scene')
    const found = seen.reports.find((r) => r.kind === 'person-located')!
    expect(distanceM(found.position!, person)).toBeLessThan(1)
    expect(seen.reports.every((r) => r.unitId === 't1')).toBe(true)
    const last = seen.batches.at(-1)!.fixes.find((f) => f.unitId === 't1')
    if (last !== undefined) expect(last.status).toBe('on-scene')
  })

  it('go to cover a zone when they are told to, and stay free', async () => {
    const destination = moved([122.388, 29.897], 900, 0)
    const { url } = await intake(() => ({ ...nothing, covers: [{ unitId: 't1', zoneId: 'z', destination }] }))
    const { feed, live } = startFeed(url, null)
    const t1 = () => feed.units.find((u) => u.unit.id === 't1')!
    const beforeM = distanceM(t1().at, destination)
    await live(60)
    expect(t1().doing).toMatchObject({ do: 'cover', zoneId: 'z' })
    expect(distanceM(t1().at, destination)).toBeLessThan(beforeM)
  })

  it('do not take a refused position for a release', async () => {
    const order = {
      unitId: 't1',
      incidentId: 'i1',
      destination: moved([122.388, 29.897], 900, 0),
      candidateId: null,
      note: '',
    }
    let refuse = false
    const { url } = await intake((batch) => {
      const refused = batch.fixes.map((_, index) => ({ index, reason: 'impossible-jump' as const }))
      return refuse ? { ...nothing, refused } : { ...nothing, assignments: [order] }
    })
    const { feed, live } = startFeed(url, null)
    await live(20)
    refuse = true
    await live(20)
    const doing = feed.units.find((u) => u.unit.id === 't1')!.doing
    expect('to' in doing && doing.to.incidentId).toBe('i1')
  })

  it('declare themselves again to a server that does not know them', async () => {
    const unknown = (batch: FixBatch): FixBatchResult => ({
      ...nothing,
      refused: batch.fixes.map((_, index) => ({ index, reason: 'unknown-unit' as const })),
    })
    const { seen, url } = await intake(unknown)
    const { live } = startFeed(url, null)
    await live(3)
    expect(seen.rosters).toHaveLength(1)
    await live(40)
    expect(seen.rosters).toHaveLength(2)
  })
})
