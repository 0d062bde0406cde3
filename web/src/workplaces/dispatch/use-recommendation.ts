import { Recommendation } from '@skerry/contract'
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { request, type Failure } from '../../api/request.ts'
import { usePicture } from '../../stores/picture.ts'

/** Units move on: the list is asked for again this often, ms. */
const AGAIN_MS = 10_000
/** After a failure sooner: the ways are being computed in the first seconds of a server's run. */
const RETRY_MS = 2000

/** Who could come to one incident, read again as units move and as the incident changes. */
export function useRecommendation(incidentId: () => string | null): {
  found: ShallowRef<Recommendation | null>
  failure: ShallowRef<Failure | null>
} {
  const found = shallowRef<Recommendation | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function read(): Promise<void> {
    clearTimeout(timer)
    const id = incidentId()
    const mine = ++turn
    if (id === null) return
    const path = `/api/incidents/${encodeURIComponent(id)}/recommendation`
    const answer = await request('GET', path, undefined, Recommendation)
    if (mine !== turn || incidentId() !== id) return // a newer question is on its way
    if (answer.ok) found.value = answer.value
    failure.value = answer.ok ? null : answer.failure
    timer = setTimeout(() => void read(), answer.ok ? AGAIN_MS : RETRY_MS)
  }

  watch(
    incidentId,
    () => {
      found.value = null
      failure.value = null
      void read()
    },
    { immediate: true },
  )
  const undo = usePicture().onUpdates((updates) => {
    const id = incidentId()
    if (id !== null && updates.some((update) => update.incidentId === id)) void read()
  })
  onScopeDispose(() => {
    turn++
    clearTimeout(timer)
    undo()
  })
  return { found, failure }
}
