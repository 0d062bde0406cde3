import type { DroneStatus } from '@skerry/contract'
import { positionText } from '../format/distance.ts'
import { spanText } from '../format/time.ts'
import { vehicleText } from '../format/vehicle-text.ts'
import { unplacedText } from '../workplaces/fly/unplaced-text.ts'
import { degreesText, secondsSince, type Fact, type Inspection, type Known } from './facts.ts'

/** What is known about one drone: its lasting facts from the picture, the rest from its bridge. */
export function inspectDrone(id: string, known: Known): Inspection | null {
  const { picture, statuses, nowMs, t } = known
  const drone = picture.drone.get(id)
  const status = statuses.get(id)
  if (drone === undefined && status === undefined) return null
  const position = status?.position ?? null
  const task = drone?.taskId == null ? null : picture.task.get(drone.taskId)
  return {
    thing: { kind: 'drone', id },
    title: id,
    subtitle: `${t('domain.thing.drone')} · ${vehicleText({ vehicle: status?.vehicle ?? drone?.vehicle ?? '', autopilot: status?.autopilot ?? drone?.autopilot ?? 'other' }, t)}`,
    position: position?.lngLat ?? null,
    facts: [
      { label: 'inspect.link', value: status === undefined ? null : t(`domain.linkState.${status.link.state}`) },
      { label: 'inspect.holder', value: drone?.lease?.name ?? t('common.none') },
      { label: 'inspect.task', value: task == null ? t('common.none') : String(task.number) },
      ...flightFacts(status, known),
    ],
    ages: [
      { label: 'inspect.age.fix', seconds: secondsSince(position?.atMs, nowMs) },
      { label: 'inspect.age.link', seconds: secondsSince(status?.link.lastHeartbeatAtMs, nowMs) },
      // Not a sign of the drone: the bridge speaks of a silent one too.
      { label: 'inspect.age.bridge', seconds: secondsSince(status?.atMs, nowMs) },
    ],
  }
}

function flightFacts(status: DroneStatus | undefined, { t }: Known): Fact[] {
  const position = status?.position ?? null
  const battery = status?.battery ?? null
  const metres = (m: number | null | undefined): string | null =>
    m === null || m === undefined ? null : t('common.distance.metres', { n: Math.round(m) })
  const armed = status?.armed ?? null
  return [
    { label: 'inspect.mode', value: status?.mode?.name ?? null },
    { label: 'inspect.armed', value: armed === null ? null : t(armed ? 'common.yes' : 'common.no') },
    { label: 'inspect.position', value: position === null ? null : positionText(position.lngLat) },
    { label: 'inspect.heightAboveTakeoff', value: metres(position?.heightAboveTakeoffM) },
    // By a terrain model of the user's: without one it stays unknown rather than guessed.
    { label: 'inspect.trueHeight', value: metres(position?.heightAboveGroundM) },
    { label: 'inspect.heading', value: degreesText(status?.headingDeg) },
    {
      label: 'inspect.speed',
      value: status?.groundSpeedMps == null ? null : t('inspect.mps', { n: status.groundSpeedMps.toFixed(1) }),
    },
    {
      label: 'inspect.battery',
      value:
        battery?.remainingShare == null
          ? null
          : t('common.percent', { n: Math.round(battery.remainingShare * 100) }) +
            (battery.remainingS === null ? '' : ` · ${spanText(battery.remainingS, t)}`),
    },
    {
      label: 'inspect.wind',
      value:
        status?.wind == null
          ? null
          : `${degreesText(status.wind.fromDeg)} ${t('inspect.mps', { n: status.wind.speedMps.toFixed(1) })}`,
    },
    {
      label: 'inspect.footprint',
      value:
        status?.footprint == null ? null : (unplacedText(status.footprint.reason, t) ?? t('inspect.footprintKnown')),
    },
  ]
}
