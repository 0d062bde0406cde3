import type { Checkpoint, DomainEvent, FlowStream } from '@skerry/contract'
import { clearAlarm, raiseAlarm } from '../domain/alarms/rules.ts'
import type { Picture } from '../picture/picture.ts'

/** Parts of a detail, in no language: the console puts them into words. */
export const detailOf = (...parts: readonly (string | number)[]): string => parts.join('|')

/**
 * Alarms that the figures of a checkpoint raise and end: a surge, counts that no longer come, and people for whom no boat
 * is left today. Pure. What is not known raises nothing and ends nothing, except that counts which come are not silent.
 * `lostSinceMs` is since when its counts are lost, as far as this server has seen.
 * @param placesLeft places that today's boats of a line still have; null where that is not known
 */
export function checkpointAlarms(
  picture: Picture,
  checkpoint: Checkpoint,
  placesLeft: (line: string | null) => number | null,
  ctx: { nowMs: number; newId: () => string; strandedPersons: number; lostSinceMs: number | null },
): DomainEvent[] {
  return [
    ...silence(picture, checkpoint, ctx),
    ...checkpoint.streams
      .filter(({ line }) => line === null)
      .flatMap((stream) => surge(picture, checkpoint, stream, ctx)),
    ...stranded(picture, checkpoint, placesLeft, ctx),
  ]
}

type Ctx = { nowMs: number; newId: () => string }
const subjectOf = ({ id }: Checkpoint) => ({ kind: 'checkpoint', id }) as const

/** Counts that come at last, oldest first, look lost for a moment. */
const LOST_FOR_MS = 60_000

function silence(picture: Picture, checkpoint: Checkpoint, ctx: Ctx & { lostSinceMs: number | null }): DomainEvent[] {
  const { id, name, state, position, feed } = checkpoint
  if (state === 'live') return clearAlarm(picture, 'checkpoint-silent', id)
  if (state !== 'lost' || ctx.lostSinceMs === null || ctx.nowMs - ctx.lostSinceMs < LOST_FOR_MS) return []
  return raiseAlarm(picture, ctx, {
    priority: 'notice',
    kind: 'checkpoint-silent',
    subject: subjectOf(checkpoint),
    incidentId: null,
    detail: detailOf(name.zh, name.en),
    position,
    feed,
  })
}

function surge(picture: Picture, checkpoint: Checkpoint, stream: FlowStream, ctx: Ctx): DomainEvent[] {
  const { direction, counts, surge: judged } = stream
  const key = `${direction} ${counts}`
  if (judged === null) return []
  if (!judged.stands) return clearAlarm(picture, 'checkpoint-surge', checkpoint.id, key)
  return raiseAlarm(picture, ctx, {
    priority: 'warning',
    kind: 'checkpoint-surge',
    subject: subjectOf(checkpoint),
    key,
    incidentId: null,
    detail: detailOf(
      checkpoint.name.zh,
      checkpoint.name.en,
      direction,
      counts,
      judged.observed,
      Math.round(judged.expected),
      judged.n,
    ),
    position: checkpoint.position,
    feed: checkpoint.feed,
  })
}

/** Lines whose queue is known, each for itself: a boat to one island takes nobody to another. */
function stranded(
  picture: Picture,
  checkpoint: Checkpoint,
  placesLeft: (line: string | null) => number | null,
  ctx: Ctx & { strandedPersons: number },
): DomainEvent[] {
  if (checkpoint.kind !== 'ferry') return []
  const boarding = checkpoint.streams.filter(({ direction, counts }) => direction === 'out' && counts === 'persons')
  const lines = boarding.length > 1 ? boarding.filter(({ line }) => line !== null) : boarding
  return lines.flatMap(({ line, waiting }) => {
    const named = line ?? checkpoint.lanes.find((lane) => lane.line !== undefined)?.line ?? null
    const places = waiting === null ? null : placesLeft(named)
    if (waiting === null || places === null) return []
    const key = line ?? 'all'
    if (waiting - places < ctx.strandedPersons) return clearAlarm(picture, 'checkpoint-stranded', checkpoint.id, key)
    return raiseAlarm(picture, ctx, {
      priority: 'warning',
      kind: 'checkpoint-stranded',
      subject: subjectOf(checkpoint),
      key,
      incidentId: null,
      detail: detailOf(checkpoint.name.zh, checkpoint.name.en, waiting, places, named ?? ''),
      position: checkpoint.position,
      feed: checkpoint.feed,
    })
  })
}
