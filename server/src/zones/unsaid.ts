import type { Picture } from '../picture/picture.ts'
import type { SaidBook } from './said-book.ts'
import { alarmOf, causeOf } from './zone-alarms.ts'
import type { ZoneEvent } from './zone-fix.ts'

/** Stored positions are fewer and a little rounded: what they show begins by so much earlier or later than it was said, ms. */
const SLACK_MS = 60_000

interface Found {
  start: ZoneEvent
  end: ZoneEvent | null
}

/**
 * Of what stored positions show after a restart, that which nobody has said yet: what goes on without having been said, and
 * what began when no server judged any more. An alarm that stands and has no ground left ends as at every other time. Pure.
 * @param judgedMs up to this source time the last server had judged; what came and went before it was its to say
 */
export function unsaid(
  picture: Picture,
  found: readonly ZoneEvent[],
  book: Pick<SaidBook, 'of'>,
  judgedMs: number,
): ZoneEvent[] {
  const spells = new Map<string, Found[]>()
  for (const event of found) {
    const alarm = alarmOf(picture, event)
    if (alarm === null) continue
    const cause = causeOf(alarm)
    const known = spells.get(cause) ?? []
    spells.set(cause, known)
    const last = known.at(-1)
    if (event.edge === 'start') known.push({ start: event, end: null })
    else if (last !== undefined) last.end = event
  }
  const events: ZoneEvent[] = []
  for (const [cause, list] of spells) {
    const said = book.of(cause)
    for (const { start, end } of list) {
      const meets =
        said !== null &&
        start.atMs <= (said.toMs ?? Infinity) + SLACK_MS &&
        (end === null || end.atMs >= said.fromMs - SLACK_MS)
      if (meets || (end !== null && start.knownAtMs <= judgedMs)) continue
      events.push(start, ...(end === null ? [] : [end]))
    }
  }
  return events.sort((a, b) => a.knownAtMs - b.knownAtMs)
}
