import type { HotspotCell } from '@skerry/layers'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Significant hotspot cells of the incidents in the picture, as last computed. */
export const useHotspotCells = defineStore('hotspots', () => {
  const cells = shallowRef<readonly HotspotCell[]>([])
  const take = (next: readonly HotspotCell[]): void => {
    cells.value = next
  }
  return { cells, take }
})
