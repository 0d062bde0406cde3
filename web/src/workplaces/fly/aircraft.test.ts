import type { DroneStatus } from '@skerry/contract'
import { expect, it } from 'vitest'
import { inAir, linkView, standsDisarmed } from './aircraft-state.ts'
import { mustReturnInS } from './must-return.ts'

const link: DroneStatus['link'] = {
  state: 'live',
  lastHeartbeatAtMs: 9_500,
  lossShare: null,
  failsafeInS: null,
  remote: '127.0.0.1:1',
}
const status = (more: Partial<DroneStatus>): DroneStatus =>
  ({ atMs: 10_000, link, landed: null, armed: null, ...more }) as DroneStatus
const position = (heightAboveTakeoffM: number | null, lat = 30): DroneStatus['position'] => ({
  lngLat: [122, lat],
  altAmslM: null,
  heightAboveTakeoffM,
  atMs: 10_000,
  accuracyM: null,
})

it('does not guess whether an aircraft flies', () => {
  expect(inAir(null)).toBeNull()
  expect(inAir(status({ armed: true, position: position(null) }))).toBeNull()
  expect(inAir(status({ armed: true, position: position(40) }))).toBe(true)
  expect(inAir(status({ landed: 'landing', armed: false }))).toBe(true)
})
it('takes an armed aircraft on the ground for one that can still be ordered', () => {
  expect(standsDisarmed(status({ landed: 'on-ground', armed: true }))).toBe(false)
  expect(standsDisarmed(status({ landed: 'on-ground', armed: false }))).toBe(true)
  expect(standsDisarmed(null)).toBe(false)
})
it('counts the failsafe down between two words of the bridge, and stops at zero', () => {
  const lost = status({ link: { ...link, state: 'lost', failsafeInS: 2, failsafeAssumed: true } })
  expect(linkView(lost, 10_500)).toMatchObject({ at: 'lost', ageS: 1, failsafeInS: 1.5, failsafeAssumed: true })
  expect(linkView(lost, 12_900).failsafeInS).toBe(0)
})
it('tells a link that has been away for long from one that was lost a moment ago', () => {
  const lost = (escalated?: boolean) => status({ link: { ...link, state: 'lost', ...(escalated && { escalated }) } })
  expect([linkView(lost(), 10_000).escalated, linkView(lost(true), 10_000).escalated]).toEqual([false, true])
})
it('does not repeat what a silent bridge said last as if it were now', () => {
  expect(linkView(status({}), 13_000).at).toBe('live')
  expect(linkView(status({}), 13_001).at).toBe('silent')
  expect(linkView(null, 0).at).toBe('unknown')
})

const flying = (more: Partial<DroneStatus>): DroneStatus =>
  status({
    battery: { remainingShare: 0.5, voltageV: null, remainingS: 600 },
    position: position(60, 30 + 1 / 60), // one sea mile north of home
    home: { lngLat: [122, 30], altAmslM: 0 },
    wind: null,
    ...more,
  })
it('keeps a fifth of the battery, the way home and the descent', () => {
  // 600 s left of 1200 s: 240 s reserve, 1853 m at 10 m/s, 60 m down at 1.5 m/s
  expect(mustReturnInS(flying({}), 10, 10_000)).toBeCloseTo(600 - 240 - 185.3 - 40, 0)
})
it('has less time against the wind, and counts on between two reports', () => {
  const still = mustReturnInS(flying({}), 10, 10_000)!
  const against = mustReturnInS(flying({ wind: { fromDeg: 180, speedMps: 5 } }), 10, 10_000)!
  expect(still - against).toBeCloseTo(185.3, 0)
  expect(still - mustReturnInS(flying({}), 10, 12_000)!).toBeCloseTo(2)
})
it('is unknown where the battery, the height or home is', () => {
  expect(mustReturnInS(flying({ battery: { remainingShare: 0.5, voltageV: 15, remainingS: null } }), 10, 0)).toBeNull()
  expect(mustReturnInS(flying({ position: position(null) }), 10, 0)).toBeNull()
  expect(mustReturnInS(flying({ home: null }), 10, 0)).toBeNull()
})
