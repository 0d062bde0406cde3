import type { CheckpointCount } from '@skerry/contract'
import { poisson, type Rand } from '../base/rand.ts'
import type { Terminal } from './terminals.ts'

/** What stands before the boat, and what is still coming off the last one. */
export interface Gate {
  readonly queuePersons: number
  readonly queueVehicles: number
  readonly landingPersons: number
  readonly landingVehicles: number
}
export const EMPTY_GATE: Gate = { queuePersons: 0, queueVehicles: 0, landingPersons: 0, landingVehicles: 0 }
export type Counts = Omit<CheckpointCount, 'checkpointId' | 'minuteMs'>

const SHANGHAI_MIN = 8 * 60
const DAY_MIN = 24 * 60

/** Minute of the day in Asia/Shanghai (no summer time). */
export const minuteOfDay = (ms: number): number => (Math.floor(ms / 60_000) + SHANGHAI_MIN) % DAY_MIN

/** How busy the hour is, 0..1: a morning peak, a lower one in the late afternoon, nothing at night. */
export function bustle(minute: number): number {
  const peak = (hour: number, widthH: number): number => Math.exp(-(((minute / 60 - hour) / widthH) ** 2))
  return Math.min(1, peak(8.5, 1.6) + 0.75 * peak(16.5, 1.9) + 0.35 * peak(12.5, 2.5))
}

export const sails = (t: Terminal, minute: number): boolean =>
  minute >= t.firstMin && minute <= t.lastMin && (minute - t.firstMin) % t.everyMin === 0

/** One minute at a terminal: people come, a boat may land and sail. `out` boards, `in` comes ashore. */
export function gateMinute(gate: Gate, t: Terminal, minute: number, rand: Rand): { gate: Gate; counts: Counts } {
  // People come for a boat: from an hour before the first sailing, not after the last.
  const open = minute >= t.firstMin - 60 && minute <= t.lastMin
  const busy = open ? bustle(minute) : 0
  const arrived = poisson(rand, (t.busyPersonsPerHour / 60) * busy)
  const drove = poisson(rand, (t.busyVehiclesPerHour / 60) * busy)
  const sailing = sails(t, minute)
  const queue = { persons: gate.queuePersons + arrived, vehicles: gate.queueVehicles + drove }
  const boarded = sailing ? Math.min(t.seats, queue.persons) : 0
  const loaded = sailing ? Math.min(t.cars, queue.vehicles) : 0
  const landed = sailing
    ? Math.min(t.seats, poisson(rand, (t.busyPersonsPerHour / 60) * t.everyMin * bustle(minute)))
    : 0
  const rolled = sailing
    ? Math.min(t.cars, poisson(rand, (t.busyVehiclesPerHour / 60) * t.everyMin * bustle(minute)))
    : 0
  const ashore = { persons: gate.landingPersons + landed, vehicles: gate.landingVehicles + rolled }
  // A boat empties in three to four minutes.
  const inPersons = Math.min(ashore.persons, Math.max(20, Math.ceil(ashore.persons * 0.45)))
  const inVehicles = Math.min(ashore.vehicles, 8)
  const next: Gate = {
    queuePersons: queue.persons - boarded,
    queueVehicles: queue.vehicles - loaded,
    landingPersons: ashore.persons - inPersons,
    landingVehicles: ashore.vehicles - inVehicles,
  }
  const counts: Counts = {
    inPersons,
    outPersons: boarded,
    inVehicles: t.cars === 0 ? null : inVehicles,
    outVehicles: t.cars === 0 ? null : loaded,
    queuePersons: t.knowsQueue ? next.queuePersons : null,
    queueVehicles: t.knowsQueue && t.cars > 0 ? next.queueVehicles : null,
  }
  return { gate: next, counts }
}
