import type { JournalEntry } from '@skerry/contract'

/** A time that a unit was an incident's, epoch ms; `toMs` null while it still is. */
export interface SpanOut {
  fromMs: number
  toMs: number | null
}

/**
 * When each unit was out for an incident, from its journal: from the moment that it was asked or ordered until it was let
 * go, was lost, or the incident closed. Whoever was asked and said no or nothing was never out: where it was is not the
 * incident's. Oldest first; units in the order in which they were first sent.
 */
export function spansOut(entries: readonly JournalEntry[]): Map<string, SpanOut[]> {
  const spans = new Map<string, SpanOut[]>()
  const open = new Map<string, number>()
  const begin = (unitId: string, atMs: number): void => {
    if (!open.has(unitId)) open.set(unitId, atMs)
    if (!spans.has(unitId)) spans.set(unitId, [])
  }
  const end = (unitId: string, toMs: number | null): void => {
    const fromMs = open.get(unitId)
    if (fromMs === undefined) return
    open.delete(unitId)
    spans.get(unitId)!.push({ fromMs, toMs })
  }
  for (const { event, atMs } of entries) {
    switch (event.type) {
      case 'incident.offered':
        begin(event.offer.unitId, atMs)
        break
      case 'incident.assigned':
        begin(event.unitId, atMs)
        break
      case 'incident.offer-answered':
        if (event.answer === 'declined') open.delete(event.unitId)
        break
      case 'incident.offer-expired':
        open.delete(event.unitId)
        break
      case 'incident.released':
      case 'incident.unit-lost':
        end(event.unitId, atMs)
        break
      case 'incident.closed':
        for (const unitId of open.keys()) end(unitId, atMs)
        break
      default: // the other events of an incident move no unit
    }
  }
  for (const unitId of open.keys()) end(unitId, null)
  for (const [unitId, all] of spans) if (all.length === 0) spans.delete(unitId)
  return spans
}
