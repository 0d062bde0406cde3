import type { TypedMessages } from '../wire/typed-messages.ts'
import { linkState } from './link-state.ts'
import type { BatteryReading, Vehicle } from './vehicle.ts'

/** MAV_COMP_ID_BATTERY and BATTERY2: batteries that speak for themselves. Any other component repeats what it heard. */
export const BATTERY_COMPONENTS: ReadonlySet<number> = new Set([180, 181])
/** MAV_BATTERY_FUNCTION_PAYLOAD: it holds nothing in the air. */
const PAYLOAD = 4
/**
 * A battery that is silent for so long while another speaks was taken out, or its number has changed. None of both happens
 * in flight: there its monitor has failed, and what the others hold says nothing of what it does.
 */
const SILENT_MS = 60_000
/** Longer than the slowest stream that is asked for, with several lost in a row. */
const STALE_MS = 30_000
const UINT16_UNKNOWN = 0xffff
const MOST_BATTERIES = 16

const percent = (value: number): number | null => (value < 0 || value > 100 ? null : value / 100)
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** BATTERY_STATUS (147). */
export function observeBattery(
  vehicle: Vehicle,
  fields: TypedMessages['BATTERY_STATUS'],
  atMs: number,
  comp: number,
): Vehicle {
  if (fields.battery_function === PAYLOAD) return vehicle
  const cells = [...fields.voltages, ...fields.voltages_ext].filter((mv) => mv !== UINT16_UNKNOWN && mv !== 0)
  return withBattery(vehicle, comp, fields.id, {
    voltageV: cells.length > 0 ? cells.reduce((sum, mv) => sum + mv, 0) / 1000 : null,
    remainingShare: percent(fields.battery_remaining),
    remainingS: fields.time_remaining > 0 ? fields.time_remaining : null,
    atMs,
  })
}

/** BATTERY_STATUS_V2 (369). It carries no time left: what BATTERY_STATUS says of that stays. */
export function observeBatteryV2(
  vehicle: Vehicle,
  fields: TypedMessages['BATTERY_STATUS_V2'],
  atMs: number,
  comp: number,
): Vehicle {
  const [voltageV, remainingShare] = [finite(fields.voltage), percent(fields.percent_remaining)]
  if (vehicle.battery === null && voltageV === null && remainingShare === null) return vehicle
  const remainingS = vehicle.batteries.get(keyOf(comp, fields.id))?.remainingS ?? null
  return withBattery(vehicle, comp, fields.id, { voltageV, remainingShare, remainingS, atMs })
}

/** SYS_STATUS (1) speaks of the first battery, without the time that is left. 0 mV and -1 %: there is no monitor. */
export function observeMainBattery(vehicle: Vehicle, fields: TypedMessages['SYS_STATUS'], atMs: number): Vehicle {
  const voltageV = [0, UINT16_UNKNOWN].includes(fields.voltage_battery) ? null : fields.voltage_battery / 1000
  const remainingShare = percent(fields.battery_remaining)
  if (voltageV === null && remainingShare === null) return vehicle
  const known = vehicle.batteries.get(keyOf(vehicle.autopilotComp, 0))
  return withBattery(vehicle, vehicle.autopilotComp, 0, {
    voltageV,
    remainingShare,
    remainingS: known?.remainingS ?? null,
    atMs,
  })
}

const keyOf = (comp: number, id: number): string => `${comp}/${id}`

function withBattery(vehicle: Vehicle, comp: number, id: number, said: BatteryReading): Vehicle {
  const key = keyOf(comp, id)
  const stands = vehicle.armedKnown && !vehicle.armed
  const heard = [...vehicle.batteries].filter(
    ([of, { atMs }]) => of !== key && (!stands || said.atMs - atMs < SILENT_MS),
  )
  const before = vehicle.batteries.get(key)
  const reading = { ...said, voltageV: said.voltageV ?? before?.voltageV ?? null }
  const batteries = new Map([...heard.slice(0, MOST_BATTERIES - 1), [key, reading] as const])
  return { ...vehicle, batteries, battery: weakest([...batteries.values()]) }
}

/**
 * What its batteries hold as of now: unknown where none of them has spoken for long. Not of a vehicle that is not heard at
 * all, or by satellite only: of those everything is old, and said to be.
 */
export function batteryNow(vehicle: Vehicle, nowMs: number): Vehicle['battery'] {
  if (vehicle.highLatency || linkState(vehicle, nowMs) === 'lost' || vehicle.batteries.size === 0)
    return vehicle.battery
  const newestMs = Math.max(...[...vehicle.batteries.values()].map(({ atMs }) => atMs))
  return nowMs - newestMs > STALE_MS ? null : vehicle.battery
}

/**
 * What a vehicle with several batteries still has: the least that any of them says, of its share and of its time. Its time
 * is unknown where the one with the least share tells none: that of a fuller one would stand for it. The voltage is that of the battery with the least share, or of the first where none says its share.
 */
function weakest(batteries: readonly BatteryReading[]): NonNullable<Vehicle['battery']> {
  const least = (a: number | null, b: number | null): number | null =>
    a === null ? b : b === null ? a : Math.min(a, b)
  const [first] = batteries
  const low = batteries.reduce(
    (lowest, each) => ((each.remainingShare ?? Infinity) < (lowest.remainingShare ?? Infinity) ? each : lowest),
    first!,
  )
  return {
    voltageV: low.voltageV,
    remainingShare: low.remainingShare,
    remainingS:
      low.remainingShare !== null && low.remainingS === null
        ? null
        : batteries.reduce<number | null>((time, each) => least(time, each.remainingS), null),
  }
}
