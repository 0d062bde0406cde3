import type { FixReport, LngLat, TerminalAlarmCode } from '@skerry/contract'
import type { AisMessage } from '../ais/message.ts'

/** Why something that came over a feed was not taken, beyond the reasons for single positions. */
export const MESSAGE_FAULTS = [
  /** Cannot be read as its protocol. */
  'malformed',
  /** A checksum, sum or length does not hold. */
  'checksum',
  'too-large',
  /** More in a second than the feed's limits allow. */
  'too-many',
  /** Not by this address, or not with this key. */
  'not-allowed',
  /** A device that the feeds file or the roster does not name. */
  'unknown-source',
  /** What is polled or watched does not answer. */
  'unreachable',
  /** The receiver says that it does not know where it is. */
  'no-fix',
] as const
export type MessageFault = (typeof MESSAGE_FAULTS)[number]

/** A position as a device reports it, in the datum of its feed. Unknown values are left out. */
export type SourceFix = Omit<FixReport, 'unitId' | 'status'>

/** One thing that a feed says about the world. `source` is the device within its feed. */
export type Observation =
  | { kind: 'fix'; source: string; fix: SourceFix }
  /** `heardAtMs`: receipt, or the receiving station's own time where it gave one. */
  /** Alarm bits of a vehicle terminal: those that are set; the others are not. */
  | {
      kind: 'terminal-alarms'
      source: string
      alarms: readonly TerminalAlarmCode[]
      atMs: number
      position: LngLat | null
    }
  | { kind: 'vessel'; message: AisMessage; heardAtMs: number }

/** What a decoder makes of one message: pure data. */
export interface Decoded {
  observations: readonly Observation[]
  faults: readonly MessageFault[]
  /** Messages that are well formed and say nothing that Skerry uses. */
  ignored: number
}
export const NOTHING: Decoded = { observations: [], faults: [], ignored: 0 }
export const IGNORED: Decoded = { ...NOTHING, ignored: 1 }
export const faulty = (...faults: MessageFault[]): Decoded => ({ ...NOTHING, faults })
export const observed = (...observations: Observation[]): Decoded => ({ ...NOTHING, observations })
