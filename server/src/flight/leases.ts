import type { LeaseNotice } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import { isOfBridge } from './drone-board.ts'
import type { Bridges } from './bridges.ts'

/**
 * Tokens by which a bridge knows that an order comes from this server under the present holder. One per drone, new with
 * every change of holder and every start of the server, never journaled. A drone that nobody holds has one too: the
 * server's own, for safety orders to the whole fleet.
 */
export interface Leases {
  token(droneId: string): string
  /** The holder has changed: what was authorised under the former one is void from now on. */
  renew(droneId: string, holder: string | null): void
  /** What a bridge is told when it connects. */
  noticesFor(bridgeId: string, picture: Picture): LeaseNotice[]
}

export function createLeases(bridges: Bridges, newToken: () => string): Leases {
  const tokens = new Map<string, string>()
  const token = (droneId: string): string => {
    const known = tokens.get(droneId) ?? newToken()
    tokens.set(droneId, known)
    return known
  }
  return {
    token,
    renew(droneId, holder) {
      tokens.set(droneId, newToken())
      bridges.of(droneId)?.lease({ droneId, token: token(droneId), holder })
    },
    noticesFor: (bridgeId, picture) =>
      [...picture.drone.values()]
        .filter(({ id }) => isOfBridge(id, bridgeId))
        .map(({ id, lease }) => ({ droneId: id, token: token(id), holder: lease?.name ?? null })),
  }
}
