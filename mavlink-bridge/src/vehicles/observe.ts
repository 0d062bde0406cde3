import type { DecodedMessage } from '../wire/decode.ts'
import type { TypedMessages } from '../wire/typed-messages.ts'
import { cameraObservers } from './observe-camera.ts'
import { BATTERY_COMPONENTS } from './observe-battery.ts'
import { flightObservers } from './observe-flight.ts'
import { autopilotOf, MAV_AUTOPILOT_INVALID, modeOf, vehicleType } from './modes.ts'
import { newVehicle, type Vehicle } from './vehicle.ts'

type AnyObserver = (vehicle: Vehicle, fields: unknown, atMs: number, comp: number) => Vehicle
const observers = new Map<string, AnyObserver>(
  Object.entries({ ...flightObservers, ...cameraObservers }).map(([name, observer]) => [name, observer as AnyObserver]),
)

/** What a companion computer or a radio may repeat of its own accord: only the autopilot's word counts. */
const OF_AUTOPILOT: ReadonlySet<string> = new Set([
  'GPS_RAW_INT',
  'BATTERY_STATUS',
  'BATTERY_STATUS_V2',
  'EXTENDED_SYS_STATE',
  'VFR_HUD',
  'WIND',
  'WIND_COV',
  'HOME_POSITION',
  'MISSION_CURRENT',
  'MISSION_ITEM_REACHED',
  'EKF_STATUS_REPORT',
  'ESTIMATOR_STATUS',
])
const TEXTS_KEPT = 10
const ARMED_FLAG = 0x80
const NO_FAILURES: Vehicle['failures'] = []

/** True for the heartbeat of something that moves itself: an autopilot, not a station, gimbal, camera or transponder. */
export const isAutopilotHeartbeat = (fields: Readonly<TypedMessages['HEARTBEAT']>): boolean =>
  fields.autopilot !== MAV_AUTOPILOT_INVALID && vehicleType(fields.type) !== null

/** What is known of a vehicle after its autopilot's heartbeat; starts a new one where nothing was known. */
export function observeHeartbeat(
  known: Vehicle | null,
  from: { sys: number; comp: number },
  fields: Readonly<TypedMessages['HEARTBEAT']>,
  atMs: number,
): Vehicle {
  const vehicle = known ?? newVehicle(from.sys, from.comp, atMs)
  const type = vehicleType(fields.type)
  const kind = type?.kind ?? 'other'
  const autopilot = autopilotOf(fields.autopilot)
  return {
    ...vehicle,
    autopilot,
    mavType: fields.type,
    words: type?.words ?? 'vehicle',
    kind,
    lastHeartbeatAtMs: atMs,
    armed: (fields.base_mode & ARMED_FLAG) !== 0,
    armedKnown: true,
    highLatency: false,
    failures: NO_FAILURES,
    customMode: fields.custom_mode,
    mode: modeOf(autopilot, kind, fields.custom_mode, vehicle.offeredModes),
    systemStatus: fields.system_status,
  }
}

/** A summary of a satellite link makes a vehicle known as a heartbeat does. */
export const isAutopilotSummary = (fields: Readonly<TypedMessages['HIGH_LATENCY2']>): boolean =>
  fields.autopilot !== MAV_AUTOPILOT_INVALID && vehicleType(fields.type) !== null

/**
 * What is known of a vehicle after one more message of its system. Pure; unknown messages change nothing.
 * @param atMs time of receipt, epoch ms
 * @param comp component that sent it
 */
export function observe(vehicle: Vehicle, message: DecodedMessage, atMs: number, comp: number): Vehicle {
  if (message.name === 'HEARTBEAT') {
    if (comp !== vehicle.autopilotComp) return vehicle
    const fields = message.fields as unknown as Readonly<TypedMessages['HEARTBEAT']>
    return observeHeartbeat(vehicle, { sys: vehicle.systemId, comp }, fields, atMs)
  }
  // A battery of its own speaks for itself; what else repeats its word is not believed.
  const itsOwn = BATTERY_COMPONENTS.has(comp) && message.name.startsWith('BATTERY_STATUS')
  if (comp !== vehicle.autopilotComp && OF_AUTOPILOT.has(message.name) && !itsOwn) return vehicle
  return observers.get(message.name)?.(vehicle, message.fields, atMs, comp) ?? vehicle
}

/** Remembers a text of the autopilot; the same text again within a second is a repeat over another link. */
export function observeText(vehicle: Vehicle, severity: number, text: string, atMs: number): Vehicle {
  const trimmed = text.trim()
  if (trimmed === '') return vehicle
  const last = vehicle.texts.at(-1)
  if (last?.text === trimmed && atMs - last.atMs < 1000) return vehicle
  return { ...vehicle, texts: [...vehicle.texts.slice(1 - TEXTS_KEPT), { atMs, severity, text: trimmed }] }
}
