import type { IncidentCategory, Incident, LngLat, Priority } from '@skerry/contract'
import type { CommandDraft } from '../../api/send-command.ts'
import { parsePosition } from '../../format/distance.ts'

/** What the form of a new incident holds while it is being filled in. */
export interface ReportForm {
  category: IncidentCategory
  priority: Priority
  /** As typed or as put there by a click on the map. */
  position: string
  place: string
  text: string
  /** `yyyy-mm-ddThh:mm` on a China clock, as the date field gives it. */
  occurredAt: string
  subjectCategory: string
  lastKnownAt: string
  description: string
}

export type ReportFault = 'no-position' | 'no-time' | 'time-ahead' | 'no-subject-category' | 'no-description'

const CHINA_OFFSET_MS = 8 * 3600_000

/** `yyyy-mm-ddThh:mm` on a China clock. */
export const toFieldTime = (atMs: number): string => new Date(atMs + CHINA_OFFSET_MS).toISOString().slice(0, 16)

/** Milliseconds since 1970 of a date field read on a China clock; null where it is none. */
export function fromFieldTime(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null
  const atMs = Date.parse(`${text.slice(0, 16)}:00Z`)
  return Number.isNaN(atMs) ? null : atMs - CHINA_OFFSET_MS
}

/** A form ready to be filled in; "from this call" takes over what an incident already says. */
export function newForm(nowMs: number, from: Incident | null, position: (at: LngLat) => string): ReportForm {
  const at = toFieldTime(from?.occurredAtMs ?? nowMs)
  return {
    category: 'missing-person',
    priority: 'critical',
    position: from === null ? '' : position(from.position),
    place: from?.place ?? '',
    text: from?.text ?? '',
    occurredAt: toFieldTime(nowMs),
    subjectCategory: '',
    lastKnownAt: at,
    description: '',
  }
}

/** The command that a form asks for, or what is still missing. A minute of clock difference is forgiven. */
export function toReport(
  form: ReportForm,
  nowMs: number,
): { ok: true; draft: CommandDraft } | { ok: false; fault: ReportFault } {
  const position = parsePosition(form.position)
  if (position === null) return { ok: false, fault: 'no-position' }
  const occurredAtMs = fromFieldTime(form.occurredAt)
  const lastKnownAtMs = fromFieldTime(form.lastKnownAt)
  const missing = form.category === 'missing-person'
  if (occurredAtMs === null || (missing && lastKnownAtMs === null)) return { ok: false, fault: 'no-time' }
  if (occurredAtMs > nowMs + 60_000 || (missing && lastKnownAtMs! > nowMs + 60_000))
    return { ok: false, fault: 'time-ahead' }
  if (missing && form.subjectCategory === '') return { ok: false, fault: 'no-subject-category' }
  if (missing && form.description.trim() === '') return { ok: false, fault: 'no-description' }
  return {
    ok: true,
    draft: {
      type: 'incident.report',
      category: form.category,
      priority: form.priority,
      position,
      place: form.place.trim(),
      text: form.text.trim(),
      occurredAtMs,
      subject: missing
        ? {
            category: form.subjectCategory,
            lastKnownAtMs: lastKnownAtMs!,
            lastKnownPosition: position,
            description: form.description.trim(),
          }
        : null,
    },
  }
}
