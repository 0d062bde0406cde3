import {
  standingWarning,
  type Command,
  type DomainEvent,
  type Incident,
  type LngLat,
  type SentWarning,
  type WarningArea,
} from '@skerry/contract'
import { localFrame } from '@skerry/search'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'

type Warn = Extract<Command, { type: 'incident.warn' }>
type Unwarn = Extract<Command, { type: 'incident.unwarn' }>

/** Most messages about one incident that are kept with it. */
const MOST_SENT = 100

/**
 * Sends a warning about an incident, or a new state of the one that stands, which it then names. Nothing goes out of an
 * incident by itself: a person drafts every word of it.
 */
export function decideWarn(
  picture: Picture,
  { incidentId, warning }: Warn,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const incident = picture.incident.get(incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${incidentId}`)
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  const { warnings } = ctx
  if (!warnings) return refuse(409, 'no-warning-sender', 'this installation has no name to send warnings under')
  if (warnings.exercisesOnly && warning.status === 'Actual')
    return refuse(409, 'exercise-only', 'a demo sends exercises and tests alone')
  const area = areaOf(picture, incident, warning.area)
  if (!area.ok) return area
  const { area: _, expiresInMin, ...draft } = warning
  const standing = standingWarning(incident.warnings, ctx.nowMs)
  const sentMs = nextSentMs(incident, ctx.nowMs)
  return ok([
    sent(incident, {
      identifier: nextId(incident),
      sender: warnings.sender,
      sentMs,
      msgType: standing === null ? 'Alert' : 'Update',
      references: standing === null ? [] : referencesTo(standing),
      draft,
      area: area.value,
      expiresMs: sentMs + expiresInMin * 60_000,
      note: null,
    }),
  ])
}

export function decideUnwarn(
  picture: Picture,
  { incidentId, reason }: Unwarn,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const incident = picture.incident.get(incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${incidentId}`)
  const events = takeBack(incident, reason, ctx.nowMs)
  return events.length === 0
    ? refuse(409, 'no-warning', `no warning of incident ${incident.number} stands`)
    : ok(events)
}

/** The cancel of what stands, if something does: an incident that is over leaves no warning behind. */
export function takeBack(incident: Incident, note: string, nowMs: number): DomainEvent[] {
  const standing = standingWarning(incident.warnings, nowMs)
  if (standing === null) return []
  return [
    sent(incident, {
      ...standing,
      identifier: nextId(incident),
      sentMs: nextSentMs(incident, nowMs),
      msgType: 'Cancel',
      references: referencesTo(standing),
      note,
    }),
  ]
}

const sent = ({ id }: Incident, warning: SentWarning): DomainEvent => ({
  type: 'incident.warning-sent',
  incidentId: id,
  warning,
})

/** The message itself and all that it stands for: a reader may have missed some. */
const referencesTo = ({ identifier, sender, sentMs, references }: SentWarning): SentWarning['references'] =>
  [...references, { sender, identifier, sentMs }].slice(-MOST_SENT)

/** Unique for ever: the incident's own id, and a running number. */
const nextId = ({ id, warnings = [] }: Incident): string => `skerry-${id}-${warnings.length + 1}`

/** Whole seconds, as the standard has them, and each message later than the one before. */
function nextSentMs({ warnings = [] }: Incident, nowMs: number): number {
  const second = Math.floor(nowMs / 1000) * 1000
  return Math.max(second, (warnings.at(-1)?.sentMs ?? 0) + 1000)
}

function areaOf(picture: Picture, incident: Incident, area: WarningArea): Decision<SentWarning['area']> {
  switch (area.kind) {
    case 'circle':
      return ok({ polygons: [], circles: [{ centre: incident.position, radiusM: area.radiusM }] })
    case 'search': {
      const search = incident.searchId === null ? undefined : picture.search.get(incident.searchId)
      if (!search) return refuse(409, 'unknown-search', `incident ${incident.number} has no search`)
      const { origin, rows, cols, cellM } = search.grid
      const frame = localFrame(origin)
      const corner = (col: number, row: number): LngLat => frame.toLngLat([col * cellM, row * cellM])
      return ok({ polygons: [[corner(0, 0), corner(cols, 0), corner(cols, rows), corner(0, rows)]], circles: [] })
    }
    case 'zone': {
      const shape = picture.zone.get(area.zoneId)?.shape
      if (!shape) return refuse(404, 'unknown-zone', `no zone ${area.zoneId}`)
      if (shape.kind === 'circle')
        return ok({ polygons: [], circles: [{ centre: shape.centre, radiusM: shape.radiusM }] })
      if (shape.kind === 'polygon') return ok({ polygons: [shape.rings[0]!], circles: [] })
      return refuse(422, 'zone-not-possible', 'a corridor has no area that a warning can name')
    }
  }
}
