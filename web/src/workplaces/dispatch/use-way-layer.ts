import { PathLayer, ScatterplotLayer } from '@deck.gl/layers'
import type { Leg, LngLat, RankedUnit } from '@skerry/contract'
import { useSceneLayer, type Scene } from '../../map/scene.ts'

type Rgba = [number, number, number, number]
const COLOURS: Readonly<Record<'night' | 'day', Rgba>> = { night: [127, 212, 255, 230], day: [0, 99, 155, 230] }
/** Width by how one travels, px: what is on land is thin, as it is no road; water is wide, the air thinnest. */
const WIDTHS: Readonly<Record<Leg['mode'], number>> = {
  drive: 2,
  walk: 2,
  bridge: 3,
  ferry: 5,
  lift: 5,
  boat: 5,
  fly: 1,
}

/** Draws the way of the unit that is looked at, leg by leg, with a ring where one changes. */
export function useWayLayer(scene: Scene, row: () => RankedUnit | null): void {
  useSceneLayer(
    scene,
    {
      id: 'way',
      order: 55,
      build: ({ theme }) => {
        const legs = row()?.legs ?? []
        if (legs.length === 0) return []
        const colour = COLOURS[theme]
        return [
          new PathLayer<Leg>({
            id: 'way-legs',
            data: legs,
            getPath: (leg) => leg.path,
            getColor: colour,
            getWidth: (leg) => WIDTHS[leg.mode],
            widthUnits: 'pixels',
            capRounded: true,
            jointRounded: true,
          }),
          new ScatterplotLayer<LngLat>({
            id: 'way-changes',
            data: legs.flatMap((leg) => leg.path.slice(0, 1)),
            getPosition: (at) => at,
            getRadius: 5,
            radiusUnits: 'pixels',
            filled: false,
            stroked: true,
            getLineWidth: 2,
            lineWidthUnits: 'pixels',
            getLineColor: colour,
          }),
        ]
      },
    },
    row,
  )
}
