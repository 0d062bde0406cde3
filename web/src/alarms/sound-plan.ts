import type { Alarm, Priority } from '@skerry/contract'
import { byPriority } from './alarm-order.ts'

/** Pause between two tones of an unacknowledged critical alarm, ms. */
const REPEAT_MS = 4000

export interface SoundMemory {
  /** Alarms that have sounded once. */
  heard: ReadonlySet<string>
  lastCriticalAtMs: number | null
}
export const SILENCE: SoundMemory = { heard: new Set(), lastCriticalAtMs: null }

/**
 * Which one tone to play now: the highest priority of what is new, or the repeat of a critical alarm that no seat has
 * acknowledged. Muting silences the tone, not the memory: what was raised meanwhile does not all sound at its end.
 */
export function planSound(
  alarms: Iterable<Alarm>,
  memory: SoundMemory,
  nowMs: number,
  muted: boolean,
): { tone: Priority | null; memory: SoundMemory } {
  const waiting = [...alarms].filter((alarm) => alarm.acknowledged === null && alarm.clearedAtMs === null)
  const fresh = waiting.filter((alarm) => !memory.heard.has(alarm.id)).map((alarm) => alarm.priority)
  const critical = waiting.some((alarm) => alarm.priority === 'critical')
  const due = critical && (memory.lastCriticalAtMs === null || nowMs - memory.lastCriticalAtMs >= REPEAT_MS)
  const tone: Priority | null = due ? 'critical' : (fresh.sort(byPriority)[0] ?? null)
  return {
    tone: muted ? null : tone,
    memory: {
      heard: new Set(waiting.map((alarm) => alarm.id)),
      lastCriticalAtMs: critical ? (tone === 'critical' ? nowMs : memory.lastCriticalAtMs) : null,
    },
  }
}
