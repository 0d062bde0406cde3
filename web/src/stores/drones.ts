import type { DroneStatus } from '@skerry/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** What the bridges know about each aircraft now, by drone id. Newest wins. */
export const useDrones = defineStore('drones', () => {
  const statuses = shallowRef<ReadonlyMap<string, DroneStatus>>(new Map())

  function take(batch: readonly DroneStatus[]): void {
    const next = new Map(statuses.value)
    for (const status of batch) {
      const held = next.get(status.droneId)
      if (held === undefined || held.atMs <= status.atMs) next.set(status.droneId, status)
    }
    statuses.value = next
  }
  return { statuses, take }
})
