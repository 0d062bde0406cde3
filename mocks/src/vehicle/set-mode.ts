import { type Saying, SEVERITY, statusText } from './mavlink.ts'
import { proceed, startOrResume, stepName } from './mission-run.ts'
import { type Mode, needsPosition } from './modes.ts'
import { here, holdHere, type Nav, returnFrom } from './nav.ts'
import { point } from './gimbal.ts'
import { figuresOfVehicle, isReady, missionContext, type Step, type Vehicle } from './vehicle.ts'
import { CMD } from './mavlink.ts'

/** What a mode flies when it is entered in the air. */
function entryNav(v: Vehicle, mode: Mode): Nav {
  if (v.onGround) return { do: 'idle' }
  const ctx = missionContext(v)
  if (mode === 'RTL' || mode === 'SMART_RTL') return returnFrom(v.flight, ctx.returnUpM, ctx.loiterS)
  if (mode === 'LAND') return { do: 'land', at: here(v.flight) }
  return holdHere(v.flight)
}

/** Why a mode cannot be entered now, in the autopilot's words; undefined where it can. */
function refusal(v: Vehicle, mode: Mode, wallMs: number): string | undefined {
  if (v.setup.autopilot === 'px4') return px4Refusal(v, mode, wallMs)
  if (needsPosition(mode) && !isReady(v, wallMs)) return `Mode change to ${mode} failed: requires position`
  if (mode === 'STABILIZE' && !v.onGround) return 'Mode change to STABILIZE failed: throttle'
  if (mode !== 'AUTO') return undefined
  const plan = v.transfer.plans[0]
  if (plan.length < 2) return 'Mode change to AUTO failed: no mission'
  const first = proceed({ state: 'stopped', current: 0, speedMps: null, jumps: {} }, 1, v.flight, missionContext(v))
  const takesOff = first.nav !== null && plan[first.run.current]?.command === CMD.NAV_TAKEOFF
  return v.armed && v.onGround && !takesOff ? 'Auto: Missing Takeoff Cmd' : undefined
}

function px4Refusal(v: Vehicle, mode: Mode, wallMs: number): string | undefined {
  if (needsPosition(mode) && !isReady(v, wallMs))
    return `Switching to mode '${PX4_NAMES[mode] ?? mode}' is currently not possible`
  return mode === 'AUTO' && v.transfer.plans[0].length === 0 ? 'No valid mission available, refusing' : undefined
}
const PX4_NAMES: Readonly<Partial<Record<Mode, string>>> = {
  AUTO: 'Mission',
  LOITER: 'Hold',
  RTL: 'Return',
  TAKEOFF: 'Takeoff',
}

/** Carries out a mode change, or says why not. `ok` is what a COMMAND_ACK is made of. */
export function setMode(v: Vehicle, mode: Mode, wallMs: number): { ok: boolean; step: Step } {
  if (v.mode === mode && mode !== 'TAKEOFF') return { ok: true, step: [v] }
  const why = refusal(v, mode, wallMs)
  if (why !== undefined) return { ok: false, step: [v, statusText(SEVERITY.warning, why)] }
  const run: Vehicle['run'] = v.mode === 'AUTO' && v.run.state === 'running' ? { ...v.run, state: 'stopped' } : v.run
  const changed: Vehicle = { ...v, mode, run, autoArmed: false, nav: entryNav(v, mode), guidedSpeedMps: null }
  if (mode === 'RTL' && v.setup.autopilot === 'px4' && !v.onGround)
    return { ok: true, step: [changed, returnText(changed)] }
  if (mode !== 'AUTO' || v.onGround) return { ok: true, step: [changed] }
  return { ok: true, step: flyPlan(changed) }
}

/** What PX4 says when it turns back: long enough for two chunks. */
function returnText(v: Vehicle): Saying {
  const { returnUpM } = missionContext(v)
  const upM = Math.max(v.flight.upM, returnUpM)
  const amslM = Math.round(v.setup.homeAltAmslM + upM)
  return statusText(SEVERITY.info, `RTL: start return at ${amslM} m (${Math.round(upM)} m above destination)`)
}

/** Starts the plan or goes on with it. */
export function flyPlan(v: Vehicle): Step {
  return takeUp(v, startOrResume(v.run, v.flight, missionContext(v)))
}

/** Takes up what the plan says comes next; a complete plan leaves the copter hovering. */
export function takeUp(v: Vehicle, next: ReturnType<typeof proceed>): Step {
  let gimbal = v.gimbal
  for (const order of next.orders) if (order.do === 'point') gimbal = point(gimbal, order.pitchDeg, order.yawDeg)
  const item = next.nav === null ? undefined : v.transfer.plans[0][next.run.current]
  const says: Saying[] =
    item === undefined ? [] : [statusText(SEVERITY.info, `Mission: ${next.run.current} ${stepName(item)}`)]
  const nav = next.nav ?? (v.onGround ? { do: 'idle' as const } : holdHere(v.flight))
  const taken: Vehicle = { ...v, run: next.run, nav, gimbal }
  if (v.setup.autopilot === 'ardupilot') return [taken, ...says]
  // PX4 leaves the mode of the plan for the return that the plan asks for; ArduCopter keeps AUTO.
  if (nav.do === 'return') return [{ ...taken, mode: 'RTL' }, returnText(taken)]
  return next.nav === null ? [taken, statusText(SEVERITY.info, 'Mission finished, loitering')] : [taken]
}

/** A failsafe's own choice: return, or land where there is no position. */
export function failsafeTo(v: Vehicle, mode: 'RTL' | 'LAND', cause: string, wallMs: number): Step {
  const [next, ...says] = setMode(v, mode, wallMs).step
  const words = v.setup.autopilot === 'px4' ? `Failsafe activated: ${cause}, ${mode}` : `${cause} Failsafe - ${mode}`
  return [next, statusText(SEVERITY.warning, words), ...says]
}

export const lowBatteryMode = (v: Vehicle, level: 'low' | 'critical'): 'RTL' | 'LAND' | null => {
  const { lowAction, criticalAction } = figuresOfVehicle(v)
  return level === 'low' ? lowAction : criticalAction
}
