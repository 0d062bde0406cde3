import {
  emptyColumns,
  topicName,
  topicTile,
  type LngLat,
  type MotionFrame,
  type MotionTopic,
  type MoverKind,
} from '@skerry/contract'

/** Newest state of one moving thing; unknown heading and speed are null. */
export interface Mover {
  lngLat: LngLat
  headingDeg: number | null
  speedMps: number | null
  /** When the position was true, by its source. */
  fixAtMs: number
  /** When it came in, by our clock. */
  receivedAtMs: number
  /** See `unitState` in the contract. */
  state: number
}

export interface TopicFrame {
  topic: string
  frame: MotionFrame
}

/** The motion plane: newest wins, kept in memory only. */
export interface MotionStore {
  put(kind: MoverKind, handle: number, mover: Mover): void
  remove(kind: MoverKind, handle: number): void
  /** Newest state of one thing, null where none is known. */
  find(kind: MoverKind, handle: number): Mover | null
  /** What changed since the last tick, one frame per topic. */
  tick(nowMs: number): TopicFrame[]
  /** Everything that is in a topic now, also when that is nothing. */
  keyframe(topic: MotionTopic, nowMs: number): MotionFrame
  /** How many things of a kind have a position. */
  size(kind: MoverKind): number
}

interface TopicState {
  at: MotionTopic
  members: Map<number, Mover>
  moved: Set<number>
  gone: Set<number>
  sequence: number
}

export function createMotionStore(): MotionStore {
  const topics = new Map<string, TopicState>()
  const whereIs: Record<MoverKind, Map<number, TopicState>> = {
    unit: new Map(),
    drone: new Map(),
    vessel: new Map(),
  }
  const changed = new Set<TopicState>()

  function stateOf(at: MotionTopic): TopicState {
    const name = topicName(at)
    const known = topics.get(name)
    if (known !== undefined) return known
    const made = { at, members: new Map(), moved: new Set<number>(), gone: new Set<number>(), sequence: 0 }
    topics.set(name, made)
    return made
  }

  function takeOut(from: TopicState, handle: number): void {
    from.members.delete(handle)
    from.moved.delete(handle)
    from.gone.add(handle)
    changed.add(from)
  }

  return {
    put(kind, handle, mover) {
      const to = stateOf({ kind, ...topicTile(mover.lngLat) })
      const from = whereIs[kind].get(handle)
      if (from !== undefined && from !== to) takeOut(from, handle)
      whereIs[kind].set(handle, to)
      to.members.set(handle, mover)
      to.moved.add(handle)
      to.gone.delete(handle)
      changed.add(to)
    },
    remove(kind, handle) {
      const from = whereIs[kind].get(handle)
      if (from === undefined) return
      whereIs[kind].delete(handle)
      takeOut(from, handle)
    },
    find: (kind, handle) => whereIs[kind].get(handle)?.members.get(handle) ?? null,
    tick(nowMs) {
      const frames = [...changed].map((topic) => {
        topic.sequence++
        const frame = toFrame(topic, topic.moved, topic.gone, false, nowMs)
        topic.moved.clear()
        topic.gone.clear()
        return { topic: topicName(topic.at), frame }
      })
      changed.clear()
      return frames
    },
    keyframe(at, nowMs) {
      const topic = topics.get(topicName(at))
      if (topic === undefined)
        return {
          topic: at,
          keyframe: true,
          tickAtMs: nowMs,
          sequence: 0,
          moved: emptyColumns(0),
          gone: new Uint16Array(0),
        }
      return toFrame(topic, topic.members.keys(), [], true, nowMs)
    },
    size: (kind) => whereIs[kind].size,
  }
}

function toFrame(
  topic: TopicState,
  handles: Iterable<number>,
  gone: Iterable<number>,
  keyframe: boolean,
  nowMs: number,
): MotionFrame {
  const list = [...handles]
  const moved = emptyColumns(list.length)
  list.forEach((handle, i) => {
    const mover = topic.members.get(handle)!
    moved.handle[i] = handle
    moved.positions[i * 2] = mover.lngLat[0]
    moved.positions[i * 2 + 1] = mover.lngLat[1]
    moved.headingDeg[i] = mover.headingDeg ?? NaN
    moved.speedMps[i] = mover.speedMps ?? NaN
    moved.ageS[i] = (nowMs - mover.fixAtMs) / 1000
    moved.receivedAgeS[i] = (nowMs - mover.receivedAtMs) / 1000
    moved.state[i] = mover.state
  })
  return { topic: topic.at, keyframe, tickAtMs: nowMs, sequence: topic.sequence, moved, gone: Uint16Array.from(gone) }
}
