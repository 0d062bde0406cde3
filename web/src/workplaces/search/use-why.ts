import { WhyHere, type LngLat } from '@skerry/contract'
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { request, type Failure } from '../../api/request.ts'

/** Questions that follow each other faster than this are one: a map changes with every look of a drone. */
const PAUSE_MS = 400

export interface Why {
  answer: ShallowRef<WhyHere | null>
  failure: ShallowRef<Failure | null>
}

/** Why the map of a search is bright or dark at a place; asked again when the place or the map changes. */
export function useWhy(
  asked: () => { searchId: string; mapRevision: number; at: LngLat } | null,
  ask: typeof request = request,
): Why {
  const answer = shallowRef<WhyHere | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest = 0

  async function look(): Promise<void> {
    const question = asked()
    if (question === null) return
    const mine = ++newest
    const [lng, lat] = question.at
    const got = await ask('GET', `/api/searches/${question.searchId}/why?lng=${lng}&lat=${lat}`, undefined, WhyHere)
    if (mine !== newest) return // a later question was faster
    answer.value = got.ok ? got.value : null
    failure.value = got.ok ? null : got.failure
  }
  // What was said of one place does not stand beside another while that is asked.
  watch(
    () => JSON.stringify([asked()?.searchId, asked()?.at]),
    () => {
      newest++
      answer.value = failure.value = null
    },
    { flush: 'sync' },
  )
  watch(
    () => JSON.stringify(asked()),
    () => {
      clearTimeout(timer)
      if (asked() === null) {
        newest++
        answer.value = failure.value = null
      } else timer = setTimeout(() => void look(), PAUSE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    newest++
    clearTimeout(timer)
  })
  return { answer, failure }
}
