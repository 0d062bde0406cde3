import type { Search, Task, Unit } from '@skerry/contract'
import type { TrackStore } from '../store/tracks.ts'
import type { ExportTrack } from './things-out.ts'

/** Points of one track in a file; the newest are kept. */
const MOST_POINTS = 20_000

interface Span {
  fromMs: number
  toMs: number
}

/**
 * What was flown and walked on a search, out of the stored positions: the sorties of its tasks, the units that are sent
 * to its incident while it runs, and what receivers recorded. A unit's spans that overlap are one.
 */
export async function tracksOfSearch(
  search: Search,
  tasks: readonly Task[],
  unitIds: readonly string[],
  units: ReadonlyMap<string, Unit>,
  store: Pick<TrackStore, 'range'>,
  nowMs: number,
): Promise<ExportTrack[]> {
  const spans = new Map<string, Span[]>()
  const add = (unitId: string, span: Span): void => void spans.set(unitId, [...(spans.get(unitId) ?? []), span])
  for (const unitId of unitIds) add(unitId, { fromMs: search.openedAtMs, toMs: search.endedAtMs ?? nowMs })
  for (const { unitId, fromMs, toMs } of search.teamTracks ?? []) add(unitId, { fromMs, toMs })
  const walked = [...spans].flatMap(([unitId, all]) =>
    merged(all).map(async ({ fromMs, toMs }): Promise<ExportTrack> => {
      const points = await store.range('unit', unitId, fromMs, toMs, MOST_POINTS)
      return {
        of: { kind: 'team', callSign: units.get(unitId)?.callSign ?? unitId },
        points: points.map(({ atMs, lngLat }) => ({ atMs, lngLat, heightAmslM: null })),
      }
    }),
  )
  const [flown, onFoot] = await Promise.all([flightsOf(tasks, store, nowMs), Promise.all(walked)])
  return [...flown, ...onFoot].filter(({ points }) => points.length > 1)
}

/** The sorties of tasks, out of the stored positions; those that have not begun have none. */
export const flightsOf = (
  tasks: readonly Task[],
  store: Pick<TrackStore, 'range'>,
  nowMs: number,
): Promise<ExportTrack[]> =>
  Promise.all(
    tasks
      .filter(({ startedAtMs }) => startedAtMs !== null)
      .map(async (task): Promise<ExportTrack> => {
        const points = await store.range('drone', task.droneId, task.startedAtMs!, task.endedAtMs ?? nowMs, MOST_POINTS)
        return {
          of: { kind: 'flight', drone: task.droneId, task: task.number },
          points: points.map(({ atMs, lngLat }) => ({ atMs, lngLat, heightAmslM: null })),
        }
      }),
  )

/** Spans in order, those that overlap as one. */
export function merged(spans: readonly Span[]): Span[] {
  const out: Span[] = []
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = out.at(-1)
    if (last !== undefined && span.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, span.toMs)
    else out.push({ ...span })
  }
  return out
}
