import { DroneParams } from '@skerry/contract'
import { ref, shallowRef, watch, type ShallowRef } from 'vue'
import { request } from '../../api/request.ts'

/** Parameters of a drone as the server has them; `lost`: they could not be had, which is not the same as none. */
export type ParamsSeen = { readonly at: 'none' | 'lost' } | { readonly at: 'known'; readonly seen: DroneParams }

/**
 * @param reading the reading that the bridge says counts now, or null; another one makes the list before it void
 * @param end when something about a parameter last came to its end: the list is had anew, and stands until it has come
 */
export function useParams(
  droneId: () => string,
  reading: () => string | null,
  end: () => number | null,
): { params: ShallowRef<ParamsSeen>; again: () => void } {
  const params = shallowRef<ParamsSeen>({ at: 'none' })
  const asked = ref(0)
  let turn = 0
  watch(
    [droneId, reading, end, asked] as const,
    async ([id, of], [idBefore, ofBefore] = ['', null, null, 0]) => {
      const mine = ++turn
      if (id !== idBefore || of !== ofBefore) params.value = { at: 'none' }
      if (of === null) return
      const answer = await request('GET', `/api/drones/${encodeURIComponent(id)}/params`, undefined, DroneParams)
      if (mine !== turn) return
      if (!answer.ok) params.value = { at: 'lost' }
      else params.value = answer.value.readAtMs === null ? { at: 'none' } : { at: 'known', seen: answer.value }
    },
    { immediate: true },
  )
  return { params, again: () => void asked.value++ }
}
