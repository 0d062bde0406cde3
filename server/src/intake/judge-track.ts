import type { LngLat, RecordedPoint, TrackRefusal, Unit } from '@skerry/contract'
import { distanceM } from '@skerry/exchange'
import { IMPOSSIBLE_MPS, judgeMotion, NO_MEMORY, wasOnDuty, type FixMemory } from './decide-fix.ts'

/** What of a recorded track may be kept. */
export interface JudgedTrack {
  /** In order of time. */
  points: { atMs: number; position: LngLat; heightAmslM: number | null }[]
  refused: Partial<Record<TrackRefusal, number>>
  lengthM: number
}

/** Between two positions further apart in time the way is not known, and is not counted. */
const GAP_MS = 10 * 60_000

/**
 * Judges a track that a unit's own receiver recorded, point by point and by the same rules as positions that come live:
 * a clock that is ahead or a week behind, a jump that nobody can have made, the same moment twice. Positions from when
 * the roster did not have the unit on duty are not taken. Pure.
 */
export function judgeTrack(
  points: readonly RecordedPoint[],
  unit: Pick<Unit, 'id' | 'kind' | 'duty' | 'shift'>,
  nowMs: number,
): JudgedTrack {
  const judged: JudgedTrack = { points: [], refused: {}, lengthM: 0 }
  const refuse = (why: TrackRefusal): void => void (judged.refused[why] = (judged.refused[why] ?? 0) + 1)
  let memory: FixMemory = NO_MEMORY
  for (const [lng, lat, atMs, heightAmslM] of points.toSorted((a, b) => a[2] - b[2])) {
    if (!wasOnDuty(unit, atMs) && !isOnShift(unit, atMs)) {
      refuse('off-duty')
      continue
    }
    const fix = { unitId: unit.id, atMs, position: [lng, lat] as LngLat }
    const decided = judgeMotion(fix, IMPOSSIBLE_MPS[unit.kind], memory, nowMs)
    memory = decided.memory
    const { verdict } = decided
    if (verdict.kind === 'refused') {
      refuse(verdict.reason === 'unknown-unit' ? 'off-duty' : verdict.reason)
      continue
    }
    const before = judged.points.at(-1)
    if (before !== undefined && atMs - before.atMs <= GAP_MS) judged.lengthM += distanceM(before.position, fix.position)
    judged.points.push({ atMs, position: fix.position, heightAmslM })
  }
  return judged
}

/** By a shift that the roster announces: who uploads a track gives it of their own will. */
const isOnShift = ({ shift }: Pick<Unit, 'shift'>, atMs: number): boolean =>
  shift !== undefined && atMs >= shift.fromMs && atMs <= shift.toMs
