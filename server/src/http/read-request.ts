import type { Context } from 'hono'
import type { z } from 'zod'
import { HttpProblem } from './problem.ts'

export const DEFAULT_BODY_LIMIT = 1_000_000
const MOST_ERRORS = 20

/** A value that fits its schema. @throws HttpProblem 400 that names the fields at fault */
export function fit<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const errors = read.error.issues
    .slice(0, MOST_ERRORS)
    .map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  throw new HttpProblem(400, 'does-not-fit', `${what} does not fit its schema`, { errors })
}

/**
 * JSON body of a request, at most `limit` bytes.
 * @throws HttpProblem 415 without a JSON content type, 413 beyond the limit, 400 when it is not JSON
 */
export async function readJson(c: Context, limit: number): Promise<unknown> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/json') throw new HttpProblem(415, 'not-json', 'the body must be application/json')
  const declared = Number(c.req.header('content-length') ?? '0')
  if (declared > limit) throw tooLarge(limit)
  const bytes = await readBytes(c.req.raw, limit)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new HttpProblem(400, 'bad-json', 'the body is not UTF-8')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new HttpProblem(400, 'bad-json', 'the body is not JSON')
  }
}

/** Reads no further than the limit, whatever length the request declared. */
async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (request.body === null) return new Uint8Array()
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await reader.cancel()
      throw tooLarge(limit)
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}

const tooLarge = (limit: number): HttpProblem =>
  new HttpProblem(413, 'too-large', `the body may have at most ${limit} bytes`, { headers: { connection: 'close' } })
