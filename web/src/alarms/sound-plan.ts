import type { Alarm, Priority } from '@skerry/contract'
import { byPriority, isWaiting } from './alarm-order.ts'

/** Pause between two tones of an unacknowledged alarm, ms. What is only to be known sounds once. */
const REPEAT_MS: Record<Priority, number> = { critical: 4000, warning: 20_000, notice: Infinity }

export interface SoundMemory {
  /** Comings of alarms that have sounded once. */
  heard: ReadonlySet<string>
  /** When the last tone was due. */
  lastAtMs: number | null
}
export const SILENCE: SoundMemory = { heard: new Set(), lastAtMs: null }

/**
 * Which one tone to play now: the highest priority of what is new, or the repeat for an alarm that no seat has
 * acknowledged: also of what is over again by then, as a zone that was left is at once (ISA-18.2). Muting silences the tone, not the memory: what was raised meanwhile does not all sound at its end.
 */
export function planSound(
  alarms: Iterable<Alarm>,
  memory: SoundMemory,
  nowMs: number,
  muted: boolean,
): { tone: Priority | null; memory: SoundMemory } {
  const waiting = [...alarms].filter(isWaiting)
  const fresh = waiting.filter((alarm) => !memory.heard.has(coming(alarm))).map((alarm) => alarm.priority)
  const highest = waiting.map((alarm) => alarm.priority).sort(byPriority)[0]
  const due = highest !== undefined && memory.lastAtMs !== null && nowMs - memory.lastAtMs >= REPEAT_MS[highest]
  const tone: Priority | null = due ? highest : (fresh.sort(byPriority)[0] ?? null)
  return {
    tone: muted ? null : tone,
    memory: {
      heard: new Set(waiting.map(coming)),
      lastAtMs: highest === undefined ? null : tone === null ? memory.lastAtMs : nowMs,
    },
  }
}

/** Whether a tone comes again and again until someone answers. */
export const soundsOn = (alarms: Iterable<Alarm>): boolean =>
  [...alarms].some((alarm) => isWaiting(alarm) && alarm.priority !== 'notice')

/** An alarm that comes again sounds again. */
const coming = ({ id, occurrences = 1 }: Alarm): string => `${id} ${occurrences}`
