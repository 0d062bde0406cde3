import { ScatterplotLayer } from '@deck.gl/layers'
import { ZoneLayer, paletteOf } from '@skerry/layers'
import type { LngLat } from '@skerry/contract'
import { useSceneLayer, type Scene } from '../../map/scene.ts'
import { shapeOf, type ZoneForm } from '../../zones/zone-form.ts'

/** The shape that is being drawn, with its corners, over the zones that are there. */
export function useDrawing(scene: Scene, form: () => ZoneForm | null): void {
  useSceneLayer(
    scene,
    {
      id: 'drawing',
      order: 90,
      build: ({ theme, stale }) => {
        const drawn = form()
        if (drawn === null || drawn.points.length === 0) return []
        const { select } = paletteOf(theme, stale)
        const zone = { id: 'drawing', name: drawn.name || '…', shape: shapeOf(drawn) }
        const enough = drawn.points.length >= { polygon: 3, corridor: 2, circle: 1 }[drawn.kind]
        return [
          ...(enough
            ? [new ZoneLayer({ id: 'drawing-zone', data: [zone], selected: 'drawing', names: false, theme, stale })]
            : []),
          new ScatterplotLayer<LngLat>({
            id: 'drawing-corners',
            data: drawn.points,
            getPosition: (at) => at,
            getRadius: 5,
            radiusUnits: 'pixels',
            getFillColor: select,
          }),
        ]
      },
    },
    () => {
      const drawn = form()
      return drawn && [drawn.points, drawn.kind, drawn.radiusM, drawn.halfWidthM]
    },
  )
}
