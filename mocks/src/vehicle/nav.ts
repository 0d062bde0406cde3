import type { Flight, Wanted } from './flight.ts'
import { alongLeg, climbTo, cornerSpeedMps, distanceTo, hover, holdAt, type Limits, type Target } from './guidance.ts'

/** What the aircraft is doing right now, whether a mode or a plan step asked for it. */
export type Nav =
  | { do: 'idle' }
  | { do: 'hold'; at: Target; leftS: number | null }
  | { do: 'takeoff'; at: Target }
  | { do: 'goto'; from: Target; to: Target; next: Target | null; waitS: number }
  | { do: 'land'; at: Target }
  | { do: 'return'; phase: 'climb' | 'home' | 'loiter'; from: Target; upM: number; leftS: number }

export interface NavLimits extends Limits {
  readonly radiusM: number
  readonly landMps: number
  readonly landLowM: number
}
export interface NavStep {
  readonly nav: Nav
  readonly wanted: Wanted
  /** The step is finished; `return` and `land` end on the ground instead. */
  readonly done: boolean
}

const HOME: Omit<Target, 'upM'> = { eM: 0, nM: 0 }

export const here = (f: Flight): Target => ({ eM: f.eM, nM: f.nM, upM: f.upM })
export const holdHere = (f: Flight): Nav => ({ do: 'hold', at: here(f), leftS: null })
/** Back to home: up to the return height first, never down, then home, wait, land. */
export const returnFrom = (f: Flight, returnUpM: number, loiterS: number): Nav => {
  const upM = Math.max(f.upM, returnUpM)
  return { do: 'return', phase: 'climb', from: { ...here(f), upM }, upM, leftS: loiterS }
}

/** Height above the ground that it is over counts for how fast it may come down. */
function landing(f: Flight, at: Target, aboveGroundM: number, limits: NavLimits): Wanted {
  const down =
    aboveGroundM > limits.landLowM
      ? Math.min(limits.downMps, (aboveGroundM - limits.landLowM) * 0.5 + limits.landMps)
      : limits.landMps
  return { ...holdAt(f, { ...at, upM: f.upM }, limits), vuMps: -down }
}

/** One look at where it is and what it should do next. @param dtS world seconds */
export function navStep(nav: Nav, f: Flight, aboveGroundM: number, limits: NavLimits, dtS: number): NavStep {
  switch (nav.do) {
    case 'idle':
      return { nav, wanted: hover(f, f.upM, limits), done: false }
    case 'hold': {
      const leftS = nav.leftS === null ? null : nav.leftS - dtS
      return { nav: { ...nav, leftS }, wanted: holdAt(f, nav.at, limits), done: leftS !== null && leftS <= 0 }
    }
    case 'takeoff': {
      const wanted = { ...holdAt(f, nav.at, limits), vuMps: climbTo(f, nav.at.upM, limits) }
      return { nav, wanted, done: Math.abs(nav.at.upM - f.upM) < 0.8 }
    }
    case 'goto':
      return goTo(nav, f, limits, dtS)
    case 'land':
      return { nav, wanted: landing(f, nav.at, aboveGroundM, limits), done: false }
    case 'return':
      return goHome(nav, f, limits, dtS)
  }
}

function goTo(nav: Extract<Nav, { do: 'goto' }>, f: Flight, limits: NavLimits, dtS: number): NavStep {
  const arrived = distanceTo(f, nav.to) < limits.radiusM && Math.abs(nav.to.upM - f.upM) < limits.radiusM
  const exit = nav.waitS > 0 ? 0 : cornerSpeedMps(nav.from, nav.to, nav.next, limits.speedMps)
  if (!arrived) return { nav, wanted: alongLeg(f, nav.from, nav.to, exit, limits), done: false }
  const waitS = nav.waitS - dtS
  return { nav: { ...nav, waitS }, wanted: holdAt(f, nav.to, limits), done: waitS <= 0 }
}

function goHome(nav: Extract<Nav, { do: 'return' }>, f: Flight, limits: NavLimits, dtS: number): NavStep {
  const over = { ...HOME, upM: nav.upM }
  if (nav.phase === 'climb') {
    const wanted = { ...holdAt(f, nav.from, limits), vuMps: climbTo(f, nav.upM, limits) }
    const next: Nav = f.upM > nav.upM - 1 ? { ...nav, phase: 'home' } : nav
    return { nav: next, wanted, done: false }
  }
  if (nav.phase === 'home') {
    const wanted = alongLeg(f, nav.from, over, 0, limits)
    return { nav: distanceTo(f, over) < limits.radiusM ? { ...nav, phase: 'loiter' } : nav, wanted, done: false }
  }
  const leftS = nav.leftS - dtS
  const wanted = holdAt(f, over, limits)
  return { nav: leftS <= 0 ? { do: 'land', at: over } : { ...nav, leftS }, wanted, done: false }
}
