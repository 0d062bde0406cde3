import { describe, expect, it, vi } from 'vitest'
import type { Command, JournalEntry, Seat, TimelineLine, Update } from '@skerry/contract'
import { COORDINATOR, DISPATCHER, PILOT, REPORT, squareMaps, squarePlanner } from '../domain/test-kit.ts'
import type { Journal } from '../journal/journal.ts'
import { memoryJournal } from '../journal/memory-journal.ts'
import { createEngine } from './create-engine.ts'
import { FakeScheduler } from './fake-scheduler.ts'
import { createUpdateRing } from './update-ring.ts'

const nobody = { get: () => null, statuses: () => [] }
let ids = 0
const start = (journal: Journal, clock = new FakeScheduler()) =>
  createEngine({
    journal,
    clock,
    newId: () => `id-${++ids}`,
    maps: squareMaps(),
    planner: squarePlanner,
    drones: nobody,
    version: '0.1.0',
  })
const reportCommand = (over: Partial<Command> = {}): Command =>
  ({ ...REPORT, id: crypto.randomUUID(), ...over }) as Command

/** Rooms are opened and joined beside; they have tests of their own. */
const notRoom = ({ event }: TimelineLine): boolean => !event.type.startsWith('room.')

describe('the engine', () => {
  it('answers the same command id with the first outcome, also after a restart', async () => {
    const journal = memoryJournal()
    const engine = await start(journal)
    const command = reportCommand()
    const first = await engine.submit(command, DISPATCHER)
    const second = await engine.submit(command, DISPATCHER)
    expect(first).toMatchObject({ ok: true, value: { created: [{ kind: 'incident' }] } })
    expect(second).toEqual(first)
    const again = await start(journal)
    expect(await again.submit(command, DISPATCHER)).toEqual(first)
    expect(again.picture.incident.size).toBe(1)
  })

  it('repeats a refusal as it was given first', async () => {
    const engine = await start(memoryJournal())
    const id = crypto.randomUUID()
    const close = { id, type: 'incident.close', incidentId: 'nowhere', outcome: 'gone' } as const
    const first = await engine.submit(close, DISPATCHER)
    await engine.submit(reportCommand(), DISPATCHER)
    expect(await engine.submit(close, DISPATCHER)).toEqual(first)
    expect(first).toMatchObject({ ok: false, error: { code: 'unknown-incident', status: 404 } })
  })

  it('does not answer a command id of another seat', async () => {
    const engine = await start(memoryJournal())
    const command = reportCommand()
    await engine.submit(command, DISPATCHER)
    expect(await engine.submit(command, COORDINATOR)).toMatchObject({ ok: false, error: { code: 'command-id-taken' } })
  })

  it.each(['observer', 'pilot', 'admin'] as const)('lets no %s report an incident', async (role) => {
    const engine = await start(memoryJournal())
    const seat: Seat = { ...PILOT, role }
    expect(await engine.submit(reportCommand(), seat)).toMatchObject({ ok: false, error: { status: 403 } })
  })

  it('publishes only what the journal has taken, in order', async () => {
    const journal = memoryJournal()
    const engine = await start(journal)
    const seen: Update[] = []
    const undo = engine.onUpdate((update) => {
      expect(journal.entries.some(({ seq }) => seq === update.seq)).toBe(true)
      seen.push(update)
    })
    await Promise.all(Array.from({ length: 20 }, () => engine.submit(reportCommand(), DISPATCHER)))
    undo()
    await engine.submit(reportCommand(), DISPATCHER)
    expect(seen.filter(({ type }) => type === 'incident.reported')).toHaveLength(20)
    expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: seen.length }, (_, i) => i + 2))
    const numbers = [...engine.picture.incident.values()].map(({ number }) => number)
    expect(numbers).toEqual(Array.from({ length: 21 }, (_, i) => i + 1))
  })

  it('reads on and decides again when another node wrote first', async () => {
    const journal = memoryJournal()
    const [here, there] = [await start(journal), await start(journal)]
    await there.submit(reportCommand(), DISPATCHER)
    expect(await here.submit(reportCommand(), DISPATCHER)).toMatchObject({ ok: true })
    expect([...here.picture.incident.values()].map(({ number }) => number)).toEqual([1, 2])
  })

  it('changes nothing and says so when the journal fails', async () => {
    const journal = memoryJournal()
    const engine = await start(journal)
    const command = reportCommand()
    const append = vi.spyOn(journal, 'append').mockRejectedValueOnce(new Error('disk full'))
    expect(await engine.submit(command, DISPATCHER)).toMatchObject({ ok: false, error: { status: 503 } })
    expect(engine.picture.incident.size).toBe(0)
    append.mockRestore()
    expect(await engine.submit(command, DISPATCHER)).toMatchObject({ ok: true })
  })

  it('finds what was written although the journal said that it failed', async () => {
    const journal = memoryJournal()
    const engine = await start(journal)
    const append = journal.append
    vi.spyOn(journal, 'append').mockImplementationOnce(async (...drafts): Promise<JournalEntry[]> => {
      await append(...drafts)
      throw new Error('connection lost after the commit')
    })
    expect(await engine.submit(reportCommand(), DISPATCHER)).toMatchObject({
      ok: true,
      value: { created: [{ kind: 'incident' }] },
    })
    expect(engine.picture.incident.size).toBe(1)
  })

  it('records the gap between two runs', async () => {
    const journal = memoryJournal()
    const clock = new FakeScheduler(1000)
    const first = await start(journal, clock)
    await first.submit(
      reportCommand({ occurredAtMs: 0, subject: { ...REPORT.subject, lastKnownAtMs: 0 } } as never),
      DISPATCHER,
    )
    clock.advance(60_000)
    await start(journal, clock)
    expect(journal.entries.at(-1)?.event).toEqual({
      type: 'server.started',
      version: '0.1.0',
      lastSeq: journal.entries.length - 1,
      lastAtMs: 1000,
    })
  })

  it('goes on when a listener throws', async () => {
    const faults: unknown[] = []
    const engine = await createEngine({
      journal: memoryJournal(),
      clock: new FakeScheduler(),
      newId: () => `id-${++ids}`,
      maps: squareMaps(),
      planner: squarePlanner,
      drones: nobody,
      version: '0.1.0',
      onFault: (error) => faults.push(error),
    })
    engine.onUpdate(() => {
      throw new Error('listener')
    })
    expect(await engine.submit(reportCommand(), DISPATCHER)).toMatchObject({ ok: true })
    expect(faults.length).toBeGreaterThan(0)
  })

  it('tells the timeline of an incident with who did what', async () => {
    const engine = await start(memoryJournal())
    await engine.submit(reportCommand(), DISPATCHER)
    const incidentId = [...engine.picture.incident.keys()][0]!
    await engine.submit({ id: crypto.randomUUID(), type: 'incident.note', incidentId, text: '家属已联系' }, COORDINATOR)
    const lines = (await engine.timeline(incidentId)).filter(notRoom)
    expect(lines.map(({ event, actor }) => [event.type, actor.kind === 'seat' && actor.seat.name])).toEqual([
      ['incident.reported', '调度员'],
      ['incident.noted', '协调员'],
    ])
  })
})

describe('a timeline that spans a restart', () => {
  it('shows the gap, and none that was before the incident or after its end', async () => {
    const journal = memoryJournal()
    const before = await start(journal)
    await before.submit(reportCommand(), DISPATCHER)
    const after = await start(journal)
    const incidentId = [...after.picture.incident.keys()][0]!
    await after.submit({ id: crypto.randomUUID(), type: 'incident.close', incidentId, outcome: '完成' }, DISPATCHER)
    const later = await start(journal)
    expect((await later.timeline(incidentId)).filter(notRoom).map(({ event }) => event.type)).toEqual([
      'incident.reported',
      'server.started',
      'incident.closed',
    ])
  })
})

describe('the update ring', () => {
  const update = (seq: number): Update => ({ seq, atMs: 0, type: 'x', incidentId: null, changes: [] })

  it('gives exactly what was missed, or says that it no longer can', () => {
    const ring = createUpdateRing(100)
    for (let seq = 1; seq <= 1000; seq++) ring.push(update(seq))
    expect(ring.since(1000)).toEqual([])
    expect(ring.since(990)?.map(({ seq }) => seq)).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999, 1000])
    expect(ring.since(900)?.length).toBe(100)
    expect(ring.since(1)).toBeNull()
    expect(ring.since(1001)).toBeNull()
  })
})
