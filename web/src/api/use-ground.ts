import { SearchGround, TaskGround } from '@skerry/contract'
import { shallowRef, watch, type ShallowRef } from 'vue'
import type { z } from 'zod'
import { request } from './request.ts'

/** What the terrain model says of a search's ground; null while nobody has answered. */
export const useSearchGround = (searchId: () => string): ShallowRef<SearchGround | null> =>
  useAnswer(() => `/api/searches/${encodeURIComponent(searchId())}/ground`, SearchGround)

/** True heights of a task; asked again when its height changes. Null while nobody has answered. */
export const useTaskGround = (
  task: () => { id: string; heightAboveTakeoffM: number | null },
): ShallowRef<TaskGround | null> =>
  useAnswer(
    () => `/api/tasks/${encodeURIComponent(task().id)}/ground`,
    TaskGround,
    () => task().heightAboveTakeoffM,
  )

function useAnswer<T>(
  path: () => string,
  schema: z.ZodType<T>,
  also: () => unknown = () => null,
): ShallowRef<T | null> {
  const answered = shallowRef<T | null>(null) as ShallowRef<T | null>
  let turn = 0
  watch(
    [path, also],
    async ([at]) => {
      const mine = ++turn
      answered.value = null
      const answer = await request('GET', at, undefined, schema)
      // Where it cannot be read nothing is said of the ground: people answer for it anyway.
      if (mine === turn && answer.ok) answered.value = answer.value
    },
    { immediate: true },
  )
  return answered
}
