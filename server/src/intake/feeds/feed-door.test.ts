import { expect, it } from 'vitest'
import type { Coming } from '../feed-counters.ts'
import type { TerminalVerdict } from '../terminal-alarm-desk.ts'
import { createFeedDoor } from './feed-door.ts'
import type { Observation } from './observation.ts'

/** A terminal that says an alarm and no place, and what the desk makes of it. */
async function counted(verdict: TerminalVerdict, alarms: Extract<Observation, { kind: 'terminal-alarms' }>['alarms']) {
  const came: Coming[] = []
  const door = createFeedDoor(
    { name: 'terminals', datum: 'wgs84', limits: { peerPerS: 10, feedPerS: 10 } },
    () => 'T-9',
    {
      fixes: { take: () => Promise.reject(new Error('there is no place in it')) },
      vessels: { take: () => Promise.reject(new Error('there is no ship in it')) },
      alarms: { take: () => Promise.resolve(verdict) },
      counters: { came: (_feed, coming) => void came.push(coming), turnedAway: () => {}, dialled: () => {} },
      clock: { nowMs: () => 0 },
    },
  )
  const observations: Observation[] = [{ kind: 'terminal-alarms', source: 'hash', alarms, atMs: 0, position: null }]
  await door.take({ observations, faults: [], ignored: 0 })
  return came.map(({ accepted, refused, reasons }) => ({ accepted, refused, reasons }))
}

it('counts alarms of a terminal that nobody knows or listens to as refused, with the reason', async () => {
  expect(await counted('taken', ['theft'])).toEqual([{ accepted: 1, refused: 0, reasons: [] }])
  for (const verdict of ['unknown-unit', 'off-duty', 'late'] as const)
    expect(await counted(verdict, ['theft'])).toEqual([{ accepted: 0, refused: 1, reasons: [verdict] }])
  expect(await counted('unknown-unit', [])).toEqual([{ accepted: 0, refused: 0, reasons: [] }])
})
