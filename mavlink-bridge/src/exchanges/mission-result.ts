/** Whose manners a transfer follows. */
export type Dialect = 'ardupilot' | 'px4' | 'other'

/** MAV_MISSION_RESULT. */
export const ACCEPTED = 0
export const ERROR = 1
export const INVALID_SEQUENCE = 13
export const DENIED = 14
export const CANCELLED = 15

const WORDS: ReadonlyMap<number, string> = new Map([
  [0, 'accepted'],
  [1, 'error'],
  [2, 'unsupported frame'],
  [3, 'unsupported command'],
  [4, 'no space for so many items'],
  [5, 'invalid item'],
  [6, 'invalid parameter 1'],
  [7, 'invalid parameter 2'],
  [8, 'invalid parameter 3'],
  [9, 'invalid parameter 4'],
  [10, 'invalid x'],
  [11, 'invalid y'],
  [12, 'invalid z'],
  [13, 'invalid sequence'],
  [14, 'denied: another transfer is running'],
  [15, 'cancelled'],
])
export const missionResultWords = (result: number): string => WORDS.get(result) ?? `result ${result}`

/** Another transfer, or the rest of a broken one, is in the way: it passes. */
export const passes = (result: number): boolean =>
  result === ERROR || result === INVALID_SEQUENCE || result === DENIED || result === CANCELLED
