import {
  MOVER_KINDS,
  decodeMotionMessage,
  topicName,
  type MotionHead,
  type MoverColumns,
  type MoverKind,
  type Topic,
} from '@skerry/contract'
import { createMoverTable, type MoverFix, type MoverTable } from './mover-table.ts'

/** Everything that moves, outside Vue: typed columns per kind, and a version that rises with every change. */
export interface Movers {
  /** Columns as of `nowMs` (ages are computed then); valid until the next frame is taken. */
  columns: (kind: MoverKind, nowMs: number) => MoverColumns
  /** Newest known place of one mover, or null where it is not known here. */
  find: (kind: MoverKind, handle: number) => MoverFix | null
  version: (kind: MoverKind) => number
  /** Takes a message of motion blocks as it came. Returns the topics of which something is missing: to be joined again. */
  take: (bytes: ArrayBuffer | Uint8Array) => Topic[]
  /** A topic that was left: its movers are no longer known. */
  forget: (topic: string) => void
  onChange: (listener: (kind: MoverKind) => void) => () => void
}

export function createMovers(): Movers {
  const tables: Record<MoverKind, MoverTable> = {
    unit: createMoverTable(),
    drone: createMoverTable(),
    vessel: createMoverTable(),
  }
  const listeners = new Set<(kind: MoverKind) => void>()
  /** Topic -> number of the newest block that is held. */
  const held = new Map<Topic, number>()
  /** Topics that were found to miss a block and have not come whole since. */
  const torn = new Set<Topic>()
  const changed = (kind: MoverKind): void => {
    for (const listener of listeners) listener(kind)
  }

  /** Whether a block is of use, and whether one before it is missing. A delta of a topic that is not held is none. */
  function place(topic: Topic, { keyframe, sequence }: MotionHead): 'use' | 'gap' | 'drop' {
    const last = held.get(topic)
    if (!keyframe && (last === undefined || sequence <= last)) return 'drop'
    held.set(topic, sequence)
    if (keyframe) torn.delete(topic)
    return keyframe || sequence === last! + 1 ? 'use' : 'gap'
  }
  return {
    columns: (kind, nowMs) => tables[kind].columns(nowMs),
    find: (kind, handle) => tables[kind].find(handle),
    version: (kind) => tables[kind].version(),
    take(bytes) {
      let frames
      try {
        frames = decodeMotionMessage(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes))
      } catch {
        return [] // the next block of the same topic has a number too many, and the topic is asked for again
      }
      const again: Topic[] = []
      const kinds = new Set<MoverKind>()
      for (const frame of frames) {
        const topic = topicName(frame.topic)
        const placed = place(topic, frame)
        if (placed === 'drop') continue
        if (placed === 'gap' && !torn.has(topic)) {
          torn.add(topic)
          again.push(topic)
        }
        tables[frame.topic.kind].apply(topic, frame)
        kinds.add(frame.topic.kind)
      }
      for (const kind of kinds) changed(kind)
      return again
    },
    forget(topic) {
      held.delete(topic)
      torn.delete(topic)
      for (const kind of MOVER_KINDS) if (tables[kind].forget(topic)) changed(kind)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
