import { encodeMotion, topicName, type MotionFrame, type MotionTopic } from '@skerry/contract'
import type { MotionStore } from '../motion/motion-store.ts'

/** Every topic is sent whole to everybody after so long, one topic in a tick: what should never happen heals itself. */
const KEYFRAME_MS = 30_000

/** What the motion plane has sent since the server started. */
export interface MotionCounts {
  ticks: number
  /** Blocks that were encoded, deltas and keyframes: at most one of each per topic and tick, however many consoles. */
  blocks: number
  blockBytes: number
  /** Movers in them. */
  movers: number
  /** Messages to consoles and their bytes, without the framing of the socket. */
  messages: number
  bytes: number
  /** How often a console was passed by because it did not keep up. */
  passedBy: number
}

/** Sends what moves: at each tick one message to each console, of the topics that it has joined. */
export interface MotionFanOut {
  /** From the next tick on; begins with all that is in the topic. Joining again begins again. */
  join(consoleId: string, topic: MotionTopic): void
  leave(consoleId: string, topicName: string): void
  forget(consoleId: string): void
  /** How many topics a console has joined. */
  joined(consoleId: string): number
  isIn(consoleId: string, topicName: string): boolean
  tick(nowMs: number): void
  counts(): MotionCounts
  /** Consoles that are owed the newest state because they did not keep up. */
  behind(): number
}

interface Topic {
  at: MotionTopic
  consoles: Set<string>
  /** To all of its consoles at once; null: not since somebody joined. */
  sentWholeAtMs: number | null
}

/**
 * A block is encoded once per tick and topic, and the bytes of a message once per set of topics. A console that does
 * not keep up is passed by, never queued for, and gets the whole newest state when it has drained: newest wins.
 * @param isBusy bytes of earlier messages still wait here to leave this machine
 * @param send one message to these consoles
 */
export function createMotionFanOut(parts: {
  motion: Pick<MotionStore, 'tick' | 'keyframe'>
  isBusy: (consoleId: string) => boolean
  send: (consoleIds: readonly string[], bytes: Uint8Array) => void
}): MotionFanOut {
  const { motion, isBusy, send } = parts
  const topics = new Map<string, Topic>()
  /** Console -> topic -> whether it is owed the whole of it. */
  const consoles = new Map<string, Map<string, boolean>>()
  /** Those that were passed by and have not drained yet. */
  const passed = new Set<string>()
  const counts: MotionCounts = { ticks: 0, blocks: 0, blockBytes: 0, movers: 0, messages: 0, bytes: 0, passedBy: 0 }

  function encoded(frame: MotionFrame): Uint8Array {
    counts.blocks++
    counts.movers += frame.moved.count
    const bytes = encodeMotion(frame)
    counts.blockBytes += bytes.length
    return bytes
  }

  /** The topic that was sent whole longest ago, if that is long enough ago. */
  function refreshOne(nowMs: number): void {
    let oldestMs = nowMs - KEYFRAME_MS
    let oldest: [string, Topic] | null = null
    for (const entry of topics) {
      const atMs = (entry[1].sentWholeAtMs ??= nowMs)
      if (atMs > oldestMs) continue
      oldestMs = atMs
      oldest = entry
    }
    if (oldest === null) return
    const [name, topic] = oldest
    topic.sentWholeAtMs = nowMs
    for (const id of topic.consoles) consoles.get(id)?.set(name, true)
  }

  function leave(consoleId: string, name: string): void {
    consoles.get(consoleId)?.delete(name)
    const topic = topics.get(name)
    topic?.consoles.delete(consoleId)
    if (topic?.consoles.size === 0) topics.delete(name)
  }

  return {
    join(consoleId, at) {
      const name = topicName(at)
      const topic = topics.get(name) ?? { at, consoles: new Set<string>(), sentWholeAtMs: null }
      topics.set(name, topic)
      topic.consoles.add(consoleId)
      const joined = consoles.get(consoleId) ?? new Map<string, boolean>()
      consoles.set(consoleId, joined.set(name, true))
    },
    leave,
    forget(consoleId) {
      for (const name of consoles.get(consoleId)?.keys() ?? []) leave(consoleId, name)
      consoles.delete(consoleId)
      passed.delete(consoleId)
    },
    joined: (consoleId) => consoles.get(consoleId)?.size ?? 0,
    isIn: (consoleId, name) => consoles.get(consoleId)?.has(name) ?? false,
    tick(nowMs) {
      counts.ticks++
      // Every frame is taken, joined or not, so that nothing waits for the first who joins.
      const deltas = new Map(motion.tick(nowMs).map(({ topic, frame }) => [topic, frame]))
      refreshOne(nowMs)
      const blocks = new Map<string, Uint8Array>()
      const block = (name: string, whole: boolean): Uint8Array => {
        const key = whole ? `${name}*` : name
        const known = blocks.get(key)
        if (known !== undefined) return known
        const made = encoded(whole ? motion.keyframe(topics.get(name)!.at, nowMs) : deltas.get(name)!)
        blocks.set(key, made)
        return made
      }
      const messages = new Map<string, { ids: string[]; parts: [name: string, whole: boolean][] }>()
      for (const [id, joined] of consoles) {
        const parts: [string, boolean][] = []
        for (const [name, owed] of joined) if (owed || deltas.has(name)) parts.push([name, owed])
        if (parts.length === 0) continue
        if (isBusy(id)) {
          counts.passedBy++
          passed.add(id)
          for (const [name] of parts) joined.set(name, true)
          continue
        }
        passed.delete(id)
        for (const [name] of parts) joined.set(name, false)
        const key = parts.map(([name, whole]) => (whole ? `${name}*` : name)).join(' ')
        const message = messages.get(key)
        if (message === undefined) messages.set(key, { ids: [id], parts })
        else message.ids.push(id)
      }
      for (const { ids, parts } of messages.values()) {
        const bytes = joinedBytes(parts.map(([name, whole]) => block(name, whole)))
        counts.messages += ids.length
        counts.bytes += bytes.length * ids.length
        send(ids, bytes)
      }
    },
    counts: () => ({ ...counts }),
    behind: () => passed.size,
  }
}

function joinedBytes(blocks: readonly Uint8Array[]): Uint8Array {
  const [only] = blocks
  if (only !== undefined && blocks.length === 1) return only
  const bytes = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of blocks) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
