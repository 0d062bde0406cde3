import type { Checkpoint } from '@skerry/contract'
import type { LaneSum } from '../store/checkpoint-counts.ts'

/** Fewer than so many could be single persons: an export does not give them. */
const LEAST = 10

/**
 * Hours of every lane as CSV (RFC 4180), times in ISO 8601 UTC. A count from 1 to 9 is `<10`; unknown is empty. Where one
 * of the two counts of an hour is withheld, it cannot be had from the other: they are of different people.
 */
export function countsCsv(
  checkpoints: readonly Pick<Checkpoint, 'id' | 'lanes'>[],
  sums: ReadonlyMap<string, readonly LaneSum[]>,
): string {
  const lines = ['checkpoint,lane,direction,counts,hour_utc,minutes_counted,passed,invalid']
  for (const { id, lanes } of checkpoints) {
    const of = new Map(lanes.map((lane) => [lane.id, lane]))
    for (const { lane, startMs, minutes, valid, invalid, manual } of sums.get(id) ?? []) {
      const declared = of.get(lane)
      if (declared === undefined) continue
      const passed = valid === null ? null : valid + (manual ?? 0)
      lines.push(
        [
          id,
          lane,
          declared.direction,
          declared.counts,
          new Date(startMs).toISOString(),
          minutes,
          cell(passed),
          cell(invalid),
        ].join(','),
      )
    }
  }
  return `${lines.join('\r\n')}\r\n`
}

const cell = (count: number | null): string =>
  count === null ? '' : count > 0 && count < LEAST ? `<${LEAST}` : String(count)
