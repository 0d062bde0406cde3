import type { PastSearch } from '@skerry/contract'
import { computed, watch, type ComputedRef } from 'vue'
import { usePast } from '../../stores/past.ts'
import { usePicture } from '../../stores/picture.ts'
import type { SearchRow } from './search-view.ts'

/** The search of a closed incident that has left the live picture, asked for when its page is opened. */
export function usePastSearch(incidentId: () => string | null): {
  row: ComputedRef<SearchRow | null>
  whole: ComputedRef<PastSearch | null>
} {
  const picture = usePicture()
  const past = usePast()
  /** Null while it is in the live picture, or nothing is known yet. */
  const goneId = computed(() => {
    const id = incidentId()
    return id === null || picture.seq === null || picture.incidents.has(id) ? null : id
  })
  watch(
    goneId,
    (id) => {
      if (id !== null) void past.open(id)
    },
    { immediate: true },
  )
  const record = computed(() => (goneId.value === null ? null : (past.records.get(goneId.value) ?? null)))
  const whole = computed(() => record.value?.searches.at(-1) ?? null)
  return {
    row: computed(() => record.value && { incident: record.value.incident, search: whole.value?.search ?? null }),
    whole,
  }
}
