import type { Crossings, Incident, KpiGroup, KpiReport, SameRule, Search } from '@skerry/contract'
import type { AlarmLedger } from '../alarms/measures.ts'
import { repeatRate } from '../domain/incidents/repeat-rate.ts'
import type { IslandOf } from './island-of.ts'
import { recovery } from './recovery.ts'
import { spreadOf } from './spread.ts'
import { stepTimes } from './step-times.ts'

export interface KpiInput {
  incidents: Iterable<Incident>
  searches: Iterable<Pick<Search, 'incidentId' | 'found'>>
  alarms: Pick<AlarmLedger, 'measures' | 'samples'>
  rule: SameRule
  crossings: Pick<Crossings, 'islands'>
  islandOf: IslandOf
  fromMs: number
  toMs: number
  nowMs: number
}

/** The figures of a span. Everything is computed from what the journal has made of the incidents; nothing is kept beside it. */
export function kpiReport(input: KpiInput): KpiReport {
  const { fromMs, toMs, nowMs, crossings, islandOf, rule, alarms } = input
  const all = [...input.incidents]
  const inSpan = all.filter(({ receivedAtMs }) => receivedAtMs >= fromMs && receivedAtMs < toMs)
  const invalid = inSpan.filter(({ closedAs }) => closedAs === 'invalid')
  const merged = inSpan.filter((one) => one.closedAs !== 'invalid' && one.sameAs?.kind === 'same-event')
  const valid = inSpan.filter(({ closedAs, sameAs }) => closedAs !== 'invalid' && sameAs?.kind !== 'same-event')
  const counted = valid.filter((one) => !cameClosed(one))
  // Recovery tells apart by itself what was withdrawn, and must see those closed as invalid.
  const reports = inSpan.filter((one) => one.sameAs?.kind !== 'same-event' && !cameClosed(one))
  const samples = alarms.samples(fromMs, Math.min(toMs, nowMs))
  return {
    fromMs,
    toMs,
    computedAtMs: nowMs,
    counted: counted.length,
    leftOut: { invalid: invalid.length, merged: merged.length, imported: valid.length - counted.length },
    all: { key: null, incidents: counted.length, steps: stepTimes(counted) },
    categories: grouped(counted, ({ category }) => category),
    islands: grouped(counted, ({ position }) => islandOf(position)),
    islandNames: Object.fromEntries(crossings.islands.map(({ id, name }) => [id, name])),
    // Nobody at a seat could confirm what arrived closed: counted, they would only make the rate look small.
    repeat: repeatRate(
      all.filter((one) => !cameClosed(one)),
      fromMs,
      toMs,
      rule,
    ),
    recovery: recovery(reports, input.searches, nowMs),
    alarms: {
      measures: alarms.measures(fromMs, Math.min(toMs, nowMs)),
      perHour: spreadOf(samples.perHour),
      acknowledgeS: spreadOf(samples.acknowledgeS),
    },
  }
}

/** Past days that a call centre hands over arrive closed in the moment of their receipt: their clocks never ran here. */
const cameClosed = ({ closedAtMs, receivedAtMs }: Incident): boolean =>
  closedAtMs !== null && closedAtMs <= receivedAtMs

function grouped(incidents: readonly Incident[], keyOf: (incident: Incident) => string | null): KpiGroup[] {
  const groups = new Map<string | null, Incident[]>()
  for (const incident of incidents) {
    const key = keyOf(incident)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [incident])
    else group.push(incident)
  }
  return [...groups]
    .map(([key, group]) => ({ key, incidents: group.length, steps: stepTimes(group) }))
    .sort((a, b) => b.incidents - a.incidents || String(a.key).localeCompare(String(b.key)))
}
