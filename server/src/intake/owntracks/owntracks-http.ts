import type { FeedDoor } from '../feeds/feed-door.ts'
import type { DeviceAnswer, DeviceRequest } from '../feeds/http-listener.ts'
import { basicOf, type KeyedSources } from '../feeds/keyed-sources.ts'
import { decodeOwnTracks } from './owntracks.ts'

/**
 * Answers phones in OwnTracks' HTTP mode. The user name of basic authentication is the source. Whatever was made of
 * a message the phone hears "taken": anything else makes it send the same again for ever.
 */
export const answerOwnTracks =
  (door: FeedDoor, sources: KeyedSources) =>
  async ({ method, authorization, body, peer }: DeviceRequest): Promise<DeviceAnswer> => {
    if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } }
    const given = basicOf(authorization)
    const check = given === null ? 'bad' : sources.check(peer, given.user, given.password)
    if (given === null || check !== 'good') {
      door.turnAway('not-allowed')
      return check === 'locked'
        ? { status: 429, headers: { 'retry-after': '60' } }
        : { status: 401, headers: { 'www-authenticate': 'Basic realm="OwnTracks"' } }
    }
    await door.take(decodeOwnTracks(body.toString('utf8'), given.user))
    return { status: 200, headers: { 'content-type': 'application/json' }, body: '[]' }
  }
