import {
  COMMAND_ROLES,
  type Actor,
  type Command,
  type CommandDone,
  type DomainEvent,
  type JournalEntry,
  type Seat,
  type TimelineLine,
  type Update,
} from '@skerry/contract'
import type { DecideContext, DronesPort, MapsPort, PastPort, PlannerPort, TracksPort } from '../domain/context.ts'
import { decide } from '../domain/decide.ts'
import type { StaffPort } from '../domain/rooms/advisers.ts'
import { createPreparation, type Prepared } from './prepare.ts'
import { refuse } from '../domain/result.ts'
import { JournalConflict, type EntryDraft, type Journal } from '../journal/journal.ts'
import { incidentsOfBatch } from '../picture/batch-lookup.ts'
import { evolve } from '../picture/evolve.ts'
import { applyChanges, createPicture, toSnapshot } from '../picture/picture.ts'
import { createdBy } from './created-by.ts'
import type { Engine, Refusal, Result } from './engine.ts'
import type { Scheduler } from './scheduler.ts'
import { createUpdateRing } from './update-ring.ts'

/** Entries read at a time when the journal is replayed. */
const REPLAY_BATCH = 2000
/** Outcomes of commands that are remembered, so that a repeat is answered with the first outcome: the newest. */
const REFUSALS_KEPT = 5000
const DONE_KEPT = 50_000
/** How often a decision is taken again when someone else wrote first. */
const MOST_TRIES = 5
/** What only machines need; left out of the timeline that people read. */
const NOT_IN_TIMELINE: readonly DomainEvent['type'][] = [
  'search.swept',
  'task.upload-progressed',
  'drone.upkeep-moved',
  'room.received',
]

/** New figures of a map are told where something other than flying has moved it: an assumption, a candidate. */
const inTimeline = ({ event }: Pick<JournalEntry, 'event'>): boolean =>
  !NOT_IN_TIMELINE.includes(event.type) && (event.type !== 'search.map-changed' || event.change !== undefined)

export interface EngineOptions {
  journal: Journal
  clock: Pick<Scheduler, 'nowMs'>
  newId: () => string
  maps: MapsPort
  drones: DronesPort
  planner: PlannerPort
  /** The staff, for invitations into rooms; without it nobody can be invited. */
  staff?: StaffPort
  /** Default: nothing is stored, and no track counts. */
  tracks?: TracksPort
  /** Default: nothing has left the picture. */
  past?: PastPort
  version: string
  /** Time of arrival, for the record of who was asked; without it that is unknown. */
  etaOf?: DecideContext['etaOf']
  /** Where units are sent to cover a zone; without it they cannot be. */
  coverPlace?: DecideContext['coverPlace']
  /** Name that warnings go out under. */
  warnings?: DecideContext['warnings']
  /** Called with every entry, replayed or new, in order, right after the picture has taken it. */
  followers?: readonly ((entry: JournalEntry, picture: Engine['picture']) => void)[]
  /** Told about a listener or follower that threw: the entry itself is safe. */
  onFault?: (error: unknown) => void
}

const NO_PAST: PastPort = { incident: () => Promise.resolve(null) }
const NO_TRACKS: TracksPort = { ofUnit: () => Promise.resolve([]) }

interface Outcome {
  seatId: string
  result: Result<CommandDone, Refusal>
}

/**
 * Replays the journal and starts the events plane. Records `server.started` with the last number and time that the
 * journal held, so that the gap between two runs stands in the record.
 * @throws whatever the journal throws while it is read or first written
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const {
    journal,
    clock,
    newId,
    maps,
    drones,
    planner,
    tracks = NO_TRACKS,
    past = NO_PAST,
    version,
    etaOf = () => null,
    coverPlace = () => null,
    warnings = null,
    staff = { get: () => null },
    followers = [],
    onFault = () => {},
  } = options
  const picture = createPicture()
  const ring = createUpdateRing()
  const outcomes = new Map<string, Outcome>()
  const refusedIds: string[] = []
  const doneIds: string[] = []
  const listeners = new Set<(update: Update, event: DomainEvent) => void>()
  /** Starts of the server: a timeline that spans one shows the gap. */
  const starts: TimelineLine[] = []
  let seq = 0
  let lastAtMs: number | null = null
  let tail: Promise<unknown> = Promise.resolve()

  function take(entry: JournalEntry): Update {
    const changes = evolve(picture, entry)
    applyChanges(picture, changes)
    seq = entry.seq
    lastAtMs = entry.atMs
    const { atMs, event, incidentId } = entry
    const update: Update = { seq, atMs, type: event.type, incidentId, changes }
    ring.push(update)
    if (event.type === 'server.started') starts.push(lineOf(entry))
    for (const follow of followers) guarded(() => follow(entry, picture))
    return update
  }

  function guarded(run: () => void): void {
    try {
      run()
    } catch (error) {
      onFault(error)
    }
  }

  /** Reads what the journal holds beyond `seq`: at start, and when someone else wrote. */
  async function catchUp(publish: boolean): Promise<void> {
    for (;;) {
      const entries = await journal.read(seq, REPLAY_BATCH)
      for (const entry of entries) {
        const update = take(entry)
        rememberEntry(entry)
        if (publish) tell(update, entry.event)
      }
      if (entries.length < REPLAY_BATCH) return
    }
  }

  function tell(update: Update, event: DomainEvent): void {
    for (const listener of listeners) guarded(() => listener(update, event))
  }

  function rememberEntry({ commandId, actor, event, seq: at }: JournalEntry): void {
    if (commandId === null || actor.kind !== 'seat') return
    const known = outcomes.get(commandId)?.result
    if (known === undefined) {
      doneIds.push(commandId)
      if (doneIds.length > DONE_KEPT * 1.25)
        for (const oldest of doneIds.splice(0, doneIds.length - DONE_KEPT)) outcomes.delete(oldest)
    }
    const created = [...(known?.ok ? known.value.created : []), ...createdBy([event])]
    outcomes.set(commandId, { seatId: actor.seat.id, result: { ok: true, value: { seq: at, created } } })
  }

  function rememberRefusal(commandId: string, outcome: Outcome): void {
    outcomes.set(commandId, outcome)
    refusedIds.push(commandId)
    if (refusedIds.length > REFUSALS_KEPT) outcomes.delete(refusedIds.shift()!)
  }

  /** Appends, takes and publishes; decides again when another writer was first. */
  async function write(
    actor: Actor,
    commandId: string | null,
    decideEvents: () => Result<readonly DomainEvent[], Refusal>,
  ): Promise<Result<number, Refusal>> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const decided = decideEvents()
      if (!decided.ok) return decided
      if (decided.value.length === 0) return { ok: true, value: seq }
      const incidentIds = incidentsOfBatch(picture, decided.value)
      const atMs = clock.nowMs()
      const drafts = decided.value.map((event, i): EntryDraft => ({
        atMs,
        actor,
        commandId,
        incidentId: incidentIds[i] ?? null,
        event,
      }))
      try {
        const entries = await journal.append(drafts, seq)
        for (const entry of entries) {
          const update = take(entry)
          rememberEntry(entry)
          tell(update, entry.event)
        }
        return { ok: true, value: seq }
      } catch (error) {
        // Whether it was written is only certain after reading on: an append may have failed after its commit.
        if (!(error instanceof JournalConflict)) {
          onFault(error)
          await catchUp(true)
          if (commandId !== null && outcomes.has(commandId)) return { ok: true, value: seq }
          return refuse(503, 'store-unavailable', 'the journal did not take it: nothing happened')
        }
        await catchUp(true)
      }
    }
    return refuse(503, 'store-busy', 'others kept writing first: nothing happened')
  }

  /** Like `write`, for entries that are written elsewhere. */
  async function adopt(write: Parameters<Engine['adopt']>[0]): Promise<number> {
    for (let tries = 0; tries < MOST_TRIES; tries++)
      try {
        for (const entry of await write(picture, seq)) {
          const update = take(entry)
          rememberEntry(entry)
          tell(update, entry.event)
        }
        return seq
      } catch (error) {
        // It may have failed after its commit: what was written is read.
        await catchUp(true)
        if (!(error instanceof JournalConflict)) throw error
      }
    throw new Error('others kept writing first: nothing happened')
  }

  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = tail.then(run)
    tail = turn.catch(() => {})
    return turn
  }

  /** What is known of a command before anything is decided: its first outcome, or that the seat may not give it. */
  function settled(command: Command, seat: Seat): Result<CommandDone, Refusal> | null {
    const known = outcomes.get(command.id)
    if (known) {
      if (known.seatId === seat.id) return known.result
      return refuse(409, 'command-id-taken', 'this command id belongs to another seat')
    }
    const roles: readonly string[] = COMMAND_ROLES[command.type]
    if (!roles.includes(seat.role)) return refuse(403, 'role-not-allowed', `a ${seat.role} may not ${command.type}`)
    return null
  }

  async function handle(command: Command, seat: Seat, prepared: Prepared): Promise<Result<CommandDone, Refusal>> {
    const before = settled(command, seat)
    if (before) return before
    const written = prepared.ok
      ? await write({ kind: 'seat', seat }, command.id, () =>
          decide(picture, command, {
            nowMs: clock.nowMs(),
            newId,
            seat,
            maps,
            drones,
            etaOf,
            coverPlace,
            staff,
            warnings,
            ...prepared.value,
          }),
        )
      : prepared
    if (!written.ok) {
      // A store or planner that failed, or a plan that came too late, says nothing about the command: the same id may be
      // tried again.
      if (written.error.status !== 503 && written.error.code !== 'plan-stale')
        rememberRefusal(command.id, { seatId: seat.id, result: written })
      return written
    }
    const outcome = outcomes.get(command.id) ?? {
      seatId: seat.id,
      result: { ok: true as const, value: { seq: written.value, created: [] } },
    }
    if (!outcomes.has(command.id)) rememberRefusal(command.id, outcome) // nothing journaled: kept like a refusal
    return outcome.result
  }

  const prepare = createPreparation({ picture, maps, drones, planner, tracks, past, clock, settled })

  const engine: Engine = {
    picture,
    submit: (command, seat) =>
      prepare(command, seat, (prepared) => inTurn(() => handle(command, seat, prepared))).catch((error: unknown) => {
        onFault(error)
        return refuse(503, 'internal-fault', 'the command could not be judged: nothing happened')
      }),
    record: (actor, decideEvents) =>
      inTurn(async () => {
        const written = await write(actor, null, () => ({ ok: true, value: decideEvents(picture) }))
        if (!written.ok) throw new Error(written.error.detail)
        return written.value
      }),
    adopt: (write) => inTurn(() => adopt(write)),
    snapshot: () => toSnapshot(picture, seq, clock.nowMs()),
    snapshotSeq: () => seq,
    updatesSince: (after) => ring.since(after),
    onUpdate(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async timeline(incidentId) {
      const entries = await journal.readIncident(incidentId)
      const first = entries[0]?.seq ?? Infinity
      const last = entries.find(({ event }) => event.type === 'incident.closed')?.seq ?? Infinity
      return [
        ...entries.filter(inTimeline).map(lineOf),
        ...starts.filter(({ seq: at }) => at > first && at < last),
      ].sort((a, b) => a.seq - b.seq)
    },
  }

  await catchUp(false)
  await engine.record({ kind: 'system', part: 'server' }, () => [
    { type: 'server.started', version, lastSeq: seq, lastAtMs },
  ])
  return engine
}

const lineOf = ({ seq, atMs, actor, event }: JournalEntry): TimelineLine => ({ seq, atMs, actor, event })
