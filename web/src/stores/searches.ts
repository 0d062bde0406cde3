import type { GridFrame, Reading } from '@skerry/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Readings kept per search: the newest ones. The whole list is in the journal. */
const READINGS_KEPT = 2000

/** Probability maps and thermal readings, by search id: perishable, and too big for the picture. */
export const useSearchMaps = defineStore('search-maps', () => {
  const grids = shallowRef<ReadonlyMap<string, GridFrame>>(new Map())
  const readings = shallowRef<ReadonlyMap<string, readonly Reading[]>>(new Map())

  /** An older map than the one held is dropped. */
  function takeGrid(searchId: string, grid: GridFrame): void {
    const held = grids.value.get(searchId)
    if (held !== undefined && held.revision > grid.revision) return
    grids.value = new Map(grids.value).set(searchId, grid)
  }

  /** Adds readings that are not held yet, by drone and time. */
  function takeReadings(searchId: string, batch: readonly Reading[]): void {
    const held = readings.value.get(searchId) ?? []
    const known = new Set(held.map((r) => `${r.droneId} ${r.atMs}`))
    const fresh = batch.filter((r) => !known.has(`${r.droneId} ${r.atMs}`))
    if (fresh.length === 0) return
    readings.value = new Map(readings.value).set(searchId, [...held, ...fresh].slice(-READINGS_KEPT))
  }
  return { grids, readings, takeGrid, takeReadings }
})
