import { expect, it } from 'vitest'
import { NOW_MS, PILOT, world } from '../domain/test-kit.ts'
import { absentHolders } from './absent-holders.ts'

function held() {
  const town = world()
  town.see('main-1')
  town.see('main-2')
  town.apply([
    { type: 'drone.leased', lease: { droneId: 'main-1', seatId: PILOT.id, name: PILOT.name, takenAtMs: NOW_MS } },
  ])
  return town.picture
}
const LATER_MS = NOW_MS + 600_000

it('names a drone whose holder was last heard from long ago, and none that nobody holds', () => {
  expect(absentHolders(held(), () => NOW_MS + 100_000, NOW_MS, LATER_MS)).toEqual([
    { droneId: 'main-1', forMs: 500_000 },
  ])
})
it('is silent about a holder whose console showed itself in the last minute', () => {
  expect(absentHolders(held(), () => LATER_MS - 60_000, NOW_MS, LATER_MS)).toEqual([])
})
it('counts from the start of the server for those who have not come back since', () => {
  expect(absentHolders(held(), () => null, LATER_MS - 10_000, LATER_MS)).toEqual([])
  expect(absentHolders(held(), () => null, LATER_MS - 200_000, LATER_MS)).toEqual([
    { droneId: 'main-1', forMs: 200_000 },
  ])
})
it('takes whoever took the drone just now for present', () => {
  expect(absentHolders(held(), () => 0, 0, NOW_MS + 80_000)).toEqual([])
})
