import type { MemberKey } from '@skerry/contract'
import { computed, type ComputedRef } from 'vue'
import { usePicture } from '../stores/picture.ts'
import { useSession } from '../stores/session.ts'
import { keysOf, myRooms } from './room-view.ts'

/** The rooms of this seat, and how much in them waits for it. */
export function useMyRooms(): {
  keys: ComputedRef<MemberKey[]>
  rooms: ComputedRef<ReturnType<typeof myRooms>>
  unread: ComputedRef<number>
  owed: ComputedRef<number>
} {
  const picture = usePicture()
  const session = useSession()
  const keys = computed(() => (session.seat === null ? [] : keysOf(session.seat)))
  const rooms = computed(() => myRooms(picture.all, keys.value))
  return {
    keys,
    rooms,
    unread: computed(() => rooms.value.reduce((sum, { unread }) => sum + unread, 0)),
    owed: computed(() => rooms.value.reduce((sum, { owed }) => sum + owed.messages.length + Number(owed.roll), 0)),
  }
}
