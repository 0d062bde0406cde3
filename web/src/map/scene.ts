import type { Layer, PickingInfo } from '@deck.gl/core'
import type { EntityKind, LngLat } from '@skerry/contract'
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { Lang } from '../i18n/lang.ts'
import type { Theme } from '../theme/theme.ts'

/** Something on the map that can be looked at: an entity, or a hotspot cell. */
export type ThingRef = {
  kind:
    | Extract<
        EntityKind,
        'unit' | 'drone' | 'incident' | 'checkpoint' | 'task' | 'candidate' | 'search' | 'consignment'
      >
    | 'hotspot'
    | 'vessel'
    | 'sailing'
  id: string
}

/** What a layer may need to know to draw itself. */
export interface DrawContext {
  theme: Theme
  lang: Lang
  /** Now on the server's clock, ms since 1970. */
  nowMs: number
  /** The own feed is lost: everything is drawn grey. */
  stale: boolean
  zoom: number
}

export interface SceneLayer {
  /** Also the start of the ids of the deck.gl layers it builds. */
  id: string
  /** Drawn in rising order: ground 0-19, areas 20-39, lines 40-59, symbols 60-79, our aircraft 80-99. */
  order: number
  build: (context: DrawContext) => Layer[]
  /** Which thing a picked object is; null for none. */
  toThing?: (info: PickingInfo) => ThingRef | null
}

export interface View {
  centre: LngLat
  zoom: number
  bearingDeg: number
  /** [west, south, east, north] degrees. */
  box: [number, number, number, number]
}

export interface Camera {
  centre?: LngLat
  zoom?: number
  bearingDeg?: number
  /** Where on the map the centre should come to lie, px right of and below its middle. */
  offsetPx?: [number, number]
}

/** What one map shows: layers that parts of a workplace add, where it looks, and what is selected. */
export interface Scene {
  add: (layer: SceneLayer) => () => void
  /** Have one layer (or all) built again in the next frame. */
  invalidate: (id?: string) => void
  /** Layers in drawing order; built again only where invalid or where the context changed. */
  draw: (context: DrawContext) => Layer[]
  thingAt: (info: PickingInfo) => ThingRef | null
  /** Called when a frame is needed. Returns its own undo. */
  onInvalid: (listener: () => void) => () => void
  view: ShallowRef<View | null>
  selected: ShallowRef<ThingRef | null>
  /** Asks the map to look somewhere; the map takes it and sets it back to null. */
  camera: ShallowRef<Camera | null>
  look: (camera: Camera) => void
}

export function createScene(): Scene {
  const layers = new Map<string, { layer: SceneLayer; built: Layer[] | null }>()
  const listeners = new Set<() => void>()
  let drawnWith = ''
  const view = shallowRef<View | null>(null)
  const selected = shallowRef<ThingRef | null>(null)
  const camera = shallowRef<Camera | null>(null)

  function invalidate(id?: string): void {
    for (const [name, entry] of layers) if (id === undefined || name === id) entry.built = null
    for (const listener of listeners) listener()
  }
  return {
    add(layer) {
      const entry = { layer, built: null }
      layers.set(layer.id, entry)
      invalidate(layer.id)
      return () => {
        if (layers.get(layer.id) === entry) layers.delete(layer.id)
        invalidate(layer.id)
      }
    },
    invalidate,
    draw(context) {
      const { theme, lang, stale, zoom } = context
      const key = `${theme} ${lang} ${stale} ${Math.round(zoom * 4)}`
      if (key !== drawnWith) for (const entry of layers.values()) entry.built = null
      drawnWith = key
      const entries = [...layers.values()].sort((a, b) => a.layer.order - b.layer.order)
      return entries.flatMap((entry) => (entry.built ??= entry.layer.build(context)))
    },
    thingAt(info) {
      const id = info.layer?.id
      if (id === undefined) return null
      for (const { layer } of layers.values())
        if (id === layer.id || id.startsWith(`${layer.id}-`)) return layer.toThing?.(info) ?? null
      return null
    },
    onInvalid(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    view,
    selected,
    camera,
    look: (to) => {
      camera.value = to
    },
  }
}

/**
 * Adds a layer as long as the calling component lives.
 * @param sources reads the reactive state the layer draws; a change builds it again
 */
export function useSceneLayer(scene: Scene, layer: SceneLayer, sources?: () => unknown): void {
  onScopeDispose(scene.add(layer))
  if (sources !== undefined) watch(sources, () => scene.invalidate(layer.id), { deep: false })
}
