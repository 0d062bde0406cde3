import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { DomainEvent, Incident, Search } from '@skerry/contract'
import { GENESIS, firstFault } from '../journal/chain.ts'
import { JournalConflict, type EntryDraft } from '../journal/journal.ts'
import { openStore, type Store } from './open-store.ts'
import type { TrackPoint } from '../tracks/track-point.ts'

const clock = { nowMs: () => 1_000_000 }

export const noted = (text: string, incidentId: string | null = 'i1', atMs = 5): EntryDraft => ({
  atMs,
  actor: { kind: 'seat', seat: { id: 's1', role: 'dispatcher', name: '王' } },
  commandId: null,
  incidentId,
  event: { type: 'incident.noted', incidentId: incidentId ?? '', text },
})
const textOf = (event: DomainEvent): string => (event.type === 'incident.noted' ? event.text : '')

export const at = (id: string, atMs: number, lng: number): TrackPoint => ({
  kind: 'unit',
  id,
  atMs,
  receivedAtMs: atMs + 40,
  lngLat: [lng, 29.9876543],
  accuracyM: null,
  headingDeg: 12.5,
  speedMps: null,
  heightM: null,
})

/** Runs statements on a store that nobody has open. */
export async function runSql(url: string, statements: readonly string[]): Promise<void> {
  if (url.startsWith('sqlite:')) {
    const db = new DatabaseSync(url.slice('sqlite:'.length))
    for (const statement of statements) db.exec(statement)
    db.close()
    return
  }
  const client = new Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

/**
 * What every store must do, whatever is under it.
 * @param freshUrl gives the address of an empty store, and again of another one
 */
export function storeConformance(name: string, freshUrl: () => Promise<string>): void {
  describe(`store on ${name}`, () => {
    let url: string
    let open: Store[]
    const opened = async (): Promise<Store> => {
      const store = await openStore({ url, clock })
      open.push(store)
      return store
    }
    const closeAll = async (): Promise<void> => {
      await Promise.all(open.map((store) => store.close()))
      open = []
    }
    beforeEach(async () => {
      url = await freshUrl()
      open = []
    })
    afterEach(() => closeAll())

    it('starts empty, at number 0 and the first hash of the chain', async () => {
      const { journal } = await opened()
      expect(await journal.head()).toEqual({ seq: 0, hash: GENESIS, atMs: null })
      expect(await journal.read(0, 10)).toEqual([])
    })

    it('gives back what was appended, numbered from 1 and chained, also after reopening', async () => {
      const first = await opened()
      const written = await first.journal.append([noted('a'), noted('b'), noted('c')], 0)
      expect(written.map((entry) => entry.seq)).toEqual([1, 2, 3])
      await closeAll()
      const { journal } = await opened()
      expect(await journal.read(0, 10)).toEqual(written)
      expect(firstFault(written, { seq: 0, hash: GENESIS })).toBeNull()
      expect(await journal.head()).toEqual({ seq: 3, hash: written[2]!.hash, atMs: 5 })
    })

    it('reads in order, after a number, at most so many', async () => {
      const { journal } = await opened()
      await journal.append(
        Array.from({ length: 1200 }, (_, i) => noted(`n${i + 1}`)),
        0,
      )
      const page = await journal.read(700, 300)
      expect(page.map((entry) => entry.seq)).toEqual(Array.from({ length: 300 }, (_, i) => 701 + i))
      expect(textOf(page[0]!.event)).toBe('n701')
    })

    it('reads the entries of one incident only', async () => {
      const { journal } = await opened()
      await journal.append([noted('x', 'i1'), noted('y', 'i2'), noted('z', 'i1'), noted('w', null)], 0)
      expect((await journal.readIncident('i1')).map((entry) => entry.seq)).toEqual([1, 3])
    })

    it('refuses an append that expects another number and says where the journal is', async () => {
      const { journal } = await opened()
      await journal.append([noted('a'), noted('b')], 0)
      const late = journal.append([noted('late')], 1)
      await expect(late).rejects.toBeInstanceOf(JournalConflict)
      await expect(late).rejects.toMatchObject({ actualSeq: 2 })
      expect(await journal.read(0, 10)).toHaveLength(2)
    })

    it('lets exactly one of many that expect the same number win', async () => {
      const { journal } = await opened()
      const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => journal.append([noted(`t${i}`)], 0)))
      expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
      for (const each of tries) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(JournalConflict)
      expect(await journal.read(0, 30)).toHaveLength(1)
    })

    it('takes appends that follow one another within one commit', async () => {
      const { journal } = await opened()
      const done = await Promise.all([
        journal.append([noted('a'), noted('b')], 0),
        journal.append([noted('c')], 2),
        journal.append([noted('d')], 3),
      ])
      expect(done.flat().map((entry) => entry.seq)).toEqual([1, 2, 3, 4])
      expect(firstFault(await journal.read(0, 10), { seq: 0, hash: GENESIS })).toBeNull()
    })

    it('keeps every character, and texts of a megabyte', async () => {
      const { journal } = await opened()
      const texts = ['朱家尖 大青山', '𠀀😀\u0000\u2028"\\', '\ud800 alone', 'x'.repeat(1_000_000), '']
      const written = await journal.append(
        texts.map((text) => noted(text)),
        0,
      )
      const read = await journal.read(0, 10)
      expect(read.map((entry) => textOf(entry.event))).toEqual(texts)
      expect(read).toEqual(written)
      expect(firstFault(read, { seq: 0, hash: GENESIS })).toBeNull()
    })

    it('keeps numbers exactly, so that the hash of what is read is the hash that was written', async () => {
      const { journal } = await opened()
      const position: [number, number] = [122.10000000000001, -0]
      await journal.append(
        [
          {
            ...noted('n', 'i1', 1_763_800_000_000.125),
            event: { type: 'search.found', searchId: 's', candidateId: null, position, outcome: 'well', unitId: null },
          },
        ],
        0,
      )
      const read = await journal.read(0, 1)
      expect(read[0]).toMatchObject({ atMs: 1_763_800_000_000.125, event: { position: [122.10000000000001, 0] } })
      expect(firstFault(read, { seq: 0, hash: GENESIS })).toBeNull()
    })

    it('has every acknowledged entry after the writer was killed with no warning', async () => {
      const script = fileURLToPath(new URL('./append-until-killed.ts', import.meta.url))
      for (const stopAfter of [1, 25, 150]) {
        const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, url], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        onTestFinished(() => void child.kill('SIGKILL'))
        const gone = once(child, 'exit')
        let acknowledged = 0
        let said = 0
        for await (const line of createInterface({ input: child.stdout })) {
          acknowledged = Number(line)
          if (++said === stopAfter) child.kill('SIGKILL')
        }
        expect((await gone)[1]).toBe('SIGKILL')
        const { journal } = await opened()
        const entries = await journal.read(0, 100_000)
        expect(entries.length).toBeGreaterThanOrEqual(acknowledged)
        expect(acknowledged).toBeGreaterThanOrEqual(stopAfter)
        expect(firstFault(entries, { seq: 0, hash: GENESIS })).toBeNull()
        await closeAll()
      }
    })

    it('keeps accounts: one of a name, changed by put', async () => {
      const { accounts } = await opened()
      const wang = {
        account: 'wang',
        name: '王',
        role: 'pilot',
        salt: 's',
        passwordHash: 'h',
        createdAtMs: 1,
        unitId: null,
      } as const
      expect(await accounts.count()).toBe(0)
      expect(await accounts.create(wang)).toBe(true)
      expect(await accounts.create({ ...wang, name: 'other' })).toBe(false)
      await accounts.put({ ...wang, role: 'coordinator', createdAtMs: 9 })
      expect(await accounts.list()).toEqual([{ ...wang, role: 'coordinator' }])
      expect(await accounts.find('li')).toBeNull()
      expect(await accounts.count()).toBe(1)
    })

    it('keeps sessions with the role that the account has now, until they expire or are removed', async () => {
      const { accounts, sessions } = await opened()
      const wang = {
        account: 'wang',
        name: '王',
        role: 'pilot',
        salt: 's',
        passwordHash: 'h',
        createdAtMs: 1,
        unitId: null,
      } as const
      await accounts.create(wang)
      await sessions.create({ tokenHash: 't1', seatId: 'seat1', account: 'wang', atMs: 1, expiresAtMs: 100 })
      await sessions.create({ tokenHash: 't2', seatId: 'seat2', account: 'wang', atMs: 1, expiresAtMs: 200 })
      await accounts.put({ ...wang, role: 'observer' })
      expect(await sessions.find('t1')).toMatchObject({ seat: { id: 'seat1', role: 'observer', name: '王' } })
      expect([await sessions.hasAny('wang', 150), await sessions.hasAny('wang', 200)]).toEqual([true, false])
      await sessions.extend('t1', 300)
      await sessions.removeExpired(250)
      expect(await sessions.find('t2')).toBeNull()
      expect(await sessions.find('t1')).toMatchObject({ expiresAtMs: 300 })
      await sessions.remove('t1')
      expect(await sessions.find('t1')).toBeNull()
    })

    it('keeps feeds by the hash of their token', async () => {
      const { feeds } = await opened()
      const gps = { id: 'gps', scopes: ['fixes' as const, 'roster' as const], createdAtMs: 1 }
      expect(await feeds.create(gps, 'h1')).toBe(true)
      expect(await feeds.create(gps, 'h2')).toBe(false)
      expect(await feeds.findByToken('h1')).toEqual(gps)
      await feeds.put({ ...gps, scopes: ['fixes'] }, 'h3')
      expect(await feeds.findByToken('h1')).toBeNull()
      expect(await feeds.findByToken('h3')).toEqual({ ...gps, scopes: ['fixes'] })
      expect(await feeds.remove('gps')).toBe(true)
      expect(await feeds.remove('gps')).toBe(false)
      expect(await feeds.list()).toEqual([])
    })

    it('keeps walls by the hash of their token, each name once', async () => {
      const { kiosks } = await opened()
      const hall = { id: 'hall', createdAtMs: 1 }
      expect(await kiosks.create(hall, 'h1')).toBe(true)
      expect(await kiosks.create(hall, 'h2')).toBe(false)
      expect([await kiosks.findByToken('h1'), await kiosks.findByToken('h2')]).toEqual([hall, null])
      expect([await kiosks.remove('hall'), await kiosks.remove('hall')]).toEqual([true, false])
      expect([await kiosks.list(), await kiosks.findByToken('h1')]).toEqual([[], null])
    })

    it('keeps tracks: ranges in order of time, and the newest point of each thing', async () => {
      const { tracks } = await opened()
      await tracks.append([at('u1', 30, 122.3), at('u1', 10, 122.1), at('u2', 20, 122.2), at('u1', 20, 122.15)])
      expect(await tracks.range('unit', 'u1', 10, 20, 100)).toEqual([at('u1', 10, 122.1), at('u1', 20, 122.15)])
      expect(await tracks.range('unit', 'u1', 0, 100, 2)).toEqual([at('u1', 20, 122.15), at('u1', 30, 122.3)])
      expect(await tracks.range('drone', 'u1', 0, 100, 9)).toEqual([])
      await tracks.append([{ ...at('u9', 10, 122.1), feed: 'terminals' }])
      expect(await tracks.latest('unit', 0)).toContainEqual({ ...at('u9', 10, 122.1), feed: 'terminals' })
      const newest = await tracks.latest('unit', 15)
      expect(newest.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([at('u1', 30, 122.3), at('u2', 20, 122.2)])
    })

    it('packs tracks into blocks and thins them, and readers see one track all the while', async () => {
      const { tracks } = await opened()
      const of = (id: string, s: number, more: Partial<TrackPoint> = {}): TrackPoint => ({
        ...at(id, s * 1000, 122.1 + s / 10_000),
        headingDeg: 12.5,
        accuracyM: s % 2 === 0 ? 8 : null,
        ...more,
      })
      const whole = Array.from({ length: 100 }, (_, s) => of('u1', s))
      await tracks.append([...whole, of('u2', 5), of('v1', 5, { kind: 'vessel' })])
      const movers = await tracks.unpacked('unit', 60_000)
      expect(movers.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
        { kind: 'unit', id: 'u1', fromMs: 0 },
        { kind: 'unit', id: 'u2', fromMs: 5000 },
      ])
      expect(await tracks.unpacked('unit', 0)).toEqual([])
      expect(await tracks.pack(movers, 60_000)).toBe(61)
      expect(await tracks.unpacked('unit', 60_000)).toEqual([])
      await tracks.append([of('u1', 30.5)])
      const near = (points: readonly TrackPoint[]) =>
        points.map((point) => ({ ...point, lngLat: point.lngLat.map((deg) => Math.round(deg * 1e6) / 1e6) }))
      const late = [...whole.slice(0, 31), of('u1', 30.5), ...whole.slice(31)]
      expect(near(await tracks.range('unit', 'u1', 0, 200_000, 1000))).toEqual(near(late))
      expect(near(await tracks.range('unit', 'u1', 58_000, 61_000, 1000))).toEqual(near(whole.slice(58, 62)))
      expect(near(await tracks.range('unit', 'u1', 0, 200_000, 45))).toEqual(near(late.slice(-45)))
      // Where everything was: in a block, among the rows, and of another kind.
      const then = await tracks.newestOf('unit', 0, 40_200)
      expect(near(then).toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(near([of('u1', 40), of('u2', 5)]))
      expect(near(await tracks.newestOf('unit', 50_000, 80_500))).toEqual(near([of('u1', 80)]))
      expect((await tracks.latest('vessel', 0)).map(({ id }) => id)).toEqual(['v1'])

      await tracks.pack([{ kind: 'unit', id: 'u1' }], 60_000)
      const [stretch, ...more] = (await tracks.unthinned(70_000, 10)).toSorted((a, b) => a.id.localeCompare(b.id))
      expect([stretch, more.length]).toEqual([{ kind: 'unit', id: 'u1', fromMs: 0 }, 1])
      const how = { toleranceM: 15, mostGapMs: 20_000 }
      const { before, after } = await tracks.thin(stretch!, 3_600_000, how)
      expect(before).toBe(61)
      expect(after).toBeLessThan(8)
      const few = await tracks.range('unit', 'u1', 0, 59_500, 1000)
      expect(near(few.slice(0, 1))).toEqual(near(whole.slice(0, 1)))
      expect(near(few.slice(-1))).toEqual(near(whole.slice(59, 60)))
      expect(few).toHaveLength(after)
      expect((await tracks.unthinned(70_000, 10)).map(({ id }) => id)).toEqual(['u2'])
      expect(await tracks.thin(stretch!, 3_600_000, how)).toEqual({ before: 0, after: 0 })

      expect(await tracks.drop(59_500)).toBe(after + 2)
      expect(await tracks.range('unit', 'u1', 0, 59_900, 1000)).toEqual([])
      expect(await tracks.range('unit', 'u1', 0, 200_000, 1000)).toHaveLength(40)
    })

    it('loses no position that comes while others are packed', async () => {
      const { tracks } = await opened()
      await Promise.all(
        Array.from({ length: 20 }, async (_, round) => {
          await tracks.append(Array.from({ length: 30 }, (_each, i) => at('u1', round * 30 + i, 122)))
          await tracks.pack([{ kind: 'unit', id: 'u1' }], 400)
        }),
      )
      const points = await tracks.range('unit', 'u1', 0, 1000, 1000)
      expect(points.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 600 }, (_, i) => i))
    })

    it('keeps past incidents: by time, by words, by what a feed calls them, with the map of their search', async () => {
      const { past } = await opened()
      const incident = (number: number, more: object) =>
        ({
          id: `i${number}`,
          number,
          source: `calls/${number}`,
          place: '沈家门',
          text: '',
          outcome: 'done 100%',
          occurredAtMs: number,
          receivedAtMs: number + 1,
          position: [122, 30],
          ...more,
        }) as Incident
      const found = { position: [122, 30], outcome: 'well', atMs: 9, unitId: null }
      const search = { search: { id: 's2', found } as unknown as Search, tasks: [], candidates: [] }
      const map = Uint8Array.from([0, 255, 7])
      await past.put([
        { incident: incident(1, {}), searches: [] },
        { incident: incident(2, { place: '普陀山' }), searches: [{ ...search, map }] },
        { incident: incident(3, { sameAs: { incidentId: 'i1', kind: 'same-event', atMs: 0, by: 'x' } }), searches: [] },
      ])
      await past.put([{ incident: incident(1, { text: 'Pier' }), searches: [] }])
      expect([await past.has('i1'), await past.has('i9'), await past.find('i9')]).toEqual([true, false, null])
      expect(await past.find('i2')).toMatchObject({ incident: { number: 2 }, searches: [search] })
      expect(Uint8Array.from((await past.map('s2'))!)).toEqual(map)
      expect([await past.map('s9'), (await past.search('s2'))?.incident.id]).toEqual([null, 'i2'])
      const numbers = (list: readonly Incident[]) => list.map(({ number }) => number)
      expect(numbers(await past.page(4, 2))).toEqual([3, 2])
      expect(numbers(await past.page(2, 9))).toEqual([1])
      expect(numbers(await past.page(9, 9, '普陀'))).toEqual([2])
      expect(numbers(await past.page(9, 9, 'pier'))).toEqual([1])
      expect(numbers(await past.page(9, 9, '0%'))).toEqual([3, 2, 1])
      expect(numbers(await past.page(9, 9, '%pier'))).toEqual([])
      expect(numbers(await past.bySources(['calls/1', 'calls/7', 'calls/3']))).toEqual([1, 3])
      const span = await past.received(3, 4)
      expect([numbers(span.incidents), span.found]).toEqual([[2], [{ incidentId: 'i2', found }]])
      const places = await past.places(1, 9)
      expect([places.places.map(({ id }) => id), places.whole]).toEqual([['i2', 'i1'], true])
      expect(await past.places(0, 1)).toEqual({
        places: [{ id: 'i2', occurredAtMs: 2, position: [122, 30] }],
        whole: false,
      })
      expect((await past.places(0, 2)).whole).toBe(true)
      expect(past.changes()).toBe(2)
    })

    it('gives past incidents of an older version their places when it is opened', async () => {
      const { past } = await opened()
      const incident = { number: 1, source: 'desk', place: '', text: '', receivedAtMs: 1, position: [122.25, 29.75] }
      const sameAs = { incidentId: 'i1', kind: 'same-event', atMs: 0, by: 'x' }
      const all = [{ id: 'i1' }, { id: 'i2', sameAs }, { id: 'i3', sameAs: { ...sameAs, kind: 'repeat' } }]
      await past.put(
        all.map((one, i) => ({
          incident: { ...incident, ...one, occurredAtMs: i } as unknown as Incident,
          searches: [],
        })),
      )
      const before = await past.places(0, 9)
      expect(before.places.map(({ id }) => id)).toEqual(['i3', 'i1'])
      await closeAll()
      await runSql(url, [
        ...['lng', 'lat', 'same_event'].map((column) => `ALTER TABLE past_incidents DROP COLUMN ${column}`),
        'DELETE FROM migrations WHERE id = 7',
      ])
      const again = await opened()
      expect(await again.past.places(0, 9)).toEqual(before)
    })

    it('says what an acknowledgement is worth, and when the last one was', async () => {
      const store = await opened()
      expect(store.info.durability.length).toBeGreaterThan(20)
      expect(store.lastWrite()).toBeNull()
      await store.journal.append([noted('a')], 0)
      expect(store.lastWrite()).toEqual({ atMs: 1_000_000, tookMs: 0 })
    })

    it('applies its migrations once', async () => {
      await opened()
      await closeAll()
      const store = await opened()
      expect(await store.journal.append([noted('a')], 0)).toHaveLength(1)
    })
  })
}
