import type { LocalM } from '../frame/position.ts'

/**
 * A piece of air that one aircraft may use for a time: a convex outline on the ground, a height band, a time span.
 * Heights of all volumes that are compared have one zero (AMSL, or one take-off point); metres in one local frame.
 */
export interface FlightVolume {
  readonly outlineM: readonly LocalM[]
  readonly lowM: number
  readonly highM: number
  readonly fromMs: number
  readonly toMs: number
}

/** Everything one task will use: its operational intent, in the words of ASTM F3548. */
export interface FlightIntent {
  readonly id: string
  readonly droneId: string
  readonly volumes: readonly FlightVolume[]
}

/** Two intents that want the same air at the same time. */
export interface IntentConflict {
  readonly a: string
  readonly b: string
  /** First moment at which a volume of each overlaps, and the height band both claim then. */
  readonly fromMs: number
  readonly toMs: number
  readonly lowM: number
  readonly highM: number
}

/** Margins about the planned path. All [assumption] until the aircraft's own figures are known. */
export interface VolumeMargins {
  /** To each side of and beyond the ends of each leg, metres; default 15 (track keeping and position error). */
  readonly sideM?: number | undefined
  /** Above and below, metres; default 5 (barometric drift within a flight). */
  readonly heightM?: number | undefined
  /** Before and after the planned time of each leg, ms; default 30 s. */
  readonly timeMs?: number | undefined
}

/**
 * Volumes of a path flown point by point: one oblong per leg, turned along it, with margins.
 * @param pathM `[eastM, northM, heightM]` per point; @param timesMs when each is reached, rising
 * RangeError unless there is one time per point, at least two points, and times rise.
 * Source: ASTM F3548-21 (an operational intent is a set of 4D volumes); search-science notes 4.4.
 */
export function volumesOfPath(
  pathM: readonly (readonly number[])[],
  timesMs: readonly number[],
  margins: VolumeMargins = {},
): FlightVolume[] {
  const { sideM = 15, heightM = 5, timeMs = 30_000 } = margins
  if (pathM.length < 2 || timesMs.length !== pathM.length)
    throw new RangeError('timesMs: need one time per point of the path, and at least two points')
  return pathM.slice(1).map((to, i) => {
    const from = pathM[i]!
    if (!(timesMs[i + 1]! >= timesMs[i]!)) throw new RangeError('timesMs: must rise')
    const heights = [from[2]!, to[2]!]
    if (!heights.every(Number.isFinite)) throw new RangeError('pathM: every point needs a height')
    return {
      outlineM: oblong(from, to, sideM),
      lowM: Math.min(...heights) - heightM,
      highM: Math.max(...heights) + heightM,
      fromMs: timesMs[i]! - timeMs,
      toMs: timesMs[i + 1]! + timeMs,
    }
  })
}

/** Leg with `sideM` on each side and beyond each end. A leg of no length gives a square. */
function oblong(a: readonly number[], b: readonly number[], sideM: number): LocalM[] {
  const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
  const lengthM = Math.hypot(dx, dy)
  const [ux, uy] = lengthM > 0 ? [(dx / lengthM) * sideM, (dy / lengthM) * sideM] : [sideM, 0]
  return [
    [a[0]! - ux - uy, a[1]! - uy + ux],
    [a[0]! - ux + uy, a[1]! - uy - ux],
    [b[0]! + ux + uy, b[1]! + uy - ux],
    [b[0]! + ux - uy, b[1]! + uy + ux],
  ]
}

/** Whether two volumes share air: in time, height and ground. Sharing a boundary alone is no conflict. */
export const volumesOverlap = (a: FlightVolume, b: FlightVolume): boolean =>
  a.fromMs < b.toMs &&
  b.fromMs < a.toMs &&
  a.lowM < b.highM &&
  b.lowM < a.highM &&
  outlinesOverlap(a.outlineM, b.outlineM)

/** Whether two convex outlines overlap (separating axis theorem); touching is not overlapping. */
export function outlinesOverlap(a: readonly LocalM[], b: readonly LocalM[]): boolean {
  for (const ring of [a, b]) {
    for (let i = 0; i < ring.length; i++) {
      const [p, q] = [ring[i]!, ring[(i + 1) % ring.length]!]
      const axis: LocalM = [p[1] - q[1], q[0] - p[0]]
      const [aLow, aHigh] = extent(a, axis)
      const [bLow, bHigh] = extent(b, axis)
      if (aHigh <= bLow || bHigh <= aLow) return false
    }
  }
  return true
}

function extent(ring: readonly LocalM[], [x, y]: LocalM): [number, number] {
  const along = ring.map((p) => p[0] * x + p[1] * y)
  return [Math.min(...along), Math.max(...along)]
}

/**
 * Conflicts between intents of different drones, each pair once, the earliest first. A drone's own intents follow each
 * other and are not compared. Strategic layer as in ASTM F3548: found before anything flies, solved by another height,
 * time or ground. Cost: every pair of volumes; some thousands of volumes take milliseconds.
 */
export function intentConflicts(intents: readonly FlightIntent[]): IntentConflict[] {
  const conflicts: IntentConflict[] = []
  intents.forEach((a, i) => {
    for (const b of intents.slice(i + 1)) {
      if (a.droneId === b.droneId) continue
      const first = firstOverlap(a.volumes, b.volumes)
      if (first) conflicts.push({ a: a.id, b: b.id, ...first })
    }
  })
  return conflicts.sort((p, q) => p.fromMs - q.fromMs)
}

function firstOverlap(a: readonly FlightVolume[], b: readonly FlightVolume[]): Omit<IntentConflict, 'a' | 'b'> | null {
  let first: Omit<IntentConflict, 'a' | 'b'> | null = null
  for (const p of a) {
    for (const q of b) {
      const fromMs = Math.max(p.fromMs, q.fromMs)
      if ((first && fromMs >= first.fromMs) || !volumesOverlap(p, q)) continue
      first = {
        fromMs,
        toMs: Math.min(p.toMs, q.toMs),
        lowM: Math.max(p.lowM, q.lowM),
        highM: Math.min(p.highM, q.highM),
      }
    }
  }
  return first
}
