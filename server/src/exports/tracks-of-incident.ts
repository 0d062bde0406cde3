import type { Unit } from '@skerry/contract'
import type { TrackStore } from '../store/tracks.ts'
import type { UnitOut } from './incident-document.ts'
import type { SpanOut } from './spans-out.ts'

/** Points of one unit in a file; the newest are kept. */
const MOST_POINTS = 20_000

/** Units that were out for an incident, with their stored positions of that time and of no other. */
export const unitsOut = (
  spans: ReadonlyMap<string, readonly SpanOut[]>,
  units: ReadonlyMap<string, Unit>,
  store: Pick<TrackStore, 'range'>,
  nowMs: number,
): Promise<UnitOut[]> =>
  Promise.all(
    [...spans].map(async ([id, all]): Promise<UnitOut> => {
      const known = units.get(id)
      const points = await Promise.all(
        all.map(({ fromMs, toMs }) => store.range('unit', id, fromMs, toMs ?? nowMs, MOST_POINTS)),
      )
      return {
        unit: { id, callSign: known?.callSign ?? id, kind: known?.kind ?? null },
        spans: all,
        points: points.flat().slice(-MOST_POINTS),
      }
    }),
  )
