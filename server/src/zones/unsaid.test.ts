import { expect, it } from 'vitest'
import { applyChanges, changed, createPicture } from '../picture/picture.ts'
import type { Said } from './said-book.ts'
import { START_MS, rule, squareZone } from './test-kit.ts'
import { unsaid } from './unsaid.ts'
import type { ZoneEvent } from './zone-fix.ts'

const picture = createPicture()
applyChanges(picture, [changed('zone', 'z', squareZone('z', [rule({ kind: 'enter' })]))])
const at = (s: number): number => START_MS + s * 1000
const event = (edge: ZoneEvent['edge'], s: number): ZoneEvent => ({
  edge,
  zoneId: 'z',
  rule: 'enter',
  mover: { kind: 'vessel', id: 'v' },
  other: null,
  atMs: at(s),
  knownAtMs: at(s + 10),
  lngLat: null,
  feed: null,
  figure: null,
})
/** The last server had judged up to second 600; it said this of the vessel, from and to a second. */
const left = (found: ZoneEvent[], said: [number, number | null] | null) => {
  const known: Said | null = said && { alarmId: 'a', fromMs: at(said[0]), toMs: said[1] === null ? null : at(said[1]) }
  const events = unsaid(picture, found, { of: (cause) => (cause === 'zone-enter v z' ? known : null) }, at(600))
  return events.map(({ edge, atMs }) => [edge, (atMs - START_MS) / 1000])
}

it('says what goes on and what was not yet judged, each with its end', () => {
  expect(left([event('start', 300)], null)).toEqual([['start', 300]])
  expect(left([event('start', 595), event('end', 640)], null)).toEqual([
    ['start', 595],
    ['end', 640],
  ])
})
it('leaves to the last server what came and went while it judged: stored positions are not all that it had', () => {
  expect(left([event('start', 300), event('end', 320)], null)).toEqual([])
})
it('does not repeat what was said, though stored positions show it begin a little earlier or later', () => {
  expect(left([event('start', 330)], [300, null])).toEqual([])
  expect(left([event('start', 595), event('end', 640)], [610, 620])).toEqual([])
  expect(left([event('start', 300)], [100, 200])).toEqual([['start', 300]])
})
