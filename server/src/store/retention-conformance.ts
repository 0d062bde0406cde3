import type { Incident, Search } from '@skerry/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GENESIS, firstFault } from '../journal/chain.ts'
import { at, noted, runSql } from './conformance.ts'
import { openStore, type Store } from './open-store.ts'

const clock = { nowMs: () => 1_000_000 }

/** What every store must do of retention, beside what `retention/retention.test.ts` sees of it at work. */
export function retentionConformance(name: string, freshUrl: () => Promise<string>): void {
  describe(`retention in a store on ${name}`, () => {
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

    it('removes old tracks but for the times that are held, rows and blocks, and those too when they are let go', async () => {
      const { tracks } = await opened()
      await tracks.append([100, 5000, 5500, 9000].map((atMs) => at('u1', atMs, 122)))
      await tracks.pack([{ kind: 'unit', id: 'u1' }], 20_000)
      await tracks.append([200, 5200, 8000, 30_000].map((atMs) => at('u2', atMs, 122)))
      const times = async (id: string) => (await tracks.range('unit', id, 0, 99_000, 99)).map(({ atMs }) => atMs)
      const held = [
        { fromMs: 5100, toMs: 5300 },
        { fromMs: 5200, toMs: 6000 },
      ]
      // The one block of u1 lies in the span in part: it stays whole.
      expect(await tracks.drop(20_000, held)).toBe(2)
      expect([await times('u1'), await times('u2')]).toEqual([
        [100, 5000, 5500, 9000],
        [5200, 30_000],
      ])
      expect(await tracks.drop(20_000, [{ fromMs: 9500, toMs: Number.MAX_SAFE_INTEGER }])).toBe(5)
      expect([await times('u1'), await times('u2')]).toEqual([[], [30_000]])
    })

    it('gives past incidents of an older version what retention goes by when it is opened, and nothing is purged yet', async () => {
      const { past, journal } = await opened()
      await journal.append([noted('a')], 0)
      const incident = { source: 'desk', place: '', text: '', occurredAtMs: 1, receivedAtMs: 1, position: [122, 30] }
      const of = (number: number, more: object): Incident =>
        ({ ...incident, id: `i${number}`, number, subject: null, searchId: null, ...more }) as unknown as Incident
      const search = (id: string, state: string) => ({
        search: { id, state, found: null } as unknown as Search,
        tasks: [],
        candidates: [],
        map: null,
      })
      await past.put([
        { incident: of(1, { closedAtMs: 10, subject: { category: 'dementia' } }), searches: [] },
        { incident: of(2, { closedAtMs: 20, class: 'fire' }), searches: [] },
        { incident: of(3, { closedAtMs: 30, searchId: 's3' }), searches: [search('s3', 'suspended')] },
        { incident: of(4, { closedAtMs: 40, class: 'person-in-water' }), searches: [] },
      ])
      const files = async ({ purges }: Store) =>
        (await purges.next(9)).map(({ number, closedAtMs, personal, suspended, purged }) => [
          number,
          closedAtMs,
          personal,
          suspended,
          purged,
        ])
      const before = (await files(open[0]!)).toSorted((a, b) => Number(a[0]) - Number(b[0]))
      expect(before).toEqual([
        [1, 10, true, false, {}],
        [2, 20, false, false, {}],
        [3, 30, true, true, {}],
        [4, 40, true, false, {}],
      ])
      await closeAll()
      const rules = ['person', 'messages', 'tracks', 'acts']
      await runSql(url, [
        ...rules.map((rule) => `DROP INDEX past_incidents_${rule}`),
        ...['closed_at_ms', 'personal', 'suspended', ...rules.map((rule) => `purged_${rule}_ms`)].map(
          (column) => `ALTER TABLE past_incidents DROP COLUMN ${column}`,
        ),
        'ALTER TABLE journal DROP COLUMN purged_seq',
        'DELETE FROM migrations WHERE id = 8',
      ])
      const again = await opened()
      expect((await files(again)).toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual(before)
      expect(firstFault(await again.journal.read(0, 9), { seq: 0, hash: GENESIS })).toBeNull()
    })
  })
}
