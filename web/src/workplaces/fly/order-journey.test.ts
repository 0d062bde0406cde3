import type { AircraftCommand, AircraftOrder, DroneStatus } from '@skerry/contract'
import { expect, it } from 'vitest'
import { ledgerOf, orderJourney } from './order-journey.ts'

const order = (kind: AircraftOrder, state: AircraftCommand['state'], atMs: number): AircraftCommand => ({
  id: `${kind} ${atMs}`,
  droneId: 'main-1',
  order: kind,
  state,
  by: '王',
  seatId: 'p1',
  atMs,
  sentAtMs: state === 'authorised' ? null : atMs + 1,
  ackedAtMs: ['acked', 'in-progress', 'effective'].includes(state) ? atMs + 2 : null,
  effectiveAtMs: state === 'effective' ? atMs + 3 : null,
  expiresAtMs: atMs + 60_000,
  tries: 1,
  reason: null,
  taskId: null,
})
const inMode = (kind: NonNullable<DroneStatus['mode']>['kind']): DroneStatus =>
  ({ mode: { name: kind, kind }, landed: 'in-air', armed: true }) as DroneStatus

it('never takes an ack for an effect', () => {
  const journey = orderJourney(['hold'], [order('hold', 'acked', 0)], inMode('auto'), 10)
  expect(journey).toMatchObject({ at: 'acked', sent: true, acked: true, doing: false })
})
it('says that it is being done only while the aircraft still does it', () => {
  const ledger = [order('hold', 'effective', 0)]
  expect(orderJourney(['hold'], ledger, inMode('hold'), 10)?.at).toBe('doing')
  expect(orderJourney(['hold'], ledger, inMode('manual'), 10)?.at).toBe('over')
  const resumed = [order('resume', 'effective', 50), ...ledger]
  expect(orderJourney(['hold'], resumed, inMode('hold'), 60)?.at).toBe('over')
})
it('looks at the newest order of a kind, of this drone alone', () => {
  const other = { ...order('hold', 'refused', 900), droneId: 'main-2' }
  const ledger = ledgerOf('main-1', [order('hold', 'refused', 100), order('hold', 'sent', 500), other])
  expect(orderJourney(['hold'], ledger, null, 1000)).toMatchObject({ at: 'sent', command: { atMs: 500 } })
  expect(orderJourney(['land'], ledger, null, 1000)).toBeNull()
})
it('forgets what is over after a while, never what is still going on', () => {
  const late = 10 * 60_000
  expect(orderJourney(['hold'], [order('hold', 'refused', 0)], inMode('auto'), late)).toBeNull()
  expect(orderJourney(['hold'], [order('hold', 'sent', 0)], inMode('auto'), late)?.at).toBe('sent')
  expect(orderJourney(['return'], [order('return', 'effective', 0)], inMode('return'), late)?.at).toBe('doing')
})

it('lets no picture and no look of the camera end what the aircraft does', () => {
  const ledger = [order('photo', 'effective', 50), order('hold', 'effective', 0)]
  expect(orderJourney(['hold'], ledger, inMode('hold'), 60)?.at).toBe('doing')
  expect(orderJourney(['photo'], [order('return', 'effective', 70), ...ledger], inMode('return'), 80)?.at).toBe('doing')
})
