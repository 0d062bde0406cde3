import type { LngLat } from '@skerry/contract'
import { computed, inject, provide, shallowRef, type InjectionKey, type Ref } from 'vue'
import type { Scene } from '../map/scene.ts'
import { areaRings, isArea, nothingDrawn, withCorner, type Rings } from './rings.ts'
import { useDrawnLayer } from './use-drawn-layer.ts'

/** An area drawn on the map of a workplace, for whichever of its forms asks for one. */
export interface AreaDrawing {
  /** A form asks for an area: clicks on the map set its corners. */
  active: Readonly<Ref<boolean>>
  rings: Ref<Rings>
  /** Takes a click on the map; false where no area is being drawn. */
  take: (at: LngLat) => boolean
  clear: () => void
  /** A form takes the drawing over from whichever had it. Returns its own undo. */
  claim: () => () => void
}

const KEY: InjectionKey<AreaDrawing> = Symbol('area drawing')

/** The one area drawing of a workplace; draws it on its map. */
export function provideAreaDrawing(scene: Scene): AreaDrawing {
  const owner = shallowRef<symbol | null>(null)
  const active = computed(() => owner.value !== null)
  const rings = shallowRef<Rings>(nothingDrawn())
  const drawn = computed(() =>
    active.value
      ? {
          corners: rings.value.flat(),
          shape: isArea(rings.value) ? { kind: 'polygon' as const, rings: areaRings(rings.value) } : null,
        }
      : null,
  )
  useDrawnLayer(scene, () => drawn.value)
  const drawing: AreaDrawing = {
    active,
    rings,
    take(at) {
      if (active.value) rings.value = withCorner(rings.value, at)
      return active.value
    },
    clear: () => (rings.value = nothingDrawn()),
    claim() {
      const mine = Symbol('owner')
      owner.value = mine
      return () => {
        if (owner.value === mine) owner.value = null
      }
    },
  }
  provide(KEY, drawing)
  return drawing
}

export function useAreaDrawing(): AreaDrawing {
  const drawing = inject(KEY)
  if (drawing === undefined) throw new Error('no workplace above provides an area drawing')
  return drawing
}
