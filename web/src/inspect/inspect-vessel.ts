import { VESSEL_GROUPS } from '@skerry/contract'
import { positionText } from '../format/distance.ts'
import { clockText } from '../format/time.ts'
import { degreesText, timed, type Inspection, type Known } from './facts.ts'

/** AIS navigational status 0 to 14; 15 is not defined. */
const NAV_STATUSES = [
  'under-way',
  'at-anchor',
  'not-under-command',
  'restricted',
  'constrained',
  'moored',
  'aground',
  'fishing',
  'sailing',
  'reserved-9',
  'reserved-10',
  'towing-astern',
  'pushing-ahead',
  'reserved-13',
  'distress',
] as const
const KNOT_MPS = 1852 / 3600

/** What is known about one vessel: where it is from the motion plane, what it says of itself from the server. */
export function inspectVessel(id: string, { movers, vessels, nowMs, lang, t }: Known): Inspection | null {
  const handle = Number(id)
  const fix = movers.find('vessel', handle)
  const facts = vessels.get(handle) ?? null
  if (fix === null && facts === null) return null
  const group = facts?.group ?? VESSEL_GROUPS[(fix?.state ?? 0) >> 4] ?? 'unknown'
  const status = fix === null ? (facts?.navStatus ?? 15) : fix.state & 15
  const word = NAV_STATUSES[status]
  const metres = (value: number | null | undefined): string | null =>
    value === null || value === undefined ? null : `${value} m`
  const texts = (facts?.safetyTexts ?? []).toReversed().map(({ to, text, firstAtMs, lastAtMs }) => {
    const [time, last] = [clockText(firstAtMs, lang), clockText(lastAtMs, lang)]
    const said = { time, last, text, to: to === null ? t('alarm.toAllShips') : `MMSI ${to}` }
    return t(time === last ? 'inspect.safetyText' : 'inspect.safetyTextAgain', said)
  })
  return {
    thing: { kind: 'vessel', id },
    title: facts === null ? t('common.unknown') : (facts.name ?? `MMSI ${facts.mmsi}`),
    subtitle: t(`domain.vesselGroup.${group}`),
    position: fix?.lngLat ?? null,
    facts: [
      { label: 'inspect.mmsi', value: facts?.mmsi ?? null },
      { label: 'inspect.callSign', value: facts?.callSign ?? null },
      { label: 'inspect.navStatus', value: word === undefined ? null : t(`domain.navStatus.${word}`) },
      { label: 'inspect.destination', value: facts?.destination ?? null },
      { label: 'inspect.size', value: facts?.lengthM == null ? null : `${facts.lengthM} × ${facts.beamM ?? '?'} m` },
      { label: 'inspect.draught', value: metres(facts?.draughtM) },
      { label: 'inspect.position', value: fix === null ? null : positionText(fix.lngLat) },
      { label: 'inspect.heading', value: degreesText(fix?.headingDeg) },
      {
        label: 'inspect.speed',
        value: fix?.speedMps == null ? null : t('inspect.knots', { n: (fix.speedMps / KNOT_MPS).toFixed(1) }),
      },
      // One line each. None heard is no fact worth a line: it may be out of our reach.
      ...(texts.length === 0 ? [] : [{ label: 'inspect.safetyTexts' as const, value: texts.join('\n') }]),
      { label: 'inspect.source', value: facts?.feed ?? null },
    ],
    ages: [timed('inspect.age.fix', fix?.fixAtMs, nowMs), timed('inspect.age.received', fix?.receivedAtMs, nowMs)],
  }
}
