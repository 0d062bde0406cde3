import type { ProblemCode } from '@skerry/contract'
import type { Context } from 'hono'

/** Something that a request did wrong, thrown by what reads requests and caught by the one error handler. */
export class HttpProblem extends Error {
  readonly status: number
  readonly code: ProblemCode
  readonly errors: { path: string; message: string }[] | undefined
  readonly headers: Record<string, string>
  constructor(
    status: number,
    code: ProblemCode,
    detail: string,
    more: { errors?: { path: string; message: string }[]; headers?: Record<string, string> } = {},
  ) {
    super(detail)
    this.status = status
    this.code = code
    this.errors = more.errors
    this.headers = more.headers ?? {}
  }
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported content type',
  422: 'Cannot be done',
  429: 'Too many requests',
  500: 'Server fault',
  503: 'Not available now',
}

/** RFC 9457 document. `detail` is for people and logs; `code` is what the console has words for. */
export function problemResponse(c: Context, { status, code, message, errors, headers }: HttpProblem): Response {
  const title = TITLES[status] ?? 'Problem'
  const body = {
    type: 'about:blank',
    title,
    status,
    detail: message,
    code,
    ...(errors === undefined ? {} : { errors }),
  }
  for (const [name, value] of Object.entries({ ...headers, 'content-type': 'application/problem+json' }))
    c.header(name, value)
  c.status(status as Parameters<typeof c.status>[0])
  return c.body(JSON.stringify(body))
}
