import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { BlockList } from 'node:net'
import type { Address } from './feed-fields.ts'
import type { FeedDoor } from './feed-door.ts'
import { allowedBy, listening, peerOf, type Listener } from './listener.ts'
import type { TlsFiles } from './tls-files.ts'

export interface DeviceRequest {
  method: string
  /** Decoded path without the query. */
  path: string
  query: URLSearchParams
  /** Media type, lower case, without its parameters. */
  type: string
  authorization: string
  body: Buffer
  peer: string
}
export interface DeviceAnswer {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** Devices are slow, attackers are slower: a request that is not whole by then is ended. */
const REQUEST_MS = 20_000

/** A door for devices that speak HTTP, apart from the console's own port. Bodies beyond the limit are never held. */
export async function listenHttp(options: {
  at: Address
  tls: TlsFiles | null
  from: BlockList | null
  limits: { messageBytes: number; connections: number }
  door: FeedDoor
  answer: (request: DeviceRequest) => Promise<DeviceAnswer>
  onFault: (error: unknown) => void
}): Promise<Listener> {
  const { at, tls, from, limits, door, answer, onFault } = options
  const timing = { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS / 2, maxHeaderSize: 16_384 }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const peer = peerOf(request.socket.remoteAddress)
    if (!allowedBy(from, peer)) return refuse('not-allowed', 403)
    if (!door.admits(peer)) return send(response, { status: 429, headers: { 'retry-after': '5' } })
    const body = await bodyOf(request, limits.messageBytes)
    if (body === null) return refuse('too-large', 413)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://device.invalid')
    send(
      response,
      await answer({
        method: request.method ?? '',
        path: pathname,
        query: searchParams,
        type: (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(),
        authorization: request.headers.authorization ?? '',
        body,
        peer,
      }),
    )

    function refuse(fault: 'not-allowed' | 'too-large', status: number): void {
      door.turnAway(fault)
      send(response, { status, headers: { connection: 'close' } })
    }
  }

  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return // the device went away
      onFault(error)
      if (!response.headersSent) send(response, { status: 500 })
    })
  }
  const server = tls === null ? createPlain(timing, handler) : createSecure({ ...timing, ...tls }, handler)
  server.maxConnections = limits.connections
  server.on('clientError', (_error, socket) => {
    door.turnAway('malformed')
    socket.destroy()
  })
  return listening(server, at, () => server.closeAllConnections())
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? '0') > limit) return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, { status, headers, body }: DeviceAnswer): void {
  response.writeHead(status, { 'cache-control': 'no-store', ...headers })
  response.end(body)
}
