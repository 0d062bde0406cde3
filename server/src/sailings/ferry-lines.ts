import { capacityOf, lineIdOf, type Crossings, type LngLat, type VesselKind } from '@skerry/contract'
import { BERTHING_S, VESSEL_MPS } from '../eta/speeds.ts'
import { departuresOf } from '../eta/timetable.ts'
import { lineM } from '../eta/line.ts'

/** Ways over water against the straight line, until the network of ways is made. */
const DETOUR = 1.2

/** One direction of a line of the timetable. */
export interface FerryLine {
  id: string
  from: string
  to: string
  fromAt: LngLat
  toAt: LngLat
  vessel: VesselKind
  /** Minutes after local midnight. */
  departures: readonly number[]
  /** Days of the week, 1 Monday to 7 Sunday. */
  days: ReadonlySet<number>
  capacity: { persons: number | null; vehicles: number | null }
  /** Ships that are known to sail it. */
  vessels: ReadonlySet<string>
  /** Quay to quay, seconds; an estimate where the file does not say it. */
  crossingS: number
  crossingSaid: boolean
  undated: boolean
}

/** Every line of a crossings file in both directions in which it sails. */
export function ferryLines(crossings: Crossings): FerryLine[] {
  const terminals = new Map(crossings.terminals.map((terminal) => [terminal.id, terminal]))
  return crossings.lines.flatMap((line) => {
    const ends: [string, string][] = [
      [line.from, line.to],
      ...(line.both ? [[line.to, line.from] as [string, string]] : []),
    ]
    const holds = capacityOf(crossings, line)
    return ends.map(([from, to]): FerryLine => {
      const [fromAt, toAt] = [terminals.get(from)!.at, terminals.get(to)!.at]
      const sailS = (lineM(fromAt, toAt) * DETOUR) / VESSEL_MPS[line.vessel] + BERTHING_S
      return {
        id: lineIdOf(line),
        from,
        to,
        fromAt,
        toAt,
        vessel: line.vessel,
        departures: departuresOf(line.service),
        days: new Set(line.days ?? [1, 2, 3, 4, 5, 6, 7]),
        capacity: { persons: holds?.persons ?? null, vehicles: line.vehicles ? (holds?.vehicles ?? null) : 0 },
        vessels: new Set(line.vessels),
        crossingS: line.crossingMin === null ? sailS : line.crossingMin * 60,
        crossingSaid: line.crossingMin !== null,
        undated: line.asOf === null,
      }
    })
  })
}
