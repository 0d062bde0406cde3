import { delayText, loadText } from '../checkpoints/sailing-text.ts'
import { minuteText } from '../format/time.ts'
import { secondsSince, type Inspection, type Known } from './facts.ts'

/** What is known about one sailing of a ferry. */
export function inspectSailing(id: string, { sailings, placeName, nowMs, lang, t }: Known): Inspection | null {
  const sailing = sailings.get(id)
  if (sailing === undefined) return null
  const { from, to, scheduledAtMs, state, reason, persons, vehicles, capacity, arrivesAtMs, position } = sailing
  const time = (atMs: number | null): string | null => (atMs === null ? null : minuteText(atMs, lang))
  const why = reason === null ? '' : ` · ${t(`checkpoint.sailing.reason.${reason}`)}`
  return {
    thing: { kind: 'sailing', id },
    title: `${placeName(from)} → ${placeName(to)}`,
    subtitle: `${t('domain.thing.sailing')} ${minuteText(scheduledAtMs, lang)}`,
    position,
    facts: [
      {
        label: 'checkpoint.sailing.cols.state',
        value: state === 'unknown' ? null : t(`checkpoint.sailing.state.${state}`) + why,
      },
      { label: 'checkpoint.sailing.cols.delay', value: delayText(sailing, t) },
      { label: 'checkpoint.sailing.cols.load', value: loadText(persons, capacity.persons, t) },
      ...(capacity.vehicles === 0
        ? []
        : [{ label: 'checkpoint.sailing.cols.cars' as const, value: loadText(vehicles, capacity.vehicles, t) }]),
      { label: 'checkpoint.sailing.cols.arrives', value: state === 'cancelled' ? '' : time(arrivesAtMs) },
      { label: 'checkpoint.sailing.cols.ship', value: sailing.mmsi === null ? null : `MMSI ${sailing.mmsi}` },
    ],
    ages: [{ label: 'inspect.age.fix', seconds: secondsSince(sailing.positionAtMs, nowMs) }],
  }
}
