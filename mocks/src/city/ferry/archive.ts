import type { CountArchive, FlowDirection, Flowing } from '@skerry/contract'
import { poisson, streamFor } from '../../base/rand.ts'
import { dayFactor, minuteOfDay, startOfDay } from './days.ts'
import type { Listener } from './ferry-world.ts'
import type { Gate } from './gates.ts'
import type { Way } from './ways.ts'

const HOUR_MS = 3_600_000
type LaneSeries = CountArchive['lanes'][number]
type QueueSeries = CountArchive['queues'][number]

interface LaneSums {
  valid: Float64Array
  invalid: Float64Array
  manual: Float64Array
  minutes: Uint8Array
}

/** Sums what gates count by the hour, as their owners keep it. An hour that was not counted whole is unknown. */
export interface Archive extends Listener {
  /** Begins a minute: what is told next is of it. */
  at(minuteMs: number): void
  /** One body for the intake per gate, of the hours that are over. */
  bodies(): CountArchive[]
}

export function createArchive(fromMs: number, hours: number): Archive {
  const lanes = new Map<Gate, Map<string, LaneSums>>()
  const queues = new Map<Gate, Map<string, { of: Omit<QueueSeries, 'waiting'>; waiting: (number | null)[] }>>()
  let hour = 0
  let end = 0
  const sums = (): LaneSums => ({
    valid: new Float64Array(hours),
    invalid: new Float64Array(hours),
    manual: new Float64Array(hours),
    minutes: new Uint8Array(hours),
  })
  return {
    at(minuteMs) {
      hour = Math.floor((minuteMs - fromMs) / HOUR_MS)
      end = hour
    },
    count(gate, lane, valid, invalid, manual) {
      if (hour >= hours) return
      const of = lanes.get(gate) ?? new Map<string, LaneSums>()
      lanes.set(gate, of)
      let sum = of.get(lane)
      if (sum === undefined) of.set(lane, (sum = sums()))
      sum.valid[hour]! += valid
      sum.invalid[hour]! += invalid
      sum.manual[hour]! += manual
      sum.minutes[hour]!++
    },
    queue(gate, direction, counts, line, waiting) {
      if (hour >= hours) return
      const of = queues.get(gate) ?? new Map<string, { of: Omit<QueueSeries, 'waiting'>; waiting: (number | null)[] }>()
      queues.set(gate, of)
      const key = `${direction} ${counts} ${line ?? ''}`
      let series = of.get(key)
      if (series === undefined) {
        const named = line === undefined ? {} : { line }
        const checkpointId = gate.declaration.id
        const head = { checkpointId, direction, counts, ...named, fromMs, stepMin: 60 as const }
        of.set(key, (series = { of: head, waiting: Array.from({ length: hours }, () => null) }))
      }
      series.waiting[hour] = waiting
    },
    sailing: () => undefined,
    bodies: () =>
      [...lanes].map(([gate, of]) => ({
        lanes: [...of].map(([lane, sum]): LaneSeries => {
          const whole = (values: Float64Array) =>
            Array.from(values.subarray(0, end), (value, i) => (sum.minutes[i] === 60 ? value : null))
          const [valid, invalid, manual] = [sum.valid, sum.invalid, sum.manual].map(whole)
          return {
            checkpointId: gate.declaration.id,
            lane,
            fromMs,
            stepMin: 60,
            valid: valid!,
            invalid: invalid!,
            manual: manual!,
          }
        }),
        queues: [...(queues.get(gate)?.values() ?? [])].map(({ of: head, waiting }) => ({
          ...head,
          waiting: waiting.slice(0, end),
        })),
      })),
  }
}

/**
 * Hours of some days of former years, roughly: as many as wanted to go, without boats and queues. For comparisons of
 * holidays, for which gates keep sums only.
 */
export function formerDays(o: {
  seed: number
  gates: readonly Gate[]
  ways: readonly Way[]
  fromDay: number
  days: number
}): CountArchive[] {
  const { seed, gates, ways, fromDay, days } = o
  const fromMs = startOfDay(fromDay)
  const hours = days * 24
  return gates.map(({ declaration: { id, kind, lanes } }) => ({
    lanes: lanes.map((lane): LaneSeries => {
      const rand = streamFor(seed, 'former', id, lane.id, fromDay)
      const shares = lanes.filter((other) => sameFlow(other, lane)).length
      const valid = Array.from({ length: hours }, (_, i) => {
        const minute = minuteOfDay(fromMs + i * HOUR_MS)
        const mean = kind === 'bridge' ? 300 : wanted(ways, id, lane.direction, lane.counts, lane.line, minute)
        return whole(rand, (mean * dayFactor(seed, fromDay + Math.floor(i / 24))) / shares)
      })
      return { checkpointId: id, lane: lane.id, fromMs, stepMin: 60, valid }
    }),
    queues: [],
  }))
}

const sameFlow = (a: { direction: FlowDirection; counts: Flowing; line?: string | undefined }, b: typeof a): boolean =>
  a.direction === b.direction && a.counts === b.counts && a.line === b.line

/** Who comes for the boats of a line in an hour; ashore go those who came at the other end. */
function wanted(
  ways: readonly Way[],
  terminal: string,
  direction: FlowDirection,
  counts: Flowing,
  line: string | undefined,
  minute: number,
): number {
  let sum = 0
  for (const way of ways) {
    if (direction === 'out' ? way.from !== terminal || way.line !== line : way.to !== terminal) continue
    for (let m = minute; m < minute + 60; m++) sum += way[counts][m]!
  }
  return sum
}

const whole = (rand: () => number, mean: number): number =>
  mean < 200 ? poisson(rand, mean) : Math.round(mean + Math.sqrt(mean) * (rand() + rand() + rand() - 1.5) * 2)
