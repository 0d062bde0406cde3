import { moved, wrapDeg } from '../base/flat.ts'
import { airspeedMps } from './flight.ts'
import { COMP, type Saying } from './mavlink.ts'
import { bootMs, type Vehicle } from './vehicle.ts'

const DEG = 180 / Math.PI
const comp = COMP.autopilot

/** Position estimate as the autopilot reports it: truth plus its error. */
export function estimate(v: Vehicle): { lng: number; lat: number; upM: number } {
  const [offE, offN, offUp] = v.estimateOff
  const [lng, lat] = moved(v.setup.home, v.flight.eM + offE, v.flight.nM + offN)
  return { lng, lat, upM: v.flight.upM + offUp }
}

export function globalPosition(v: Vehicle, wallMs: number): Saying {
  const e = estimate(v)
  return {
    comp,
    name: 'GLOBAL_POSITION_INT',
    fields: {
      time_boot_ms: bootMs(v, wallMs),
      lat: Math.round(e.lat * 1e7),
      lon: Math.round(e.lng * 1e7),
      alt: Math.round((v.setup.homeAltAmslM + e.upM) * 1000),
      relative_alt: Math.round(e.upM * 1000),
      vx: Math.round(v.flight.vnMps * 100),
      vy: Math.round(v.flight.veMps * 100),
      vz: Math.round(-v.flight.vuMps * 100),
      hdg: Math.round(wrapDeg(v.flight.yawRad * DEG) * 100) % 36_000,
    },
  }
}

export function gpsRaw(v: Vehicle, wallMs: number): Saying {
  const e = estimate(v)
  const speed = Math.hypot(v.flight.veMps, v.flight.vnMps)
  return {
    comp,
    name: 'GPS_RAW_INT',
    fields: {
      time_usec: BigInt(bootMs(v, wallMs)) * 1000n,
      fix_type: 6,
      lat: Math.round(e.lat * 1e7),
      lon: Math.round(e.lng * 1e7),
      alt: Math.round((v.setup.homeAltAmslM + e.upM) * 1000),
      eph: 80,
      epv: 120,
      vel: Math.round(speed * 100),
      cog: Math.round(wrapDeg(Math.atan2(v.flight.veMps, v.flight.vnMps) * DEG) * 100) % 36_000,
      satellites_visible: 17,
      alt_ellipsoid: 0,
      h_acc: 900,
      v_acc: 1400,
      vel_acc: 200,
      hdg_acc: 0,
      yaw: 0,
    },
  }
}

export const attitude = (v: Vehicle, wallMs: number): Saying => ({
  comp,
  name: 'ATTITUDE',
  fields: {
    time_boot_ms: bootMs(v, wallMs),
    roll: v.flight.rollRad,
    pitch: v.flight.pitchRad,
    yaw: v.flight.yawRad,
    rollspeed: 0,
    pitchspeed: 0,
    yawspeed: 0,
  },
})

export const hud = (v: Vehicle): Saying => ({
  comp,
  name: 'VFR_HUD',
  fields: {
    airspeed: v.onGround ? 0 : airspeedMps(v.flight),
    groundspeed: Math.hypot(v.flight.veMps, v.flight.vnMps),
    alt: v.setup.homeAltAmslM + estimate(v).upM,
    climb: v.flight.vuMps,
    heading: Math.round(wrapDeg(v.flight.yawRad * DEG)) % 360,
    throttle: v.onGround ? 0 : Math.min(100, Math.round(38 * v.battery.powerShare)),
  },
})

export const wind = (v: Vehicle): Saying => ({
  comp,
  name: 'WIND',
  fields: {
    // On ArduPilot the direction is where the wind comes from, -180..180.
    direction: Math.atan2(-v.flight.windEMps, -v.flight.windNMps) * DEG,
    speed: Math.hypot(v.flight.windEMps, v.flight.windNMps),
    speed_z: 0,
  },
})

export const localPosition = (v: Vehicle, wallMs: number): Saying => ({
  comp,
  name: 'LOCAL_POSITION_NED',
  fields: {
    time_boot_ms: bootMs(v, wallMs),
    x: v.flight.nM + v.estimateOff[1],
    y: v.flight.eM + v.estimateOff[0],
    z: -(v.flight.upM + v.estimateOff[2]),
    vx: v.flight.vnMps,
    vy: v.flight.veMps,
    vz: -v.flight.vuMps,
  },
})
