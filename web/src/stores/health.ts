import type { Health } from '@skerry/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** What the server last said about its own parts. Null until it said anything. */
export const useHealth = defineStore('health', () => {
  const health = shallowRef<Health | null>(null)
  const take = (next: Health): void => {
    health.value = next
  }
  return { health, take }
})
