import type { LngLat } from '@skerry/contract'
import { cameraFootprint, localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { HOME } from '../domain/test-kit.ts'
import { lookView } from './look-view.ts'

const rad = Math.PI / 180
/** Corners as a real camera sees them, from the pinhole model that the search science has. */
function corners(yawDeg: number, pitchDeg: number, heightM: number): LngLat[] {
  const seen = cameraFootprint({
    positionLocal: [0, 0],
    heightAboveGroundM: heightM,
    cameraYawRad: yawDeg * rad,
    cameraPitchRad: pitchDeg * rad,
    hfovRad: 0.8,
    vfovRad: 0.64,
    maxRangeM: 2000,
  })
  if (seen.kind !== 'footprint') throw new Error(seen.reason)
  return seen.cornersM.map((corner) => localFrame(HOME).toLngLat(corner))
}

describe('from where a frame was seen', () => {
  it.each([
    [0, 'north'],
    [100, 'east'],
    [200, 'south'],
    [-80, 'west'],
  ] as const)('is read from its corners: towards %i degrees is %s', (yawDeg, view) => {
    const seen = lookView(HOME, corners(yawDeg, -45, 90), 90)
    expect(seen.view).toBe(view)
    expect(seen.depressionRad).toBeCloseTo(45 * rad, 3)
  })

  it('is straight down whatever the camera is turned to', () => {
    for (const yawDeg of [0, 37, 250]) {
      const seen = lookView(HOME, corners(yawDeg, -88, 60), 60)
      expect(seen.view).toBe('down')
      expect(seen.depressionRad).toBeCloseTo(88 * rad, 2)
    }
  })

  it('takes corners in either order of the ring, from any corner', () => {
    const ring = corners(30, -50, 80)
    const turned = [...ring.slice(2), ...ring.slice(0, 2)].toReversed()
    expect(lookView(HOME, turned, 80).depressionRad).toBeCloseTo(lookView(HOME, ring, 80).depressionRad, 9)
  })
})
