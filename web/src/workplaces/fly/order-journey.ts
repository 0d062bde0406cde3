import {
  type AircraftCommand,
  type AircraftOrder,
  type CommandState,
  type DroneStatus,
  type FlightOrder,
  isCameraOrder,
  isFlightOrder,
  type ModeKind,
} from '@skerry/contract'
import { standsDisarmed } from './aircraft-state.ts'

const FAILED: readonly CommandState[] = ['refused', 'not-effective', 'expired', 'unknown']
/** A finished order is news for this long; the ledger keeps it. */
const NEWS_MS = 5 * 60_000
/** Modes in which an order's effect still stands. */
const EFFECT: Record<FlightOrder, readonly ModeKind[]> = {
  hold: ['hold', 'guided'],
  return: ['return', 'land'],
  land: ['land'],
  resume: ['auto'],
  'arm-and-start': ['auto', 'takeoff'],
  'start-in-air': ['auto'],
}

/** How far the newest order of one kind has come. An ack is not an effect: `doing` was read from telemetry. */
export interface OrderJourney {
  command: AircraftCommand
  at: 'authorised' | 'sent' | 'acked' | 'doing' | 'over' | 'failed'
  sent: boolean
  acked: boolean
  doing: boolean
}

/** Newest orders first, of one drone. */
export const ledgerOf = (droneId: string, commands: Iterable<AircraftCommand>): AircraftCommand[] =>
  [...commands].filter((command) => command.droneId === droneId).sort((a, b) => b.atMs - a.atMs)

/**
 * Journey of the newest order of a kind, or null where there is none that still matters.
 * @param ledger orders of one drone, newest first
 */
export function orderJourney(
  kind: readonly AircraftOrder[],
  ledger: readonly AircraftCommand[],
  status: DroneStatus | null,
  nowMs: number,
): OrderJourney | null {
  const command = ledger.find(({ order }) => kind.includes(order))
  if (command === undefined) return null
  const at = standing(command, ledger, status)
  const final = at === 'over' || at === 'failed'
  if (final && nowMs - (command.effectiveAtMs ?? command.atMs) > NEWS_MS) return null
  return {
    command,
    at,
    sent: command.sentAtMs !== null,
    acked: command.ackedAtMs !== null,
    doing: at === 'doing',
  }
}

/** Orders of one line take each other's place: what the aircraft does, where its camera looks, whom it obeys. */
const lineOf = (order: AircraftOrder): string =>
  isFlightOrder(order) ? 'flight' : isCameraOrder(order) ? 'camera' : 'control'

function standing(
  command: AircraftCommand,
  ledger: readonly AircraftCommand[],
  status: DroneStatus | null,
): OrderJourney['at'] {
  if (FAILED.includes(command.state)) return 'failed'
  switch (command.state) {
    case 'authorised':
      return 'authorised'
    case 'sent':
      return 'sent'
    case 'effective': {
      const { order, atMs } = command
      const replaced = ledger.some(
        (other) => other.atMs > atMs && other.state === 'effective' && lineOf(other.order) === lineOf(order),
      )
      if (!isFlightOrder(order)) return replaced ? 'over' : 'doing'
      const mode = status?.mode?.kind
      const left = mode !== undefined && !EFFECT[order].includes(mode)
      return replaced || left || standsDisarmed(status) ? 'over' : 'doing'
    }
    default:
      return 'acked'
  }
}
