import { DEFAULT_RETENTION, type CaseFile, type LegalHold } from '@skerry/contract'
import { expect, it, vi } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { createPicture } from '../picture/picture.ts'
import type { PurgeStore } from '../store/purges.ts'
import { startRetentionKeeper } from './retention-keeper.ts'

const DAY = 24 * 3_600_000
const ROUND_MS = 600_000

/** A keeper with one case that fell due, and what stands between it and its purge. */
function keeping(over: { adopt?: Engine['adopt']; scrub?: PurgeStore['scrub']; lastEntryAgoMs?: number } = {}) {
  const clock = new FakeScheduler()
  const picture = createPicture()
  const closedAtMs = clock.nowMs() - 181 * DAY
  const file: CaseFile = { incidentId: 'i1', number: 1, closedAtMs, personal: true, suspended: false, purged: {} }
  const purge = vi.fn<PurgeStore['purge']>(async () => [])
  const next = vi.fn<PurgeStore['next']>(async (_most, except = []) => (except.includes('i1') ? [] : [file]))
  const adopt: Engine['adopt'] =
    over.adopt ??
    (async (write) => {
      await write(picture, 5)
      return 5
    })
  const faults: unknown[] = []
  const keeper = startRetentionKeeper({
    engine: { picture, adopt },
    purges: { next, purge, scrub: over.scrub ?? (async () => {}) },
    policy: DEFAULT_RETENTION,
    coarse: (at) => at,
    lastEntryAtMs: over.lastEntryAgoMs === undefined ? null : clock.nowMs() - over.lastEntryAgoMs,
    clock,
    onFault: (error) => void faults.push(error),
  })
  const round = async (): Promise<void> => {
    clock.jump(ROUND_MS)
    for (let turn = 0; turn < 50; turn++) await Promise.resolve()
  }
  const wait = async (ms: number): Promise<void> => {
    clock.advance(ms)
    for (let turn = 0; turn < 50; turn++) await Promise.resolve()
  }
  return { clock, wait, keeper, picture, purge, next, faults, round }
}

it('purges nothing for a day after the clock has leapt, at a start and later, and says that it does not', async () => {
  const started = keeping({ lastEntryAgoMs: 40 * DAY })
  await started.wait(ROUND_MS)
  expect(started.next).not.toHaveBeenCalled()
  expect(started.keeper.counts().lastRoundAtMs).toBeNull()
  for (let i = 0; i < 150; i++) await started.wait(ROUND_MS)
  expect(started.next).toHaveBeenCalled()
  await started.keeper.stop()

  const quiet = keeping({ lastEntryAgoMs: DAY / 2 })
  await quiet.wait(ROUND_MS)
  expect(quiet.next).toHaveBeenCalled()
  const before = quiet.next.mock.calls.length
  // Ten years ahead, as a clock without its battery starts.
  quiet.clock.jump(3650 * DAY)
  await quiet.wait(ROUND_MS)
  expect(quiet.next.mock.calls.length).toBe(before)
  await quiet.keeper.stop()
})

it('makes its first round half a minute after the start, and the others ten minutes apart', async () => {
  const { keeper, next, wait } = keeping()
  await wait(29_000)
  expect(next).not.toHaveBeenCalled()
  await wait(1000)
  expect(next).toHaveBeenCalledTimes(1)
  await wait(ROUND_MS - 30_000)
  expect(next).toHaveBeenCalledTimes(2)
  await keeper.stop()
  await wait(ROUND_MS)
  expect(next).toHaveBeenCalledTimes(2)
})

it('asks for what is due, with the rules that fell due and no others', async () => {
  const { keeper, purge, round } = keeping()
  await round()
  expect(purge).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ incidentId: 'i1', rules: ['person'] }), 5)
  await keeper.stop()
})

it('leaves out cases that are held, and one that is held, or comes back, while its purge waits for its turn', async () => {
  const hold = { incidentId: 'i1' } as LegalHold
  const known = keeping()
  known.picture.hold.set('i1', hold)
  await known.round()
  expect([known.next.mock.lastCall?.[1], known.purge.mock.calls]).toEqual([['i1'], []])
  await known.keeper.stop()
  const late = keeping({
    adopt: async (write) => {
      late.picture.hold.set('i1', hold)
      await write(late.picture, 5)
      return 5
    },
  })
  await late.round()
  expect(late.purge).not.toHaveBeenCalled()
  await late.keeper.stop()
})

it('counts a failure, tells of it, and tries again the next time', async () => {
  let tries = 0
  const { keeper, faults, round } = keeping({
    scrub: async () => {
      if (++tries === 1) throw new Error('busy')
    },
  })
  await round()
  expect(keeper.counts()).toMatchObject({ failures: 1, unscrubbed: true, lastRoundAtMs: null })
  expect(faults).toHaveLength(1)
  await round()
  expect(keeper.counts()).toMatchObject({ failures: 1, unscrubbed: false })
  expect(keeper.counts().lastRoundAtMs).not.toBeNull()
  await keeper.stop()
})
