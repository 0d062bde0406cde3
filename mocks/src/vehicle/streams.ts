import { COMP, MSG } from './mavlink.ts'
import type { AutopilotName } from './modes.ts'

/** What a ground station asked to be sent, by component and message id: wall intervals. */
export interface Stream {
  readonly comp: number
  readonly messageId: number
  readonly intervalMs: number
  readonly nextAtMs: number
}
export type Streams = readonly Stream[]
export const NO_STREAMS: Streams = []

/**
 * What PX4 sends without being asked, by wall interval in ms. Its own list for a ground station is longer (some 360
 * messages a second in its simulator); these are the ones that this vehicle has, about sixty a second.
 */
const PX4_DEFAULTS: Readonly<Record<number, number>> = {
  [MSG.ATTITUDE]: 50,
  [MSG.GLOBAL_POSITION_INT]: 100,
  [MSG.LOCAL_POSITION_NED]: 100,
  [MSG.VFR_HUD]: 250,
  [MSG.GPS_RAW_INT]: 200,
  [MSG.SYS_STATUS]: 1000,
  [MSG.EXTENDED_SYS_STATE]: 1000,
  [MSG.BATTERY_STATUS]: 2000,
  [MSG.SYSTEM_TIME]: 1000,
  [MSG.HOME_POSITION]: 2000,
  [MSG.MISSION_CURRENT]: 1000,
  [MSG.ESTIMATOR_STATUS]: 2000,
  [MSG.WIND_COV]: 2000,
  [MSG.CURRENT_MODE]: 2000,
}
/** Streams right after power-up: ArduCopter sends nothing until it is asked. */
export const firstStreams = (autopilot: AutopilotName, wallMs: number): Streams =>
  autopilot === 'ardupilot'
    ? NO_STREAMS
    : Object.entries(PX4_DEFAULTS).map(([id, intervalMs]) => ({
        comp: COMP.autopilot,
        messageId: Number(id),
        intervalMs,
        nextAtMs: wallMs,
      }))
/** The interval that 0 asks for: the one from before anybody asked, or none. */
export const defaultIntervalMs = (autopilot: AutopilotName, messageId: number): number =>
  autopilot === 'px4' ? (PX4_DEFAULTS[messageId] ?? 0) : 0

/** Fastest rate that the vehicle keeps, 50 Hz; a link cannot carry more of everything. */
const LEAST_MS = 20

/** Asks for one message at an interval; 0 and less switch it off (there is no default rate to go back to). */
export function withStream(
  streams: Streams,
  comp: number,
  messageId: number,
  intervalMs: number,
  wallMs: number,
): Streams {
  const others = streams.filter((s) => s.comp !== comp || s.messageId !== messageId)
  if (!(intervalMs > 0)) return others
  return [...others, { comp, messageId, intervalMs: Math.max(LEAST_MS, intervalMs), nextAtMs: wallMs }]
}

/** Which are due now, and the streams after sending them. A late tick sends one, never a burst. */
export function dueStreams(streams: Streams, wallMs: number): { due: readonly Stream[]; next: Streams } {
  const due = streams.filter((s) => wallMs >= s.nextAtMs)
  if (due.length === 0) return { due, next: streams }
  const next = streams.map((s) =>
    wallMs >= s.nextAtMs ? { ...s, nextAtMs: Math.max(s.nextAtMs + s.intervalMs, wallMs - s.intervalMs) } : s,
  )
  return { due, next }
}

/** Messages of the old stream groups of REQUEST_DATA_STREAM (MAV_DATA_STREAM); 0 is all of them. */
const GROUPS: Readonly<Record<number, readonly number[]>> = {
  2: [MSG.SYS_STATUS, MSG.MISSION_CURRENT, MSG.GPS_RAW_INT],
  6: [MSG.GLOBAL_POSITION_INT, MSG.LOCAL_POSITION_NED],
  10: [MSG.ATTITUDE],
  11: [MSG.VFR_HUD],
  12: [MSG.BATTERY_STATUS, MSG.WIND, MSG.EKF_STATUS_REPORT, MSG.SYSTEM_TIME],
}
export const messagesOfGroup = (group: number): readonly number[] =>
  group === 0 ? Object.values(GROUPS).flat() : (GROUPS[group] ?? [])
