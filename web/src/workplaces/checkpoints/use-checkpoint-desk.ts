import type { Checkpoint } from '@skerry/contract'
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { orderCheckpoints } from '../../checkpoints/order-checkpoints.ts'
import { usePicture } from '../../stores/picture.ts'

export const VIEWS = ['gates', 'sailings', 'islands', 'holidays'] as const
export type ViewName = (typeof VIEWS)[number]

/** What the page of checkpoints shows: which view, which checkpoint, and the list that the keys move in. */
export interface CheckpointDesk {
  view: ComputedRef<ViewName>
  query: Ref<string>
  rows: ComputedRef<Checkpoint[]>
  open: ComputedRef<Checkpoint | null>
  cursorId: Ref<string | null>
  show: (view: ViewName) => void
  choose: (id: string) => void
  move: (by: 1 | -1) => void
}

export function useCheckpointDesk(): CheckpointDesk {
  const route = useRoute()
  const router = useRouter()
  const picture = usePicture()
  const query = ref('')
  const cursorId = ref<string | null>(null)
  const param = (name: string): string | null => {
    const value = route.params[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const view = computed<ViewName>(() => VIEWS.find((name) => name === param('view')) ?? 'gates')
  const rows = computed(() => {
    const words = query.value.trim().toLowerCase()
    const matches = ({ id, name }: Checkpoint): boolean => `${id} ${name.zh} ${name.en}`.toLowerCase().includes(words)
    return orderCheckpoints(picture.checkpoints.values()).filter(matches)
  })
  const open = computed(() => picture.checkpoints.get(param('id') ?? cursorId.value ?? '') ?? rows.value[0] ?? null)
  watch(
    () => open.value?.id,
    (id) => (cursorId.value = id ?? null),
    { immediate: true },
  )
  const go = (to: ViewName, id: string | null): void =>
    void router.replace({ name: 'checkpoints', params: { view: to, id: id ?? '' } })
  return {
    view,
    query,
    rows,
    open,
    cursorId,
    show: (to) => go(to, cursorId.value),
    choose: (id) => go(view.value, id),
    move(by) {
      const at = rows.value.findIndex(({ id }) => id === cursorId.value)
      const next = rows.value[Math.min(rows.value.length - 1, Math.max(0, at + by))]
      if (next !== undefined) go(view.value, next.id)
    },
  }
}
