import type { TimelineLine } from '@skerry/contract'
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { request, type Failure } from '../api/request.ts'
import { usePicture } from '../stores/picture.ts'

const Lines = { parse: (body: unknown): TimelineLine[] => readLines(body) }

/** What happened in one incident, oldest first; read again when something new happened in it. */
export function useTimeline(incidentId: () => string | null): {
  lines: ShallowRef<readonly TimelineLine[]>
  failure: ShallowRef<Failure | null>
} {
  const lines = shallowRef<readonly TimelineLine[]>([])
  const failure = shallowRef<Failure | null>(null)
  let reading = false
  let again = false

  async function read(): Promise<void> {
    const id = incidentId()
    if (id === null) return
    if (reading) {
      again = true // one request at a time; what happened meanwhile is read right after
      return
    }
    reading = true
    const answer = await request('GET', `/api/incidents/${encodeURIComponent(id)}/timeline`, undefined, Lines)
    reading = false
    if (incidentId() === id) {
      if (answer.ok) lines.value = answer.value
      failure.value = answer.ok ? null : answer.failure
    }
    if (again || incidentId() !== id) {
      again = false
      await read()
    }
  }

  watch(
    incidentId,
    () => {
      lines.value = []
      void read()
    },
    { immediate: true },
  )
  const picture = usePicture()
  onScopeDispose(
    picture.onUpdates((updates) => {
      const id = incidentId()
      if (id !== null && updates.some((update) => update.incidentId === id && update.type !== 'room.received'))
        void read()
    }),
  )
  return { lines, failure }
}

function readLines(body: unknown): TimelineLine[] {
  const list = Array.isArray(body) ? body : (body as { lines?: unknown }).lines
  if (!Array.isArray(list)) throw new TypeError('a timeline is a list')
  return list as TimelineLine[]
}
