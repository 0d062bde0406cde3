import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { DomainEvent } from '@skerry/contract'
import { GENESIS, firstFault } from '../journal/chain.ts'
import { JournalConflict, type EntryDraft } from '../journal/journal.ts'
import { openStore, type Store } from './open-store.ts'
import type { TrackPoint } from './tracks.ts'

const clock = { nowMs: () => 1_000_000 }

const noted = (text: string, incidentId: string | null = 'i1', atMs = 5): EntryDraft => ({
  atMs,
  actor: { kind: 'seat', seat: { id: 's1', role: 'dispatcher', name: '王' } },
  commandId: null,
  incidentId,
  event: { type: 'incident.noted', incidentId: incidentId ?? '', text },
})
const textOf = (event: DomainEvent): string => (event.type === 'incident.noted' ? event.text : '')

const at = (id: string, atMs: number, lng: number): TrackPoint => ({
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
      const wang = { account: 'wang', name: '王', role: 'pilot', salt: 's', passwordHash: 'h', createdAtMs: 1 } as const
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
      const wang = { account: 'wang', name: '王', role: 'pilot', salt: 's', passwordHash: 'h', createdAtMs: 1 } as const
      await accounts.create(wang)
      await sessions.create({ tokenHash: 't1', seatId: 'seat1', account: 'wang', atMs: 1, expiresAtMs: 100 })
      await sessions.create({ tokenHash: 't2', seatId: 'seat2', account: 'wang', atMs: 1, expiresAtMs: 200 })
      await accounts.put({ ...wang, role: 'observer' })
      expect(await sessions.find('t1')).toMatchObject({ seat: { id: 'seat1', role: 'observer', name: '王' } })
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

    it('keeps tracks: ranges in order of time, and the newest point of each thing', async () => {
      const { tracks } = await opened()
      await tracks.append([at('u1', 30, 122.3), at('u1', 10, 122.1), at('u2', 20, 122.2), at('u1', 20, 122.15)])
      expect(await tracks.range('unit', 'u1', 10, 20, 100)).toEqual([at('u1', 10, 122.1), at('u1', 20, 122.15)])
      expect(await tracks.range('unit', 'u1', 0, 100, 2)).toEqual([at('u1', 20, 122.15), at('u1', 30, 122.3)])
      expect(await tracks.range('drone', 'u1', 0, 100, 9)).toEqual([])
      const newest = await tracks.latest('unit', 15)
      expect(newest.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([at('u1', 30, 122.3), at('u2', 20, 122.2)])
    })

    it('keeps checkpoint counts: a later count of the same minute replaces the first', async () => {
      const { checkpointCounts } = await opened()
      const count = {
        checkpointId: 'c1',
        minuteMs: 60_000,
        inPersons: 4,
        outPersons: null,
        inVehicles: 0,
        outVehicles: 2,
        queuePersons: null,
        queueVehicles: 7,
      }
      await checkpointCounts.put([
        { count: { ...count, minuteMs: 120_000 }, receivedAtMs: 5 },
        { count, receivedAtMs: 1 },
      ])
      await checkpointCounts.put([{ count: { ...count, inPersons: 5 }, receivedAtMs: 2 }])
      expect(await checkpointCounts.since(60_000)).toEqual([
        { count: { ...count, inPersons: 5 }, receivedAtMs: 2 },
        { count: { ...count, minuteMs: 120_000 }, receivedAtMs: 5 },
      ])
      expect(await checkpointCounts.since(60_001)).toHaveLength(1)
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
