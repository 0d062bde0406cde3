import { CommandDone, type MemberKey } from '@skerry/contract'
import { onScopeDispose, watch } from 'vue'
import { request } from '../api/request.ts'
import { useFeed } from '../stores/feed.ts'
import { useOutbox } from '../stores/outbox.ts'
import { usePicture } from '../stores/picture.ts'
import { deliveredTo, mineIn } from './room-view.ts'

/** Several messages that come at once are one receipt. */
const GATHER_MS = 300

/**
 * Tells the server that this workplace holds the messages of its rooms, and sends what waits in the outbox whenever the
 * line is there. One per page.
 */
export function useReceipts(keys: () => readonly MemberKey[]): void {
  const picture = usePicture()
  const feed = useFeed()
  const outbox = useOutbox()
  const sent = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | null = null

  async function tell(): Promise<void> {
    timer = null
    for (const room of picture.rooms.values()) {
      if (room.state !== 'open') continue
      const behind = mineIn(picture.all, room.incidentId, keys()).some((me) => deliveredTo(me) < room.lastNumber)
      if (!behind || (sent.get(room.incidentId) ?? 0) >= room.lastNumber) continue
      if (await sendReceipt(room.incidentId, room.lastNumber, 0)) sent.set(room.incidentId, room.lastNumber)
    }
  }
  watch(
    () => [picture.rooms, picture.members, keys().join(' '), feed.state.at] as const,
    ([, , , state]) => {
      if (state === 'live' || state === 'behind') timer ??= setTimeout(() => void tell(), GATHER_MS)
    },
    { immediate: true },
  )
  watch(
    () => feed.state.at,
    (state) => {
      if (state === 'live') void outbox.flush()
    },
    { immediate: true },
  )
  onScopeDispose(() => timer !== null && clearTimeout(timer))
}

/** True when the server has it, or never will: then it need not be said again. */
export async function sendReceipt(incidentId: string, deliveredTo: number, readTo: number): Promise<boolean> {
  const command = { id: crypto.randomUUID(), type: 'room.receive', incidentId, deliveredTo, readTo }
  const answer = await request('POST', '/api/commands', command, CommandDone)
  return answer.ok || (answer.failure.kind === 'problem' && answer.failure.status !== 503)
}
