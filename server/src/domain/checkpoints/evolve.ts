import type { Change, EventOf } from '@skerry/contract'
import { changed, type Picture } from '../../picture/picture.ts'

const HOUR_MIN = 60

/** A declared checkpoint, with the counts it already has. Counts themselves are perishable and never journaled. */
export const evolveCheckpoints = (picture: Picture, event: EventOf<'checkpoints.declared'>): Change[] =>
  event.checkpoints.map((declared) => {
    const known = picture.checkpoint.get(declared.id)
    const counts = known ?? {
      latest: null,
      receivedAtMs: null,
      flow: null,
      history: Array.from({ length: HOUR_MIN }, () => null),
    }
    return changed('checkpoint', declared.id, { ...counts, ...declared })
  })
