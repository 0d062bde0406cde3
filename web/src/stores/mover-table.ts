import { emptyColumns, type MotionFrame, type MoverColumns } from '@skerry/contract'

/** Where one mover was when it was last told of, and how it moved. */
export interface MoverFix {
  lngLat: [number, number]
  headingDeg: number | null
  speedMps: number | null
  /** Source time of the fix on the server's clock; null where unknown. */
  fixAtMs: number | null
  /** When the server received it, on its own clock; null where unknown. */
  receivedAtMs: number | null
  state: number
}

/** Growing typed columns of one kind of mover, one row per handle, rows dense. */
export interface MoverTable {
  apply: (topic: string, frame: Pick<MotionFrame, 'keyframe' | 'tickAtMs' | 'moved' | 'gone'>) => void
  forget: (topic: string) => boolean
  columns: (nowMs: number) => MoverColumns
  find: (handle: number) => MoverFix | null
  version: () => number
}

/**
 * A mover belongs to the topic that last told of it: a late "gone" of the tile it left must not remove it from
 * the tile it entered.
 */
export function createMoverTable(): MoverTable {
  let rows = emptyColumns(64)
  let fixAtMs = new Float64Array(64).fill(NaN)
  let receivedAtMs = new Float64Array(64).fill(NaN)
  let topics: string[] = []
  let count = 0
  let version = 0
  const rowOf = new Map<number, number>()

  function grow(): void {
    const bigger = emptyColumns(rows.handle.length * 2)
    for (const name of ['handle', 'positions', 'headingDeg', 'speedMps', 'state'] as const)
      (bigger[name] as Float64Array).set(rows[name] as Float64Array)
    fixAtMs = longer(fixAtMs)
    receivedAtMs = longer(receivedAtMs)
    rows = bigger
  }

  function remove(handle: number): void {
    const row = rowOf.get(handle)
    if (row === undefined) return
    const last = --count
    rowOf.delete(handle)
    if (row === last) return
    rows.positions.copyWithin(row * 2, last * 2, last * 2 + 2)
    for (const name of ['handle', 'headingDeg', 'speedMps', 'state'] as const) rows[name][row] = rows[name][last]!
    fixAtMs[row] = fixAtMs[last]!
    receivedAtMs[row] = receivedAtMs[last]!
    topics[row] = topics[last]!
    rowOf.set(rows.handle[row]!, row)
  }

  function removeOf(topic: string, keep: ReadonlySet<number>): boolean {
    const stale = [...rowOf].filter(([handle, row]) => topics[row] === topic && !keep.has(handle))
    for (const [handle] of stale) remove(handle)
    return stale.length > 0
  }

  return {
    apply(topic, { keyframe, tickAtMs, moved, gone }) {
      version++
      for (let i = 0; i < moved.count; i++) {
        const handle = moved.handle[i]!
        let row = rowOf.get(handle)
        if (row === undefined) {
          if (count === rows.handle.length) grow()
          rowOf.set(handle, (row = count++))
        }
        rows.handle[row] = handle
        rows.positions[row * 2] = moved.positions[i * 2]!
        rows.positions[row * 2 + 1] = moved.positions[i * 2 + 1]!
        rows.headingDeg[row] = moved.headingDeg[i]!
        rows.speedMps[row] = moved.speedMps[i]!
        rows.state[row] = moved.state[i]!
        fixAtMs[row] = timeOf(tickAtMs, moved.ageS[i]!)
        receivedAtMs[row] = timeOf(tickAtMs, moved.receivedAgeS[i]!)
        topics[row] = topic
      }
      for (const handle of gone) {
        const row = rowOf.get(handle)
        if (row !== undefined && topics[row] === topic) remove(handle)
      }
      if (keyframe) removeOf(topic, new Set(moved.handle.subarray(0, moved.count)))
    },
    forget(topic) {
      const any = removeOf(topic, new Set())
      if (any) version++
      return any
    },
    columns(nowMs) {
      for (let i = 0; i < count; i++) {
        rows.ageS[i] = ageS(nowMs, fixAtMs[i]!)
        rows.receivedAgeS[i] = ageS(nowMs, receivedAtMs[i]!)
      }
      return {
        count,
        handle: rows.handle.subarray(0, count),
        positions: rows.positions.subarray(0, count * 2),
        headingDeg: rows.headingDeg.subarray(0, count),
        speedMps: rows.speedMps.subarray(0, count),
        ageS: rows.ageS.subarray(0, count),
        receivedAgeS: rows.receivedAgeS.subarray(0, count),
        state: rows.state.subarray(0, count),
      }
    },
    find(handle) {
      const row = rowOf.get(handle)
      if (row === undefined) return null
      const known = (value: number): number | null => (Number.isFinite(value) ? value : null)
      return {
        lngLat: [rows.positions[row * 2]!, rows.positions[row * 2 + 1]!],
        headingDeg: known(rows.headingDeg[row]!),
        speedMps: known(rows.speedMps[row]!),
        fixAtMs: known(fixAtMs[row]!),
        receivedAtMs: known(receivedAtMs[row]!),
        state: rows.state[row]!,
      }
    },
    version: () => version,
  }
}

/** What an age says at a tick, as a time; NaN where it is unknown. */
const timeOf = (tickAtMs: number, ageS: number): number => (Number.isFinite(ageS) ? tickAtMs - ageS * 1000 : NaN)
/** Never below zero: a clock that is ahead makes nothing younger than new. */
const ageS = (nowMs: number, atMs: number): number =>
  Number.isNaN(atMs) ? Infinity : Math.max(0, (nowMs - atMs) / 1000)

function longer(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const made = new Float64Array(column.length * 2).fill(NaN)
  made.set(column)
  return made
}
