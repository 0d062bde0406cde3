import type { DomainEvent, Vessel } from '@skerry/contract'
import type { Clock } from '../../clock.ts'
import { raiseAlarm } from '../../domain/alarms/rules.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Picture } from '../../picture/picture.ts'
import type { AisMessage } from './message.ts'
import { safetyDetail, safetyKey, wordsOf, type SafetyTexts } from './safety-texts.ts'
import { beaconOf } from './vessel-group.ts'

/** Where safety texts of ships become entries that people see. */
export interface SafetyDesk {
  take(message: AisMessage, from: { feed: string; heardAtMs: number }): Promise<void>
}

export function createSafetyDesk(parts: {
  engine: Pick<Engine, 'record'>
  texts: SafetyTexts
  vessel: (mmsi: string) => Vessel | undefined
  clock: Clock
  newId: () => string
}): SafetyDesk {
  const { engine, texts, vessel, clock, newId } = parts
  return {
    async take({ mmsi, safety }, { feed, heardAtMs }) {
      if (safety === null) return
      const verdict = texts.hear(mmsi, safety, heardAtMs)
      // A beacon that means it is a distress call already; one under test raises nothing.
      if (verdict !== 'new' || beaconOf(mmsi) !== null) return
      const said = { to: safety.to, text: wordsOf(safety.text) }
      const ctx = { nowMs: clock.nowMs(), newId, feed, heardAtMs }
      // Two receivers bring it at once: whoever has the second turn finds it told.
      await engine.record({ kind: 'feed', feed }, (picture) =>
        texts.isTold(mmsi, said) ? [] : safetyAlarm(picture, mmsi, vessel(mmsi), said, ctx),
      )
    },
  }
}

/**
 * One entry for one text. To have been said is over as soon as it is said: it stays until a person has taken note. What a
 * mariner wrote weighs more than what a station on land sends round by the hour.
 */
export function safetyAlarm(
  picture: Picture,
  mmsi: string,
  vessel: Pick<Vessel, 'name' | 'group' | 'latest'> | undefined,
  said: { to: string | null; text: string },
  ctx: { nowMs: number; newId: () => string; feed: string; heardAtMs: number },
): DomainEvent[] {
  const station = vessel?.group === 'base-station' || vessel?.group === 'aid-to-navigation'
  const raised = raiseAlarm(picture, ctx, {
    priority: station ? 'notice' : 'warning',
    kind: 'safety-text',
    subject: { kind: 'vessel', id: mmsi },
    key: safetyKey(said),
    incidentId: null,
    detail: safetyDetail(vessel?.name ?? null, mmsi, said),
    position: vessel?.latest?.lngLat ?? null,
    feed: ctx.feed,
    happenedAtMs: ctx.heardAtMs,
  })
  return raised.flatMap((event): DomainEvent[] =>
    event.type === 'alarm.raised' ? [event, { type: 'alarm.cleared', alarmId: event.alarm.id }] : [event],
  )
}
