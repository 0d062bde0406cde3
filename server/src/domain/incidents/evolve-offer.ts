import type { Change, DispatchOffer, EventOf, Incident } from '@skerry/contract'
import { patched, type Picture } from '../../picture/picture.ts'
import { stepsWith } from './steps.ts'

type OfferEvent = EventOf<'incident.offered' | 'incident.offer-answered' | 'incident.offer-expired'>

/** Units that were asked: they are the incident's until they say no, or nothing in time. */
export function evolveOffer(picture: Picture, incident: Incident, event: OfferEvent, atMs: number): Change[] {
  if (event.type === 'incident.offered') {
    const { offer, assignment } = event
    return [
      ...patched(picture, 'unit', offer.unitId, {
        assignment: { ...assignment, orderedAtMs: atMs, asked: true },
        status: 'assigned',
      }),
      ...patched(picture, 'incident', incident.id, {
        unitIds: [...incident.unitIds.filter((id) => id !== offer.unitId), offer.unitId],
        offers: [...(incident.offers ?? []), offer],
      }),
    ]
  }
  const unit = picture.unit.get(event.unitId)
  const own = unit?.assignment?.incidentId === incident.id ? unit.assignment : null
  if (event.type === 'incident.offer-answered' && event.answer === 'accepted') {
    return [
      ...(own === null
        ? []
        : patched(picture, 'unit', event.unitId, { assignment: { ...own, answerByMs: undefined } })),
      ...patched(picture, 'incident', incident.id, {
        ...answered(incident, event.unitId, 'accepted', null, atMs),
        ...(unit && event.byRadio
          ? stepsWith(incident, unit, { unitId: unit.id, state: 'acknowledged', atMs, byRadio: true })
          : {}),
      }),
    ]
  }
  const [state, reason] =
    event.type === 'incident.offer-expired' ? (['expired', null] as const) : (['declined', event.reason] as const)
  return [
    ...(own === null || unit === undefined
      ? []
      : patched(picture, 'unit', event.unitId, {
          assignment: null,
          status: unit.onDuty ? 'available' : 'off-duty',
        })),
    ...patched(picture, 'incident', incident.id, {
      unitIds: incident.unitIds.filter((id) => id !== event.unitId),
      ...answered(incident, event.unitId, state, reason, atMs),
    }),
  ]
}

/** The open offer to a unit gets its answer; nothing where none is open. */
export function answered(
  incident: Incident,
  unitId: string,
  state: DispatchOffer['state'],
  reason: string | null,
  atMs: number,
): Pick<Incident, 'offers'> {
  if (!incident.offers?.some((offer) => offer.unitId === unitId && offer.state === 'open')) return {}
  return {
    offers: incident.offers.map((offer) =>
      offer.unitId === unitId && offer.state === 'open' ? { ...offer, state, reason, answeredAtMs: atMs } : offer,
    ),
  }
}
