import type { DroneFence, DroneStatus, DroneUpkeep, UpkeepAsk, UpkeepEnd } from '@skerry/contract'

/** Why parameters can be neither read nor set now, or only read; null: both. */
export type Shut = 'notHeld' | 'locked' | 'linkLost' | 'running' | 'armed'

/** @param locked why this seat may tell the drone nothing */
export function readShut(
  locked: 'notHeld' | 'locked' | null,
  status: DroneStatus,
  upkeep: DroneUpkeep | undefined,
  fence: DroneFence | undefined,
): Exclude<Shut, 'armed'> | null {
  if (locked !== null) return locked
  if (status.link.state === 'lost') return 'linkLost'
  return upkeep?.job != null || fence?.transfer != null ? 'running' : null
}

/** An aircraft that is armed, or may be, is changed only where its bridge allows that. */
export const setShut = (read: Exclude<Shut, 'armed'> | null, status: DroneStatus): Shut | null =>
  read ?? (status.armed !== false && status.upkeep?.setsWhileArmed !== true ? 'armed' : null)
/** What it carries is never taken out of it while it is armed or may be. */
export const clearShut = (read: Exclude<Shut, 'armed'> | null, status: DroneStatus): Shut | null =>
  read ?? (status.armed === false ? null : 'armed')

/** How the end of a job is told: `unknown` and `refused` are neither of them done. */
export type EndMark = 'done' | 'refused' | 'unknown'
export function endMark({ outcome }: UpkeepEnd): EndMark {
  if (outcome.kind === 'failed') return outcome.unknown ? 'unknown' : 'refused'
  return outcome.kind === 'holds-other' ? 'refused' : 'done'
}

/** The parameter that it is about, or null. */
export const nameIn = (ask: UpkeepAsk): string | null => ('name' in ask ? ask.name : null)

/** The last end of a fence transfer, where it took something out. */
export function fenceCleared(fence: DroneFence | undefined): {
  part: 'both' | 'fence' | 'rally'
  outcome: NonNullable<DroneFence['last']>['outcome']
  atMs: number
} | null {
  const last = fence?.transfer ? null : fence?.last
  if (!last) return null
  const { ask, outcome, atMs } = last
  if (ask === 'clear') return { part: 'both', outcome, atMs }
  if (ask === 'clear-fence') return { part: 'fence', outcome, atMs }
  return ask === 'clear-rally' ? { part: 'rally', outcome, atMs } : null
}
