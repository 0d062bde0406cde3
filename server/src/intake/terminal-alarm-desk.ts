import {
  isOnRoad,
  isOver,
  terminalAlarmPriority,
  type Alarm,
  type Consignment,
  type DomainEvent,
  type LngLat,
  type TerminalAlarmCode,
} from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { clearAlarm, raiseAlarm } from '../domain/alarms/rules.ts'
import { loadText } from '../domain/consignments/load-text.ts'
import { MOST_INCIDENT_TEXT } from '../domain/incidents/distress.ts'
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

/** What became of a state. `unknown-unit`: no unit and no consignment goes by this id. */
export type TerminalVerdict = 'taken' | 'unknown-unit' | 'off-duty' | 'late'

/** Where the alarm bits of vehicle terminals become alarms, and the emergency key a call for help. */
export interface TerminalAlarmDesk {
  take(feed: string, state: TerminalState): Promise<TerminalVerdict>
}

/** Whom a terminal speaks for: a unit of the roster, or the vehicle of a consignment that is not over. */
type Speaker =
  | { kind: 'unit'; id: string; callSign: string; heard: boolean }
  | { kind: 'consignment'; id: string; callSign: string; heard: boolean; consignment: Consignment }

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
      const speaker = speakerOf(engine.picture, state.unitId)
      if (speaker === null) return 'unknown-unit'
      if (!speaker.heard) return 'off-duty'
      if (Math.abs(nowMs - state.atMs) > NOW_MS) return 'late'
      const ctx = { nowMs, newId }
      if (decideTerminalAlarms(engine.picture, feed, state, ctx).length > 0)
        await engine.record({ kind: 'feed', feed }, (picture) => decideTerminalAlarms(picture, feed, state, ctx))
      if (!state.alarms.includes('emergency')) return 'taken'
      const { kind, id, callSign } = speaker
      await distress.call(feed, {
        caller: `${kind}-${id}`,
        subject: { kind, id },
        category: 'other',
        position: state.position,
        place: callSign,
        text: `SOS · ${callSign}`,
        atMs: state.atMs,
        ...(speaker.kind === 'consignment' ? withLoad(speaker.consignment) : {}),
      })
      return 'taken'
    },
  }
}

/** Whoever goes there has to know what it carries; after its accident there is an incident already. */
const withLoad = ({ vehicle, loads, incidentId }: Consignment) => ({
  text: [`SOS · ${vehicle.callSign}`, ...loads.map(loadText)].join('\n').slice(0, MOST_INCIDENT_TEXT),
  incidentId,
})

function speakerOf(picture: Picture, id: string): Speaker | null {
  const unit = picture.unit.get(id)
  if (unit !== undefined) return { kind: 'unit', id, callSign: unit.callSign, heard: unit.onDuty }
  for (const consignment of picture.consignment.values()) {
    const { vehicle, state } = consignment
    if (vehicle.terminalId === id && !isOver(state))
      return {
        kind: 'consignment',
        id: consignment.id,
        callSign: vehicle.callSign,
        heard: isOnRoad(state),
        consignment,
      }
  }
  return null
}

/** Raises what is set and clears what no longer is. Each bit of each vehicle is one alarm. */
export function decideTerminalAlarms(
  picture: Picture,
  feed: string,
  { unitId, alarms, position }: TerminalState,
  ctx: { nowMs: number; newId: () => string },
): DomainEvent[] {
  const speaker = speakerOf(picture, unitId)
  if (speaker === null || !speaker.heard) return []
  const { kind, id, callSign } = speaker
  const raised = alarms
    .filter((code) => code !== 'emergency')
    .flatMap((code) =>
      raiseAlarm(picture, ctx, {
        priority: terminalAlarmPriority(code),
        kind: 'terminal-alarm',
        subject: { kind, id },
        key: code,
        incidentId: null,
        detail: `${callSign} · ${code}`,
        position,
        feed,
      }),
    )
  const over = [...picture.alarm.values()].filter(
    (alarm) => isOf(alarm, speaker, feed) && !alarms.some((code) => code === alarm.key),
  )
  return [...raised, ...over.flatMap((alarm) => clearAlarm(picture, 'terminal-alarm', id, alarm.key))]
}

/** A feed only takes back what it raised itself. */
const isOf = ({ kind, subject, feed }: Alarm, of: Speaker, by: string): boolean =>
  feed === by && kind === 'terminal-alarm' && subject.kind === of.kind && subject.id === of.id
