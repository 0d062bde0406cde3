import { CoverPlan } from '@skerry/contract'
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { request, type Failure } from '../../api/request.ts'
import { usePicture } from '../../stores/picture.ts'

/** Units move on: asked again this often, ms. */
const AGAIN_MS = 10_000

/** Cover of the zones, as if some units were sent away. Asks nothing where no zone watches its coverage. */
export function useCover(sent: () => readonly string[]): {
  plan: ShallowRef<CoverPlan | null>
  failure: ShallowRef<Failure | null>
  /** Whether any zone watches its coverage. */
  watched: ComputedRef<boolean>
} {
  const picture = usePicture()
  const plan = shallowRef<CoverPlan | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const watched = computed(() =>
    [...picture.zones.values()].some(({ rules }) => rules.some(({ kind }) => kind === 'coverage')),
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function read(): Promise<void> {
    clearTimeout(timer)
    const mine = ++turn
    if (!watched.value) {
      plan.value = null
      return
    }
    const query = new URLSearchParams({ sent: sent().join(',') })
    const answer = await request('GET', `/api/cover?${query}`, undefined, CoverPlan)
    if (mine !== turn) return // a newer question is on its way
    if (answer.ok) plan.value = answer.value
    failure.value = answer.ok ? null : answer.failure
    timer = setTimeout(() => void read(), AGAIN_MS)
  }
  watch(
    () => [watched.value, sent().join(',')] as const,
    () => void read(),
    { immediate: true },
  )
  const undo = picture.onUpdates((updates) => {
    if (updates.some(({ type }) => type.startsWith('unit.cover') || type.startsWith('zone.'))) void read()
  })
  onScopeDispose(() => {
    turn++
    clearTimeout(timer)
    undo()
  })
  return { plan, failure, watched }
}
