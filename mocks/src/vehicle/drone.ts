import type { LngLat } from '@skerry/contract'
import { moved, offsetM } from '../base/flat.ts'
import { type Rand, streamFor } from '../base/rand.ts'
import { payloadHears, payloadStep, payloadTick, type SecondPayload, secondPayload } from '../payload/second-payload.ts'
import { type Camera, type CameraNow, cameraHears, cameraOn, cameraTick } from '../thermal/camera.ts'
import type { Pose } from '../thermal/camera-view.ts'
import { OPTICS, zoomed } from '../thermal/optics.ts'
import type { Scene } from '../thermal/scene.ts'
import { thermalFrame } from '../thermal/thermal-image.ts'
import { autopilotHears } from './hears.ts'
import type { Heard, Saying } from './mavlink.ts'
import { protocolTick } from './protocol-tick.ts'
import { spoken } from './voice.ts'
import { worldStep } from './steps.ts'
import { bootMs, powerUp, type Vehicle, type VehicleSetup } from './vehicle.ts'

/** The place that a scene is measured from, and what can be seen there. */
export interface Stage {
  readonly origin: LngLat
  readonly scene: Scene
}

/** A copter with its thermal camera: everything behind one MAVLink system id. */
export interface Drone {
  hears(h: Heard, wallMs: number): Saying[]
  /** Lets wall time pass; the world moves on by `worldS` seconds, in small steps. */
  tick(wallMs: number, worldS: number): Saying[]
  readonly vehicle: Vehicle
  /** Null where it carries none. */
  readonly second: SecondPayload | null
}

const STEP_S = 0.1
const DEG = Math.PI / 180

/** @param seed the same seed, messages and times give the same drone, message for message */
export function createDrone(setup: VehicleSetup, stage: Stage, seed: number, wallMs: number): Drone {
  const air: Rand = streamFor(seed, 'air', setup.systemId)
  const sensor: Rand = streamFor(seed, 'sensor', setup.systemId)
  // Alignment of compass and gimbal: the truth differs from the report by a fixed small angle.
  const yawOffRad = (sensor() - 0.5) * 2 * DEG
  const pitchOffRad = (sensor() - 0.5) * 0.8 * DEG
  let vehicle = powerUp(setup, wallMs)
  let camera: Camera = cameraOn(wallMs, setup.plainCamera !== true)
  let second: SecondPayload | null = setup.secondPayload === true ? secondPayload(wallMs) : null

  const pose = (truth: boolean): Pose => {
    const [homeE, homeN] = offsetM(stage.origin, setup.home)
    const [offE, offN, offUp] = truth ? [0, 0, 0] : vehicle.estimateOff
    const { flight, gimbal } = vehicle
    return {
      eM: homeE + flight.eM + offE,
      nM: homeN + flight.nM + offN,
      altAmslM: setup.homeAltAmslM + flight.upM + offUp + 0.2,
      yawRad: flight.yawRad + gimbal.yawDeg * DEG + (truth ? yawOffRad : 0),
      pitchRad: gimbal.pitchDeg * DEG + (truth ? pitchOffRad : 0),
      rollRad: 0,
    }
  }
  const now = (at: number): CameraNow => ({
    wallMs: at,
    bootMs: bootMs(vehicle, at),
    optics: zoomed(OPTICS, camera.zoomPercent),
    believed: pose(false),
    toLngLat: (eM, nM) => moved(stage.origin, eM, nM),
    homeAltAmslM: setup.homeAltAmslM,
    frame: () => {
      const speed = Math.hypot(vehicle.flight.veMps, vehicle.flight.vnMps)
      return thermalFrame(stage.scene, pose(true), zoomed(OPTICS, camera.zoomPercent), speed, sensor)
    },
  })

  return {
    get vehicle() {
      return vehicle
    },
    get second() {
      return second
    },
    hears(h, at) {
      const [next, ...says] = spoken(autopilotHears(vehicle, h, at), at)
      vehicle = next
      const [nextCamera, ...more] = cameraHears(camera, h, setup.systemId, now(at))
      camera = nextCamera
      if (second === null) return [...says, ...more]
      const [nextSecond, ...secondSays] = payloadHears(second, h, vehicle, at)
      second = nextSecond
      return [...says, ...more, ...secondSays]
    },
    tick(at, worldS) {
      const all: Saying[] = []
      for (let left = worldS; left > 1e-9; left -= STEP_S) {
        const [next, ...says] = spoken(worldStep(vehicle, Math.min(STEP_S, left), air), at)
        vehicle = next
        if (second !== null) second = payloadStep(second, vehicle, Math.min(STEP_S, left))
        all.push(...says)
      }
      const [next, ...says] = spoken(protocolTick(vehicle, at), at)
      vehicle = next
      const [nextCamera, ...more] = cameraTick(camera, now(at))
      camera = nextCamera
      all.push(...says, ...more)
      if (second === null) return all
      const [nextSecond, ...secondSays] = payloadTick(second, vehicle, at)
      second = nextSecond
      all.push(...secondSays)
      return all
    },
  }
}
