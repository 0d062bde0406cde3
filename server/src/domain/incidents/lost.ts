import type { Change, DomainEvent, EventOf, Incident } from '@skerry/contract'
import { patched, type Picture } from '../../picture/picture.ts'
import { raiseAlarm } from '../alarms/rules.ts'

/**
 * Units that went off duty or out of service while an incident counted on them, asked or sent. The incident is without
 * them from then, an alarm says so, and in place of one that had been asked the rule asks the next, as after a no.
 */
export function lostUnits(picture: Picture, ctx: { nowMs: number; newId: () => string }): DomainEvent[] {
  return [...picture.unit.values()].flatMap((unit): DomainEvent[] => {
    const incident = picture.incident.get(unit.assignment?.incidentId ?? '')
    const broken = unit.onDuty && unit.status === 'out-of-service'
    if ((unit.onDuty && !broken) || incident === undefined || incident.state === 'closed') return []
    return [
      {
        type: 'incident.unit-lost',
        incidentId: incident.id,
        unitId: unit.id,
        ...(broken ? { because: 'out-of-service' as const } : {}),
      },
      ...raiseAlarm(picture, ctx, {
        priority: incident.priority,
        kind: 'unit-lost',
        subject: { kind: 'incident', id: incident.id },
        key: unit.id,
        incidentId: incident.id,
        detail: `${unit.callSign} · #${incident.number} ${incident.place}`.trim(),
      }),
    ]
  })
}

/** The incident goes on without the unit; what the unit was asked, and when it said yes, stays on record. */
export function evolveLost(
  picture: Picture,
  incident: Incident,
  { unitId }: EventOf<'incident.unit-lost'>,
  atMs: number,
): Change[] {
  const counted = (offer: NonNullable<Incident['offers']>[number]): boolean =>
    offer.unitId === unitId && (offer.state === 'open' || offer.state === 'accepted')
  return patched(picture, 'incident', incident.id, {
    unitIds: incident.unitIds.filter((id) => id !== unitId),
    ...(incident.offers === undefined
      ? {}
      : {
          offers: incident.offers.map((offer) =>
            counted(offer) ? { ...offer, state: 'lost' as const, lostAtMs: atMs } : offer,
          ),
        }),
  })
}
