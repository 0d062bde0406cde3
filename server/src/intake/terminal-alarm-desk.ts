import {
  terminalAlarmPriority,
  type Alarm,
  type DomainEvent,
  type LngLat,
  type TerminalAlarmCode,
} from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { clearAlarm, raiseAlarm } from '../domain/alarms/rules.ts'
import type { Engine } from '../engine/engine.ts'
import type { Picture } from '../picture/picture.ts'
import type { DistressDesk } from './distress-desk.ts'

/** Alarm bits in a report that is older say nothing about now. */
const NOW_MS = 10 * 60_000

export interface TerminalState {
  unitId: string
  /** All bits that are set; the others are not. */
  alarms: readonly TerminalAlarmCode[]
  atMs: number
  position: LngLat | null
}

/** Where the alarm bits of vehicle terminals become alarms, and the emergency key a call for help. */
export interface TerminalAlarmDesk {
  take(feed: string, state: TerminalState): Promise<void>
}

export function createTerminalAlarmDesk(parts: {
  engine: Pick<Engine, 'picture' | 'record'>
  distress: DistressDesk
  clock: Clock
  newId: () => string
}): TerminalAlarmDesk {
  const { engine, distress, clock, newId } = parts
  return {
    async take(feed, state) {
      const nowMs = clock.nowMs()
      const unit = engine.picture.unit.get(state.unitId)
      if (unit === undefined || !unit.onDuty || Math.abs(nowMs - state.atMs) > NOW_MS) return
      const ctx = { nowMs, newId }
      if (decideTerminalAlarms(engine.picture, feed, state, ctx).length > 0)
        await engine.record({ kind: 'feed', feed }, (picture) => decideTerminalAlarms(picture, feed, state, ctx))
      if (!state.alarms.includes('emergency')) return
      await distress.call(feed, {
        caller: `unit-${unit.id}`,
        subject: { kind: 'unit', id: unit.id },
        category: 'other',
        position: state.position,
        place: unit.callSign,
        text: `SOS · ${unit.callSign}`,
        atMs: state.atMs,
      })
    },
  }
}

/** Raises what is set and clears what no longer is. Each bit of each vehicle is one alarm. */
export function decideTerminalAlarms(
  picture: Picture,
  feed: string,
  { unitId, alarms, position }: TerminalState,
  ctx: { nowMs: number; newId: () => string },
): DomainEvent[] {
  const raised = alarms
    .filter((code) => code !== 'emergency')
    .flatMap((code) =>
      raiseAlarm(picture, ctx, {
        priority: terminalAlarmPriority(code),
        kind: 'terminal-alarm',
        subject: { kind: 'unit', id: unitId },
        key: code,
        incidentId: null,
        detail: `${picture.unit.get(unitId)?.callSign ?? unitId} · ${code}`,
        position,
        feed,
      }),
    )
  const over = [...picture.alarm.values()].filter(
    (alarm) => isOf(alarm, unitId, feed) && !alarms.some((code) => code === alarm.key),
  )
  return [...raised, ...over.flatMap((alarm) => clearAlarm(picture, 'terminal-alarm', unitId, alarm.key))]
}

/** A feed only takes back what it raised itself. */
const isOf = ({ kind, subject, feed }: Alarm, unitId: string, by: string): boolean =>
  feed === by && kind === 'terminal-alarm' && subject.kind === 'unit' && subject.id === unitId
