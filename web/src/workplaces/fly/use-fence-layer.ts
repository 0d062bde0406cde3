import { PathLayer, TextLayer } from '@deck.gl/layers'
import { paletteOf } from '@skerry/layers'
import type { FencePlan, LngLat } from '@skerry/contract'
import { useSceneLayer, type Scene } from '../../map/scene.ts'

const CORNERS = 32
const METRES_PER_DEGREE = 111_320

/** A circle as a line on the map; good to a few parts in a thousand, which is less than the line is wide. */
function around([lng, lat]: LngLat, radiusM: number): LngLat[] {
  const perLng = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  return Array.from({ length: CORNERS }, (_, i): LngLat => {
    const rad = (2 * Math.PI * i) / CORNERS
    return [lng + (radiusM * Math.sin(rad)) / perLng, lat + (radiusM * Math.cos(rad)) / METRES_PER_DEGREE]
  })
}

/** The fence in the chosen drone, or on its way there: the edge, what is left out, and R where it may go instead of home. */
export function useFenceLayer(scene: Scene, plan: () => FencePlan | null): void {
  useSceneLayer(
    scene,
    {
      id: 'fly-fence',
      order: 38,
      build: ({ theme, stale }) => {
        const palette = paletteOf(theme, stale)
        const now = plan()
        const closed = (ring: readonly LngLat[]): LngLat[] => [...ring, ...ring.slice(0, 1)]
        const outside = (now?.outside ?? []).map((zone) =>
          closed('ring' in zone ? zone.ring : around(zone.centre, zone.radiusM)),
        )
        const line = { getPath: (path: LngLat[]) => path, getWidth: 2, widthUnits: 'pixels' } as const
        return [
          new PathLayer<LngLat[]>({
            id: 'fly-fence-inside',
            data: now === null ? [] : [closed(now.inside)],
            getColor: palette.text,
            ...line,
          }),
          new PathLayer<LngLat[]>({ id: 'fly-fence-outside', data: outside, getColor: palette.warning, ...line }),
          new TextLayer<LngLat>({
            id: 'fly-fence-rally',
            data: (now?.rally ?? []).map(({ at }) => at),
            getPosition: (at) => at,
            getText: () => 'R',
            getSize: 14,
            getPixelOffset: [16, 0],
            getColor: palette.text,
            fontWeight: 600,
          }),
        ]
      },
    },
    plan,
  )
}
