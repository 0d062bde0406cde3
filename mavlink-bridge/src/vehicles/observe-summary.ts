import type { TypedMessages } from '../wire/typed-messages.ts'
import { remember } from './history.ts'
import { autopilotOf, modeOf, px4Mode, vehicleType } from './modes.ts'
import { placeOf } from './place.ts'
import { failuresOf } from './reported-failures.ts'
import type { Vehicle } from './vehicle.ts'

const ARMED_FLAG = 0x80
const UNKNOWN_UINT8 = 255
/** An autopilot whose heartbeat was heard so lately speaks in full. */
const BEATS_WITHIN_MS = 5000

/** HIGH_LATENCY2 of PX4 carries main and sub mode in 16 bits. */
const customModeOf = (autopilot: Vehicle['autopilot'], short: number): number =>
  autopilot === 'px4' ? px4Mode(short & 0xff, (short >>> 8) & 0xff) : short

/**
 * What is known after a HIGH_LATENCY2: the one message of a satellite link, heartbeat and telemetry in one. Armed is in
 * it on ArduPilot only (custom0 is its base mode); elsewhere it stays unknown until a heartbeat tells. Nothing of it counts
 * where the autopilot also beats: the summary may be half a minute old, and no summary makes up for a missing heartbeat.
 */
export function observeHighLatency(
  known: Vehicle,
  fields: Readonly<TypedMessages['HIGH_LATENCY2']>,
  atMs: number,
): Vehicle {
  if (known.armedKnown && !known.highLatency && atMs - known.lastHeartbeatAtMs < BEATS_WITHIN_MS) return known
  const type = vehicleType(fields.type)
  const autopilot = autopilotOf(fields.autopilot)
  const kind = type?.kind ?? 'other'
  const customMode = customModeOf(autopilot, fields.custom_mode)
  const vehicle: Vehicle = {
    ...known,
    autopilot,
    mavType: fields.type,
    words: type?.words ?? 'vehicle',
    kind,
    lastHeartbeatAtMs: atMs,
    highLatency: true,
    failures: failuresOf(fields.failure_flags),
    customMode,
    mode: modeOf(autopilot, kind, customMode, known.offeredModes),
    ...armedOf(autopilot, fields.custom0),
    groundSpeedMps: fields.groundspeed === UNKNOWN_UINT8 ? null : fields.groundspeed / 5,
    climbMps: fields.climb_rate / 10,
    headingDeg: fields.heading * 2,
    wind: windOf(fields, autopilot),
    // One figure for all of them: what each has said before is older.
    batteries: fields.battery < 0 ? known.batteries : new Map(),
    battery:
      fields.battery < 0
        ? known.battery
        : { voltageV: known.battery?.voltageV ?? null, remainingShare: fields.battery / 100, remainingS: null },
    mission: { ...known.mission, currentSeq: fields.wp_num },
  }
  const lngLat = placeOf(fields.latitude, fields.longitude)
  if (lngLat === null) return vehicle
  const headingDeg = fields.heading * 2
  const speedMps = fields.groundspeed / 5
  const rad = (headingDeg * Math.PI) / 180
  return {
    ...vehicle,
    positions: remember(known.positions, {
      atMs,
      lngLat,
      altAmslM: fields.altitude,
      heightAboveTakeoffM: known.home === null ? null : fields.altitude - known.home.altAmslM,
      velocityMps: [speedMps * Math.cos(rad), speedMps * Math.sin(rad), -fields.climb_rate / 10],
      headingDeg,
    }),
  }
}

const armedOf = (autopilot: Vehicle['autopilot'], custom0: number): Pick<Vehicle, 'armed' | 'armedKnown'> =>
  autopilot === 'ardupilot'
    ? { armed: (custom0 & ARMED_FLAG) !== 0, armedKnown: true }
    : { armed: false, armedKnown: false }

/** ArduPilot gives where the wind comes from, PX4 where it goes to. */
function windOf(
  { windspeed, wind_heading }: Readonly<TypedMessages['HIGH_LATENCY2']>,
  autopilot: Vehicle['autopilot'],
): Vehicle['wind'] {
  if (windspeed === 0 && wind_heading === 0) return null
  const givenDeg = wind_heading * 2
  return { fromDeg: (autopilot === 'px4' ? givenDeg + 180 : givenDeg) % 360, speedMps: windspeed / 5 }
}
