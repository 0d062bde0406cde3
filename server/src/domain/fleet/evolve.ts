import type { AircraftCommand, Change, CommandState, EventOf } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'

type FleetEvent = EventOf<
  'drone.seen' | 'drone.leased' | 'drone.lease-released' | 'drone.ordered' | 'drone.command-changed'
>

/** States that an order never leaves: a late notice from another link must not rewrite what was shown as final. */
const FINAL: readonly CommandState[] = ['effective', 'refused', 'not-effective', 'expired']
/** Finished orders that stay in the picture, per drone; the journal keeps all. */
const KEPT_PER_DRONE = 20

export const isFinal = (state: CommandState): boolean => FINAL.includes(state)

/** Drones, who holds them, and the ledger of orders to each. */
export function evolveFleet(picture: Picture, event: FleetEvent): Change[] {
  switch (event.type) {
    case 'drone.seen': {
      const known = picture.drone.get(event.drone.id)
      return [
        changed('drone', event.drone.id, {
          ...event.drone,
          lease: known?.lease ?? null,
          taskId: known?.taskId ?? null,
          ...(known?.fence === undefined ? {} : { fence: known.fence }),
          ...(known?.upkeep === undefined ? {} : { upkeep: known.upkeep }),
        }),
      ]
    }
    case 'drone.leased':
      return patched(picture, 'drone', event.lease.droneId, { lease: event.lease })
    case 'drone.lease-released':
      return patched(picture, 'drone', event.droneId, { lease: null })
    case 'drone.ordered':
      return [changed('command', event.command.id, event.command), ...forgotten(picture, event.command.droneId)]
    case 'drone.command-changed': {
      const command = picture.command.get(event.commandId)
      return command && !isFinal(command.state) ? [changed('command', command.id, advanced(command, event))] : []
    }
  }
}

function advanced(command: AircraftCommand, event: EventOf<'drone.command-changed'>): AircraftCommand {
  const { state, atMs, tries, reason } = event
  // Unknown before the first try was told of: whether it was sent is just what is not known.
  const sent = state !== 'authorised' && state !== 'expired' && !(state === 'unknown' && tries === 0)
  const acked = state === 'acked' || state === 'in-progress' || state === 'effective'
  return {
    ...command,
    state,
    tries,
    reason: reason ?? command.reason,
    sentAtMs: command.sentAtMs ?? (sent ? atMs : null),
    ackedAtMs: command.ackedAtMs ?? (acked ? atMs : null),
    effectiveAtMs: command.effectiveAtMs ?? (state === 'effective' ? atMs : null),
  }
}

/** The oldest finished orders of a drone, beyond those that are kept. */
function forgotten(picture: Picture, droneId: string): Change[] {
  const finished = [...picture.command.values()].filter((each) => each.droneId === droneId && isFinal(each.state))
  return finished
    .sort((a, b) => b.atMs - a.atMs)
    .slice(KEPT_PER_DRONE - 1)
    .map(({ id }) => changed('command', id, null))
}
