import type { Priority } from './incidents.ts'

/**
 * Alarm bits of a vehicle terminal (JT/T 808-2013 and -2019, table of 0x0200), bit 0 first. Null: reserved in both.
 * Bit 0 is the emergency key and is a distress signal, not an alarm of the terminal.
 */
export const TERMINAL_ALARM_BITS = [
  'emergency',
  'overspeed',
  'fatigue',
  'danger',
  'receiver-fault',
  'antenna-open',
  'antenna-short',
  'supply-low',
  'supply-lost',
  'display-fault',
  'voice-fault',
  'camera-fault',
  'card-reader-fault',
  'overspeed-soon',
  'fatigue-soon',
  'illegal-driving',
  'tyre-pressure',
  'blind-spot',
  'driving-too-long-today',
  'parked-too-long',
  'area-crossed',
  'route-crossed',
  'segment-time',
  'route-deviation',
  'speed-sensor-fault',
  'fuel-abnormal',
  'theft',
  'illegal-ignition',
  'illegal-displacement',
  'collision',
  'rollover',
  'illegal-door',
] as const
export type TerminalAlarmCode = (typeof TERMINAL_ALARM_BITS)[number]

const CRITICAL: readonly TerminalAlarmCode[] = ['emergency', 'danger', 'collision', 'rollover', 'theft']
const EQUIPMENT: readonly TerminalAlarmCode[] = [
  'receiver-fault',
  'antenna-open',
  'antenna-short',
  'supply-low',
  'supply-lost',
  'display-fault',
  'voice-fault',
  'camera-fault',
  'card-reader-fault',
  'overspeed-soon',
  'fatigue-soon',
  'speed-sensor-fault',
  'tyre-pressure',
]

/** How urgent an alarm of a terminal is. */
export function terminalAlarmPriority(code: TerminalAlarmCode): Priority {
  if (CRITICAL.includes(code)) return 'critical'
  return EQUIPMENT.includes(code) ? 'notice' : 'warning'
}
