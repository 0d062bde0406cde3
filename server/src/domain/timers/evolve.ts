import type { Change, EventOf } from '@skerry/contract'
import { changed } from '../../picture/picture.ts'

export const evolveTimer = (event: EventOf<'timer.set' | 'timer.ended'>): Change[] =>
  event.type === 'timer.set'
    ? [changed('timer', event.timer.unitId, event.timer)]
    : [changed('timer', event.unitId, null)]
