import type { DroneStatus } from '@skerry/contract'
import { expect, it } from 'vitest'
import { statusOf, world } from '../domain/test-kit.ts'
import { createEta } from './eta-service.ts'
import { islandNetwork, SHENJIAMEN } from './eta-kit.ts'

async function excludedWith(battery: DroneStatus['battery']) {
  const town = world()
  town.see('main-1')
  const status = statusOf('main-1', {
    battery,
    position: { lngLat: SHENJIAMEN, altAmslM: 5, heightAboveTakeoffM: 0, atMs: town.nowMs(), accuracyM: 1 },
  })
  const network = islandNetwork()
  const eta = createEta({
    network,
    picture: town.picture,
    placeOf: () => null,
    drones: { statuses: () => [status], get: () => status },
    needs: () => [],
    declined: () => new Set(),
    router: null,
    sailings: () => new Map(),
    clock: { nowMs: () => town.nowMs() },
    onFault: (error) => {
      throw error
    },
  })
  await network
  return eta.estimate({ id: 'i1', position: SHENJIAMEN, unitIds: [] } as never)?.excluded
}

it('counts on no drone whose battery says nothing of what it holds, though its voltage is known', async () => {
  expect(await excludedWith({ remainingShare: 0.9, remainingS: null, voltageV: 24 })).toEqual([])
  const out = [{ reason: 'battery', unitIds: ['main-1'] }]
  expect(await excludedWith(null)).toEqual(out)
  expect(await excludedWith({ remainingShare: null, remainingS: null, voltageV: 24 })).toEqual(out)
})
