import { IncidentChange, IncidentReport, type LngLat } from '@skerry/contract'
import type { z } from 'zod'
import { faultAt, unreadable, type PlacedItem, type ReadDocument } from './item.ts'

/** More in one document is a history: send it in parts. */
const MOST = 5000

/**
 * Incidents as JSON: one, or `{"incidents": [...]}`. One with `occurredAtMs` states the whole incident; one without
 * states what changed. Each is judged by itself: a bad one takes no other with it.
 * @param unplaced where one is shown that says no place; null refuses it
 */
export function readIncidentJson(text: string, unplaced: LngLat | null): ReadDocument {
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    return unreadable(`is not JSON: ${error instanceof Error ? error.message.slice(0, 120) : ''}`)
  }
  if (!isObject(root)) return unreadable('must be an object')
  if (!('incidents' in root)) return { ok: true, items: [itemOf(root, 'incident', unplaced)] }
  const { incidents, ...others } = root
  const [other] = Object.keys(others)
  if (other !== undefined) return unreadable(`Unrecognized key: "${other.slice(0, 40)}"`)
  if (!Array.isArray(incidents)) return unreadable('incidents: must be a list')
  if (incidents.length > MOST) return unreadable(`incidents: at most ${MOST}`)
  return { ok: true, items: incidents.map((one, i) => itemOf(one, `incidents[${i}]`, unplaced)) }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function itemOf(given: unknown, at: string, unplaced: LngLat | null): PlacedItem {
  if (!isObject(given)) return faultAt(at, 'malformed', 'must be an object')
  const whole = 'occurredAtMs' in given
  const placeless = given['position'] === null || (whole && given['position'] === undefined)
  if (whole && placeless && unplaced === null) return faultAt(at, 'no-place', 'position: is missing')
  const { position, ...rest } = given
  const placed = placeless ? (whole ? { ...rest, position: unplaced } : rest) : { ...rest, position }
  const read = (whole ? IncidentReport : IncidentChange).safeParse(placed['position'] === undefined ? rest : placed)
  return read.success
    ? { at, item: { kind: 'notice', notice: read.data } }
    : faultAt(at, 'malformed', wordsOf(read.error))
}

/** The first field at fault, and what it must be. */
export function wordsOf({ issues }: z.ZodError): string {
  const [first] = issues
  if (first === undefined) return 'does not fit'
  return first.path.length === 0 ? first.message : `${first.path.map(String).join('.')}: ${first.message}`
}
