import { PastPage, PastPlaces, PastRecord, decodeGrid, type Incident } from '@skerry/contract'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { request, requestBytes, type Failure } from '../api/request.ts'
import { useSearchMaps } from './searches.ts'

/** Records that are kept at hand: whoever looks through the past goes forth and back. */
const MOST_RECORDS = 12
const PAGE = 50

/** Closed incidents that have left the live picture, as far as they were asked for. */
export const usePast = defineStore('past', () => {
  const maps = useSearchMaps()
  const incidents = shallowRef<readonly Incident[]>([])
  const more = shallowRef(false)
  const busy = shallowRef(false)
  const failure = shallowRef<Failure | null>(null)
  const records = shallowRef<ReadonlyMap<string, PastRecord>>(new Map())
  const places = shallowRef<PastPlaces | null>(null)
  /** Of several questions the newest is shown, whichever is answered last. */
  let asked = 0

  async function page(text: string, below: number | null): Promise<void> {
    const mine = ++asked
    busy.value = true
    const query = new URLSearchParams({
      limit: String(PAGE),
      text,
      ...(below === null ? {} : { below: String(below) }),
    })
    const answer = await request('GET', `/api/history?${query}`, undefined, PastPage)
    if (mine !== asked) return
    busy.value = false
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    incidents.value = below === null ? answer.value.incidents : [...incidents.value, ...answer.value.incidents]
    more.value = answer.value.more
  }

  /** Reads one incident with its searches and their maps; what failed is said in `failure`. */
  async function open(incidentId: string): Promise<void> {
    if (records.value.has(incidentId)) return
    const answer = await request('GET', `/api/history/${encodeURIComponent(incidentId)}`, undefined, PastRecord)
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    records.value = new Map([...records.value, [incidentId, answer.value] as const].slice(-MOST_RECORDS))
    for (const { search } of answer.value.searches) {
      const bytes = await requestBytes(`/api/searches/${encodeURIComponent(search.id)}/grid`)
      if (bytes.ok) maps.takeGrid(search.id, decodeGrid(bytes.value))
    }
  }

  /** What was read of an incident is no longer so: it is read again when it is opened again. */
  function forget(incidentId: string): void {
    records.value = new Map([...records.value].filter(([id]) => id !== incidentId))
  }

  /** Where past incidents happened, for hotspots; as it was where the server does not answer. */
  async function askPlaces(fromMs: number): Promise<void> {
    const answer = await request(
      'GET',
      `/api/history-places?fromMs=${Math.max(0, Math.floor(fromMs))}`,
      undefined,
      PastPlaces,
    )
    if (answer.ok) places.value = answer.value
  }

  return {
    incidents,
    more,
    busy,
    failure,
    records: computed(() => records.value),
    places,
    first: (text: string) => page(text, null),
    older: (text: string) => page(text, incidents.value.at(-1)?.number ?? null),
    open,
    forget,
    askPlaces,
  }
})
