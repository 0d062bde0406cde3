import { eventId, eventWords } from './event-words.ts'
import type { AutopilotEvent } from './event-keeper.ts'

/**
 * What PX4's health report says now. It comes as a run of events: a summary of the arming checks, then one event for
 * each failure, then a summary of the health. Reasons of a report that is not yet whole do not count.
 */
export interface ArmingReport {
  readonly reasons: readonly string[]
  /** Failures of a report that is still coming in. */
  readonly coming: readonly string[] | null
}
export const NO_REPORT: ArmingReport = { reasons: [], coming: null }

const ARMING_SUMMARY = eventId('commander_arming_check_summary')
const HEALTH_SUMMARY = eventId('commander_health_summary')
/** Bit of the mission mode in a check's mode mask (navigation state 3): a plan is flown in it. */
const MISSION_MODE = 1 << 3
const ALL_MODES = 0xffff_ffff
const WARNING = 4
const INFO = 6

/** The report after one more event, in order. */
export function observeReport(report: ArmingReport, event: AutopilotEvent): ArmingReport {
  if (event.id === ARMING_SUMMARY) return { ...report, coming: [] }
  if (report.coming === null) return report
  if (event.id === HEALTH_SUMMARY) return { reasons: report.coming, coming: null }
  return hindersPlan(event) ? { ...report, coming: [...report.coming, wordsOf(event)] } : report
}

/** A check's first argument is the mask of modes that it hinders; a warning for all modes hinders none. */
function hindersPlan({ severity, args }: AutopilotEvent): boolean {
  if (severity > INFO || args.length < 4) return false
  const modes = new DataView(args.buffer, args.byteOffset, 4).getUint32(0, true)
  return (modes & MISSION_MODE) !== 0 && !(modes === ALL_MODES && severity >= WARNING && severity < INFO)
}

const wordsOf = ({ id }: AutopilotEvent): string => eventWords(id) ?? `check ${id} (see the autopilot's documentation)`
