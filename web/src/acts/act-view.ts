import {
  isOver,
  type ActTarget,
  type Consignment,
  type DroneStatus,
  type FixedCamera,
  type MemberKey,
  type SensitiveAct,
} from '@skerry/contract'
import type { Lang } from '../i18n/lang.ts'

export type ActKind = ActTarget['kind']
export interface TargetOption {
  id: string
  name: string
}

interface Known {
  cameras: ReadonlyMap<string, FixedCamera>
  consignments: ReadonlyMap<string, Consignment>
  drones: ReadonlyMap<string, DroneStatus>
}

/** What can be asked for now, by kind; a kind that is not there has none. */
export function targetsOf(kind: ActKind, { cameras, consignments, drones }: Known, lang: Lang): TargetOption[] {
  if (kind === 'camera') return [...cameras.values()].map(({ id, label }) => ({ id, name: label[lang] }))
  if (kind === 'drone')
    return [...drones.values()]
      .filter(({ camera }) => (camera?.streams?.length ?? 0) > 0)
      .map(({ droneId }) => ({ id: droneId, name: droneId }))
  return [...consignments.values()]
    .filter(({ state, vehicle }) => !isOver(state) && vehicle.terminalId !== null)
    .map(({ id, number, vehicle }) => ({ id, name: `${vehicle.callSign} (${number})` }))
}

/** What an act is about, as people call it. */
export function targetName({ kind, id }: ActTarget, { cameras, consignments }: Known, lang: Lang): string {
  if (kind === 'camera') return cameras.get(id)?.label[lang] ?? id
  if (kind === 'consignment') return consignments.get(id)?.vehicle.callSign ?? id
  return id
}

/** Acts of an incident: those that wait or run first, newest first within each. */
export const actsIn = (acts: Iterable<SensitiveAct>, incidentId: string): SensitiveAct[] =>
  [...acts]
    .filter((act) => act.incidentId === incidentId)
    .sort((a, b) => Number(a.state === 'ended') - Number(b.state === 'ended') || b.number - a.number)

/** Seconds until an act's approval or time is over; null once it has ended. */
export function leftS({ state, approveByMs, untilMs }: SensitiveAct, nowMs: number): number | null {
  if (state === 'ended') return null
  return Math.max(0, ((state === 'waiting' ? approveByMs : (untilMs ?? nowMs)) - nowMs) / 1000)
}

/** Whether a seat, by its keys, is the one who asked. */
export const isOwn = ({ askedBy }: SensitiveAct, keys: readonly MemberKey[]): boolean => keys.includes(askedBy.key)

/** Requests that a seat may decide: of others, and still in time. */
export const toApprove = (acts: Iterable<SensitiveAct>, keys: readonly MemberKey[], nowMs: number): SensitiveAct[] =>
  [...acts].filter((act) => act.state === 'waiting' && act.approveByMs >= nowMs && !isOwn(act, keys))
