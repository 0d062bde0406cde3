import { KioskView, MadeKiosk } from '@skerry/contract'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { request, type Failure } from '../api/request.ts'

const Views = KioskView.array()
const Nothing = { parse: (): null => null }

/** Walls that may look, for an administrator; null until they were read. */
export const useKiosks = defineStore('kiosks', () => {
  const kiosks = shallowRef<readonly KioskView[] | null>(null)
  /** The wall just made, with its token: held only until it is put away, and never asked for again. */
  const fresh = shallowRef<MadeKiosk | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const busy = ref(false)

  async function load(): Promise<void> {
    const answer = await request('GET', '/api/kiosks', undefined, Views)
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) kiosks.value = answer.value
  }

  /** Resolves to whether the wall is made; if not, `failure` says why. */
  async function make(id: string): Promise<boolean> {
    busy.value = true
    const answer = await request('POST', '/api/kiosks', { id }, MadeKiosk)
    busy.value = false
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) {
      fresh.value = answer.value
      await load()
    }
    return answer.ok
  }

  async function remove(id: string): Promise<void> {
    busy.value = true
    const answer = await request('DELETE', `/api/kiosks/${encodeURIComponent(id)}`, undefined, Nothing)
    busy.value = false
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    if (fresh.value?.kiosk.id === id) fresh.value = null
    await load()
  }

  const putAway = (): void => {
    fresh.value = null
  }
  return { kiosks, fresh, failure, busy, load, make, remove, putAway }
})
