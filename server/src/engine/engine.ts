import type {
  Actor,
  Command,
  CommandDone,
  DomainEvent,
  JournalEntry,
  ProblemCode,
  Seat,
  Snapshot,
  TimelineLine,
  Update,
} from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'

/** Why a command was not taken. `code` is what the console has words for; `status` is the HTTP status it maps to. */
export interface Refusal {
  code: ProblemCode
  detail: string
  status: 400 | 403 | 404 | 409 | 422 | 503
}
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E }

/** The events plane: command -> decide -> journal (durable) -> evolve -> publish, one at a time, in order. */
export interface Engine {
  /** The live picture; read only outside the engine. */
  readonly picture: Picture
  submit(command: Command, seat: Seat): Promise<Result<CommandDone, Refusal>>
  /** Events that a part of the system observed. `decide` sees the newest picture, inside the queue. */
  record(actor: Actor, decide: (picture: Picture) => readonly DomainEvent[]): Promise<number>
  /**
   * Takes entries that the store writes together with something of its own. `write` is told the last number, inside the
   * queue, and is asked again when somebody else wrote first; no entries: nothing happened.
   */
  adopt(write: (picture: Picture, lastSeq: number) => Promise<readonly JournalEntry[]>): Promise<number>
  snapshot(): Snapshot
  /** Number of the newest entry that the picture holds. */
  snapshotSeq(): number
  /** Exactly the updates after `seq`, or null when they are no longer held and a snapshot is needed. */
  updatesSince(seq: number): Update[] | null
  /** Listener is called after the entry is durable, in order. Returns its own undo. */
  onUpdate(listener: (update: Update, entryEvent: DomainEvent) => void): () => void
  timeline(incidentId: string): Promise<TimelineLine[]>
}
