import { randomUUID } from 'node:crypto'
import type { Command, CommandDone, EntityKind, Entities, Snapshot, TimelineLine } from '../../contract/src/index.ts'
import type { Skerry } from './skerry.ts'

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never
export type Draft = WithoutId<Command>

/** A signed-in seat that speaks the public HTTP interface, for what a test checks beside the screens. */
export interface Seat {
  give: (draft: Draft) => Promise<CommandDone>
  /** Status and problem code of a command that is expected to be refused. */
  refused: (draft: Draft) => Promise<{ status: number; code: string }>
  all: <K extends EntityKind>(kind: K) => Promise<Entities[K][]>
  seq: () => Promise<number>
  timeline: (incidentId: string) => Promise<TimelineLine[]>
  get: (path: string) => Promise<Response>
  post: (path: string, body: unknown) => Promise<Response>
}

export async function takeSeat(skerry: Pick<Skerry, 'url' | 'signIn'>, account: string): Promise<Seat> {
  const link = new URL(skerry.signIn.get(account)!.replace('/#/', '/'))
  const answer = await fetch(`${skerry.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: skerry.url },
    body: JSON.stringify({ account, password: link.searchParams.get('key') }),
  })
  if (!answer.ok) throw new Error(`sign-in of ${account}: ${answer.status} ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const read = (path: string) => fetch(skerry.url + path, { headers: { cookie } })
  // The server may close an idle connection at the moment in which a slow machine takes it up again: browsers ask once more.
  const get = (path: string) => read(path).catch(() => read(path))
  const post = (path: string, body: unknown) =>
    fetch(skerry.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: skerry.url, cookie },
      body: JSON.stringify(body),
    })
  const command = (draft: Draft) => post('/api/commands', { id: randomUUID(), ...draft })
  const snapshot = async (): Promise<Snapshot> => (await (await get('/api/picture')).json()) as Snapshot
  return {
    get,
    post,
    async give(draft) {
      const response = await command(draft)
      if (!response.ok) throw new Error(`${draft.type}: ${response.status} ${await response.text()}`)
      return (await response.json()) as CommandDone
    },
    async refused(draft) {
      const response = await command(draft)
      const body = (await response.json()) as { code?: string }
      return { status: response.status, code: body.code ?? '' }
    },
    async all(kind) {
      const { changes } = await snapshot()
      return changes.filter((change) => change.kind === kind).map((change) => change.value) as never
    },
    seq: async () => (await snapshot()).seq,
    timeline: async (incidentId) =>
      (await (await get(`/api/incidents/${incidentId}/timeline`)).json()) as TimelineLine[],
  }
}
