import type { Incident, RepeatRate, SameRule } from '@skerry/contract'
import { similarTo } from './similar.ts'

/** z of a two-sided 95 % interval. */
const Z = 1.959_964

/**
 * Repeat-report rate: valid incidents that a dispatcher confirmed as a later report of an earlier matter, over all valid
 * incidents of the span (by time of receipt). Further callers of one event are one incident and counted apart.
 */
export function repeatRate(incidents: Iterable<Incident>, fromMs: number, toMs: number, rule: SameRule): RepeatRate {
  const all = [...incidents]
  const inSpan = all.filter(({ receivedAtMs }) => receivedAtMs >= fromMs && receivedAtMs < toMs)
  const counted = inSpan.filter(({ closedAs }) => closedAs !== 'invalid')
  const merged = counted.filter(({ sameAs }) => sameAs?.kind === 'same-event').length
  const repeats = counted.filter(({ sameAs }) => sameAs?.kind === 'repeat').length
  const valid = counted.length - merged
  return {
    fromMs,
    toMs,
    rule,
    definition: { valid: 'not-closed-as-invalid', repeat: 'confirmed-at-a-seat' },
    valid,
    repeats,
    rate: valid === 0 ? null : repeats / valid,
    interval: valid === 0 ? null : wilson(repeats, valid),
    merged,
    suggestedUnmarked: suggested(counted, rule),
  }
}

/** Later reports that the rule pairs with an earlier one: a sweep in the order of time, so a year of calls is no matter. */
function suggested(incidents: readonly Incident[], rule: SameRule): number {
  const ordered = [...incidents].sort((a, b) => a.occurredAtMs - b.occurredAtMs || (a.id < b.id ? -1 : 1))
  let first = 0
  return ordered.filter((incident, i) => {
    while (ordered[first]!.occurredAtMs < incident.occurredAtMs - rule.windowMin * 60_000) first++
    return similarTo(incident, ordered.slice(first, i), rule).length > 0
  }).length
}

/** Wilson score interval of a share. */
export function wilson(hits: number, of: number): [number, number] {
  const p = hits / of
  const middle = p + Z ** 2 / (2 * of)
  const half = Z * Math.sqrt((p * (1 - p)) / of + Z ** 2 / (4 * of ** 2))
  const scale = 1 + Z ** 2 / of
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)]
}
