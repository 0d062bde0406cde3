import { ScatterplotLayer } from '@deck.gl/layers'
import type { LngLat } from '@skerry/contract'
import { useSceneLayer, type Scene } from '../../map/scene.ts'

/** Shows where the map was clicked while a report is being filled in. */
export function usePlaceMark(scene: Scene, place: () => LngLat | null): void {
  useSceneLayer(
    scene,
    {
      id: 'place-mark',
      order: 90,
      build: ({ theme }) => {
        const at = place()
        if (at === null) return []
        return [
          new ScatterplotLayer<LngLat>({
            id: 'place-mark',
            data: [at],
            getPosition: (p) => p,
            getRadius: 9,
            radiusUnits: 'pixels',
            filled: false,
            stroked: true,
            getLineWidth: 2,
            lineWidthUnits: 'pixels',
            getLineColor: theme === 'night' ? [127, 212, 255] : [0, 99, 155],
          }),
        ]
      },
    },
    place,
  )
}
