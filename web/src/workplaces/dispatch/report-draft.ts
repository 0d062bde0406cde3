import {
  REPORT_PAST_MS,
  type CategoryEntry,
  type Dictionary,
  type Incident,
  type IncidentLevel,
  type LngLat,
} from '@skerry/contract'
import type { CommandDraft } from '../../api/send-command.ts'
import { firstOf } from '../../format/dictionary.ts'
import { parsePosition } from '../../format/distance.ts'

/** What the form of a new incident holds while it is being filled in. */
export interface ReportForm {
  /** Ids of the dictionary. */
  category: string
  level: string
  /** As typed or as put there by a click on the map. */
  position: string
  place: string
  text: string
  /** As typed; see `fromFieldTime`. */
  occurredAt: string
  subjectCategory: string
  lastKnownAt: string
  description: string
}

export type ReportFault =
  | 'no-position'
  | 'no-time'
  | 'time-ahead'
  | 'occurred-long-ago'
  | 'last-known-long-ago'
  | 'no-subject-category'
  | 'no-description'

const CHINA_OFFSET_MS = 8 * 3600_000
const DAY_MS = 24 * 3600_000

/** `yyyy-mm-dd hh:mm` on a 24 h China clock, whatever the browser's own habits. */
export const toFieldTime = (atMs: number): string =>
  new Date(atMs + CHINA_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ')

/**
 * Milliseconds since 1970 of a typed China time: `2026-11-22 09:30`, or just `9:30` for the last time it was so.
 * Null where it is neither.
 */
export function fromFieldTime(text: string, nowMs: number): number | null {
  const full = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})$/.exec(text.trim())
  const short = /^(\d{1,2}):(\d{2})$/.exec(text.trim())
  const day = full?.[1] ?? toFieldTime(nowMs).slice(0, 10)
  const [hour, minute] = full === null ? [short?.[1], short?.[2]] : [full[2], full[3]]
  if (hour === undefined || minute === undefined) return null
  const atMs = Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:00Z`) - CHINA_OFFSET_MS
  if (Number.isNaN(atMs)) return null
  return full === null && atMs > nowMs + 60_000 ? atMs - DAY_MS : atMs
}

/** A form ready to be filled in; "from this call" takes over what an incident already says. */
export function newForm(
  nowMs: number,
  from: Incident | null,
  position: (at: LngLat) => string,
  dictionary: Dictionary,
): ReportForm {
  const at = toFieldTime(from?.occurredAtMs ?? nowMs)
  return {
    category: firstOf(dictionary, 'missing-person').id,
    level: dictionary.levels[0]!.id,
    position: from === null ? '' : position(from.position),
    place: from?.place ?? '',
    text: from?.text ?? '',
    occurredAt: toFieldTime(nowMs),
    subjectCategory: '',
    lastKnownAt: at,
    description: '',
  }
}

/** What a form has chosen; the first of each where the dictionary changed under the form. */
export const chosenIn = (
  { categories, levels }: Dictionary,
  form: Pick<ReportForm, 'category' | 'level'>,
): { category: CategoryEntry; level: IncidentLevel } => ({
  category: categories.find(({ id }) => id === form.category) ?? categories[0]!,
  level: levels.find(({ id }) => id === form.level) ?? levels[0]!,
})

/** The command that a form asks for, or what is still missing. A minute of clock difference is forgiven. */
export function toReport(
  form: ReportForm,
  nowMs: number,
  dictionary: Dictionary,
): { ok: true; draft: CommandDraft } | { ok: false; fault: ReportFault } {
  const position = parsePosition(form.position)
  if (position === null) return { ok: false, fault: 'no-position' }
  const occurredAtMs = fromFieldTime(form.occurredAt, nowMs)
  const lastKnownAtMs = fromFieldTime(form.lastKnownAt, nowMs)
  const { category, level } = chosenIn(dictionary, form)
  const missing = category.class === 'missing-person'
  if (occurredAtMs === null || (missing && lastKnownAtMs === null)) return { ok: false, fault: 'no-time' }
  if (occurredAtMs > nowMs + 60_000 || (missing && lastKnownAtMs! > nowMs + 60_000))
    return { ok: false, fault: 'time-ahead' }
  if (occurredAtMs < nowMs - REPORT_PAST_MS) return { ok: false, fault: 'occurred-long-ago' }
  if (missing && lastKnownAtMs! < nowMs - REPORT_PAST_MS) return { ok: false, fault: 'last-known-long-ago' }
  if (missing && form.subjectCategory === '') return { ok: false, fault: 'no-subject-category' }
  if (missing && form.description.trim() === '') return { ok: false, fault: 'no-description' }
  return {
    ok: true,
    draft: {
      type: 'incident.report',
      category: category.id,
      priority: level.priority,
      level: level.id,
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
