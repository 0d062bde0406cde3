import type { LngLat } from '@skerry/contract'
import { decodeAs, decodeText, readCapNode, readXmlDocument, type XmlNode } from '@skerry/exchange'
import type { z } from 'zod'
import { alertOfCap } from './alert-of-cap.ts'
import type { Cap, IncidentsCsv, IncidentsJson } from './incident-fields.ts'
import { faultAt, unreadable, type PlacedItem, type ReadDocument } from './item.ts'
import { readIncidentCsv } from './read-csv.ts'
import { readIncidentJson } from './read-json.ts'
import { messagesIn } from './alert-index.ts'

export type IncidentSpec = z.infer<typeof IncidentsJson> | z.infer<typeof IncidentsCsv> | z.infer<typeof Cap>

/** What a document of a feed says, by the feed's own rules. Pure. */
export function readIncidents(spec: IncidentSpec, bytes: Uint8Array, nowMs: number): ReadDocument {
  const unplaced: LngLat | null = spec.unplaced ?? null
  switch (spec.protocol) {
    case 'incidents-json': {
      const text = decodeAs(bytes, 'utf-8')
      return text === null ? unreadable('is not UTF-8') : readIncidentJson(text, unplaced)
    }
    case 'incidents-csv': {
      const text = decodeAs(bytes, spec.rows.encoding)
      if (text === null) return unreadable(`is not ${spec.rows.encoding}`)
      return readIncidentCsv(text, spec.rows, unplaced, nowMs)
    }
    case 'cap': {
      const text = decodeText(bytes)?.text
      if (text === undefined) return unreadable('is in no known encoding')
      const document = readXmlDocument(text)
      if (!document.ok) return unreadable(document.detail ?? document.fault)
      return readMessages(document.root, spec, unplaced, nowMs)
    }
  }
}

/** One message, or those that stand in an index or a wrapper. */
function readMessages(root: XmlNode, spec: z.infer<typeof Cap>, unplaced: LngLat | null, nowMs: number): ReadDocument {
  const nodes = root.name === 'alert' ? [root] : messagesIn(root)
  if (nodes.length === 0) return unreadable(`must be a CAP message, not ${root.name.slice(0, 40)}`)
  const items = nodes.map((node, i): PlacedItem => {
    const at = nodes.length === 1 ? 'alert' : `alert ${i + 1}`
    const read = readCapNode(node)
    if (!read.ok) return faultAt(at, 'malformed', `${read.field}: ${read.problem}`)
    return { at, item: alertOfCap(read.alert, spec.warnings, unplaced, nowMs) }
  })
  return { ok: true, items }
}
