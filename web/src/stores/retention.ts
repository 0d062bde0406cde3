import { RetentionView } from '@skerry/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { request, type Failure } from '../api/request.ts'

/** How long closed cases are kept and what falls due next; null until it was read. */
export const useRetention = defineStore('retention', () => {
  const view = shallowRef<RetentionView | null>(null)
  const failure = shallowRef<Failure | null>(null)

  async function load(): Promise<void> {
    const answer = await request('GET', '/api/retention', undefined, RetentionView)
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) view.value = answer.value
  }
  return { view, failure, load }
})
