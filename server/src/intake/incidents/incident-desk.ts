import { FeedReason, type Datum, type DomainEvent, type Incident, type NoticeOutcome } from '@skerry/contract'
import type { Clock } from '../../clock.ts'
import { decideAlert } from '../../domain/incidents/alert.ts'
import { decideNotice, sourceOf, type Noticed } from '../../domain/incidents/notice.ts'
import type { Decision } from '../../domain/result.ts'
import type { Engine, Refusal } from '../../engine/engine.ts'
import { evolve } from '../../picture/evolve.ts'
import { applyChanges, type Picture } from '../../picture/picture.ts'
import type { PastStore } from '../../store/past.ts'
import type { FeedCounters } from '../feed-counters.ts'
import { cleanItem } from './clean-item.ts'
import type { Item, PlacedItem } from './item.ts'

/** What became of one item of a document. */
export interface ItemResult {
  at: string
  outcome: NoticeOutcome | 'ignored' | 'refused'
  reason?: string
  detail?: string
  /** As the domain refused it; for answers of our own interface. */
  refusal?: Refusal
}

/** Where feeds bring incidents and warnings. */
export interface IncidentDesk {
  /** In the order of the items. What was accepted is on the disk when this resolves. */
  take(feed: { name: string; datum: Datum }, items: readonly PlacedItem[]): Promise<ItemResult[]>
}

/** Statements that are decided and written together. */
const BATCH = 200
/** Messages that were taken back before they came; a sender's message and its cancel may overtake one another. */
const MOST_CANCELLED = 5000

const REASONS: Readonly<Record<string, FeedReason>> = {
  'future-time': 'future-clock',
  'past-time': 'past-clock',
  'subject-required': 'subject-required',
  'unknown-incident': 'unknown-incident',
  'unknown-reference': 'unknown-reference',
  'incident-closed': 'incident-closed',
}

export function createIncidentDesk(parts: {
  engine: Pick<Engine, 'picture' | 'record'>
  /** Incidents that have left the picture. `moves` rises when some did. */
  past: Pick<PastStore, 'bySources'> & { readonly moves: number }
  counters: Pick<FeedCounters, 'came'>
  clock: Clock
  newId: () => string
}): IncidentDesk {
  const { engine, past, counters, clock, newId } = parts
  const cancelled = new Set<string>()

  function decide(
    picture: Picture,
    item: Item,
    feed: string,
    pastOf: (source: string) => Incident | undefined,
  ): Decision<Noticed> | null {
    const ctx = { nowMs: clock.nowMs(), newId, feed, pastOf }
    if (item.kind === 'notice') return decideNotice(picture, item.notice, ctx)
    if (item.kind !== 'alert') return null
    if (cancelled.has(`${feed}/${item.notice.message}`)) return { ok: true, value: { outcome: 'late', events: [] } }
    return decideAlert(picture, item.notice, ctx)
  }

  /** What has left the picture of all that a batch speaks of. */
  async function askPast(feed: string, batch: readonly PlacedItem[]): Promise<ReadonlyMap<string, Incident>> {
    const sources = batch.flatMap(({ item }) => (item.kind === 'notice' ? sourceOf(feed, item.notice.externalId) : []))
    const live = new Set([...engine.picture.incident.values()].map(({ source }) => source))
    const gone = sources.filter((source) => !live.has(source))
    if (gone.length === 0) return new Map()
    return new Map((await past.bySources(gone)).map((incident) => [incident.source, incident]))
  }

  /** One turn of the engine: each item sees what those before it made happen. */
  async function takeBatch(feed: string, batch: readonly PlacedItem[], results: Map<PlacedItem, ItemResult>) {
    for (;;) {
      const { moves } = past
      const known = await askPast(feed, batch)
      let old = false
      await recordBatch(feed, batch, results, known, () => (old = past.moves !== moves))
      if (!old) return
    }
  }

  async function recordBatch(
    feed: string,
    batch: readonly PlacedItem[],
    results: Map<PlacedItem, ItemResult>,
    known: ReadonlyMap<string, Incident>,
    isOld: () => boolean,
  ) {
    await engine.record({ kind: 'feed', feed }, (picture) => {
      if (isOld()) return []
      const ahead = aheadOf(picture)
      const events: DomainEvent[] = []
      for (const placed of batch) {
        const decided = decide(ahead, placed.item, feed, (source) => known.get(source))
        if (decided === null) continue
        results.set(placed, resultOf(placed.at, decided))
        if (!decided.ok) continue
        for (const event of decided.value.events) applyChanges(ahead, evolve(ahead, { event, atMs: clock.nowMs() }))
        events.push(...decided.value.events)
      }
      return events
    })
    for (const placed of batch) {
      const { item } = placed
      if (item.kind !== 'alert' || results.get(placed)?.reason !== 'unknown-reference') continue
      for (const one of item.notice.references) cancelled.add(`${feed}/${one}`)
      while (cancelled.size > MOST_CANCELLED) for (const oldest of cancelled) if (cancelled.delete(oldest)) break
    }
  }

  return {
    async take({ name, datum }, given) {
      let redacted = 0
      const cleaned = given.map(({ at, item }): PlacedItem => {
        const clean = cleanItem(item, datum)
        redacted += clean.redacted
        return { at, item: clean.item }
      })
      const results = new Map<PlacedItem, ItemResult>()
      for (const placed of cleaned) {
        const { at, item } = placed
        if (item.kind === 'fault')
          results.set(placed, { at, outcome: 'refused', reason: item.reason, detail: item.detail })
        if (item.kind === 'ignored') results.set(placed, { at, outcome: 'ignored', detail: item.detail })
      }
      const open = inOrder(cleaned.filter((placed) => !results.has(placed)))
      for (let i = 0; i < open.length; i += BATCH) await takeBatch(name, open.slice(i, i + BATCH), results)
      const list = cleaned.map((placed) => results.get(placed)!)
      counters.came(name, { ...countsOf(list), redacted, sourceAtMs: newest(cleaned) })
      return list
    },
  }
}

/** Warnings by the time of their sending, wherever they stand in a document: a cancel never comes before what it takes back. */
function inOrder(items: readonly PlacedItem[]): PlacedItem[] {
  const sentMs = ({ item }: PlacedItem): number => (item.kind === 'alert' ? item.notice.alert.sentMs : 0)
  return items.toSorted((a, b) => sentMs(a) - sentMs(b))
}

/** A picture of one's own to decide ahead in. */
const aheadOf = (picture: Picture): Picture =>
  Object.fromEntries(
    Object.entries(picture).map(([kind, of]) => [kind, new Map(of as Map<string, unknown>)]),
  ) as Picture

const resultOf = (at: string, decided: Decision<Noticed>): ItemResult =>
  decided.ok
    ? { at, outcome: decided.value.outcome }
    : { at, outcome: 'refused', reason: decided.error.code, detail: decided.error.detail, refusal: decided.error }

function countsOf(results: readonly ItemResult[]) {
  const counts = { accepted: 0, late: 0, ignored: 0, refused: 0, reasons: [] as FeedReason[] }
  for (const { outcome, reason } of results) {
    if (outcome === 'refused') {
      counts.refused++
      counts.reasons.push(isFeedReason(reason) ? reason : (REASONS[reason ?? ''] ?? 'malformed'))
    } else if (outcome === 'ignored' || outcome === 'same') counts.ignored++
    else counts.accepted++
    if (outcome === 'late') counts.late++
  }
  return counts
}

const isFeedReason = (reason: string | undefined): reason is FeedReason => FeedReason.safeParse(reason).success

function newest(items: readonly PlacedItem[]): number | null {
  const times = items.flatMap(({ item }) => {
    if (item.kind === 'alert') return [item.notice.alert.sentMs]
    if (item.kind !== 'notice') return []
    const { notice } = item
    return [notice.updatedAtMs ?? ('occurredAtMs' in notice ? notice.occurredAtMs : 0)]
  })
  return times.length === 0 ? null : times.reduce((most, at) => Math.max(most, at), 0)
}
