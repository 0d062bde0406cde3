import { positionText } from '../format/distance.ts'
import { stampText } from '../format/time.ts'
import { classesOf } from '../consignments/consignment-view.ts'
import { timed, type Inspection, type Known } from './facts.ts'

/** What is known about one consignment of dangerous goods. */
export function inspectConsignment(id: string, known: Known): Inspection | null {
  const { picture, consignmentPlaces, nowMs, lang, t } = known
  const one = picture.consignment.get(id)
  if (one === undefined) return null
  const fix = consignmentPlaces.get(id)
  const speed = fix?.speedMps ?? null
  return {
    thing: { kind: 'consignment', id },
    title: one.vehicle.callSign,
    subtitle: `${t('domain.thing.consignment')} ${t('consignment.number', { n: one.number })}`,
    position: fix?.position ?? null,
    facts: [
      { label: 'inspect.state', value: t(`consignment.state.${one.state}`) },
      { label: 'consignment.hazardClass', value: classesOf(one) },
      {
        label: 'consignment.sheet',
        value: one.loads.map(({ unNumber, substance }) => `UN${unNumber} ${substance}`).join(' · '),
      },
      {
        label: 'consignment.window',
        value: t('consignment.windowText', {
          from: stampText(one.window.fromMs, lang),
          to: stampText(one.window.toMs, lang),
        }),
      },
      { label: 'consignment.position', value: fix === undefined ? null : positionText(fix.position) },
      { label: 'inspect.speed', value: speed === null ? null : t('inspect.kmh', { n: Math.round(speed * 3.6) }) },
    ],
    ages: [timed('inspect.age.fix', fix?.atMs, nowMs), timed('inspect.age.received', fix?.receivedAtMs, nowMs)],
  }
}
