import { expect, it } from 'vitest'
import { FIRST_FACTS, feedState, type FeedFacts } from './feed-state.ts'

const facts = (change: Partial<FeedFacts>): FeedFacts => ({
  ...FIRST_FACTS,
  connected: true,
  lastPulseAtMs: 10_000,
  pulseSeq: 7,
  heldSeq: 7,
  ...change,
})

it('is connecting, not live, until a first pulse came', () => {
  expect(feedState({ ...FIRST_FACTS, connected: true }, 99_999)).toEqual({ at: 'connecting' })
})
it('is live with the age of the last pulse', () => {
  expect(feedState(facts({}), 10_900)).toEqual({ at: 'live', ageS: 0.9 })
})
it('says within three seconds that a silent server is lost, even while the socket stays open', () => {
  expect(feedState(facts({}), 11_700).at).toBe('behind')
  expect(feedState(facts({}), 12_500)).toEqual({ at: 'lost', ageS: 2.5, cause: 'server-silent', attempts: 0 })
})
it('says sooner that a cut connection is lost, and why', () => {
  expect(feedState(facts({ connected: false }), 10_500).at).toBe('behind')
  expect(feedState(facts({ connected: false, attempts: 2 }), 11_300)).toEqual({
    at: 'lost',
    ageS: 1.3,
    cause: 'connection-cut',
    attempts: 2,
  })
  expect(feedState(facts({ connected: false, refused: true }), 13_000)).toMatchObject({ cause: 'refused' })
})
it('is behind, and says by how much, when entries are missing for a second', () => {
  const short = facts({ pulseSeq: 12, heldSeq: 7, shortSinceMs: 9500 })
  expect(feedState(short, 10_400).at).toBe('live')
  expect(feedState(short, 10_600)).toMatchObject({ at: 'behind', cause: 'catching-up', missing: 5 })
})
it('never shows a negative age', () => {
  expect(feedState(facts({}), 9000)).toEqual({ at: 'live', ageS: 0 })
})
it('does not blame the server for the time the page itself stood still, for a moment only', () => {
  expect(feedState(facts({}), 19_000, 18_900)).toMatchObject({ at: 'behind', cause: 'page-slept', ageS: 9 })
  expect(feedState(facts({}), 19_800, 18_900)).toMatchObject({ at: 'lost', cause: 'server-silent' })
  expect(feedState(facts({}), 10_500, 10_400).at).toBe('live')
})
