import { DroneLayer, type DroneOnMap } from '@skerry/layers'
import { useDrones } from '../stores/drones.ts'
import { useSceneLayer, type Scene } from './scene.ts'

/** Our aircraft with trail, link state and sensor footprint. */
export function useDroneLayer(scene: Scene, on: () => boolean, footprints: () => boolean): void {
  const drones = useDrones()
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
                data: [...drones.statuses.values()].map((status) => ({
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
}
