import { CommandDone, type Command, type MemberKey } from '@skerry/contract'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { request, type Failure, type Result } from '../api/request.ts'
import { keysOf } from '../rooms/room-view.ts'
import { useSession } from './session.ts'

/** A message of this workplace that the server has not taken yet. */
export interface Waiting {
  /** Who typed it: it is never sent under another name. */
  by: MemberKey
  command: Extract<Command, { type: 'room.say' }>
  /** Null: it is being sent, or waits for the line. */
  failure: Failure | null
}

const KEY = 'skerry.outbox'
/** The store may be busy while the line stands: tried again by itself. */
const RETRY_MS = 3000

/**
 * What was typed is not lost: it waits here until the server has it, over cut lines and reloads of this tab. A repeat
 * has the same id, so it is never said twice.
 */
export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  const me = (): MemberKey | null => (session.seat === null ? null : (keysOf(session.seat)[0] ?? null))
  const waiting = shallowRef<readonly Waiting[]>(read())
  let sending = false
  let again: ReturnType<typeof setTimeout> | null = null

  function put(next: readonly Waiting[]): void {
    waiting.value = next
    write(next)
  }

  function say(incidentId: string, text: string, urgent: boolean): void {
    const by = me()
    if (by === null) return
    const command = { id: crypto.randomUUID(), type: 'room.say' as const, incidentId, text, urgent }
    put([...waiting.value, { by, command, failure: null }])
    void flush()
  }

  /** Sends what waits, in order. Stops at the first that cannot be sent now; one that is refused is shown and passed over. */
  async function flush(): Promise<void> {
    if (sending) return
    sending = true
    if (again !== null) clearTimeout(again)
    again = null
    try {
      for (;;) {
        const next = waiting.value.find(({ by, failure }) => by === me() && failure === null)
        if (next === undefined) return
        const answer = await post(next.command)
        if (answer.ok) put(waiting.value.filter(({ command }) => command.id !== next.command.id))
        else if (isLater(answer.failure)) {
          again ??= setTimeout(() => void flush(), RETRY_MS)
          return
        } else
          put(
            waiting.value.map((one) =>
              one.command.id === next.command.id ? { ...one, failure: answer.failure } : one,
            ),
          )
      }
    } finally {
      sending = false
    }
  }

  const drop = (id: string): void => put(waiting.value.filter(({ command }) => command.id !== id))
  return { waiting: computed(() => waiting.value.filter(({ by }) => by === me())), say, flush, drop }
})

const post = (command: Command): Promise<Result<CommandDone>> => request('POST', '/api/commands', command, CommandDone)

/** The line or the store failed; the same may be taken later. */
export const isLater = (failure: Failure): boolean =>
  failure.kind === 'offline' ||
  (failure.kind === 'problem' && (failure.status === 503 || failure.status === 401)) ||
  (failure.kind === 'unreadable' && failure.status >= 500)

function read(): Waiting[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Waiting[]
  } catch {
    return []
  }
}

function write(waiting: readonly Waiting[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(waiting))
  } catch {
    // A browser that refuses storage still sends; only a reload forgets.
  }
}
