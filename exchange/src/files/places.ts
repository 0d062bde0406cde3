import type { LngLat } from '@skerry/contract'
import { opened } from '../geo/rings.ts'
import type { LeftOut, Shape } from './things.ts'

/** Longest texts that are taken over, characters. */
const NAME = 80
const NOTE = 300

export const placeOf = (lng: number, lat: number): LngLat | null =>
  Number.isFinite(lng) && Number.isFinite(lat) && Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? [lng, lat] : null

/** A polygon of rings that are places already, or why it is none. */
export function polygonOf(rings: readonly (readonly LngLat[])[]): Shape | LeftOut {
  const open = rings.map(opened)
  if (open.length === 0 || open.some((ring) => ring.length < 3)) return 'too-short'
  return { kind: 'polygon', rings: open }
}

export const lineOf = (line: readonly LngLat[]): Shape | LeftOut =>
  line.length < 2 ? 'too-short' : { kind: 'line', line: [...line] }

/** A name or note as a file has it: without markup and control characters, on one line, of a bounded length. */
export function nameText(text: unknown): string | null {
  const read = typeof text === 'number' ? String(text) : typeof text === 'string' ? text : ''
  return lineText(read, NAME)
}
export const noteText = (text: unknown): string | null =>
  typeof text === 'string' ? lineText(text.replace(/<[^>]{0,2000}>/g, ' ').replaceAll('&nbsp;', ' '), NOTE) : null

function lineText(text: string, most: number): string | null {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim()
  return line === '' ? null : [...line].slice(0, most).join('')
}

/** ISO 8601 with or without a fraction; without a zone it is UTC, as GPX and KML have it. Null for anything else. */
export function timeOf(text: string | null): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/.exec(text?.trim() ?? '')
  if (match === null) return null
  const [, year, month, day, , , , , zone] = match
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (date.getUTCMonth() !== Number(month) - 1) return null
  const body = `${match[0].slice(0, 19)}${(match[7] ?? '').slice(0, 4)}`
  const at =
    zone === undefined || zone === 'Z' ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
  const ms = Date.parse(body + at)
  return Number.isFinite(ms) ? ms : null
}
