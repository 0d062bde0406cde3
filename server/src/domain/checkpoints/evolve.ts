import type { Change, Checkpoint, EventOf } from '@skerry/contract'
import { changed, type Picture } from '../../picture/picture.ts'

/** A declared checkpoint. Its counts are perishable and never journaled: the desk of checkpoints adds them. */
export const evolveCheckpoints = (_: Picture, event: EventOf<'checkpoints.declared'>): Change[] =>
  event.checkpoints.map(({ id, name, kind, position, terminal, onto, off, lanes = [] }) => {
    const checkpoint: Checkpoint = {
      id,
      name,
      kind,
      position,
      terminal: terminal ?? null,
      onto: onto ?? null,
      off: off ?? null,
      lanes,
      feed: event.feed ?? null,
      newestMinuteMs: null,
      receivedAtMs: null,
      state: 'unknown',
      flow: null,
      waiting: { persons: null, vehicles: null },
      streams: [],
      history: { in: [], out: [] },
      laneRates: [],
    }
    return changed('checkpoint', id, checkpoint)
  })
