import type { ReasonCode } from '@skerry/contract'

/** Whose manners a transfer follows. */
export type Dialect = 'ardupilot' | 'px4' | 'other'

/** MAV_MISSION_RESULT. */
export const ACCEPTED = 0
export const ERROR = 1
export const INVALID_SEQUENCE = 13
export const DENIED = 14
export const CANCELLED = 15

const CODES: ReadonlyMap<number, readonly [code: ReasonCode, detail: string]> = new Map<
  number,
  readonly [ReasonCode, string]
>([
  [ERROR, ['mission-error', '']],
  [2, ['mission-unsupported-frame', '']],
  [3, ['mission-unsupported-command', '']],
  [4, ['mission-no-space', '']],
  [5, ['mission-invalid-item', '']],
  [6, ['mission-invalid-value', 'param1']],
  [7, ['mission-invalid-value', 'param2']],
  [8, ['mission-invalid-value', 'param3']],
  [9, ['mission-invalid-value', 'param4']],
  [10, ['mission-invalid-value', 'x']],
  [11, ['mission-invalid-value', 'y']],
  [12, ['mission-invalid-value', 'z']],
  [INVALID_SEQUENCE, ['mission-invalid-sequence', '']],
  [DENIED, ['mission-denied', '']],
  [CANCELLED, ['mission-cancelled', '']],
])
/**
 * The reason that a result is; one without a name comes with its number.
 * @param seq the item it speaks of, counted as the autopilot does
 */
export function missionCode(result: number, seq: number | null = null): { code: ReasonCode; detail: string } {
  const [code, what] = CODES.get(result) ?? ['mission-result-unknown' as const, String(result)]
  return { code, detail: [seq === null ? '' : `#${seq}`, what].filter((part) => part !== '').join(' ') }
}

/** Another transfer, or the rest of a broken one, is in the way: it passes. */
export const passes = (result: number): boolean =>
  result === ERROR || result === INVALID_SEQUENCE || result === DENIED || result === CANCELLED
