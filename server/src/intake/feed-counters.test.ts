import { expect, it } from 'vitest'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { createFeedCounters } from './feed-counters.ts'
import { readFeedsConfig } from './feeds/feeds-config.ts'
import { startFeeds, type FeedParts } from './feeds/start-feeds.ts'

function setUp() {
  const clock = new FakeScheduler(1_700_000_000_000)
  return { clock, counters: createFeedCounters(clock) }
}

it('a feed falls behind in its silence, is lost after four times as long, and is well with its next word', () => {
  const { clock, counters } = setUp()
  counters.declare('ais', 30_000)
  counters.came('ais', { accepted: 1 })
  const after = (ms: number) => (clock.advance(ms), counters.of('ais').state)
  expect([after(29_999), after(1), after(89_999), after(1)]).toEqual(['ok', 'degraded', 'degraded', 'lost'])
  counters.came('ais', {})
  expect(counters.of('ais').state).toBe('ok')
})

it('a declared feed that was never heard is unknown at first, and then lost; any other stays unknown', () => {
  const { clock, counters } = setUp()
  counters.declare('ais', 30_000)
  counters.expect('roster', 30_000)
  counters.turnedAway('ais', 'not-allowed') // no sign of life
  clock.advance(119_999)
  expect(counters.of('ais').state).toBe('unknown')
  clock.advance(1)
  expect(counters.of('ais')).toMatchObject({ state: 'lost', lastAtMs: null, refused: 1 })
  expect(counters.of('roster').state).toBe('unknown')
  counters.came('ais', { ignored: 1 })
  expect(counters.of('ais').state).toBe('ok')
})

it('what came of dialling is kept until it gets through, and is no sign of life', () => {
  const { clock, counters } = setUp()
  counters.declare('ais', 30_000)
  clock.advance(1000)
  counters.dialled('ais', 'ECONNREFUSED')
  expect(counters.of('ais')).toMatchObject({ fault: { text: 'ECONNREFUSED', atMs: clock.nowMs() }, lastAtMs: null })
  counters.dialled('ais', null)
  expect(counters.of('ais')).toMatchObject({ fault: null, lastAtMs: null })
})

it('every feed of the file is declared when it is opened', async () => {
  const { clock, counters } = setUp()
  const feed = { protocol: 'nmea', kind: 'tcp-dial', to: '127.0.0.1:9', unit: 'u1', quietS: 20, name: 'plotter' }
  const unused = {} as FeedParts // nothing comes of this feed
  const parts = { ...unused, counters, clock, random: () => 0, folder: '.', onFault: () => {} }
  const feeds = await startFeeds(readFeedsConfig(JSON.stringify({ feeds: [feed] })), parts)
  clock.advance(80_000)
  expect(counters.of('plotter').state).toBe('lost')
  await feeds.stop()
})
