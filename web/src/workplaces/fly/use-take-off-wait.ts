import { TakeOffWait } from '@skerry/contract'
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { request } from '../../api/request.ts'

/** How often the server is asked while somebody looks at the card, ms. */
const PERIOD_MS = 2000

/** What the server says about the take-off of a task, kept up to date; null while it has not said anything about it. */
export function useTakeOffWait(taskId: () => string | null): Ref<TakeOffWait | null> {
  const wait = ref<TakeOffWait | null>(null)
  let timer: ReturnType<typeof setTimeout> | null = null
  let asked = 0

  async function ask(): Promise<void> {
    const id = taskId()
    const mine = ++asked
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (id === null) return
    const answer = await request('GET', `/api/tasks/${encodeURIComponent(id)}/take-off`, undefined, TakeOffWait)
    if (mine !== asked) return
    wait.value = answer.ok ? answer.value : null
    timer = setTimeout(() => void ask(), PERIOD_MS)
  }
  watch(
    taskId,
    () => {
      wait.value = null
      void ask()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    asked++
    if (timer !== null) clearTimeout(timer)
  })
  return wait
}
