import { MOVER_KINDS, decodeMotion, topicName, type MoverColumns, type MoverKind } from '@skerry/contract'
import { createMoverTable, type MoverTable } from './mover-table.ts'

/** Everything that moves, outside Vue: typed columns per kind, and a version that rises with every change. */
export interface Movers {
  /** Columns as of `nowMs` (ages are computed then); valid until the next frame is taken. */
  columns: (kind: MoverKind, nowMs: number) => MoverColumns
  /** Newest known place of one mover, or null where it is not known here. */
  find: (kind: MoverKind, handle: number) => MoverFix | null
  version: (kind: MoverKind) => number
  /** Takes one motion frame as it came; null when it was not a frame. Returns what the frame was about. */
  take: (bytes: ArrayBuffer | Uint8Array) => MoverKind | null
  /** A topic that was left: its movers are no longer known. */
  forget: (topic: string) => void
  onChange: (listener: (kind: MoverKind) => void) => () => void
}

export interface MoverFix {
  lngLat: [number, number]
  headingDeg: number | null
  speedMps: number | null
  /** Source time of the fix on the server's clock; null where unknown. */
  fixAtMs: number | null
  state: number
}

export function createMovers(): Movers {
  const tables: Record<MoverKind, MoverTable> = {
    unit: createMoverTable(),
    drone: createMoverTable(),
    vessel: createMoverTable(),
  }
  const listeners = new Set<(kind: MoverKind) => void>()
  const changed = (kind: MoverKind): void => {
    for (const listener of listeners) listener(kind)
  }
  return {
    columns: (kind, nowMs) => tables[kind].columns(nowMs),
    find: (kind, handle) => tables[kind].find(handle),
    version: (kind) => tables[kind].version(),
    take(bytes) {
      let frame
      try {
        frame = decodeMotion(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes))
      } catch {
        return null // a broken frame is dropped: the next keyframe repairs the columns
      }
      tables[frame.topic.kind].apply(topicName(frame.topic), frame)
      changed(frame.topic.kind)
      return frame.topic.kind
    },
    forget(topic) {
      for (const kind of MOVER_KINDS) if (tables[kind].forget(topic)) changed(kind)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
