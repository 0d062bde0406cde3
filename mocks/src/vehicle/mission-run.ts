import { offsetM } from '../base/flat.ts'
import type { LngLat } from '@skerry/contract'
import type { Flight } from './flight.ts'
import type { Target } from './guidance.ts'
import { CMD } from './mavlink.ts'
import { here, type Nav, returnFrom } from './nav.ts'
import { isNav, type PlanItem } from './plans/plan-item.ts'

/** How far a plan has been flown. */
export interface MissionRun {
  readonly state: 'stopped' | 'running' | 'complete'
  /** Nav item that is flown now or was last, 0 before the first. */
  readonly current: number
  /** Speed that the plan asked for, metres per second; null where it asked for none. */
  readonly speedMps: number | null
  /** Repeats left of DO_JUMP items, by their sequence number. */
  readonly jumps: Readonly<Record<number, number>>
}
export const NOT_STARTED: MissionRun = { state: 'stopped', current: 0, speedMps: null, jumps: {} }

export interface MissionContext {
  readonly plan: readonly PlanItem[]
  readonly home: LngLat
  readonly homeAltAmslM: number
  readonly returnUpM: number
  readonly loiterS: number
  /** Sequence number of the first step: 1 where item 0 is home and never flown. */
  readonly firstSeq: number
}
/** What a plan wants done besides flying. */
export type SideOrder = { do: 'point'; pitchDeg: number; yawDeg: number } | { do: 'speed'; mps: number }
export interface Advance {
  readonly run: MissionRun
  readonly nav: Nav | null
  readonly orders: readonly SideOrder[]
}

/** The place of a step, metres from home; a zero position means "where it is", as on ArduPilot. */
export function targetOf(item: PlanItem, f: Flight, ctx: MissionContext): Target {
  const upM = item.frame === 0 || item.frame === 5 ? item.z - ctx.homeAltAmslM : item.z
  if (item.x === 0 && item.y === 0) return { eM: f.eM, nM: f.nM, upM }
  const [eM, nM] = offsetM(ctx.home, [item.y / 1e7, item.x / 1e7])
  return { eM, nM, upM }
}

/** Index of the next nav item from `from` on, or -1. */
const nextNav = (plan: readonly PlanItem[], from: number): number => {
  for (let i = from; i < plan.length; i++) if (isNav(plan[i]!)) return i
  return -1
}

function sideOrder(item: PlanItem): SideOrder | null {
  if (item.command === CMD.DO_CHANGE_SPEED && item.params[1] > 0) return { do: 'speed', mps: item.params[1] }
  if (item.command === CMD.DO_MOUNT_CONTROL) return { do: 'point', pitchDeg: item.params[0], yawDeg: item.params[2] }
  if (item.command === CMD.DO_GIMBAL_MANAGER_PITCHYAW)
    return { do: 'point', pitchDeg: item.params[0], yawDeg: item.params[1] }
  return null
}

function navOf(seq: number, f: Flight, ctx: MissionContext): Nav {
  const item = ctx.plan[seq]!
  const at = targetOf(item, f, ctx)
  switch (item.command) {
    case CMD.NAV_TAKEOFF:
      // A take-off never comes down to its height.
      return { do: 'takeoff', at: { eM: f.eM, nM: f.nM, upM: Math.max(at.upM, f.upM) } }
    case CMD.NAV_RETURN_TO_LAUNCH:
      return returnFrom(f, ctx.returnUpM, ctx.loiterS)
    case CMD.NAV_LAND:
      return { do: 'land', at: item.x === 0 && item.y === 0 ? here(f) : at }
    case CMD.NAV_LOITER_UNLIM:
      return { do: 'hold', at, leftS: null }
    case CMD.NAV_DELAY:
      return { do: 'hold', at: here(f), leftS: item.params[0] }
    default: {
      const after = nextNav(ctx.plan, seq + 1)
      const follower = after < 0 ? undefined : ctx.plan[after]
      const flies = follower?.command === CMD.NAV_WAYPOINT || follower?.command === CMD.NAV_LOITER_TIME
      const next = flies ? targetOf(follower, f, ctx) : null
      return { do: 'goto', from: here(f), to: at, next, waitS: item.params[0] }
    }
  }
}

/** Goes on at item `from`: carries out what needs no flying until it meets a nav item, or the plan is complete. */
export function proceed(run: MissionRun, from: number, f: Flight, ctx: MissionContext): Advance {
  const orders: SideOrder[] = []
  const jumps: Record<number, number> = { ...run.jumps }
  let speedMps = run.speedMps
  let seq = Math.max(ctx.firstSeq, from)
  // Bounded: a plan whose jumps lead only to each other must not hang the autopilot.
  for (let steps = 0; steps < 2000 && seq < ctx.plan.length; steps++) {
    const item = ctx.plan[seq]!
    if (isNav(item)) {
      const next: MissionRun = { state: 'running', current: seq, speedMps, jumps }
      return { run: next, nav: navOf(seq, f, ctx), orders }
    }
    const order = sideOrder(item)
    if (order !== null) orders.push(order)
    if (order?.do === 'speed') speedMps = order.mps
    const left = jumps[seq] ?? item.params[1]
    if (item.command === CMD.DO_JUMP && left !== 0) {
      jumps[seq] = left > 0 ? left - 1 : left
      seq = Math.max(ctx.firstSeq, item.params[0])
    } else seq++
  }
  return { run: { ...run, state: 'complete', speedMps, jumps }, nav: null, orders }
}

/** Entering AUTO: starts a plan that never ran or is complete, goes on with one that was left (MIS_RESTART 0). */
export function startOrResume(run: MissionRun, f: Flight, ctx: MissionContext): Advance {
  const fresh = run.state === 'complete' || run.current === 0 || run.current >= ctx.plan.length
  return proceed(fresh ? NOT_STARTED : run, fresh ? ctx.firstSeq : run.current, f, ctx)
}

/** Words of the autopilot for a plan step, as in "Mission: 2 WP". */
export const stepName = (item: PlanItem): string =>
  ({
    [CMD.NAV_WAYPOINT]: 'WP',
    [CMD.NAV_TAKEOFF]: 'Takeoff',
    [CMD.NAV_RETURN_TO_LAUNCH]: 'RTL',
    [CMD.NAV_LAND]: 'Land',
    [CMD.NAV_LOITER_UNLIM]: 'LoitUnlim',
    [CMD.NAV_LOITER_TIME]: 'LoitTime',
    [CMD.NAV_DELAY]: 'Delay',
  })[item.command] ?? String(item.command)
