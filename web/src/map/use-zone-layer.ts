import { ZoneLayer } from '@skerry/layers'
import type { Alarm, Priority } from '@skerry/contract'
import { byPriority, isShown } from '../alarms/alarm-order.ts'
import { usePicture } from '../stores/picture.ts'
import { useSceneLayer, type Scene } from './scene.ts'

/** Names of zones only where there is room for them. */
const NAMES_FROM_ZOOM = 9

/** Zones on a map, coloured where an alarm of theirs stands. Corridors of consignments have a layer of their own. */
export function useZoneLayer(scene: Scene, on: () => boolean, selected: () => string | null = () => null): void {
  const picture = usePicture()
  useSceneLayer(
    scene,
    {
      id: 'zones',
      order: 30,
      build: ({ theme, stale, zoom }) =>
        on() && picture.zones.size > 0
          ? [
              new ZoneLayer({
                id: 'zones',
                data: [...picture.zones.values()].filter(({ consignmentId }) => consignmentId === undefined),
                alarms: zoneAlarms(picture.alarms.values()),
                selected: selected(),
                names: zoom >= NAMES_FROM_ZOOM,
                theme,
                stale,
              }),
            ]
          : [],
    },
    () => [picture.zones, picture.alarms, on(), selected()],
  )
}

/** Highest priority of what stands in each zone. */
export function zoneAlarms(alarms: Iterable<Alarm>): Record<string, Priority> {
  const highest: Record<string, Priority> = {}
  for (const alarm of alarms) {
    const { zoneId, priority } = alarm
    if (zoneId == null || !isShown(alarm) || alarm.clearedAtMs !== null) continue
    const known = highest[zoneId]
    if (known === undefined || byPriority(priority, known) < 0) highest[zoneId] = priority
  }
  return highest
}
