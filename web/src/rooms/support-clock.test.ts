import type { SupportRequest } from '@skerry/contract'
import { expect, it } from 'vitest'
import { supportClock, supportCounts } from './support-clock.ts'

const ASKED: SupportRequest = {
  number: 1,
  support: 'tug',
  name: { zh: '拖轮', en: 'Tug' },
  text: '',
  state: 'asked',
  by: { key: 'seat:lin', name: 'Lin' },
  askedAtMs: 0,
  acceptByMs: 60_000,
  acceptedAtMs: null,
  arriveByMs: 600_000,
  arrivedAtMs: null,
  endedAtMs: null,
  reason: null,
}

it('waits for an answer, then for the arrival, and stands still once it is over', () => {
  expect(supportClock(ASKED, 90_000)).toEqual({ waitsFor: 'answer', leftS: -30, tookS: 90 })
  const accepted: SupportRequest = { ...ASKED, state: 'accepted', acceptedAtMs: 50_000 }
  expect(supportClock(accepted, 90_000)).toEqual({ waitsFor: 'arrival', leftS: 510, tookS: 90 })
  const arrived: SupportRequest = { ...accepted, state: 'arrived', arrivedAtMs: 300_000, endedAtMs: 300_000 }
  expect(supportClock(arrived, 9_000_000)).toEqual({ waitsFor: null, leftS: 0, tookS: 300 })
  expect(supportCounts([ASKED, accepted, arrived], 90_000)).toEqual({ open: 2, late: 1 })
  expect(supportCounts(undefined, 0)).toEqual({ open: 0, late: 0 })
})
