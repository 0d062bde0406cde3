import { DrawingLayer, NamesLayer, paletteOf, type DrawnThing } from '@skerry/layers'
import type { LngLat, Search, TeamTrack } from '@skerry/contract'
import { PathLayer } from '@deck.gl/layers'
import { shallowRef, watch } from 'vue'
import { z } from 'zod'
import { request } from '../../../api/request.ts'
import { useSceneLayer, type Scene } from '../../../map/scene.ts'
import { useSettings } from '../../../stores/settings.ts'
import { drawnShape, type ImportRow } from './import-plan.ts'

const Walked = z.array(z.object({ id: z.string(), line: z.array(z.tuple([z.number(), z.number()])) }))

/** Drawings and recorded tracks of a search on its map, and what a file would bring. */
export function useFileLayers(
  scene: Scene,
  of: { search: () => Search; rows: () => readonly ImportRow[]; callSign: (unitId: string) => string },
): void {
  const settings = useSettings()
  const isOn = (name: 'drawings' | 'teams'): boolean => settings.isOn(`search.${name}`)
  const lines = shallowRef<ReadonlyMap<string, LngLat[]>>(new Map())
  const tracks = (): readonly TeamTrack[] => of.search().teamTracks ?? []
  watch(
    () => [of.search().id, ...tracks().map(({ id }) => id)].join(' '),
    async () => {
      if (tracks().length === 0) return void (lines.value = new Map())
      const answer = await request('GET', `/api/searches/${of.search().id}/tracks`, undefined, Walked)
      if (answer.ok) lines.value = new Map(answer.value.map(({ id, line }) => [id, line]))
    },
    { immediate: true },
  )

  useSceneLayer(
    scene,
    {
      id: 'search-drawings',
      order: 34,
      build({ theme, stale }) {
        const data = (of.search().drawings ?? []).map(({ id, name, shape }): DrawnThing => ({ id, name, shape }))
        return isOn('drawings') && data.length > 0
          ? [new DrawingLayer({ id: 'search-drawings', data, theme, stale })]
          : []
      },
    },
    () => [of.search().drawings, isOn('drawings')],
  )
  useSceneLayer(
    scene,
    {
      id: 'search-teams',
      order: 43,
      build({ theme, stale }) {
        const walked = tracks().flatMap(({ id, unitId }) => {
          const line = lines.value.get(id)
          return line === undefined || line.length < 2 ? [] : [{ line, name: of.callSign(unitId) }]
        })
        if (!isOn('teams') || walked.length === 0) return []
        const palette = paletteOf(theme, stale)
        return [
          new PathLayer({
            id: 'search-teams',
            data: walked,
            getPath: ({ line }) => line,
            getColor: palette.text,
            getWidth: 2,
            widthUnits: 'pixels',
            capRounded: true,
            jointRounded: true,
          }),
          new NamesLayer({
            id: 'search-team-names',
            data: walked.map(({ line, name }) => ({ position: line.at(-1)!, text: name })),
            theme,
            stale,
            clearPx: 8,
          }),
        ]
      },
    },
    () => [of.search().teamTracks, lines.value, isOn('teams')],
  )
  useSceneLayer(
    scene,
    {
      id: 'search-import',
      order: 77,
      build({ theme }) {
        const data = of.rows().flatMap(({ key, thing, chosen, state }): DrawnThing[] => {
          const shape = chosen && state.at !== 'taken' ? drawnShape(thing.shape) : null
          return shape === null ? [] : [{ id: String(key), name: thing.name ?? '', shape }]
        })
        return data.length === 0
          ? []
          : [new DrawingLayer({ id: 'search-import', data, chosen: true, names: data.length <= 200, theme })]
      },
    },
    () => of.rows(),
  )
}
