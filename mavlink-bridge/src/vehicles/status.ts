import type { DroneStatus, FenceAboard, UpkeepState } from '@skerry/contract'
import { landedState } from './landed.ts'
import { batteryNow } from './observe-battery.ts'
import { failsafeIn, isEscalated, linkState } from './link-state.ts'
import { controlNow, isOurs } from './operator-control.ts'
import { readinessOf } from './readiness.ts'
import { guardsOf } from './safety-params.ts'
import { payloadOf } from './payload-status.ts'
import type { Vehicle } from './vehicle.ts'

/** What the bridge knows beside the vehicle's own words. */
export interface StatusContext {
  readonly droneId: string
  readonly remote: string
  readonly lossShare: number | null
  readonly duplicateId: boolean
  readonly plan: {
    readonly state: DroneStatus['mission']['plan']
    readonly planId: string | null
    /** False while its word on items may still be about the plan before. */
    readonly itemsCount?: boolean
  }
  readonly fence?: FenceAboard
  readonly upkeep?: UpkeepState
  readonly footprint: DroneStatus['footprint']
  /** By a terrain model; null without one. */
  readonly heightAboveGroundM?: number | null
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
            heightAboveGroundM: context.heightAboveGroundM ?? null,
            atMs: position.atMs,
            accuracyM: vehicle.gps?.accuracyM ?? null,
          },
    headingDeg: vehicle.headingDeg,
    groundSpeedMps: vehicle.groundSpeedMps,
    climbMps: vehicle.climbMps,
    battery: batteryNow(vehicle, nowMs),
    wind: vehicle.wind,
    gps: vehicle.gps === null ? null : { fixType: vehicle.gps.fixType, satellites: vehicle.gps.satellites },
    home: vehicle.home,
    mission: missionOf(vehicle, context),
    ...payloadOf(vehicle),
    footprint: context.footprint,
    readiness: readinessOf(vehicle, nowMs),
    texts: [...vehicle.texts],
    ...moreOf(vehicle, nowMs),
    ...(context.fence === undefined ? {} : { fence: context.fence }),
    ...(context.upkeep === undefined ? {} : { upkeep: context.upkeep }),
  }
}

/** What not every vehicle tells: left out where it is not known. */
function moreOf(vehicle: Vehicle, nowMs: number): Partial<DroneStatus> {
  const { estimator, failures, vtol, firmware } = vehicle
  const guards = guardsOf(vehicle)
  return {
    ...(estimator === null ? {} : { estimator: { ok: estimator.ok, faults: [...estimator.faults] } }),
    ...(failures.length === 0 ? {} : { failures: [...failures] }),
    ...(vtol === null ? {} : { vtol }),
    ...(firmware === null ? {} : { firmware }),
    ...(guards.length === 0 ? {} : { guards }),
    ...controlOf(vehicle, nowMs),
  }
}

function controlOf(vehicle: Vehicle, nowMs: number): Pick<DroneStatus, 'control'> {
  const control = controlNow(vehicle, nowMs)
  if (control === null) return {}
  const { main, others, takeoverAllowed } = control
  const { controlAsked: asked } = vehicle
  const waits = asked !== null && nowMs < asked.untilMs
  return {
    control: {
      main,
      others: [...others],
      takeoverAllowed,
      ours: isOurs(control),
      asked: waits ? { station: asked.station, leftS: (asked.untilMs - nowMs) / 1000 } : null,
    },
  }
}

const NO_ITEMS = { currentSeq: null, reachedSeq: null }

/** Numbers of plan items, counted from 0 on every autopilot: ArduPilot's item 0 is home and no item of the plan. */
function missionOf(vehicle: Vehicle, { plan }: StatusContext): DroneStatus['mission'] {
  const first = vehicle.autopilot === 'ardupilot' ? 1 : 0
  const { total } = vehicle.mission
  const { currentSeq, reachedSeq } = plan.itemsCount === false ? NO_ITEMS : vehicle.mission
  return {
    current: currentSeq === null ? null : Math.max(0, currentSeq - first),
    reached: reachedSeq === null || reachedSeq < first ? null : reachedSeq - first,
    total,
    plan: plan.state,
    planId: plan.planId,
  }
}
