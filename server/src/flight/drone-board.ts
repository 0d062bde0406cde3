import type { DroneStatus } from '@skerry/contract'

/** Newest telemetry of every vehicle that a bridge has told of since this server started. Nothing here is journaled. */
export interface DroneBoard {
  statuses(): DroneStatus[]
  get(droneId: string): DroneStatus | null
  /** Called with every batch that a bridge sends, or that changes because a bridge is silent. Returns its own undo. */
  onStatus(listener: (statuses: readonly DroneStatus[], before: ReadonlyMap<string, DroneStatus>) => void): () => void
  put(statuses: readonly DroneStatus[]): void
  /** The bridge is silent: what was last known stays, and every link of it counts as lost. */
  lose(bridgeId: string): void
  /** The same of one drone: its bridge goes on, and what it says of this one cannot be used. */
  loseOne(droneId: string): void
}

/** A drone's id begins with the name of its bridge. */
export const isOfBridge = (droneId: string, bridgeId: string): boolean => droneId.startsWith(`${bridgeId}-`)

/** @param onFault told about a listener that threw: the others still hear of the telemetry */
export function createDroneBoard(onFault: (error: unknown) => void): DroneBoard {
  const newest = new Map<string, DroneStatus>()
  const listeners = new Set<Parameters<DroneBoard['onStatus']>[0]>()

  function put(statuses: readonly DroneStatus[]): void {
    const before = new Map<string, DroneStatus>()
    for (const status of statuses) {
      const known = newest.get(status.droneId)
      if (known) before.set(status.droneId, known)
      newest.set(status.droneId, status)
    }
    for (const listener of listeners)
      try {
        listener(statuses, before)
      } catch (error) {
        onFault(error)
      }
  }

  function loseThose(which: (droneId: string) => boolean): void {
    const lost = [...newest.values()]
      .filter(({ droneId, link }) => which(droneId) && link.state !== 'lost')
      .map((status): DroneStatus => ({ ...status, link: { ...status.link, state: 'lost', failsafeInS: null } }))
    if (lost.length > 0) put(lost)
  }

  return {
    statuses: () => [...newest.values()],
    get: (droneId) => newest.get(droneId) ?? null,
    onStatus(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    put,
    lose: (bridgeId) => loseThose((droneId) => isOfBridge(droneId, bridgeId)),
    loseOne: (droneId) => loseThose((one) => one === droneId),
  }
}
