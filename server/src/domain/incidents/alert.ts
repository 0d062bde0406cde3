import { reasonOf, type DomainEvent, type Incident, type IncidentReport, type PublicAlert } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { IntakeContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { closing } from './close.ts'
import { bySource, closeBySource, decideNotice, sourceOf, type Noticed } from './notice.ts'
import { decideIncidentReport } from './report.ts'

/** A public warning as a message of a feed says it: new, changed, or taken back. */
export interface AlertNotice {
  kind: 'alert' | 'update' | 'cancel'
  /** The message itself and those it is about, as `sender,identifier`. */
  message: string
  references: readonly string[]
  report: Omit<IncidentReport, 'externalId' | 'closed' | 'updatedAtMs'>
  alert: Omit<PublicAlert, 'messages'>
  /** Why it was taken back, in the sender's words; null where there are none. */
  note: string | null
}

/** Most messages of one warning that are remembered; a storm is updated for days. */
const MOST_MESSAGES = 200

/** The incident that messages of one warning belong to. */
export function incidentOfAlert(picture: Picture, feed: string, messages: readonly string[]): Incident | undefined {
  let found: Incident | undefined
  for (const incident of picture.incident.values())
    if (incident.source.startsWith(`${feed}/`) && incident.alert?.messages.some((one) => messages.includes(one)))
      found = incident
  return found
}

/**
 * One incident for a warning, however many messages it has. An update of something that was never heard is the warning
 * all the same: nobody may miss one because its first message got lost. What was already taken is not taken twice, and
 * an older message never replaces a newer one.
 */
export function decideAlert(
  picture: Picture,
  { kind, message, references, report, alert, note }: AlertNotice,
  ctx: IntakeContext,
): Decision<Noticed> {
  const known = incidentOfAlert(picture, ctx.feed, [message, ...references])
  if (known?.alert === undefined) {
    if (kind === 'cancel') return refuse(404, 'unknown-reference', 'this takes back a message that was never heard')
    return raise(picture, { message, references, report, alert }, ctx)
  }
  if (known.alert.messages.includes(message)) return ok({ outcome: 'same', events: [] })
  if (alert.sentMs < known.alert.sentMs) return ok({ outcome: 'late', events: [] })
  if (kind === 'cancel') {
    if (known.state === 'closed') return ok({ outcome: 'same', events: [] })
    return ok(
      closeBySource(
        picture,
        known,
        { atMs: alert.sentMs, outcome: reasonOf('alert-cancelled', note ?? '') },
        ctx.nowMs,
      ),
    )
  }
  if (known.state === 'closed') return raise(picture, { message, references, report, alert }, ctx)
  const messages = [...known.alert.messages, message].slice(-MOST_MESSAGES)
  const restated = decideNotice(picture, { ...report, externalId: externalIdOf(known, ctx.feed) }, ctx)
  if (!restated.ok) return restated
  const changed = restated.value.events.find((event) => event.type === 'incident.updated')
  return ok({
    outcome: 'updated',
    events: [
      {
        type: 'incident.updated',
        incidentId: known.id,
        changes: { ...changed?.changes, alert: { ...alert, messages } },
        ...(changed?.kept === undefined ? {} : { kept: changed.kept }),
        sourceAtMs: alert.sentMs,
      },
    ],
  })
}

function raise(
  picture: Picture,
  { message, references, report, alert }: Pick<AlertNotice, 'message' | 'references' | 'report' | 'alert'>,
  ctx: IntakeContext,
): Decision<Noticed> {
  const free = freeId(picture, ctx.feed, alert.identifier)
  const decided = decideIncidentReport(picture, { ...report, externalId: free, updatedAtMs: alert.sentMs }, ctx)
  if (!decided.ok) return decided
  const messages = [...references, message].slice(-MOST_MESSAGES)
  const events = decided.value.map((event): DomainEvent =>
    event.type === 'incident.reported'
      ? { ...event, incident: { ...event.incident, alert: { ...alert, messages } } }
      : event,
  )
  return ok({ outcome: 'new', events })
}

const externalIdOf = ({ source }: Incident, feed: string): string => source.slice(feed.length + 1)

/** An id that no incident of the feed has: two senders may use one identifier, and a warning may come again. */
function freeId(picture: Picture, feed: string, identifier: string): string {
  const base = identifier.slice(0, 70)
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}~${n}`
    if (bySource(picture, sourceOf(feed, id)) === undefined) return id
  }
}

/**
 * Warnings that no longer hold and that nobody has gone to: they end by themselves. One that somebody is out for stays
 * open, and the console says that it has expired.
 */
export function expiredAlerts(picture: Picture, nowMs: number): DomainEvent[] {
  return [...picture.incident.values()]
    .filter(
      ({ alert, state, unitIds, searchId }) =>
        alert !== undefined &&
        alert.expiresMs !== null &&
        alert.expiresMs <= nowMs &&
        state !== 'closed' &&
        unitIds.length === 0 &&
        searchId === null,
    )
    .flatMap((incident) => closing(picture, incident, reasonOf('alert-expired'), nowMs, 'transferred'))
}
