import { DEFAULT_RETENTION, type CaseFile, type LegalHold } from '@skerry/contract'
import { expect, it } from 'vitest'
import { retentionHealth, retentionView } from './retention-view.ts'

const DAY = 24 * 3_600_000
const HOUR = 3_600_000
const keeper = { purges: 2, entries: 9, failures: 0, lastRoundAtMs: 5 * HOUR, unscrubbed: false }
const file = (number: number, over: Partial<CaseFile> = {}): CaseFile => ({
  incidentId: `i${number}`,
  number,
  closedAtMs: number * DAY,
  personal: true,
  suspended: false,
  purged: {},
  ...over,
})

it('tells what falls due next over all cases, the soonest first, and which of them are held', async () => {
  const files = [file(9, { personal: false }), file(3, { purged: { person: 1, messages: 2, tracks: 2 } }), file(2)]
  const { next, policy, cases } = await retentionView({
    purges: {
      next: async () => files,
      counts: async () => ({ cases: 7, purged: { person: 1, messages: 1, tracks: 1, acts: 0 } }),
    },
    picture: { hold: new Map([['i2', {} as LegalHold]]) },
    policy: DEFAULT_RETENTION,
    trackDays: 30,
    keeper,
  })
  expect(next.map(({ number, rule, atMs, held }) => [number, rule, atMs / DAY, held])).toEqual([
    [2, 'person', 182, true],
    [2, 'messages', 367, true],
    [2, 'tracks', 367, true],
    [9, 'messages', 374, false],
    [9, 'tracks', 374, false],
    [2, 'acts', 1097, true],
    [3, 'acts', 1098, false],
    [9, 'acts', 1104, false],
  ])
  expect([policy, cases]).toEqual([DEFAULT_RETENTION, 7])
})

it('is degraded when no round has ended well for an hour, and while files cannot be rid of what was purged', () => {
  const state = (over: Partial<typeof keeper>, nowMs: number, startedAtMs = 0) =>
    retentionHealth({ ...keeper, ...over }, startedAtMs, nowMs).state
  expect(state({}, 5.5 * HOUR)).toBe('ok')
  expect(state({}, 6.5 * HOUR)).toBe('degraded')
  expect(state({ failures: 1, unscrubbed: true }, 5.5 * HOUR)).toBe('degraded')
  const none = retentionHealth({ ...keeper, lastRoundAtMs: null }, 5 * HOUR, 5.5 * HOUR)
  expect(none).toMatchObject({ state: 'ok', lastRoundAtMs: null })
})
