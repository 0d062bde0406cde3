import { positionText } from '../format/distance.ts'
import { degreesText, timed, type Inspection, type Known } from './facts.ts'

/** What is known about one patrol unit. */
export function inspectUnit(id: string, { picture, movers, nowMs, t }: Known): Inspection | null {
  const unit = picture.unit.get(id)
  if (unit === undefined) return null
  const fix = movers.find('unit', unit.handle)
  const incident = unit.assignment === null ? null : picture.incident.get(unit.assignment.incidentId)
  return {
    thing: { kind: 'unit', id },
    title: unit.callSign,
    subtitle: `${t(`domain.unitKind.${unit.kind}`)} · ${unit.agency}`,
    position: fix?.lngLat ?? null,
    facts: [
      { label: 'inspect.status', value: t(`domain.unitStatus.${unit.status}`) },
      {
        label: 'inspect.assignment',
        value: unit.assignment === null ? t('common.none') : `#${incident?.number ?? '?'} ${incident?.place ?? ''}`,
      },
      { label: 'inspect.skills', value: unit.skills.length === 0 ? t('common.none') : unit.skills.join(', ') },
      { label: 'inspect.position', value: fix === null ? null : positionText(fix.lngLat) },
      { label: 'inspect.heading', value: degreesText(fix?.headingDeg) },
      {
        label: 'inspect.speed',
        value: fix?.speedMps === null || fix === null ? null : t('inspect.kmh', { n: Math.round(fix.speedMps * 3.6) }),
      },
    ],
    ages: [
      ...(unit.assignment?.orderedAtMs === undefined
        ? []
        : [timed('inspect.age.ordered', unit.assignment.orderedAtMs, nowMs)]),
      timed('inspect.age.fix', fix?.fixAtMs, nowMs),
      timed('inspect.age.received', fix?.receivedAtMs, nowMs),
    ],
  }
}
