import { PURGED_TEXT, type Actor, type DomainEvent, type JournalEntry, type PurgeRule } from '@skerry/contract'
import { TREATMENTS, type Treatment } from './treatments.ts'
import type { Purging } from './purge-incident.ts'

type Entry = Pick<JournalEntry, 'event' | 'actor'>

/**
 * An entry of a case as a purge leaves it, and the rule that took the most of it; null where it loses nothing. Purging
 * again what was purged takes nothing more. Whatever stays replays to the same picture, for the case has left it.
 */
export function purgedEntry(entry: Entry, how: Purging): (Entry & { rule: PurgeRule }) | null {
  const { event } = entry
  const treatment = TREATMENTS[event.type] as Treatment
  const gone = (rule: PurgeRule): boolean => how.rules.has(effective(rule, how))
  const dropped = (['drop', 'dropLater'] as const).map((key) => treatment[key]).find((rule) => rule && gone(rule))
  const actor = how.rules.has('acts') ? unnamed(entry.actor) : entry.actor
  if (dropped !== undefined) {
    const rule = effective(dropped, how)
    return { rule, actor, event: { type: 'entry.purged', was: event.type, rule } }
  }
  let left: DomainEvent = event
  let rule: PurgeRule | null = null
  for (const { by, take } of treatment.strip ?? [])
    if (gone(by)) {
      const next = take(left as never, how)
      if (!same(next, left)) rule = effective(by, how)
      left = next
    }
  if (!same(actor, entry.actor)) rule ??= 'acts'
  return rule === null ? null : { rule, actor, event: left }
}

/** The call of an ordinary incident has no person behind it that is searched for: it goes with the messages. */
const effective = (rule: PurgeRule, { personal }: Pick<Purging, 'personal'>): PurgeRule =>
  rule === 'person' && !personal ? 'messages' : rule

/** That somebody with a role did it stays; who it was goes. */
const unnamed = (actor: Actor): Actor =>
  actor.kind === 'seat' ? { kind: 'seat', seat: { id: 'purged', role: actor.seat.role, name: PURGED_TEXT } } : actor

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
