/** Where one aircraft is expected to be. Straight between points; nothing is known before the first or after the last. */
export interface PredictedTrack {
  readonly droneId: string
  /** `[eastM, northM, heightM]` in one frame with one zero of height. A height that is not known is null. */
  readonly points: readonly { readonly atS: number; readonly positionM: readonly [number, number, number | null] }[]
}

/** Two aircraft that will come too near, unless something changes. */
export interface ApproachAlarm {
  readonly a: string
  readonly b: string
  /** Seconds from the tracks' zero until both separations are lost, and until the closest point after that. */
  readonly fromS: number
  readonly closestS: number
  /** Distances at that closest point; `verticalM` is null when a height is not known. */
  readonly horizontalM: number
  readonly verticalM: number | null
}

/** What counts as too near; default 30 m across the ground and 15 m in height [assumption]. */
export interface Separation {
  readonly horizontalM?: number | undefined
  readonly verticalM?: number | undefined
}

/** Track of an aircraft that keeps its velocity, from now to the horizon. */
export const straightTrack = (
  droneId: string,
  positionM: readonly [number, number, number | null],
  velocityMps: readonly [number, number, number],
  horizonS: number,
): PredictedTrack => ({
  droneId,
  points: [
    { atS: 0, positionM },
    {
      atS: horizonS,
      positionM: [
        positionM[0] + velocityMps[0] * horizonS,
        positionM[1] + velocityMps[1] * horizonS,
        positionM[2] === null ? null : positionM[2] + velocityMps[2] * horizonS,
      ],
    },
  ],
})

/**
 * Tactical layer: pairs whose predicted tracks lose horizontal and vertical separation at the same moment, soonest first.
 *
 * Each stretch on which both fly straight is solved exactly (closest point of approach: the time at which the quadratic
 * of the horizontal distance falls below the limit, cut with the time at which the height difference does), so a short
 * encounter between two samples is not missed. A drone whose height is not known is taken to be at every height.
 * Give planned legs when the autopilot follows a mission: a straight prediction misses the turn at the end of a lane.
 * RangeError for limits that are not above 0 or tracks whose times do not rise.
 * Source: search-science notes 4.4 (t* = -(dp . dv) / |dv|^2), vectors `cpa`.
 */
export function approachAlarms(tracks: readonly PredictedTrack[], separation: Separation = {}): ApproachAlarm[] {
  const { horizontalM = 30, verticalM = 15 } = separation
  if (!(horizontalM > 0 && verticalM > 0)) throw new RangeError('separation: limits must be above 0')
  for (const { droneId, points } of tracks) {
    if (points.some(({ atS }, i) => i > 0 && !(atS > points[i - 1]!.atS)))
      throw new RangeError(`tracks.${droneId}: times must rise`)
  }
  const alarms: ApproachAlarm[] = []
  tracks.forEach((a, i) => {
    for (const b of tracks.slice(i + 1)) {
      if (a.droneId === b.droneId) continue
      const alarm = firstLoss(a, b, horizontalM, verticalM)
      if (alarm) alarms.push(alarm)
    }
  })
  return alarms.sort((p, q) => p.fromS - q.fromS)
}

/** When two tracks first lose both separations, or null; the pair's part of `approachAlarms`, without its checks. */
export function firstLoss(
  a: PredictedTrack,
  b: PredictedTrack,
  horizontalM: number,
  verticalM: number,
): ApproachAlarm | null {
  const times = [...a.points, ...b.points].map(({ atS }) => atS).sort((p, q) => p - q)
  for (let i = 1; i < times.length; i++) {
    const [fromS, toS] = [times[i - 1]!, times[i]!]
    if (toS === fromS) continue
    const [p0, p1, q0, q1] = [at(a, fromS), at(a, toS), at(b, fromS), at(b, toS)]
    if (!p0 || !p1 || !q0 || !q1) continue
    const spanS = toS - fromS
    const [x, y] = [q0[0] - p0[0], q0[1] - p0[1]]
    const [vx, vy] = [(q1[0] - p1[0] - x) / spanS, (q1[1] - p1[1] - y) / spanS]
    const level = p0[2] === null || q0[2] === null || p1[2] === null || q1[2] === null
    const z = level ? 0 : q0[2]! - p0[2]!
    const vz = level ? 0 : (q1[2]! - p1[2]! - z) / spanS
    const lost = both(within([x, y], [vx, vy], horizontalM), within([z], [vz], verticalM), spanS)
    if (!lost) continue
    const speed2 = vx * vx + vy * vy
    const nearestS = speed2 > 0 ? Math.min(lost[1], Math.max(lost[0], -(x * vx + y * vy) / speed2)) : lost[0]
    return {
      a: a.droneId,
      b: b.droneId,
      fromS: fromS + lost[0],
      closestS: fromS + nearestS,
      horizontalM: Math.hypot(x + vx * nearestS, y + vy * nearestS),
      verticalM: level ? null : Math.abs(z + vz * nearestS),
    }
  }
  return null
}

/** Position of a track at a time, or null before its first and after its last point. */
function at({ points }: PredictedTrack, atS: number): readonly [number, number, number | null] | null {
  for (let i = 1; i < points.length; i++) {
    const [p, q] = [points[i - 1]!, points[i]!]
    if (atS < p.atS || atS > q.atS) continue
    const t = (atS - p.atS) / (q.atS - p.atS)
    const mix = (k: 0 | 1): number => p.positionM[k] + t * (q.positionM[k] - p.positionM[k])
    const [low, high] = [p.positionM[2], q.positionM[2]]
    return [mix(0), mix(1), low === null || high === null ? null : low + t * (high - low)]
  }
  return null
}

/** Time span in which |p + v t| < limit, or null when it never is. */
function within(p: readonly number[], v: readonly number[], limit: number): readonly [number, number] | null {
  const vv = v.reduce((sum, k) => sum + k * k, 0)
  const pv = p.reduce((sum, k, i) => sum + k * v[i]!, 0)
  const pp = p.reduce((sum, k) => sum + k * k, 0) - limit * limit
  if (vv === 0) return pp < 0 ? [-Infinity, Infinity] : null
  const root = pv * pv - vv * pp
  if (!(root > 0)) return null
  return [(-pv - Math.sqrt(root)) / vv, (-pv + Math.sqrt(root)) / vv]
}

function both(
  a: readonly [number, number] | null,
  b: readonly [number, number] | null,
  spanS: number,
): readonly [number, number] | null {
  if (!a || !b) return null
  const [from, to] = [Math.max(0, a[0], b[0]), Math.min(spanS, a[1], b[1])]
  return from < to ? [from, to] : null
}
