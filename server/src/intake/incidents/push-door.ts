import type { FeedDoor } from '../feeds/feed-door.ts'
import type { DeviceAnswer, DeviceRequest } from '../feeds/http-listener.ts'
import { basicOf, type KeyedSources } from '../feeds/keyed-sources.ts'
import type { IncidentDesk } from './incident-desk.ts'
import type { PlacedItem } from './item.ts'
import { readIncidents, type IncidentSpec } from './read-document.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/**
 * Answers whoever pushes a document: `POST /SOURCE` with `Authorization: Bearer KEY`, or basic authentication. The
 * answer says what became of every item; sending the same again is harmless, so a lost answer is no trouble.
 */
export const answerPush =
  (spec: IncidentSpec, door: FeedDoor, sources: Pick<KeyedSources, 'check'>, desk: IncidentDesk, nowMs: () => number) =>
  async (request: DeviceRequest): Promise<DeviceAnswer> => {
    const { method, body, peer } = request
    if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } }
    const { source, key } = credentialsOf(request)
    const check = sources.check(peer, source, key)
    if (check !== 'good') {
      door.turnAway('not-allowed')
      return check === 'locked' ? { status: 429, headers: { 'retry-after': '60' } } : { status: 401 }
    }
    const read = readIncidents(spec, body, nowMs())
    if (!read.ok) {
      await desk.take(spec, [{ at: 'document', item: { kind: 'fault', reason: read.reason, detail: read.detail } }])
      return { status: 400, headers: JSON_TYPE, body: JSON.stringify({ error: read.detail }) }
    }
    const results = await desk.take(
      spec,
      read.items.map((placed) => ofSource(placed, source)),
    )
    return { status: 200, headers: JSON_TYPE, body: JSON.stringify({ results }) }
  }

function credentialsOf({ path, authorization }: DeviceRequest): { source: string; key: string } {
  const bearer = /^Bearer ([\w-]{1,200})$/.exec(authorization)?.[1]
  if (bearer !== undefined) return { source: path.split('/')[1] ?? '', key: bearer }
  const basic = basicOf(authorization)
  return { source: basic?.user ?? '', key: basic?.password ?? '' }
}

const MOST_ID = 80

/** Ids of one source say nothing about those of another: they stand under its name. */
function ofSource(placed: PlacedItem, source: string): PlacedItem {
  if (placed.item.kind !== 'notice') return placed
  const { notice } = placed.item
  const externalId = `${source}/${notice.externalId}`
  if (externalId.length > MOST_ID)
    return {
      at: placed.at,
      item: { kind: 'fault', reason: 'malformed', detail: `externalId: with ${source}/ at most ${MOST_ID} characters` },
    }
  return { at: placed.at, item: { kind: 'notice', notice: { ...notice, externalId } } }
}
