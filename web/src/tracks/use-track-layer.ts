import { TrackLayer } from '@skerry/layers'
import { useSceneLayer, type Scene } from '../map/scene.ts'
import { gapMsOf, markEveryMs } from './track-view.ts'
import type { TrackDesk } from './use-track.ts'

/** Draws the track that is asked for. */
export function useTrackLayer(scene: Scene, { of, spanH, view }: TrackDesk): void {
  useSceneLayer(
    scene,
    {
      id: 'track',
      order: 50,
      build: ({ theme }) => {
        const [kind, hours, shown] = [of.value?.kind, spanH.value, view.value]
        if (kind === undefined || hours === null || shown === null) return []
        return [
          new TrackLayer({
            id: 'track',
            track: shown.track,
            atMs: shown.atMs,
            gapMs: gapMsOf(kind),
            markEveryMs: markEveryMs(hours),
            theme,
          }),
        ]
      },
    },
    () => [view.value, spanH.value],
  )
}
