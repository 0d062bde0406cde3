import {
  isOver,
  type Alarm,
  type Consignment,
  type DomainEvent,
  type Zone,
  type ZoneMover,
  type ZoneRule,
} from '@skerry/contract'
import { raiseAlarm, type NewAlarm } from '../domain/alarms/rules.ts'
import type { Picture } from '../picture/picture.ts'
import { pairKey } from './rules/rule-watch.ts'
import { keyOf, type ZoneEvent } from './zone-fix.ts'

/** What the rules of zones found, as alarms. Pure. */
export function zoneAlarms(
  picture: Picture,
  found: readonly ZoneEvent[],
  ctx: { nowMs: number; newId: () => string },
): DomainEvent[] {
  const events: DomainEvent[] = []
  /** Alarms of this very batch, which the picture does not hold yet: null when ended again. */
  const made = new Map<string, string | null>()
  for (const event of found) {
    const alarm = alarmOf(picture, event)
    if (alarm === null) continue
    // What it did until it left duty is judged after that: nobody is asked about it any more.
    if (event.edge === 'start' && isOffDuty(picture, event)) continue
    const cause = causeOf(alarm)
    if (event.corrects) {
      const known = picture.alarm.get(standing(picture, alarm) ?? '')
      if (event.edge === 'start' && known !== undefined)
        events.push({ type: 'alarm.raised', alarm: { ...known, happenedAtMs: event.atMs, late: true } })
      continue
    }
    if (event.edge === 'start' && !made.get(cause)) {
      const raised = raiseAlarm(picture, ctx, alarm)
      const [first] = raised
      if (first?.type !== 'alarm.raised') continue
      events.push(first)
      made.set(cause, first.alarm.id)
    }
    // To have left is over as soon as it is said: it stays until a person has taken note.
    if (event.edge === 'end' || event.rule === 'exit') {
      const id = made.get(cause) ?? standing(picture, alarm)
      if (id === null) continue
      events.push({ type: 'alarm.cleared', alarmId: id })
      made.set(cause, null)
    }
  }
  return events
}

/**
 * Alarms of zones whose cause can no longer be: the zone or its rule is gone, or the mover (for coverage: the zone) is known
 * again and the rule has nothing to say of it, as after a restart or another version of the zone.
 */
export function zoneAlarmsOver(
  picture: Picture,
  rules: {
    standing: (zoneId: string, rule: ZoneRule['kind']) => ReadonlySet<string>
    knows: (zoneId: string, moverKey: string, rule: ZoneRule['kind']) => boolean
    fine: (zoneId: string, rule: ZoneRule['kind']) => boolean
  },
): DomainEvent[] {
  const events: DomainEvent[] = []
  for (const alarm of picture.alarm.values()) {
    if (alarm.zoneId == null || alarm.clearedAtMs !== null) continue
    const kind = alarm.kind.slice('zone-'.length) as ZoneRule['kind']
    const rule = picture.zone.get(alarm.zoneId)?.rules.find((one) => one.kind === kind)
    const moverKey = keyOf(moverOf(picture, alarm.subject))
    const subject =
      kind === 'coverage' ? 'zone' : kind === 'meeting' ? (alarm.key?.split('|')[1] ?? moverKey) : moverKey
    const gone = rule === undefined
    const known = kind === 'coverage' ? rules.fine(alarm.zoneId, kind) : rules.knows(alarm.zoneId, moverKey, kind)
    if (gone || (known && !rules.standing(alarm.zoneId, kind).has(subject)))
      events.push({ type: 'alarm.cleared', alarmId: alarm.id })
  }
  return events
}

/** The alarm that an event is about; null when its zone or its rule is gone. */
export function alarmOf(picture: Picture, event: ZoneEvent): (NewAlarm & { key: string }) | null {
  const zone = picture.zone.get(event.zoneId)
  const rule = zone?.rules.find(({ kind }) => kind === event.rule)
  return zone === undefined || rule === undefined ? null : toAlarm(picture, zone, rule, event)
}

function toAlarm(picture: Picture, zone: Zone, rule: ZoneRule, event: ZoneEvent): NewAlarm & { key: string } {
  const { mover, other, lngLat, feed } = event
  const nameOf = (it: { kind: ZoneMover; id: string }): string =>
    (it.kind === 'unit'
      ? picture.unit.get(it.id)?.callSign
      : it.kind === 'consignment'
        ? callSignOf(picture, it.id)
        : null) ?? it.id
  const names = [mover, other].flatMap((it) => (it === null ? [] : nameOf(it)))
  const incidentId = mover?.kind === 'unit' ? (picture.unit.get(mover.id)?.assignment?.incidentId ?? null) : null
  return {
    priority: rule.priority,
    kind: `zone-${rule.kind}`,
    subject: subjectOf(picture, mover) ?? { kind: 'zone', id: zone.id },
    key: other === null || mover === null ? zone.id : `${zone.id}|${pairKey(keyOf(mover), keyOf(other))}`,
    zoneId: zone.id,
    incidentId,
    detail: [names.join(' / '), zone.name, figureText(rule, event)].filter((part) => part !== '').join(' · '),
    position: lngLat,
    feed,
    happenedAtMs: event.atMs,
    ...(event.late ? { late: true as const } : {}),
  }
}

const isOffDuty = (picture: Picture, { mover, other }: ZoneEvent): boolean =>
  [mover, other].some((it) => it?.kind === 'unit' && picture.unit.get(it.id)?.onDuty === false)

/** Figures as they are written in every language. */
function figureText(rule: ZoneRule, { figure }: ZoneEvent): string {
  switch (rule.kind) {
    case 'overspeed':
      return figure === null ? '' : `${figure.toFixed(1)} > ${rule.limitMps} m/s`
    case 'coverage':
      return figure === null ? '' : `${figure} / ${rule.minUnits}`
    case 'meeting':
      return figure === null ? '' : `${figure.toFixed(0)} m`
    case 'dwell':
    case 'loiter':
    case 'gap':
      return `≥ ${rule.forS >= 120 ? `${Math.round(rule.forS / 60)} min` : `${rule.forS} s`}`
    case 'enter':
    case 'exit':
    case 'intrusion':
    case 'corridor':
      return ''
  }
}

/** What makes two alarms of zones the same one. */
export const causeOf = ({ kind, subject, key = '' }: Pick<Alarm, 'kind' | 'subject' | 'key'>): string =>
  `${kind} ${subject.id} ${key}`

function standing(picture: Picture, { kind, subject, key }: NewAlarm): string | null {
  for (const alarm of picture.alarm.values() as Iterable<Alarm>)
    if (alarm.kind === kind && alarm.subject.id === subject.id && alarm.key === key && alarm.clearedAtMs === null)
      return alarm.id
  return null
}

/** Call sign of the vehicle that reports under a terminal's id. */
const callSignOf = (picture: Picture, terminalId: string): string | null =>
  consignmentOn(picture, terminalId)?.vehicle.callSign ?? null

function consignmentOn(picture: Picture, terminalId: string): Consignment | null {
  for (const consignment of picture.consignment.values())
    if (consignment.vehicle.terminalId === terminalId && !isOver(consignment.state)) return consignment
  return null
}

/** A mover as alarms name it: zones know the vehicle of a consignment by its terminal, everybody else by the consignment. */
const subjectOf = (picture: Picture, mover: ZoneEvent['mover']): Alarm['subject'] | null =>
  mover?.kind === 'consignment' ? { kind: 'consignment', id: consignmentOn(picture, mover.id)?.id ?? mover.id } : mover

/** The way back. Older journals name the terminal itself. */
const moverOf = (picture: Picture, { kind, id }: Alarm['subject']): { kind: ZoneMover; id: string } => ({
  kind: kind as ZoneMover,
  id: kind === 'consignment' ? (picture.consignment.get(id)?.vehicle.terminalId ?? id) : id,
})
