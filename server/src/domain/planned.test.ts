import { describe, expect, it } from 'vitest'
import type { PlanRequest, SortieDrone } from './context.ts'
import { stillHolds } from './planned.ts'
import { HOME, at } from './test-kit.ts'

const drone: SortieDrone = { id: 'main-1', startLngLat: HOME, airspeedMps: 10, enduranceS: 1200, reserveS: 300 }
const request = (over: Partial<SortieDrone> = {}): PlanRequest =>
  ({
    searchId: 's',
    drones: [{ ...drone, cover: { swathM: 50 }, wind: null, ...over }],
    taken: [],
    noFly: [],
  }) as unknown as PlanRequest
const holds = (planned: Partial<SortieDrone>, now: Partial<SortieDrone>): boolean =>
  stillHolds({ request: request(planned) }, request(now))

describe('sorties that were planned ahead', () => {
  it('hold for a drone that stands about where it stood, with about the battery it had', () => {
    expect(holds({}, { startLngLat: at(20, 0) })).toBe(true)
    expect(holds({}, { startLngLat: at(30, 0) })).toBe(false)
    expect(holds({}, { enduranceS: 1185 })).toBe(true)
    expect(holds({}, { enduranceS: 1175 })).toBe(false)
  })

  it('hold for one in the air that has flown on for as long as its battery may have drained, and lands at the same place', () => {
    const air = { startLngLat: at(500, 0), landLngLat: HOME }
    expect(holds(air, { ...air, startLngLat: at(650, 0) })).toBe(true)
    expect(holds(air, { ...air, startLngLat: at(750, 0) })).toBe(false)
    expect(holds(air, { ...air, landLngLat: at(60, 0) })).toBe(false)
  })

  it('do not hold for one that has taken off or landed meanwhile', () => {
    expect(holds({}, { landLngLat: HOME })).toBe(false)
    expect(holds({ landLngLat: HOME }, {})).toBe(false)
  })
})
