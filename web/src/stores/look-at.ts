import type { LngLat } from '@skerry/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** A place that something outside a workplace asks its map to show; the map takes it and sets it back to null. */
export const useLookAt = defineStore('look-at', () => {
  const place = shallowRef<LngLat | null>(null)
  return { place }
})
