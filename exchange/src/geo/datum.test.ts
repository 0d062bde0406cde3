import type { LngLat } from '@skerry/contract'
import gcoordModule from 'gcoord'
import { describe, expect, it } from 'vitest'
import { distanceM } from './distance.ts'
import { fromWgs84, toWgs84 } from './datum.ts'

// Its types describe another module form than the one that is there.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default

/** Points over the archipelago and over the country, always the same. */
function points(): LngLat[] {
  let seed = 7
  const next = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  return Array.from({ length: 500 }, (_, i): LngLat =>
    i % 2 === 0 ? [121.4 + 2.2 * next(), 29.3 + 1.9 * next()] : [75 + 60 * next(), 4 + 48 * next()],
  )
}

describe('the datum of a feed', () => {
  it.each(['gcj02', 'bd09'] as const)('comes back from %s within a millimetre, wherever the point is', (datum) => {
    for (const point of points()) expect(distanceM(toWgs84(fromWgs84(point, datum), datum), point)).toBeLessThan(0.001)
  })
  it('agrees with an independent library', () => {
    for (const point of points()) {
      const gcj = gcoord.transform([...point] as [number, number], gcoord.WGS84, gcoord.GCJ02) as LngLat
      const bd = gcoord.transform([...point] as [number, number], gcoord.WGS84, gcoord.BD09) as LngLat
      expect(distanceM(fromWgs84(point, 'gcj02'), gcj)).toBeLessThan(0.01)
      expect(distanceM(fromWgs84(point, 'bd09'), bd)).toBeLessThan(0.01)
      expect(distanceM(toWgs84(gcj, 'gcj02'), point)).toBeLessThan(0.01)
    }
  })
  it('is hundreds of metres off where it is taken for another, which is why a feed must say', () => {
    const pier: LngLat = [122.1, 29.98]
    const mistakenM = distanceM(fromWgs84(pier, 'gcj02'), pier)
    expect(mistakenM).toBeGreaterThan(450)
    expect(mistakenM).toBeLessThan(540)
    expect(distanceM(fromWgs84(pier, 'bd09'), pier)).toBeGreaterThan(900)
  })
  it('leaves WGS-84 and everything outside the shifted region as it is', () => {
    expect(toWgs84([122.1, 29.98], 'wgs84')).toEqual([122.1, 29.98])
    expect(toWgs84([2.35, 48.85], 'gcj02')).toEqual([2.35, 48.85])
  })
})
