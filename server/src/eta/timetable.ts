import type { Service } from '@skerry/contract'

const DAY_MIN = 1440
const MIN_MS = 60_000

/** Departures of a service as minutes after local midnight, in order, without repeats. */
export function departuresOf(service: Service): number[] {
  if ('departures' in service) return [...new Set(service.departures.map(minuteOf))].sort((a, b) => a - b)
  const [first, last] = [minuteOf(service.first), minuteOf(service.last)]
  const all: number[] = []
  for (let at = first; at <= last; at += service.everyMin) all.push(at)
  return all
}

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

/** First departure at or after a moment, and whether it is the day's last. Never null: there is a next day. */
export function nextDeparture(
  minutes: readonly number[],
  atMs: number,
  utcOffsetMin: number,
): { atMs: number; last: boolean } {
  const localMin = atMs / MIN_MS + utcOffsetMin
  const day = Math.floor(localMin / DAY_MIN)
  const minute = localMin - day * DAY_MIN
  let low = 0
  let high = minutes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (minutes[middle]! < minute) low = middle + 1
    else high = middle
  }
  const tomorrow = low === minutes.length
  const at = (day + (tomorrow ? 1 : 0)) * DAY_MIN + minutes[tomorrow ? 0 : low]!
  return { atMs: Math.round((at - utcOffsetMin) * MIN_MS), last: !tomorrow && low === minutes.length - 1 }
}
