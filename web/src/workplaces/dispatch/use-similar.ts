import { SimilarIncident } from '@skerry/contract'
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { request } from '../../api/request.ts'
import { usePicture } from '../../stores/picture.ts'

const List = SimilarIncident.array()

/** Incidents that may be about the same matter as the open one; read again when incidents come, go or are marked. */
export function useSimilar(incidentId: () => string | null): ShallowRef<readonly SimilarIncident[]> {
  const similar = shallowRef<readonly SimilarIncident[]>([])
  let turn = 0
  async function read(): Promise<void> {
    const mine = ++turn
    const id = incidentId()
    if (id === null) return void (similar.value = [])
    const answer = await request('GET', `/api/incidents/${encodeURIComponent(id)}/similar`, undefined, List)
    // Where it cannot be read nothing is suggested: the rest of the room says that the feed is lost.
    if (mine === turn) similar.value = answer.ok ? answer.value : []
  }
  watch(
    incidentId,
    () => {
      similar.value = []
      void read()
    },
    { immediate: true },
  )
  const telling = new Set(['incident.reported', 'incident.marked-same', 'incident.unmarked-same', 'incident.closed'])
  onScopeDispose(
    usePicture().onUpdates((updates) => {
      if (updates.some(({ type }) => telling.has(type))) void read()
    }),
  )
  return similar
}
