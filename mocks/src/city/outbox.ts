/** What leaves for the server. `fetch` of the platform fits. */
export type Fetch = (
  url: URL,
  init: { method: string; headers: Record<string, string>; body: string; signal: AbortSignal },
) => Promise<{
  status: number
  text(): Promise<string>
}>
export type Method = 'POST' | 'PUT'
export interface Letter {
  readonly method: Method
  readonly path: string
  readonly body: unknown
  /** Called with the parsed answer once the server took it. */
  readonly taken?: (answer: unknown) => void
  /** Called when the server refused it for good, or when it had to be dropped. */
  readonly lost?: () => void
}
export interface OutboxOptions {
  readonly server: URL
  readonly token: string
  readonly fetch: Fetch
  /** Runs a function later; the answer cancels it. */
  readonly later: (run: () => void, ms: number) => () => void
  /** 0..1, for the jitter of the waits. */
  readonly rand: () => number
  /** One line for people: the server went away, is back, or refused something. */
  readonly say: (line: string) => void
  /** Letters kept while the server is away; the oldest go first. */
  readonly most?: number
}
export interface Outbox {
  post(letter: Letter): void
  /** Letters waiting, and those dropped because too many waited. */
  readonly waiting: number
  readonly dropped: number
  readonly away: boolean
  close(): void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 10_000
const TIMEOUT_MS = 10_000

/**
 * Sends letters one after the other, in order. A server that is away is tried again with growing waits; what it
 * refuses (4xx) is dropped and said once. Nothing that happens here ends the process.
 */
export function createOutbox(o: OutboxOptions): Outbox {
  const queue: Letter[] = []
  const complaints = new Set<string>()
  const stopping = new AbortController()
  let dropped = 0
  let busy = false
  let waitMs = 0
  let cancel: (() => void) | null = null

  async function deliver(letter: Letter): Promise<'taken' | 'refused' | 'away'> {
    const headers = { authorization: `Bearer ${o.token}`, 'content-type': 'application/json' }
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(TIMEOUT_MS)])
    const init = { method: letter.method, headers, body: JSON.stringify(letter.body), signal }
    const answer = await o.fetch(new URL(letter.path, o.server), init)
    const text = await answer.text()
    if (answer.status >= 500 || answer.status === 429) return 'away'
    if (answer.status >= 400) {
      const what = `${letter.method} ${letter.path}: ${answer.status}`
      if (!complaints.has(what)) o.say(`${what} ${text.slice(0, 200)}`)
      complaints.add(what)
      return 'refused'
    }
    letter.taken?.(parsed(text))
    return 'taken'
  }

  function pump(): void {
    const letter = queue[0]
    if (busy || cancel !== null || letter === undefined || stopping.signal.aborted) return
    busy = true
    deliver(letter)
      .catch((): 'away' => 'away')
      .then((outcome) => {
        busy = false
        if (stopping.signal.aborted) return
        if (outcome === 'away') return retry()
        if (waitMs > 0) o.say('the server is back')
        waitMs = 0
        if (queue[0] === letter) queue.shift()
        if (outcome === 'refused') letter.lost?.()
        pump()
      })
      .catch((error: unknown) => o.say(`an answer was not understood: ${String(error)}`))
  }

  function retry(): void {
    if (waitMs === 0) o.say(`no answer from ${o.server.origin}, trying again`)
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs === 0 ? FIRST_WAIT_MS : waitMs * 2)
    cancel = o.later(
      () => {
        cancel = null
        pump()
      },
      waitMs * (0.75 + 0.5 * o.rand()),
    )
  }

  return {
    post(letter) {
      queue.push(letter)
      // The first may be on its way: the oldest that still waits goes.
      if (queue.length > (o.most ?? 500)) {
        const [gone] = queue.splice(busy ? 1 : 0, 1)
        gone?.lost?.()
        dropped++
      }
      pump()
    },
    get waiting() {
      return queue.length
    },
    get dropped() {
      return dropped
    },
    get away() {
      return waitMs > 0
    },
    close() {
      cancel?.()
      stopping.abort()
    },
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown)
  } catch {
    return null
  }
}
