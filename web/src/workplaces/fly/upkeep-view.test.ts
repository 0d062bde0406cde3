import type { DroneFence, DroneStatus, DroneUpkeep, FenceOutcome, UpkeepEnd, UpkeepOutcome } from '@skerry/contract'
import { expect, it } from 'vitest'
import { clearShut, endMark, fenceCleared, readShut, setShut } from './upkeep-view.ts'

const status = (over: Partial<DroneStatus> = {}): DroneStatus =>
  ({ armed: false, link: { state: 'live' }, ...over }) as DroneStatus
const LOST = status({ link: { state: 'lost' } as DroneStatus['link'] })
const BUSY = { job: {} } as DroneUpkeep
const TRANSFER = { transfer: {} } as DroneFence
const FREE: DroneUpkeep = { job: null, params: null, mission: null }

it('parameters are read by the holder, over a link, and while nothing else is going on', () => {
  expect(readShut(null, status(), undefined, undefined)).toBeNull()
  expect(readShut(null, status({ armed: true }), FREE, undefined)).toBeNull()
  expect(readShut('notHeld', status(), undefined, undefined)).toBe('notHeld')
  expect(readShut('locked', status(), undefined, undefined)).toBe('locked')
  expect(readShut(null, LOST, undefined, undefined)).toBe('linkLost')
  expect(readShut(null, status(), BUSY, undefined)).toBe('running')
  expect(readShut(null, status(), FREE, TRANSFER)).toBe('running')
})

it('are changed only while it is known to be disarmed, unless its bridge allows it; what it carries is never cleared then', () => {
  const allowed = { setsWhileArmed: true, paramsOf: null }
  for (const armed of [true, null]) {
    expect([setShut(null, status({ armed })), clearShut(null, status({ armed }))]).toEqual(['armed', 'armed'])
    const lets = status({ armed, upkeep: allowed })
    expect([setShut(null, lets), clearShut(null, lets)]).toEqual([null, 'armed'])
  }
  expect([setShut(null, status()), clearShut(null, status())]).toEqual([null, null])
  expect([setShut('running', status()), clearShut('linkLost', status())]).toEqual(['running', 'linkLost'])
})

it.each([
  ['done', { kind: 'holds', value: 0 }],
  ['done', { kind: 'listed', count: 3 }],
  ['refused', { kind: 'holds-other', value: 1 }],
  ['refused', { kind: 'failed', reason: 'param-refused: 3', unknown: false }],
  ['unknown', { kind: 'failed', reason: 'param-no-answer', unknown: true }],
] as [string, UpkeepOutcome][])('an end is %s: %j', (mark, outcome) => {
  expect(endMark({ outcome } as UpkeepEnd)).toBe(mark)
})

it('tells which part of the fence was taken out last, and nothing while a transfer goes on or of other transfers', () => {
  const outcome: FenceOutcome = { kind: 'none' }
  const fence = (ask: NonNullable<DroneFence['last']>['ask'], over: Partial<DroneFence> = {}) =>
    fenceCleared({ transfer: null, last: { ask, outcome, atMs: 5 }, ...over } as DroneFence)
  expect(fence('clear')).toEqual({ part: 'both', outcome, atMs: 5 })
  expect([fence('clear-fence')?.part, fence('clear-rally')?.part]).toEqual(['fence', 'rally'])
  expect([fence('check'), fence('send'), fenceCleared(undefined)]).toEqual([null, null, null])
  expect(fence('clear', TRANSFER)).toBeNull()
})
