import { DroneLayer, type DroneOnMap } from '@skerry/layers'
import { onScopeDispose } from 'vue'
import { useLive } from '../feed/provide-feed.ts'
import { useDrones } from '../stores/drones.ts'
import { usePicture } from '../stores/picture.ts'
import { movedDrones } from './moved-drones.ts'
import { useSceneLayer, type Scene } from './scene.ts'

/** Our aircraft with trail, link state and sensor footprint; where the map has joined the motion plane, at its pace. */
export function useDroneLayer(scene: Scene, on: () => boolean, footprints: () => boolean): void {
  const { movers } = useLive()
  const drones = useDrones()
  const picture = usePicture()
  const fixOf = (droneId: string) => {
    const drone = picture.drones.get(droneId)
    return drone === undefined ? null : movers.find('drone', drone.handle)
  }
  const selected = (): string | null => (scene.selected.value?.kind === 'drone' ? scene.selected.value.id : null)
  useSceneLayer(
    scene,
    {
      id: 'drones',
      order: 84,
      build: ({ theme, stale }) =>
        on() && drones.statuses.size > 0
          ? [
              new DroneLayer({
                id: 'drones',
                data: movedDrones(drones.statuses.values(), fixOf).map((status) => ({
                  status,
                  trail: drones.trails.get(status.droneId) ?? [],
                  label: status.droneId,
                })),
                selected: selected(),
                footprints: footprints(),
                theme,
                stale,
                pickable: true,
              }),
            ]
          : [],
      toThing: ({ object }) => ({ kind: 'drone', id: (object as DroneOnMap).status.droneId }),
    },
    () => [drones.statuses, drones.trails, on(), footprints(), selected()],
  )
  onScopeDispose(movers.onChange((kind) => kind === 'drone' && scene.invalidate('drones')))
}
