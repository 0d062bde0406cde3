import { ZoneLayer, type ZoneOnMap } from '@skerry/layers'
import { alertTextFor, type Incident, type Priority } from '@skerry/contract'
import { LOCALE, type Lang } from '../i18n/lang.ts'
import { usePicture } from '../stores/picture.ts'
import { useSceneLayer, type Scene } from './scene.ts'

const NAMES_FROM_ZOOM = 8.5

/** Areas of public warnings that hold, in the colour of their priority. */
export function useWarningLayer(scene: Scene, on: () => boolean): void {
  const picture = usePicture()
  useSceneLayer(
    scene,
    {
      id: 'warnings',
      order: 28,
      build({ theme, stale, zoom, lang }) {
        const areas = on() ? warningAreas(picture.incidents.values(), lang) : []
        if (areas.length === 0) return []
        const alarms: Record<string, Priority> = Object.fromEntries(areas.map(({ id, priority }) => [id, priority]))
        return [
          new ZoneLayer({
            id: 'warnings',
            data: areas,
            alarms,
            names: zoom >= NAMES_FROM_ZOOM,
            theme,
            stale,
            pickable: false,
          }),
        ]
      },
    },
    () => [picture.incidents, on()],
  )
}

/** One shape for each part of each area; the first of a warning carries its name in the reader's language. */
export function warningAreas(
  incidents: Iterable<Pick<Incident, 'id' | 'state' | 'priority' | 'alert'>>,
  lang: Lang,
): (ZoneOnMap & { priority: Priority })[] {
  return [...incidents].flatMap(({ id, state, priority, alert }) => {
    if (alert === undefined || state === 'closed') return []
    const name = alertTextFor(alert.texts, LOCALE[lang])?.event ?? alert.identifier
    const shapes = [
      ...alert.area.polygons.map((ring) => ({ kind: 'polygon' as const, rings: [ring] })),
      ...alert.area.circles.map((circle) => ({ kind: 'circle' as const, ...circle })),
    ]
    return shapes.map((shape, i) => ({ id: `${id}/${i}`, name: i === 0 ? name : '', shape, priority }))
  })
}
