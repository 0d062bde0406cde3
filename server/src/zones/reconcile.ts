import type { ZoneEvent } from './zone-fix.ts'

/** From a start to its end (null: goes on). `late`: found afterwards only. */
export interface Spell {
  start: ZoneEvent
  end: ZoneEvent | null
  late: boolean
}

/**
 * What was said, beside what all positions together say. Each is in order of time. What began before `sureFromMs` stays as it
 * was said: its beginning may lie before what is known.
 * @returns what stands now, and the events that make the difference, marked late
 */
export function reconcile(
  said: readonly Spell[],
  found: readonly Spell[],
  sureFromMs: number,
): { spells: Spell[]; events: ZoneEvent[] } {
  const events: ZoneEvent[] = []
  const spells: Spell[] = []
  const left = [...said]
  for (const spell of found) {
    const at = left.findIndex((one) => overlap(one, spell))
    const [known] = at < 0 ? [] : left.splice(at, 1)
    if (known === undefined) {
      events.push({ ...spell.start, late: true })
      if (spell.end !== null) events.push({ ...spell.end, late: true })
      spells.push({ ...spell, late: true })
      continue
    }
    const sure = known.start.atMs >= sureFromMs && spell.start.atMs >= sureFromMs
    const moved = sure && known.start.atMs !== spell.start.atMs
    if (moved) events.push({ ...spell.start, late: true, corrects: true })
    if (known.end === null && spell.end !== null) events.push({ ...spell.end, late: true })
    if (known.end !== null && spell.end !== null && known.end.atMs !== spell.end.atMs)
      events.push({ ...spell.end, late: true, corrects: true })
    // Said to be over too early: it goes on, or did for longer.
    if (known.end !== null && spell.end === null) events.push({ ...spell.start, late: true })
    const resumed = known.end !== null && spell.end === null
    spells.push({ start: moved ? spell.start : known.start, end: spell.end, late: known.late || resumed })
  }
  for (const spell of left) {
    if (spell.start.atMs < sureFromMs) spells.push(spell)
    else if (spell.end === null) events.push({ ...spell.start, edge: 'end', late: true })
  }
  return { spells: spells.sort((a, b) => a.start.atMs - b.start.atMs), events }
}

const overlap = (a: Spell, b: Spell): boolean =>
  a.start.atMs <= (b.end?.atMs ?? Infinity) && b.start.atMs <= (a.end?.atMs ?? Infinity)
