import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import { HttpProblem, problemResponse } from './problem.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.pmtiles': 'application/vnd.pmtiles',
  '.mp3': 'audio/mpeg',
  '.txt': 'text/plain; charset=utf-8',
}

/** Files of the built console. Names with a hash never change; anything else is asked for again each time. */
export function webFiles(dir: string | null): (c: Context) => Promise<Response> {
  return async (c) => {
    const missing = (): Response => problemResponse(c, new HttpProblem(404, 'unknown-file', 'there is no such file'))
    if (dir === null) return missing()
    const root = path.resolve(dir)
    let wanted: string
    try {
      wanted = decodeURIComponent(c.req.path)
    } catch {
      return missing()
    }
    if (wanted.includes('\0')) return missing()
    const hasName = path.basename(wanted).includes('.')
    const file = path.resolve(root, `.${hasName ? wanted : '/index.html'}`)
    if (!file.startsWith(root + path.sep) || path.basename(file).startsWith('.')) return missing()
    const found = await stat(file).catch(() => null)
    if (found === null || !found.isFile()) return missing()
    const hashed = wanted.startsWith('/assets/')
    c.header('content-type', TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream')
    c.header('content-length', String(found.size))
    c.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (c.req.method === 'HEAD') return c.body(null)
    return c.body(Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>)
  }
}
