import { PathLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers'
import { ZoneLayer, labelLook, paletteOf, type ZoneOnMap } from '@skerry/layers'
import type { LngLat } from '@skerry/contract'
import { useSceneLayer, type Scene } from '../map/scene.ts'

/** Something on its way: its corners in the order in which they were set, and its shape as soon as it has one. */
export interface Drawn {
  corners: readonly LngLat[]
  shape: ZoneOnMap['shape'] | null
}

/** What is being drawn, over everything else on the map. Corners have numbers: not every eye finds the last one. */
export function useDrawnLayer(scene: Scene, drawn: () => Drawn | null): void {
  useSceneLayer(
    scene,
    {
      id: 'drawing',
      order: 90,
      build: ({ theme, stale }) => {
        const now = drawn()
        if (now === null || now.corners.length === 0) return []
        const palette = paletteOf(theme, stale)
        const zone = now.shape && { id: 'drawing', name: '', shape: now.shape }
        const numbered = now.corners.map((at, i) => ({ at, number: String(i + 1) }))
        return [
          zone
            ? new ZoneLayer({ id: 'drawing-shape', data: [zone], selected: 'drawing', names: false, theme, stale })
            : new PathLayer<readonly LngLat[]>({
                id: 'drawing-edge',
                data: [now.corners],
                getPath: (corners) => [...corners],
                getColor: palette.select,
                getWidth: 3,
                widthUnits: 'pixels',
              }),
          new ScatterplotLayer<LngLat>({
            id: 'drawing-corners',
            data: now.corners,
            getPosition: (at) => at,
            getRadius: 5,
            radiusUnits: 'pixels',
            getFillColor: palette.select,
          }),
          new TextLayer<(typeof numbered)[number]>({
            id: 'drawing-numbers',
            data: numbered,
            getPosition: ({ at }) => at,
            getText: ({ number }) => number,
            getSize: 13,
            getPixelOffset: [0, -15],
            getColor: palette.text,
            ...labelLook(palette),
          }),
        ]
      },
    },
    drawn,
  )
}
