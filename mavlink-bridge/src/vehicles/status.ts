import type { DroneStatus } from '@skerry/contract'
import { hasZoom, takesPhotos } from './camera-abilities.ts'
import { cameraFov } from './camera-fov.ts'
import { landedState } from './landed.ts'
import { failsafeIn, isEscalated, linkState } from './link-state.ts'
import { readinessOf } from './readiness.ts'
import { guardsOf } from './safety-params.ts'
import { OWN } from './session.ts'
import type { Vehicle } from './vehicle.ts'

/** What the bridge knows beside the vehicle's own words. */
export interface StatusContext {
  readonly droneId: string
  readonly remote: string
  readonly lossShare: number | null
  readonly duplicateId: boolean
  readonly plan: { readonly state: DroneStatus['mission']['plan']; readonly planId: string | null }
  readonly footprint: DroneStatus['footprint']
}

/** The vehicle as the server sees it. Pure; every number in it is finite. */
export function statusOf(vehicle: Vehicle, context: StatusContext, nowMs: number): DroneStatus {
  const failsafe = failsafeIn(vehicle, nowMs)
  const position = vehicle.positions.at(-1)
  return {
    droneId: context.droneId,
    systemId: vehicle.systemId,
    autopilot: vehicle.autopilot,
    vehicle: vehicle.words,
    atMs: nowMs,
    link: {
      state: linkState(vehicle, nowMs),
      lastHeartbeatAtMs: vehicle.lastHeartbeatAtMs,
      lossShare: context.lossShare,
      failsafeInS: failsafe?.inS ?? null,
      failsafeAssumed: failsafe?.assumed ?? false,
      remote: context.remote,
      escalated: isEscalated(vehicle, nowMs),
      highLatency: vehicle.highLatency,
    },
    duplicateId: context.duplicateId,
    armed: vehicle.armedKnown ? vehicle.armed : null,
    mode: vehicle.mode,
    landed: landedState(vehicle, nowMs),
    position:
      position === undefined
        ? null
        : {
            lngLat: position.lngLat,
            altAmslM: position.altAmslM,
            heightAboveTakeoffM: position.heightAboveTakeoffM,
            atMs: position.atMs,
            accuracyM: vehicle.gps?.accuracyM ?? null,
          },
    headingDeg: vehicle.headingDeg,
    groundSpeedMps: vehicle.groundSpeedMps,
    climbMps: vehicle.climbMps,
    battery: vehicle.battery,
    wind: vehicle.wind,
    gps: vehicle.gps === null ? null : { fixType: vehicle.gps.fixType, satellites: vehicle.gps.satellites },
    home: vehicle.home,
    mission: missionOf(vehicle, context),
    camera: cameraOf(vehicle),
    gimbal: gimbalOf(vehicle),
    ...gimbalControlOf(vehicle),
    footprint: context.footprint,
    readiness: readinessOf(vehicle, nowMs),
    texts: [...vehicle.texts],
    ...moreOf(vehicle, nowMs),
  }
}

/** Sent once a second is enough for who is in control; older than this nobody knows. */
const CONTROL_FRESH_MS = 10_000

/** What not every vehicle tells: left out where it is not known. */
function moreOf(vehicle: Vehicle, nowMs: number): Partial<DroneStatus> {
  const { estimator, vtol, firmware, control } = vehicle
  const guards = guardsOf(vehicle)
  return {
    ...(estimator === null ? {} : { estimator: { ok: estimator.ok, faults: [...estimator.faults] } }),
    ...(vtol === null ? {} : { vtol }),
    ...(firmware === null ? {} : { firmware }),
    ...(guards.length === 0 ? {} : { guards }),
    ...(control === null || nowMs - control.atMs > CONTROL_FRESH_MS
      ? {}
      : {
          control: {
            main: control.main,
            others: [...control.others],
            takeoverAllowed: control.takeoverAllowed,
            ours: control.main === OWN.sys || control.others.includes(OWN.sys),
          },
        }),
  }
}

/** Numbers of plan items, counted from 0 on every autopilot: ArduPilot's item 0 is home and no item of the plan. */
function missionOf(vehicle: Vehicle, { plan }: StatusContext): DroneStatus['mission'] {
  const first = vehicle.autopilot === 'ardupilot' ? 1 : 0
  const { currentSeq, reachedSeq, total } = vehicle.mission
  return {
    current: currentSeq === null ? null : Math.max(0, currentSeq - first),
    reached: reachedSeq === null || reachedSeq < first ? null : reachedSeq - first,
    total,
    plan: plan.state,
    planId: plan.planId,
  }
}

function cameraOf(vehicle: Vehicle): DroneStatus['camera'] {
  const fov = cameraFov(vehicle)
  if (vehicle.camera === null || fov === null) return null
  const { vendor, model } = vehicle.camera
  const from = vehicle.thermalStream ?? vehicle.camera
  return {
    thermal: vehicle.thermalStream !== null,
    hfovRad: fov[0],
    vfovRad: fov[1],
    widthPx: from.widthPx,
    heightPx: from.heightPx,
    vendor,
    model,
    zoomPercent: vehicle.zoom?.percent ?? null,
    images: vehicle.imageCount?.count ?? null,
    can: { zoom: hasZoom(vehicle.camera), photo: takesPhotos(vehicle.camera) },
    streams: [...vehicle.videoStreams.values()],
  }
}

function gimbalControlOf({ gimbalManager, gimbalControl }: Vehicle): Pick<DroneStatus, 'gimbalControl'> {
  if (gimbalManager === null) return {}
  if (gimbalControl === null) return { gimbalControl: null }
  const { sys, comp } = gimbalControl
  return { gimbalControl: sys === 0 ? 'nobody' : sys === OWN.sys && comp === OWN.comp ? 'ours' : 'other' }
}

function gimbalOf(vehicle: Vehicle): DroneStatus['gimbal'] {
  const sample = vehicle.gimbals.at(-1)
  if (sample === undefined) return null
  const [w, x, y, z] = sample.q
  const pitchRad = Math.asin(Math.max(-1, Math.min(1, 2 * (w * y - z * x))))
  const yawRad = Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z))
  return { pitchRad, yawRad, yawFrame: sample.yawFrame, atMs: sample.atMs }
}
