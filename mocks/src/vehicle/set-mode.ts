import { type Saying, SEVERITY, statusText } from './mavlink.ts'
import { proceed, startOrResume, stepName } from './mission-run.ts'
import { type CopterMode, needsPosition } from './modes.ts'
import { here, holdHere, type Nav, returnFrom } from './nav.ts'
import { paramValue } from './params.ts'
import { point } from './gimbal.ts'
import { isReady, missionContext, type Step, type Vehicle } from './vehicle.ts'
import { CMD } from './mavlink.ts'

/** What a mode flies when it is entered in the air. */
function entryNav(v: Vehicle, mode: CopterMode): Nav {
  if (v.onGround) return { do: 'idle' }
  const ctx = missionContext(v)
  if (mode === 'RTL' || mode === 'SMART_RTL') return returnFrom(v.flight, ctx.returnUpM, ctx.loiterS)
  if (mode === 'LAND') return { do: 'land', at: here(v.flight) }
  return holdHere(v.flight)
}

/** Why a mode cannot be entered now, in the autopilot's words; undefined where it can. */
function refusal(v: Vehicle, mode: CopterMode, wallMs: number): string | undefined {
  if (needsPosition(mode) && !isReady(v, wallMs)) return `Mode change to ${mode} failed: requires position`
  if (mode === 'STABILIZE' && !v.onGround) return 'Mode change to STABILIZE failed: throttle'
  if (mode !== 'AUTO') return undefined
  const plan = v.transfer.plans[0]
  if (plan.length < 2) return 'Mode change to AUTO failed: no mission'
  const first = proceed({ state: 'stopped', current: 0, speedMps: null, jumps: {} }, 1, v.flight, missionContext(v))
  const takesOff = first.nav !== null && plan[first.run.current]?.command === CMD.NAV_TAKEOFF
  return v.armed && v.onGround && !takesOff ? 'Auto: Missing Takeoff Cmd' : undefined
}

/** Carries out a mode change, or says why not. `ok` is what a COMMAND_ACK is made of. */
export function setMode(v: Vehicle, mode: CopterMode, wallMs: number): { ok: boolean; step: Step } {
  if (v.mode === mode) return { ok: true, step: [v] }
  const why = refusal(v, mode, wallMs)
  if (why !== undefined) return { ok: false, step: [v, statusText(SEVERITY.warning, why)] }
  const run: Vehicle['run'] = v.mode === 'AUTO' && v.run.state === 'running' ? { ...v.run, state: 'stopped' } : v.run
  const changed: Vehicle = { ...v, mode, run, autoArmed: false, nav: entryNav(v, mode), guidedSpeedMps: null }
  if (mode !== 'AUTO' || v.onGround) return { ok: true, step: [changed] }
  return { ok: true, step: flyPlan(changed) }
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
  return [{ ...v, run: next.run, nav, gimbal }, ...says]
}

/** A failsafe's own choice: return, or land where there is no position. */
export function failsafeTo(v: Vehicle, mode: 'RTL' | 'LAND', cause: string, wallMs: number): Step {
  const [next, ...says] = setMode(v, mode, wallMs).step
  return [next, statusText(SEVERITY.warning, `${cause} Failsafe - ${mode}`), ...says]
}

export const lowBatteryMode = (v: Vehicle, level: 'low' | 'critical'): 'RTL' | 'LAND' | null => {
  const action = paramValue(v.params, level === 'low' ? 'BATT_FS_LOW_ACT' : 'BATT_FS_CRT_ACT')
  return action === 1 ? 'LAND' : action === 0 ? null : 'RTL'
}
