import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  DEFAULT_DICTIONARY,
  DEFAULT_RETENTION,
  PURGED_TEXT,
  type Command,
  type DomainEvent,
  type EventOf,
  type Incident,
  type LngLat,
  type Seat,
} from '@skerry/contract'
import { Client } from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putAwayDue } from '../domain/incidents/put-away.ts'
import { startDomain, type Domain } from '../domain/start-domain.ts'
import { COORDINATOR, DISPATCHER, HOME, REPORT, SETUP } from '../domain/test-kit.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { startHistoryKeeper, type HistoryKeeper } from '../history/history-keeper.ts'
import { withPast } from '../history/with-past.ts'
import { GENESIS, firstFault } from '../journal/chain.ts'
import { JournalConflict } from '../journal/journal.ts'
import { createSealCheck } from '../journal/seal.ts'
import { asMarkdown } from '../rooms/render-record.ts'
import { roomRecord } from '../rooms/room-record.ts'
import { startRoomKeeper } from '../rooms/room-keeper.ts'
import { embeddedFile, openStore, type Store } from '../store/open-store.ts'
import { realPostgres } from '../store/real-postgres.ts'
import { coarsePlace } from './coarse-place.ts'
import { startRetentionKeeper } from './retention-keeper.ts'

const DAY = 24 * 3_600_000
type Wish<T> = T extends unknown ? Omit<T, 'id'> : never
type Keeper = ReturnType<typeof startRetentionKeeper>
/** Words by the rule that they go with; each stands in the journal, and most in the history too. */
const SECRET = {
  person: [
    'blue-coat-grandma',
    'behind-the-temple',
    'did-not-come-home',
    'found-by-the-well',
    'seen-at-the-bus-stop',
    'call-from-daughter',
  ],
  messages: ['she-is-cold-said-unit', 'heard-the-wrong-unit'],
  acts: ['chief-of-the-desk'],
}
const root = mkdtempSync(path.join(tmpdir(), 'skerry-retention-'))
const postgres = await realPostgres()
afterAll(async () => {
  rmSync(root, { recursive: true, force: true })
  if (typeof postgres !== 'string') await postgres.stop()
}, 120_000)
let folders = 0

const STORES = [
  { name: 'embedded SQLite', freshUrl: async () => `sqlite:${embeddedFile(path.join(root, String(++folders)))}` },
  ...(typeof postgres === 'string' ? [] : [{ name: postgres.name, freshUrl: () => postgres.freshUrl() }]),
]
if (typeof postgres === 'string')
  it('retention on PostgreSQL', (context) => {
    expect(postgres).not.toBe('')
    context.skip(`there is no PostgreSQL to be had: ${postgres}`)
  })

/** Everything that the store's own files, or all of its rows, hold. */
async function bytesOf(url: string): Promise<string> {
  if (url.startsWith('sqlite:')) {
    const file = url.slice('sqlite:'.length)
    return [file, `${file}-wal`]
      .filter((each) => existsSync(each))
      .map((each) => readFileSync(each, 'latin1'))
      .join('\n')
  }
  const client = new Client({ connectionString: url })
  await client.connect()
  const tables = await client.query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`,
  )
  const rows: string[] = []
  for (const { tablename } of tables.rows) {
    const found = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${tablename} t`)
    rows.push(...found.rows.map(({ row }) => row))
  }
  await client.end()
  return rows.join('\n')
}

describe.each(STORES)('retention on $name', ({ freshUrl }) => {
  let url: string
  let clock: FakeScheduler
  let store: Store
  let domain: Domain
  let history: HistoryKeeper
  let keeper: Keeper
  let stopRooms: () => void
  let ids = 0
  const faults: unknown[] = []
  const ADMIN: Seat = { id: 'seat-a', role: 'admin', name: '管理员', account: 'admin' }
  const DESK: Seat = { ...DISPATCHER, name: SECRET.acts[0]!, account: 'desk-a' }

  async function start(): Promise<void> {
    store = await openStore({ url, clock })
    const newId = (): string => `id-${++ids}`
    const onFault = (error: unknown): void => void faults.push(error)
    const common = { clock, newId, onFault }
    domain = await startDomain({
      ...common,
      journal: store.journal,
      newToken: newId,
      version: '1',
      land: () => [],
      past: store.past,
    })
    const { engine } = domain
    stopRooms = startRoomKeeper({ ...common, engine })
    history = startHistoryKeeper({ engine, past: store.past, maps: domain.maps, clock, onFault })
    const coarse = coarsePlace(() => null)
    keeper = startRetentionKeeper({
      engine,
      purges: store.purges,
      policy: DEFAULT_RETENTION,
      coarse,
      lastEntryAtMs: clock.nowMs(),
      clock,
      onFault,
    })
  }
  async function stop(): Promise<void> {
    stopRooms()
    await keeper.stop()
    await history.stop()
    await domain.stop()
    await store.close()
  }
  beforeEach(async () => {
    url = await freshUrl()
    clock = new FakeScheduler()
    ids = 0
    faults.length = 0
    await start()
  })
  afterEach(async () => {
    await stop()
    if (faults.length > 0) throw new AggregateError(faults, 'faults that were survived')
  })

  async function give(seat: Seat, wish: Wish<Command>): Promise<string> {
    const id = `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`
    const done = await domain.engine.submit({ ...wish, id } as Command, seat)
    if (!done.ok) throw new Error(done.error.detail)
    return done.value.created[0]?.id ?? ''
  }
  /** Lets time go by, and the keepers have their turns until a whole round of retention was over. */
  async function pass(ms: number): Promise<void> {
    // A leap of more than a day is not gone by for a day: it is counted in.
    for (const leapMs of ms > DAY ? [ms - DAY, DAY] : [ms]) {
      clock.jump(leapMs)
      await store.past.has('nothing')
    }
    for (let round = 0; round < 3; round++) {
      const before = keeper.counts()
      clock.jump(10 * 60_000)
      for (let turn = 0; turn < 2000; turn++) {
        await store.past.has('nothing')
        const now = keeper.counts()
        const rounds = now.lastRoundAtMs !== before.lastRoundAtMs || now.failures !== before.failures
        if (rounds && putAwayDue(domain.engine.picture, clock.nowMs(), 1).length === 0) break
      }
    }
  }
  /** A search of a lost person from the call to the find, with all that people wrote about it. */
  async function wholeCase(): Promise<{ id: string; searchId: string }> {
    const [coat, temple, text, outcome, sighting, note] = SECRET.person as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const id = await give(DESK, {
      ...REPORT,
      place: temple,
      text,
      subject: { ...REPORT.subject, description: coat },
      occurredAtMs: clock.nowMs(),
    } as Wish<Command>)
    const searchId = await give(COORDINATOR, { type: 'search.open', incidentId: id, setup: SETUP })
    await give(COORDINATOR, {
      type: 'search.add-sighting',
      searchId,
      report: {
        kind: 'clue',
        position: HOME,
        atMs: clock.nowMs(),
        errorM: 30,
        movedM: 100,
        certainty: 0.6,
        note: sighting,
      },
    })
    await give(DESK, { type: 'incident.note', incidentId: id, text: note })
    await domain.engine.record({ kind: 'system', part: 'test' }, () => [
      {
        type: 'roster.declared',
        units: [{ id: 'u1', callSign: 'U1', agency: 'x', kind: 'car', skills: [], onDuty: true }],
        handles: { u1: 1 },
      },
    ])
    await give(DESK, { type: 'incident.assign', incidentId: id, unitId: 'u1' })
    await give(DESK, { type: 'incident.enter-report', incidentId: id, unitId: 'u1', kind: 'on-scene' })
    await give(DESK, {
      type: 'incident.withdraw-step',
      incidentId: id,
      unitId: 'u1',
      step: 'on-scene',
      atMs: clock.nowMs(),
      reason: SECRET.messages[1]!,
    })
    await give(DESK, { type: 'room.say', incidentId: id, text: SECRET.messages[0]!, urgent: false })
    await domain.engine.record({ kind: 'system', part: 'test' }, () => [
      {
        type: 'alarm.raised',
        alarm: {
          id: 'a1',
          priority: 'warning',
          kind: 'overdue',
          subject: { kind: 'incident', id },
          incidentId: id,
          detail: `#1 ${temple}`,
          position: HOME,
          raisedAtMs: clock.nowMs(),
          clearedAtMs: null,
          acknowledged: null,
        },
      },
    ])
    await give(COORDINATOR, {
      type: 'search.confirm-found',
      searchId,
      candidateId: null,
      position: HOME,
      outcome: 'well',
    })
    await give(DESK, { type: 'incident.close', incidentId: id, outcome })
    return { id, searchId }
  }
  const there = async (words: readonly string[]): Promise<string[]> => {
    const all = await bytesOf(url)
    return words.filter((word) => all.includes(word))
  }
  const pictureNow = (): string => {
    const { changes } = domain.engine.snapshot()
    return JSON.stringify(changes.map((change) => JSON.stringify(change)).sort())
  }
  const entries = () => store.journal.read(0, 10_000)
  const purges = async (): Promise<EventOf<'case.purged'>[]> =>
    (await entries()).flatMap(({ event }) => (event.type === 'case.purged' ? [event] : []))
  async function verified(): Promise<void> {
    const all = await entries()
    expect(firstFault(all, { seq: 0, hash: GENESIS })).toBeNull()
    const seals = createSealCheck()
    seals.take(all)
    expect(seals.fault()).toBeNull()
  }

  it('takes away what falls due, rule by rule, and leaves the case, its figures and a journal that proves itself', async () => {
    const fromMs = clock.nowMs()
    const { id, searchId } = await wholeCase()
    await pass(2 * DAY)
    const everything = Object.values(SECRET).flat()
    expect(await there(everything)).toEqual(everything)
    const figures = async () => {
      const { incidents, searches } = await withPast(domain.engine.picture, store.past, fromMs, clock.nowMs())
      const counted = ({ number, category, priority, times, closedAs, receivedAtMs, closedAtMs }: Incident) => ({
        number,
        category,
        priority,
        times,
        closedAs,
        receivedAtMs,
        closedAtMs,
      })
      return {
        incidents: incidents.map(counted),
        found: searches.map(({ incidentId, found }) => [incidentId, found?.outcome, found?.atMs]),
      }
    }
    const before = await figures()
    await pass(DEFAULT_RETENTION.personDays * DAY)
    expect(await there(everything)).toEqual([...SECRET.messages, ...SECRET.acts])
    const record = (await store.past.find(id))!
    expect(record).toMatchObject({
      incident: {
        number: 1,
        category: 'missing-person',
        subject: null,
        text: PURGED_TEXT,
        place: PURGED_TEXT,
        outcome: PURGED_TEXT,
      },
      searches: [],
    })
    expect(record.incident.purged?.person).toBeGreaterThan(
      record.incident.closedAtMs! + DEFAULT_RETENTION.personDays * DAY,
    )
    expect(record.incident.purged).not.toHaveProperty('messages')
    expect(await store.past.map(searchId)).toBeNull()
    expect((await store.past.page(9, 9, 'temple')).length).toBe(0)
    expect(domain.engine.picture.alarm.get('a1')).toMatchObject({ detail: PURGED_TEXT, position: null })
    await verified()

    await pass((DEFAULT_RETENTION.messagesDays - DEFAULT_RETENTION.personDays) * DAY)
    expect(await there(everything)).toEqual(SECRET.acts)
    const taken = roomRecord(await store.journal.readIncident(id))!
    expect(taken.messages).toEqual([])
    expect(taken.purged.map(({ rules }) => rules)).toEqual([['person'], ['messages', 'tracks']])
    const context = { lang: 'zh', dictionary: DEFAULT_DICTIONARY, exportedAtMs: 0, exportedBy: '' } as const
    expect(asMarkdown(taken, context)).toContain('## 消息\n\n已按保留期限清除')
    await verified()
    await pass((DEFAULT_RETENTION.actsDays - DEFAULT_RETENTION.messagesDays) * DAY)
    expect(await there(everything)).toEqual([])
    await verified()
    expect(await figures()).toEqual(before)
    const told = await purges()
    expect(told.map(({ rules }) => rules)).toEqual([['person'], ['messages', 'tracks'], ['acts']])
    expect(told[0]).toMatchObject({
      incidentId: id,
      number: 1,
      policy: DEFAULT_RETENTION,
      removed: { searches: 1, maps: 1 },
    })
    expect(told[0]!.removed.entries.person).toBeGreaterThan(5)
    expect(told[0]!.removed.entries.acts).toBe(0)
    expect(JSON.stringify(told)).not.toContain('coat')
    expect(keeper.counts()).toMatchObject({ purges: 3, failures: 0, unscrubbed: false })
    expect(await store.purges.counts()).toEqual({ cases: 1, purged: { person: 1, messages: 1, tracks: 1, acts: 1 } })
    expect(await store.purges.next(9)).toEqual([])
  })

  it('a replay of the purged journal gives the picture that was live, at every stage, and numbers go on', async () => {
    await wholeCase()
    for (const days of [2, 180, 186, 730]) {
      await pass(days * DAY)
      const live = pictureNow()
      await stop()
      await start()
      expect(pictureNow()).toBe(live)
      await verified()
    }
    expect(await purges()).toHaveLength(3)
    const subject = { ...REPORT.subject, lastKnownAtMs: clock.nowMs() }
    const next = await give(DESK, { ...REPORT, occurredAtMs: clock.nowMs(), subject } as Wish<Command>)
    expect(domain.engine.picture.incident.get(next)?.number).toBe(2)
  })

  it('goes on where it was after a restart, and purges nothing twice', async () => {
    const { id } = await wholeCase()
    await pass(2 * DAY)
    await stop()
    clock.jump(200 * DAY)
    await start()
    await pass(0)
    expect(await purges()).toHaveLength(1)
    await stop()
    await start()
    await pass(DAY)
    expect(await purges()).toHaveLength(1)
    expect((await store.purges.file(id))?.purged).toHaveProperty('person')
  })

  it('leaves an open case alone however old it is, and one whose search was suspended for longer', async () => {
    const open = await give(DESK, { ...REPORT, occurredAtMs: clock.nowMs() } as Wish<Command>)
    const left = await give(DESK, { ...REPORT, occurredAtMs: clock.nowMs() } as Wish<Command>)
    const searchId = await give(COORDINATOR, { type: 'search.open', incidentId: left, setup: SETUP })
    await give(COORDINATOR, { type: 'search.end', searchId, as: 'suspended', reason: '天气' })
    await give(DESK, { type: 'incident.close', incidentId: left, outcome: '未找到' })
    await pass(2 * DAY)
    await pass(1500 * DAY)
    expect(await purges()).toEqual([])
    expect(domain.engine.picture.incident.get(open)?.subject).not.toBeNull()
    await pass((DEFAULT_RETENTION.suspendedDays + DEFAULT_RETENTION.personDays - 1500) * DAY)
    expect((await purges()).map(({ incidentId, rules }) => [incidentId, rules])).toEqual([[left, ['person']]])
  })

  it('purges nothing of a case that is held, over a restart too, until two people have lifted the hold', async () => {
    const { id } = await wholeCase()
    await pass(2 * DAY)
    expect(domain.engine.picture.incident.has(id)).toBe(false)
    await give(COORDINATOR, { type: 'case.hold', incidentId: id, reason: '家属投诉' })
    await pass(DEFAULT_RETENTION.actsDays * DAY)
    await stop()
    await start()
    await pass(DAY)
    expect(await purges()).toEqual([])
    expect(await there(SECRET.person)).toEqual(SECRET.person)
    await give(COORDINATOR, { type: 'case.ask-lift', incidentId: id, reason: '已结案' })
    await pass(DAY)
    expect(await purges()).toEqual([])
    await give(ADMIN, { type: 'case.approve-lift', incidentId: id })
    await pass(DAY)
    expect((await purges()).map(({ rules }) => rules)).toEqual([['person', 'messages', 'tracks', 'acts']])
    expect(await there(Object.values(SECRET).flat())).toEqual([])
    await verified()
    const live = pictureNow()
    await stop()
    await start()
    expect(pictureNow()).toBe(live)
  })

  it('the words of an ordinary call go with its messages, and its place stays exact', async () => {
    const place: LngLat = [122.123456, 29.876543]
    const id = await give(DESK, {
      ...REPORT,
      category: 'fire',
      subject: null,
      position: place,
      text: 'smoke-over-roof',
      occurredAtMs: clock.nowMs(),
    } as Wish<Command>)
    await give(DESK, { type: 'incident.close', incidentId: id, outcome: 'put-out' })
    await pass(2 * DAY)
    await pass(DEFAULT_RETENTION.personDays * DAY)
    expect(await purges()).toEqual([])
    await pass((DEFAULT_RETENTION.messagesDays - DEFAULT_RETENTION.personDays) * DAY)
    expect((await purges()).map(({ rules }) => rules)).toEqual([['messages', 'tracks']])
    expect(await there(['smoke-over-roof', 'put-out'])).toEqual([])
    expect((await store.past.find(id))?.incident.position).toEqual(place)
    expect((await store.past.places(0, 9)).places[0]?.position).toEqual(place)
  })

  it('purges nothing and says nothing where somebody else wrote first, and where there is no such case', async () => {
    const { id } = await wholeCase()
    await pass(2 * DAY)
    const { seq } = await store.journal.head()
    const ask = { incidentId: id, rules: ['person'] as const, policy: DEFAULT_RETENTION, atMs: clock.nowMs() }
    const how = { ...ask, actor: { kind: 'system', part: 'test' } as const, coarse: (at: LngLat) => at }
    await expect(store.purges.purge(how, seq - 1)).rejects.toBeInstanceOf(JournalConflict)
    expect(await store.purges.purge({ ...how, incidentId: 'none' }, seq)).toEqual([])
    expect((await there(SECRET.person)).length).toBe(SECRET.person.length)
    expect((await store.journal.head()).seq).toBe(seq)
  })

  it('purges once where two server nodes found it due: the second one finds it done', async () => {
    const { id } = await wholeCase()
    await pass(2 * DAY)
    const how = {
      incidentId: id,
      rules: ['person'] as const,
      policy: DEFAULT_RETENTION,
      atMs: clock.nowMs(),
      actor: { kind: 'system', part: 'test' } as const,
      coarse: (at: LngLat) => at,
    }
    const written = await domain.engine.adopt((_picture, seq) => store.purges.purge(how, seq))
    expect(await domain.engine.adopt((_picture, seq) => store.purges.purge(how, seq))).toBe(written)
    expect(await purges()).toHaveLength(1)
    // Another node wrote it: this one reads on, and tells its consoles.
    const { seq } = await store.journal.head()
    await store.purges.purge({ ...how, rules: ['messages'] }, seq)
    const told: string[] = []
    domain.engine.onUpdate(({ type }) => void told.push(type))
    await domain.engine.adopt((_picture, last) => store.purges.purge({ ...how, rules: ['messages'] }, last))
    expect(told).toEqual(['case.purged'])
    expect(await purges()).toHaveLength(2)
    await verified()
  })

  it('whoever changes a purged entry, or calls an entry purged that no purge has touched, is found out', async () => {
    await wholeCase()
    await pass(2 * DAY)
    await pass(200 * DAY)
    const all = await entries()
    const faultOf = (seq: number, change: (event: DomainEvent) => DomainEvent, more: object = {}) => {
      const seals = createSealCheck()
      const changed = all.map((entry) =>
        entry.seq === seq ? { ...entry, event: change(entry.event), ...more } : entry,
      )
      expect(firstFault(changed, { seq: 0, hash: GENESIS })).toBeNull()
      seals.take(changed)
      return seals.fault()
    }
    const tombstone = all.find(({ event }) => event.type === 'entry.purged')!
    const firstPurged = all.find(({ purgedSeq }) => purgedSeq !== undefined)!
    const start = all.find(({ event }) => event.type === 'server.started')!
    const kept = all.find(({ event, purgedSeq }) => event.type === 'room.opened' && purgedSeq === undefined)!
    expect(faultOf(tombstone.seq, (event) => event)).toBeNull()
    expect(faultOf(tombstone.seq, () => ({ type: 'incident.noted', incidentId: 'x', text: 'invented' }))).toEqual({
      seq: firstPurged.seq,
      kind: 'seal',
    })
    const hidden = (): DomainEvent => ({ type: 'entry.purged', was: 'x', rule: 'acts' })
    expect(faultOf(start.seq, hidden, { purgedSeq: 9 })).toEqual({ seq: start.seq, kind: 'seal' })
    expect(faultOf(kept.seq, hidden, { purgedSeq: 9 })).toMatchObject({ kind: 'seal' })
  })
})
