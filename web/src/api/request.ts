import { Problem } from '@skerry/contract'
import { guestLink } from './guest-link.ts'

/** Why a request gave nothing. `problem` is the server's own word; the others never reached it or came back broken. */
export type Failure =
  | { kind: 'problem'; status: number; code: string; detail: string | null }
  | { kind: 'offline' }
  | { kind: 'unreadable'; status: number }
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }

interface Schema<T> {
  parse: (value: unknown) => T
}
type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * One request to the server of this origin.
 * @param schema reads a JSON answer; null where the answer has no body
 */
export async function request<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body: unknown,
  schema: Schema<T>,
  fetcher: Fetch = fetch,
): Promise<Result<T>> {
  const answer = await send(method, path, body, fetcher)
  if (!answer.ok) return answer
  try {
    const text = await answer.value.text()
    return { ok: true, value: schema.parse(text === '' ? null : JSON.parse(text)) }
  } catch {
    return { ok: false, failure: { kind: 'unreadable', status: answer.value.status } }
  }
}

/** A binary answer, for example a probability map. */
export async function requestBytes(path: string, fetcher: Fetch = fetch): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const answer = await send('GET', path, undefined, fetcher)
  if (!answer.ok) return answer
  return { ok: true, value: new Uint8Array(await answer.value.arrayBuffer()) }
}

async function send(method: string, path: string, body: unknown, fetcher: Fetch): Promise<Result<Response>> {
  const link = guestLink()
  let response: Response
  try {
    response = await fetcher(path, {
      method,
      credentials: 'same-origin',
      headers: {
        ...(link === null ? {} : { authorization: `Guest ${link}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch {
    return { ok: false, failure: { kind: 'offline' } }
  }
  if (response.ok) return { ok: true, value: response }
  const problem = Problem.safeParse(await response.json().catch(() => null))
  if (!problem.success) return { ok: false, failure: { kind: 'unreadable', status: response.status } }
  const { status, code, detail } = problem.data
  return { ok: false, failure: { kind: 'problem', status, code, detail: detail ?? null } }
}
