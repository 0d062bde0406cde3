import type { DroneStatus } from '@skerry/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { extendTrails, type TrailPoint } from './trails.ts'

/** What the bridges know about each aircraft now, by drone id, and where it was. Newest wins. */
export const useDrones = defineStore('drones', () => {
  const statuses = shallowRef<ReadonlyMap<string, DroneStatus>>(new Map())
  const trails = shallowRef<ReadonlyMap<string, readonly TrailPoint[]>>(new Map())

  function take(batch: readonly DroneStatus[]): void {
    const next = new Map(statuses.value)
    for (const status of batch) {
      const held = next.get(status.droneId)
      if (held === undefined || held.atMs <= status.atMs) next.set(status.droneId, status)
    }
    statuses.value = next
    trails.value = extendTrails(trails.value, batch)
  }
  return { statuses, trails, take }
})
