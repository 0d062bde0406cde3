import type { DispatchOffer, DomainEvent, Incident, Unit } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { raiseAlarm } from '../alarms/rules.ts'
import { hindranceOf, offersTo, type EtaOf } from './offer.ts'

/** After so many were asked by rule the incident waits for a dispatcher: the rule has no better idea. */
const MOST_BY_RULE = 3

export interface ReofferContext {
  nowMs: number
  newId: () => string
  etaOf: EtaOf
  /** Units that the recommendation proposes for what is still missing, best first; null where it cannot say yet. */
  proposedFor: (incident: Incident) => readonly string[] | null
}

/** Offers whose time is over. */
export function expiredOffers(picture: Picture, nowMs: number): DomainEvent[] {
  return open(picture).flatMap((incident) =>
    (incident.offers ?? [])
      .filter(({ state, answerByMs }) => state === 'open' && nowMs > answerByMs)
      .map(({ unitId }) => ({ type: 'incident.offer-expired', incidentId: incident.id, unitId })),
  )
}

/**
 * Asks the next unit for every incident whose newest answer is a no or a silence that nothing has followed, or whose
 * unit went off duty. Where the
 * rule has asked enough, or nobody is left, an alarm calls the dispatcher.
 */
export function reoffers(picture: Picture, ctx: ReofferContext): DomainEvent[] {
  const taken = new Set<string>()
  return open(picture).flatMap((incident): DomainEvent[] => {
    const lost = unfollowed(incident)
    if (lost === 0) return []
    const byRule = (incident.offers ?? []).filter(({ chosenBy }) => chosenBy === 'rule').length
    if (alarmStands(picture, incident.id)) return [] // the dispatcher has been called
    const proposed = ctx.proposedFor(incident)
    if (proposed === null) return []
    const next = proposed
      .flatMap((id): Unit[] => {
        const unit = picture.unit.get(id)
        return unit && !unit.assignment && !taken.has(id) && hindranceOf(incident, unit) === null ? [unit] : []
      })
      .slice(0, Math.min(lost, MOST_BY_RULE - byRule))
    if (next.length > 0) {
      for (const { id } of next) taken.add(id)
      return offersTo(picture, incident, next, ctx, 'rule')
    }
    // Those who are on their way already may be enough: then nobody is proposed, and nobody need be called.
    if (incident.unitIds.length > 0) return []
    return raiseAlarm(picture, ctx, {
      priority: incident.priority,
      kind: 'dispatch-unanswered',
      subject: { kind: 'incident', id: incident.id },
      incidentId: incident.id,
      detail: `#${incident.number} ${incident.place}`.trim(),
    })
  })
}

/** How many said no or nothing, or went off duty, since somebody was last asked by rule, and have not been replaced. */
function unfollowed({ offers = [] }: Incident): number {
  const lost = offers.filter(isLost)
  const replaced = offers.filter(({ chosenBy }) => chosenBy === 'rule').length
  const lastLostAtMs = Math.max(0, ...lost.map(({ lostAtMs, answeredAtMs }) => lostAtMs ?? answeredAtMs ?? 0))
  const askedSince = offers.some(({ offeredAtMs, chosenBy }) => chosenBy === 'seat' && offeredAtMs > lastLostAtMs)
  return askedSince ? 0 : Math.max(0, lost.length - replaced)
}

const isLost = ({ state }: DispatchOffer): boolean => state === 'declined' || state === 'expired' || state === 'lost'

const alarmStands = (picture: Picture, incidentId: string): boolean =>
  [...picture.alarm.values()].some(
    ({ kind, subject, clearedAtMs }) =>
      kind === 'dispatch-unanswered' && subject.id === incidentId && clearedAtMs === null,
  )

const open = (picture: Picture): Incident[] =>
  [...picture.incident.values()].filter(({ state, offers }) => state !== 'closed' && offers !== undefined)
