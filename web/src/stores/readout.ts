import type { LngLat } from '@skerry/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** What the bottom edge reads off the map on screen: its scale and the place under the pointer. */
export const useReadout = defineStore('readout', () => {
  const scaleAt = shallowRef<{ zoom: number; latDeg: number } | null>(null)
  const pointer = shallowRef<LngLat | null>(null)
  return { scaleAt, pointer }
})
