import type { DomainEvent, PartState } from '@skerry/contract'
import { clearAlarm, raiseAlarm } from '../domain/alarms/rules.ts'
import type { Picture } from '../picture/picture.ts'

/** A feed of which something is expected all the time, and what has come of it since this server started. */
export interface WatchedFeed {
  id: string
  state: PartState
  lastAtMs: number | null
  /** Why it could not be reached when it was last dialled. */
  fault: { text: string } | null
}

/**
 * A feed that fell silent is an alarm, and the cause of others; so is one of the feeds file, or with a token, of which
 * nothing has come since the start, as long as one may be silent. Until then, and for one that nobody declared, it is
 * unknown: an alarm from before stands, a new one has no ground.
 */
export function feedAlarms(
  picture: Picture,
  feeds: readonly WatchedFeed[],
  ctx: { nowMs: number; newId: () => string },
): DomainEvent[] {
  return feeds.flatMap((feed) => {
    if (feed.state === 'ok') return clearAlarm(picture, 'feed-lost', feed.id)
    if (feed.state !== 'lost') return []
    return raiseAlarm(picture, ctx, {
      priority: 'critical',
      kind: 'feed-lost',
      subject: { kind: 'feed', id: feed.id },
      incidentId: null,
      detail: feed.fault === null ? feed.id : `${feed.id} · ${feed.fault.text}`,
    })
  })
}
