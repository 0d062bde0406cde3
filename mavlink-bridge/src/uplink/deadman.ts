import type { AbsentHolder } from '@skerry/contract'

/**
 * Whether the operator side is alive. When it is silent for longer than the policy, the bridge stops its own heartbeat
 * on purpose, so that the aircraft notice and their own failsafe works; a bridge that kept beating would hold them in
 * the air for nobody. Before it has met its server nobody is there either: a bridge that is started again and again must
 * not begin its patience anew each time.
 */
export interface Deadman {
  /** Last sign of life of the server, epoch ms; null: none since the start. */
  readonly lastAliveAtMs: number | null
  readonly policyMs: number
}
/** Drones whose holder is not there, with the time since when, epoch ms; as the server said last. */
export type Absences = ReadonlyMap<string, number>
export const absencesOf = (absent: readonly AbsentHolder[], nowMs: number): Absences =>
  new Map(absent.map(({ droneId, forMs }) => [droneId, nowMs - forMs]))

/** Whether the holder of a drone has been away for longer than the policy: then nobody is there to fly it. */
export const holderGone = (absences: Absences, droneId: string, policyMs: number, nowMs: number): boolean => {
  const sinceMs = absences.get(droneId)
  return sinceMs !== undefined && nowMs - sinceMs > policyMs
}

export const operatorAlive = ({ lastAliveAtMs, policyMs }: Deadman, nowMs: number): boolean =>
  lastAliveAtMs !== null && nowMs - lastAliveAtMs <= policyMs
