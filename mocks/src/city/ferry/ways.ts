import { capacityOf, lineIdOf, type Crossings, type LngLat, type Service, type VesselKind } from '@skerry/contract'
import { distanceM } from '../../base/flat.ts'
import { type Rand, streamFor, uniform } from '../../base/rand.ts'

const DAY_MIN = 1440
/** Speeds of boats, metres per minute, and minutes for leaving and coming alongside. */
const SPEED: Readonly<Record<VesselKind, number>> = { ordinary: 370, 'car-ferry': 370, fast: 770, speedboat: 770 }
const BERTHING_MIN = 5
/** The way over water against the straight line. */
const DETOUR = 1.2
/** People come so long before a boat at most. */
const LEAD_MIN = 70
/** Usual number of cars that come for a boat that takes so many persons, where nobody knows what it holds. */
const SEATS = 200

/** One direction of a ferry line as it is sailed. */
export interface Way {
  readonly line: string
  readonly vessel: VesselKind
  readonly from: string
  readonly to: string
  readonly fromAt: LngLat
  readonly toAt: LngLat
  /** Minutes after local midnight. */
  readonly departures: readonly number[]
  /** ISO days of the week. */
  readonly days: ReadonlySet<number>
  readonly seats: number
  readonly cars: number
  readonly crossingMin: number
  /** Persons and vehicles that come in each minute of a usual day for its boats. */
  readonly persons: Float64Array
  readonly vehicles: Float64Array
}

/** Every line of the file in both directions, with how many people a usual day brings to it. */
export function waysOf(crossings: Crossings, seed: number): Way[] {
  const terminals = new Map(crossings.terminals.map((terminal) => [terminal.id, terminal]))
  return crossings.lines.flatMap((line) => {
    const id = lineIdOf(line)
    const capacity = capacityOf(crossings, line)
    const ends = [[line.from, line.to], ...(line.both ? [[line.to, line.from]] : [])] as [string, string][]
    return ends.map(([from, to]): Way => {
      const rand = streamFor(seed, 'way', id, from)
      const departures = departuresOf(line.service)
      const seats = capacity?.persons ?? SEATS
      const cars = line.vehicles ? (capacity?.vehicles ?? 0) : 0
      const [fromAt, toAt] = [terminals.get(from)!.at, terminals.get(to)!.at]
      const crossingMin =
        line.crossingMin ?? Math.round((distanceM(fromAt, toAt) * DETOUR) / SPEED[line.vessel]) + BERTHING_MIN
      return {
        line: id,
        vessel: line.vessel,
        from,
        to,
        fromAt,
        toAt,
        departures,
        days: new Set(line.days ?? [1, 2, 3, 4, 5, 6, 7]),
        seats,
        cars,
        crossingMin,
        persons: comingFor(departures, seats * uniform(rand, 0.35, 0.6), rand),
        vehicles: comingFor(departures, cars * uniform(rand, 0.4, 0.7), rand),
      }
    })
  })
}

export function departuresOf(service: Service): number[] {
  const minute = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
  if ('departures' in service) return [...new Set(service.departures.map(minute))].sort((a, b) => a - b)
  const all: number[] = []
  for (let at = minute(service.first); at <= minute(service.last); at += service.everyMin) all.push(at)
  return all
}

/** How busy a minute of the day is: a peak in the morning, a lower one in the late afternoon, nothing at night. */
export function bustle(minute: number, morning = 8.5): number {
  const peak = (hour: number, widthH: number): number => Math.exp(-(((minute / 60 - hour) / widthH) ** 2))
  return Math.min(1, peak(morning, 1.6) + 0.75 * peak(16.5, 1.9) + 0.35 * peak(12.5, 2.5))
}

/**
 * When those come who want to go: for boats that leave often all the time, for the others in the hour before each, most of
 * them some 25 minutes before it leaves.
 */
function comingFor(departures: readonly number[], perBoat: number, rand: Rand): Float64Array {
  const coming = new Float64Array(DAY_MIN)
  if (perBoat <= 0) return coming
  const morning = uniform(rand, 7.8, 9.6)
  const busy = departures.map((at) => 0.15 + bustle(at, morning))
  const mean = busy.reduce((sum, value) => sum + value, 0) / Math.max(1, busy.length)
  departures.forEach((at, i) => {
    const gap = i === 0 ? LEAD_MIN : at - departures[i - 1]!
    const lead = Math.max(5, Math.min(gap, LEAD_MIN))
    const weights = Array.from({ length: lead }, (_, k) => (lead <= 30 ? 1 : Math.max(0.02, 1 - Math.abs(k - 25) / 35)))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    weights.forEach((weight, k) => {
      const minute = at - 1 - k
      if (minute >= 0) coming[minute]! += ((perBoat * busy[i]!) / mean) * (weight / sum)
    })
  })
  return coming
}
