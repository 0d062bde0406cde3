import { decodeText, readXmlDocument } from '@skerry/exchange'
import type { Scheduler } from '../../engine/scheduler.ts'
import type { FeedDoor } from '../feeds/feed-door.ts'
import type { Listener } from '../feeds/listener.ts'
import { entriesOf, type IndexEntry } from './alert-index.ts'
import type { IncidentDesk } from './incident-desk.ts'
import { readIncidents, type IncidentSpec } from './read-document.ts'

type PollSpec = Extract<IncidentSpec, { kind: 'url-poll' }>

const ANSWER_MS = 20_000
/** Messages of an index that are fetched in one round. */
const MOST_FETCHED = 100
const MOST_REMEMBERED = 5000

type Answer = { kind: 'same' } | { kind: 'bytes'; bytes: Uint8Array; etag: string | null; modified: string | null }

/**
 * Fetches a document again and again, with what the server told of its last answer, so that an unchanged one costs
 * nothing. An answer is a sign of life; none is counted as `unreachable` and tried again at the next time. Redirects to
 * elsewhere are not followed: the file says where to look.
 */
export function pollUrl(options: {
  spec: PollSpec
  header: { name: string; value: string } | null
  door: FeedDoor
  desk: IncidentDesk
  clock: Scheduler
  random: () => number
  onFault: (error: unknown) => void
  fetcher?: typeof fetch
}): Listener {
  const { spec, header, door, desk, clock, random, onFault, fetcher = fetch } = options
  const hosts = new Set([new URL(spec.url).host, ...('hosts' in spec ? spec.hosts : [])])
  const fetched = new Set<string>()
  const abort = new AbortController()
  let last: { etag: string | null; modified: string | null } = { etag: null, modified: null }
  let running: Promise<void> = Promise.resolve()

  async function get(url: string, conditions: Record<string, string>): Promise<Answer> {
    const own = new URL(url).host === new URL(spec.url).host
    const response = await fetcher(url, {
      redirect: 'error',
      signal: AbortSignal.any([abort.signal, AbortSignal.timeout(ANSWER_MS)]),
      headers: { ...conditions, ...(own && header !== null ? { [header.name]: header.value } : {}) },
    })
    if (response.status === 304) return { kind: 'same' }
    if (!response.ok)
      throw Object.assign(new Error(`${new URL(url).host} answered ${response.status}`), {
        code: `HTTP ${response.status}`,
      })
    const bytes = await bodyOf(response, spec.limits.messageBytes)
    return { kind: 'bytes', bytes, etag: response.headers.get('etag'), modified: response.headers.get('last-modified') }
  }

  async function round(): Promise<void> {
    const answer = await get(spec.url, {
      ...(last.etag === null ? {} : { 'if-none-match': last.etag }),
      ...(last.modified === null ? {} : { 'if-modified-since': last.modified }),
    })
    door.dialled(null)
    if (answer.kind === 'same') return void (await desk.take(spec, []))
    const entries = spec.protocol === 'cap' ? indexIn(answer.bytes) : null
    if (entries === null) await take(spec.url, answer.bytes)
    else if (!(await takeEntries(entries))) return // what is left is fetched in the next round
    last = { etag: answer.etag, modified: answer.modified }
  }

  function indexIn(bytes: Uint8Array): IndexEntry[] | null {
    const document = readXmlDocument(decodeText(bytes)?.text ?? '')
    return document.ok ? entriesOf(document.root, spec.url) : null
  }

  /** @returns whether every message of the index has been taken */
  async function takeEntries(entries: readonly IndexEntry[]): Promise<boolean> {
    const fresh = entries.filter(({ id }) => !fetched.has(id))
    await desk.take(spec, [])
    let whole = fresh.length <= MOST_FETCHED
    for (const { id, url } of fresh.slice(0, MOST_FETCHED)) {
      if (!hosts.has(new URL(url).host)) {
        door.turnAway('not-allowed')
        remember(id)
        continue
      }
      try {
        const answer = await get(url, {})
        if (answer.kind === 'bytes') await take(url, answer.bytes)
        remember(id)
      } catch {
        if (abort.signal.aborted) return false
        door.turnAway('unreachable')
        whole = false
      }
    }
    return whole
  }

  function remember(id: string): void {
    fetched.add(id)
    const [oldest] = fetched
    if (fetched.size > MOST_REMEMBERED && oldest !== undefined) fetched.delete(oldest)
  }

  async function take(url: string, bytes: Uint8Array): Promise<void> {
    const read = readIncidents(spec, bytes, clock.nowMs())
    const items = read.ok
      ? read.items
      : [{ at: url, item: { kind: 'fault' as const, reason: read.reason, detail: read.detail } }]
    await desk.take(spec, items)
  }

  function tick(): void {
    running = round()
      .catch((error: unknown) => {
        if (abort.signal.aborted) return
        door.dialled(error)
        door.turnAway(error instanceof TooLarge ? 'too-large' : 'unreachable')
        if (!(error instanceof TypeError || error instanceof DOMException)) onFault(error)
      })
      .finally(() => {
        if (!abort.signal.aborted) disarm = clock.after(spec.everyS * 1000 * (0.9 + 0.2 * random()), tick)
      })
  }
  let disarm: () => void = () => {}
  tick()
  return {
    port: 0,
    async close() {
      abort.abort()
      disarm()
      await running
    },
  }
}

class TooLarge extends Error {}

async function bodyOf(response: Response, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > limit) throw new TooLarge(`more than ${limit} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
