import { clamp } from '../base/flat.ts'
import { gaussian, type Rand } from '../base/rand.ts'
import { disarmed } from './arming.ts'
import { batteryStep, FULL } from './battery.ts'
import { airspeedMps, flightStep, restStep } from './flight.ts'
import { aimed, gimbalStep } from './gimbal.ts'
import { COMP, type Saying, SEVERITY, statusText } from './mavlink.ts'
import { proceed } from './mission-run.ts'
import { navStep } from './nav.ts'
import { takeUp } from './set-mode.ts'
import { groundUpM, limitsOf, missionContext, type Step, type Vehicle } from './vehicle.ts'

/** World seconds on the ground after which the ground crew has put a fresh battery in. */
const BATTERY_SWAP_S = 90
/** Position error: standard deviation per axis (up is worse) and how slowly it wanders. */
const ESTIMATE_SD_M = [0.8, 0.8, 0.6] as const
const ESTIMATE_TIME_S = 120
/** Faster than this into the ground and the aircraft does not take off again. */
const CRASH_MPS = 3

/** One step of the world for one copter. Nothing here knows the wall clock. @param dtS world seconds, at most 0.2 */
export function worldStep(v: Vehicle, dtS: number, rand: Rand): Step {
  const [moved, ...says] = v.onGround ? parked(v, dtS, rand) : flying(v, dtS, rand)
  const climb = moved.onGround ? 0 : moved.flight.vuMps
  const next: Vehicle = {
    ...moved,
    gimbal: gimbalStep(aimed(moved.gimbal, moved.flight), dtS),
    battery: batteryStep(moved.battery, !moved.onGround, airspeedMps(moved.flight), climb, dtS),
    estimateOff: wander(moved.estimateOff, dtS, rand),
  }
  return [next, ...says]
}

function wander(off: Vehicle['estimateOff'], dtS: number, rand: Rand): Vehicle['estimateOff'] {
  const keep = Math.exp(-dtS / ESTIMATE_TIME_S)
  const kick = Math.sqrt(1 - keep * keep)
  const axis = (i: 0 | 1 | 2): number => off[i] * keep + ESTIMATE_SD_M[i] * kick * gaussian(rand)
  return [axis(0), axis(1), axis(2)]
}

function parked(v: Vehicle, dtS: number, rand: Rand): Step {
  const flight = restStep(v.flight, v.setup.air, v.flight.upM, dtS, rand)
  if (v.armed) return [{ ...v, flight, parkedS: 0 }]
  const parkedS = v.parkedS + dtS
  if (parkedS < BATTERY_SWAP_S || v.battery.share > 0.95) return [{ ...v, flight, parkedS }]
  // Hot swap: the autopilot stays powered, as on aircraft with two packs.
  const fresh: Vehicle = { ...v, flight, parkedS: 0, battery: FULL, batteryFailsafe: 'none' }
  return [fresh, statusText(SEVERITY.info, 'Battery 1 replaced')]
}

function flying(v: Vehicle, dtS: number, rand: Rand): Step {
  const limits = limitsOf(v)
  const groundUp = groundUpM(v)
  const { nav, wanted, done } = navStep(v.nav, v.flight, v.flight.upM - groundUp, limits, dtS)
  const flight = flightStep(v.flight, v.armed ? wanted : { ...wanted, vuMps: -20 }, v.setup.air, dtS, rand)
  const next: Vehicle = { ...v, flight, nav }
  if (flight.upM <= groundUp && flight.vuMps <= 0) return touchdown(next, groundUp)
  return done ? finished(next) : [next]
}

/** On the ground: a landing that was meant disarms, anything else is a crash. */
function touchdown(v: Vehicle, groundUp: number): Step {
  const hard = -v.flight.vuMps > CRASH_MPS || Math.hypot(v.flight.veMps, v.flight.vnMps) > CRASH_MPS
  const down: Vehicle = { ...v, onGround: true, flight: { ...v.flight, upM: groundUp, veMps: 0, vnMps: 0, vuMps: 0 } }
  const px4 = v.setup.autopilot === 'px4'
  if (hard)
    return [
      disarmed(down),
      statusText(SEVERITY.emergency, px4 ? 'Critical failure detected: disarmed' : 'Crash: Disarming'),
    ]
  if (v.nav.do !== 'land') return [{ ...down, nav: { do: 'idle' } }]
  return [disarmed(down), statusText(SEVERITY.info, px4 ? 'Disarmed by landing' : 'Disarming motors')]
}

/** A step is finished: the plan goes on, GUIDED hovers where it is. */
function finished(v: Vehicle): Step {
  if (v.mode !== 'AUTO' || v.run.state !== 'running') {
    if (v.nav.do !== 'takeoff') return [v]
    // PX4 goes from take-off to hold by itself; ArduCopter hovers in GUIDED.
    return [{ ...v, mode: v.mode === 'TAKEOFF' ? 'LOITER' : v.mode, nav: { do: 'hold', at: v.nav.at, leftS: null } }]
  }
  const seq = v.run.current
  const reached: Saying = { comp: COMP.autopilot, name: 'MISSION_ITEM_REACHED', fields: { seq: clamp(seq, 0, 65_535) } }
  const words =
    v.nav.do === 'takeoff' || v.setup.autopilot === 'px4' ? [] : [statusText(SEVERITY.info, `Reached command #${seq}`)]
  const [next, ...says] = takeUp(v, proceed(v.run, seq + 1, v.flight, missionContext(v)))
  return [next, reached, ...words, ...says]
}
