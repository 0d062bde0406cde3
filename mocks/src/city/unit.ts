import type { FixBatchResult, LngLat, RosterUnit, UnitKind, UnitReport, UnitStatus } from '@skerry/contract'
import { courseDeg, distanceM, moved } from '../base/flat.ts'
import { type Rand, uniform } from '../base/rand.ts'
import type { Medium } from './path.ts'

export type Assignment = FixBatchResult['assignments'][number]

/** What a unit is doing. Paths are the corners still ahead. */
export type Doing =
  | { do: 'patrol'; path: readonly LngLat[] }
  | { do: 'pause'; leftS: number }
  /** On the way to cover a zone: free, and not on patrol. */
  | { do: 'cover'; zoneId: string; path: readonly LngLat[] }
  | { do: 'hear'; to: Assignment; leftS: number }
  | { do: 'start'; to: Assignment; leftS: number }
  | { do: 'go'; to: Assignment; path: readonly LngLat[] }
  | { do: 'look'; to: Assignment; path: readonly LngLat[] }
  | { do: 'stay'; to: Assignment }

/** A unit on duty, at one instant. Replaced, never changed. */
export interface UnitSim {
  readonly unit: RosterUnit
  readonly at: LngLat
  readonly headingDeg: number
  readonly speedMps: number
  readonly doing: Doing
}
export interface UnitContext {
  /** A way on the unit's own medium; empty where there is none. */
  readonly way: (from: LngLat, to: LngLat, medium: Medium) => readonly LngLat[]
  /** The next leg of a patrol from here. */
  readonly stroll: (unit: UnitSim, rand: Rand) => readonly LngLat[]
  /** Where the person is: only to see whether someone stands in front of them. */
  readonly person: LngLat | null
  /** Farthest that a unit may move in this step, whatever the world's speed: a terminal must stay believable. */
  readonly farthestM: number
}
export type Said = Pick<UnitReport, 'kind' | 'incidentId'> & { position?: LngLat; text?: string }
export interface UnitStep {
  readonly unit: UnitSim
  readonly says: readonly Said[]
}

/** Speeds on patrol and on the way to a call, metres per second. */
const SPEED: Readonly<Record<UnitKind, readonly [number, number]>> = {
  car: [9, 17],
  motorbike: [9, 15],
  foot: [1.3, 1.9],
  boat: [6, 13],
  // Ground teams ride to the edge of their area and walk the rest.
  'ground-team': [1.2, 8],
}
const WALK_MPS = 1.5
/** Some who are asked cannot go. Ground teams of volunteers came for the search: they go. */
const DECLINE_SHARE = 1 / 12
const EXCUSES = [
  '车辆故障 / vehicle fault',
  '正在处置现场纠纷 / dealing with a dispute',
  '正在押送途中 / on an escort',
] as const
/** Someone is seen from this far, leaves or not. */
const SEEN_M = 40
const LOOK_RADIUS_M = 50
const LOOK_LANE_M = 22
const WALK_FROM_M = 150

export const mediumOf = (kind: UnitKind): Medium => (kind === 'boat' ? 'sea' : 'land')

export const statusOf = (u: UnitSim): UnitStatus => {
  switch (u.doing.do) {
    case 'patrol':
    case 'pause':
    case 'cover':
    case 'hear':
      return 'available'
    case 'start':
    case 'go':
      return 'en-route'
    case 'look':
    case 'stay':
      return 'on-scene'
  }
}

const sameOrder = (a: Assignment, b: Assignment): boolean =>
  a.incidentId === b.incidentId && a.candidateId === b.candidateId && distanceM(a.destination, b.destination) < 1

/** Takes up an assignment, keeps to it, or goes back to patrol when it was released. */
export function assigned(u: UnitSim, to: Assignment | null, rand: Rand): UnitSim {
  const current = 'to' in u.doing ? u.doing.to : null
  if (to === null) return current === null ? u : { ...u, doing: { do: 'pause', leftS: 2 } }
  if (current !== null && sameOrder(current, to)) return u
  return { ...u, doing: { do: 'hear', to, leftS: uniform(rand, 2, 6) } }
}

/** Takes up a cover move where it has nothing else to do, or goes back to patrol when that is over. */
export function covering(
  u: UnitSim,
  to: { zoneId: string; destination: LngLat } | null,
  way: UnitContext['way'],
): UnitSim {
  const { doing } = u
  if (to === null) return doing.do === 'cover' ? { ...u, doing: { do: 'pause', leftS: 300 } } : u
  if ('to' in doing || (doing.do === 'cover' && doing.zoneId === to.zoneId)) return u
  const path = way(u.at, to.destination, mediumOf(u.unit.kind))
  return { ...u, doing: { do: 'cover', zoneId: to.zoneId, path } }
}

/** One step. @param dtS world seconds */
export function unitStep(u: UnitSim, dtS: number, rand: Rand, ctx: UnitContext): UnitStep {
  const d = u.doing
  switch (d.do) {
    case 'pause':
      if (d.leftS > dtS) return { unit: { ...u, speedMps: 0, doing: { ...d, leftS: d.leftS - dtS } }, says: [] }
      return { unit: { ...u, doing: { do: 'patrol', path: ctx.stroll(u, rand) } }, says: [] }
    case 'patrol': {
      const { unit, path } = along(u, d.path, SPEED[u.unit.kind][0], dtS, ctx)
      const doing: Doing = path.length > 0 ? { do: 'patrol', path } : { do: 'pause', leftS: uniform(rand, 5, 90) }
      return { unit: { ...unit, doing }, says: [] }
    }
    case 'cover': {
      const { unit, path } = along(u, d.path, SPEED[u.unit.kind][1], dtS, ctx)
      return { unit: { ...unit, doing: { ...d, path } }, says: [] }
    }
    case 'hear': {
      if (d.leftS > dtS) return { unit: { ...u, speedMps: 0, doing: { ...d, leftS: d.leftS - dtS } }, says: [] }
      if (d.to.answerByMs !== undefined && u.unit.kind !== 'ground-team' && rand() < DECLINE_SHARE) {
        const text = EXCUSES[Math.floor(rand() * EXCUSES.length)]!
        const says: Said[] = [{ kind: 'declined', incidentId: d.to.incidentId, text }]
        return { unit: { ...u, doing: { do: 'pause', leftS: 5 } }, says }
      }
      const doing: Doing = { do: 'start', to: d.to, leftS: uniform(rand, 4, 15) }
      return { unit: { ...u, doing }, says: [{ kind: 'acknowledged', incidentId: d.to.incidentId }] }
    }
    case 'start': {
      if (d.leftS > dtS) return { unit: { ...u, speedMps: 0, doing: { ...d, leftS: d.leftS - dtS } }, says: [] }
      const path = ctx.way(u.at, d.to.destination, mediumOf(u.unit.kind))
      return {
        unit: { ...u, doing: { do: 'go', to: d.to, path } },
        says: [{ kind: 'en-route', incidentId: d.to.incidentId }],
      }
    }
    case 'go':
      return go(u, d, dtS, ctx)
    case 'look':
      return look(u, d, dtS, ctx)
    case 'stay':
      return { unit: { ...u, speedMps: 0 }, says: [] }
  }
}

function go(u: UnitSim, d: Extract<Doing, { do: 'go' }>, dtS: number, ctx: UnitContext): UnitStep {
  const near = distanceM(u.at, d.to.destination) < WALK_FROM_M
  const rides = u.unit.kind !== 'ground-team' || !near
  const { unit, path } = along(u, d.path, rides ? SPEED[u.unit.kind][1] : WALK_MPS, dtS, ctx)
  if (path.length > 0) {
    const going: UnitSim = { ...unit, doing: { ...d, path } }
    // Nobody is seen under trees from a moving car: only those who walk look around.
    return (rides ? null : seen(going, d.to, ctx)) ?? { unit: going, says: [] }
  }
  const gapM = distanceM(unit.at, d.to.destination)
  const { incidentId } = d.to
  if (gapM > WALK_FROM_M * 2) {
    const text = `无法继续前往，距目的地 ${Math.round(gapM)} 米 / no way on, ${Math.round(gapM)} m short`
    return { unit: { ...unit, doing: { do: 'stay', to: d.to } }, says: [{ kind: 'text', incidentId, text }] }
  }
  const onFoot = spiral(d.to.destination)
  return { unit: { ...unit, doing: { do: 'look', to: d.to, path: onFoot } }, says: [{ kind: 'on-scene', incidentId }] }
}

function look(u: UnitSim, d: Extract<Doing, { do: 'look' }>, dtS: number, ctx: UnitContext): UnitStep {
  // A crew leaves its boat for nothing: it looks from where it is.
  const moves = u.unit.kind !== 'boat'
  const { unit, path } = moves ? along(u, d.path, WALK_MPS, dtS, ctx) : { unit: u, path: d.path.slice(1) }
  const found = seen(unit, d.to, ctx)
  if (found !== null) return found
  if (path.length > 0) return { unit: { ...unit, doing: { ...d, path } }, says: [] }
  const { incidentId, candidateId } = d.to
  const settled: UnitSim = { ...unit, doing: { do: 'stay', to: d.to } }
  if (candidateId !== null) {
    const text = '已查看周边 50 米，未发现人员 / looked within 50 m, nobody here'
    return { unit: settled, says: [{ kind: 'nothing-here', incidentId, position: unit.at, text }] }
  }
  return { unit: settled, says: [{ kind: 'text', incidentId, text: '已到场，正在处置 / on scene, dealing with it' }] }
}

/** Someone who stands in front of the person says so. */
function seen(u: UnitSim, to: Assignment, ctx: UnitContext): UnitStep | null {
  if (ctx.person === null || distanceM(u.at, ctx.person) > SEEN_M) return null
  const text = '找到老人，意识清楚，需要保暖 / person found, conscious, needs warmth'
  const says: Said[] = [{ kind: 'person-located', incidentId: to.incidentId, position: ctx.person, text }]
  const arrived: Said[] = u.doing.do === 'go' ? [{ kind: 'on-scene', incidentId: to.incidentId }] : []
  return { unit: { ...u, speedMps: 0, doing: { do: 'stay', to } }, says: [...arrived, ...says] }
}

/** Moves along corners; the corners that are left come back. */
function along(
  u: UnitSim,
  path: readonly LngLat[],
  speedMps: number,
  dtS: number,
  ctx: UnitContext,
): { unit: UnitSim; path: readonly LngLat[] } {
  let leftM = Math.min(speedMps * dtS, ctx.farthestM)
  let { at, headingDeg } = u
  let next = 0
  while (next < path.length && leftM > 0) {
    const corner = path[next]!
    const gapM = distanceM(at, corner)
    if (gapM > 0.5) headingDeg = courseDeg(at, corner)
    if (gapM > leftM) {
      const course = (headingDeg * Math.PI) / 180
      at = moved(at, Math.sin(course) * leftM, Math.cos(course) * leftM)
      leftM = 0
    } else {
      at = corner
      leftM -= gapM
      next++
    }
  }
  const rest = path.slice(next)
  return { unit: { ...u, at, headingDeg, speedMps: rest.length > 0 ? speedMps : 0 }, path: rest }
}

/** Corners of a spiral outwards around a place. */
export function spiral(centre: LngLat): LngLat[] {
  const corners: LngLat[] = [centre]
  for (let turn = 0; ; turn += 1 / 8) {
    const radiusM = turn * LOOK_LANE_M
    if (radiusM > LOOK_RADIUS_M) return corners
    const angle = turn * 2 * Math.PI
    corners.push(moved(centre, Math.sin(angle) * radiusM, Math.cos(angle) * radiusM))
  }
}
