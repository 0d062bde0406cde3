import type { Checkpoint, FlowStream } from '@skerry/contract'
import { longestWait } from '@skerry/layers'

/** From so many minutes on a wait is long. */
export const LONG_WAIT_MIN = 60

/** What stands out at a checkpoint, the more urgent the higher. */
export type Standing = 'surge' | 'lost' | 'long-wait' | 'behind' | 'calm'
const WEIGHT: Readonly<Record<Standing, number>> = { surge: 4, lost: 3, 'long-wait': 2, behind: 1, calm: 0 }

export const surgeOf = (streams: readonly FlowStream[]): FlowStream | null =>
  streams.find(({ surge }) => surge?.stands === true) ?? null

export function standingOf(checkpoint: Pick<Checkpoint, 'streams' | 'state'>): Standing {
  if (surgeOf(checkpoint.streams) !== null) return 'surge'
  if (checkpoint.state === 'lost') return 'lost'
  const wait = waitingLong(checkpoint)
  if (wait) return 'long-wait'
  return checkpoint.state === 'behind' ? 'behind' : 'calm'
}

/** Somebody waits, and will for long. A wait until tomorrow of somebody who missed the last boat is one too. */
function waitingLong({ streams }: Pick<Checkpoint, 'streams'>): boolean {
  const wait = longestWait(streams.filter(({ counts }) => counts === 'persons'))
  return wait !== null && wait >= LONG_WAIT_MIN
}

/** What stands out first, then where most people move; those of equal flow by name, so that nothing jumps. */
export function orderCheckpoints(checkpoints: Iterable<Checkpoint>): Checkpoint[] {
  const flow = ({ flow: f }: Checkpoint): number => (f?.inPersonsPerMin ?? 0) + (f?.outPersonsPerMin ?? 0)
  return [...checkpoints].sort(
    (a, b) =>
      WEIGHT[standingOf(b)] - WEIGHT[standingOf(a)] ||
      (b.waiting.persons ?? 0) + flow(b) * 10 - (a.waiting.persons ?? 0) - flow(a) * 10 ||
      a.id.localeCompare(b.id),
  )
}

/** All that goes one way of one kind; null where the checkpoint has no such lanes. */
export const totalOf = (
  { streams }: Pick<Checkpoint, 'streams'>,
  direction: FlowStream['direction'],
  counts: FlowStream['counts'],
): FlowStream | null =>
  streams.find((each) => each.direction === direction && each.counts === counts && each.line === null) ?? null

/** Queues of a direction and kind: of each line where there are several, else the one. */
export function queuesOf(
  { streams }: Pick<Checkpoint, 'streams'>,
  direction: FlowStream['direction'],
  counts: FlowStream['counts'],
): FlowStream[] {
  const own = streams.filter((each) => each.direction === direction && each.counts === counts)
  const lines = own.filter(({ line }) => line !== null)
  return lines.length > 0 ? lines : own
}
