import { ExposureMap } from '@skerry/contract'
import type { HotspotAnswer } from '@skerry/layers'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { request } from '../api/request.ts'

/** Hotspots of the incidents in the picture, as last computed. */
export const useHotspotAnswer = defineStore('hotspots', () => {
  /** Null until something was computed. */
  const answer = shallowRef<HotspotAnswer | null>(null)
  const cells = computed(() => answer.value?.cells ?? [])
  const take = (next: HotspotAnswer | null): void => {
    answer.value = next
  }
  /** How many are where; undefined until the server has said, null where it has none. */
  const exposure = shallowRef<Float64Array | null | undefined>(undefined)
  async function askExposure(): Promise<void> {
    if (exposure.value !== undefined) return
    const result = await request('GET', '/api/exposure', undefined, ExposureMap)
    if (result.ok) exposure.value = result.value.configured ? Float64Array.from(result.value.places) : null
  }
  return { answer, cells, take, exposure, askExposure }
})
