import type { Actor, Checkpoint, DomainEvent } from '@skerry/contract'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { Picture } from '../picture/picture.ts'
import type { SailingBoard } from '../sailings/sailing-board.ts'
import { checkpointAlarms } from './checkpoint-alarms.ts'
import type { CheckpointDesk } from './checkpoint-desk.ts'

const ACTOR: Actor = { kind: 'system', part: 'checkpoints' }

/** Records what the figures of the checkpoints raise and end. Gives its own undo. */
export function startCheckpointRecorder(o: {
  engine: Pick<Engine, 'picture' | 'record'>
  desk: Pick<CheckpointDesk, 'onChange'>
  boats: Pick<SailingBoard, 'placesLeftToday'>
  strandedPersons: number
  clock: Pick<Scheduler, 'nowMs'>
  newId: () => string
  onFault: (error: unknown) => void
}): () => void {
  const { engine, desk, boats, strandedPersons, clock, newId, onFault } = o
  const lostSince = new Map<string, number>()
  return desk.onChange((checkpoints: readonly Checkpoint[]) => {
    const nowMs = clock.nowMs()
    for (const { id, state } of checkpoints)
      if (state !== 'lost') lostSince.delete(id)
      else if (!lostSince.has(id)) lostSince.set(id, nowMs)
    const due = (picture: Picture): DomainEvent[] =>
      checkpoints.flatMap((checkpoint) =>
        checkpointAlarms(
          picture,
          checkpoint,
          (line) => boats.placesLeftToday(checkpoint.terminal ?? checkpoint.id, line, 'persons', nowMs),
          { nowMs, newId, strandedPersons, lostSinceMs: lostSince.get(checkpoint.id) ?? null },
        ),
      )
    if (due(engine.picture).length > 0) engine.record(ACTOR, due).catch(onFault)
  })
}
