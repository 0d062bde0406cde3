import type { FeedDoor } from '../feeds/feed-door.ts'
import type { DeviceAnswer, DeviceRequest } from '../feeds/http-listener.ts'
import { basicOf, type KeyedSources } from '../feeds/keyed-sources.ts'
import { decodeOsmAnd } from './osmand.ts'

/**
 * Answers trackers of the OsmAnd protocol. The key stands in the address, `/KEY?id=...`, as these clients have no
 * other place for it; `Authorization: Bearer KEY` or basic authentication is taken as well.
 */
export const answerOsmAnd =
  (door: FeedDoor, sources: KeyedSources) =>
  async (request: DeviceRequest): Promise<DeviceAnswer> => {
    const { method, type, query, body, peer } = request
    if (method !== 'GET' && method !== 'POST') return { status: 405, headers: { allow: 'GET, POST' } }
    const text = body.toString('utf8')
    const form = type === 'application/x-www-form-urlencoded' || text.trim() === ''
    const parameters = new URLSearchParams([...query, ...(form ? new URLSearchParams(text) : [])])
    const { source, ...decoded } = decodeOsmAnd(parameters, form ? null : text)
    const check = source === null ? 'bad' : sources.check(peer, source, keyOf(request))
    if (check !== 'good') {
      door.turnAway('not-allowed')
      return check === 'locked' ? { status: 429, headers: { 'retry-after': '60' } } : { status: 401 }
    }
    await door.take(decoded)
    return { status: decoded.faults.includes('malformed') ? 400 : 200 }
  }

function keyOf({ path, authorization }: DeviceRequest): string {
  const bearer = /^Bearer ([\w-]{1,200})$/.exec(authorization)?.[1]
  return bearer ?? basicOf(authorization)?.password ?? path.replace(/^\/+|\/+$/g, '')
}
