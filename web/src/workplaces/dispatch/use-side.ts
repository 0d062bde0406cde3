import type { Room } from '@skerry/contract'
import { computed, nextTick, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { KeyMap } from '../../shell/keys.ts'
import { usePicture } from '../../stores/picture.ts'

type View = 'talk' | 'checklist' | 'people' | 'support' | 'acts'
/** What the room of the open incident can be told to do. */
interface Panel {
  show: (view: View) => Promise<void>
  acknowledge: () => void
  answerRoll: () => void
}

/** Which side of an incident a desk looks at: the work on it, or its room; and the keys that lead there. */
export function useSide(
  openId: () => string | null,
  panel: () => Panel | null,
): {
  side: Ref<'work' | 'room'>
  view: Ref<View>
  room: ComputedRef<Room | null>
  keys: KeyMap
  work: () => Promise<void>
  to: (view: View) => Promise<void>
} {
  const picture = usePicture()
  const side = ref<'work' | 'room'>('work')
  const view = ref<View>('talk')
  const room = computed(() => picture.rooms.get(openId() ?? '') ?? null)
  watch(openId, () => (side.value = 'work'))

  async function to(next: View): Promise<void> {
    if (room.value === null) return
    side.value = 'room'
    await nextTick()
    await panel()?.show(next)
  }
  async function work(): Promise<void> {
    side.value = 'work'
    await nextTick()
  }
  /** An answer that is wanted can be given from either side. */
  async function answer(act: 'acknowledge' | 'answerRoll'): Promise<void> {
    if (room.value === null) return
    side.value = 'room'
    await nextTick()
    panel()?.[act]()
  }
  const keys: KeyMap = {
    t: () => void to('talk'),
    e: () => void to('checklist'),
    p: () => void to('people'),
    s: () => void to('support'),
    b: () => void to('acts'),
    w: () => void work(),
    q: () => void answer('acknowledge'),
    h: () => void answer('answerRoll'),
  }
  return { side, view, room, keys, work, to }
}
