import { describe, expect, it } from 'vitest'
import { cameraFootprint, type CameraPose } from './camera-footprint.ts'
import { gsdM, gsdObliqueM, pixelsOnTarget, swathM } from './camera.ts'
import { podCap } from './ground-cover.ts'
import { sweepWidth } from './sweep-width.ts'
import { taskProbability } from './task-performance.ts'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'

const vectors = testVectors()
const why = vectors ? '' : ` (${NO_VECTORS})`
const RAD = Math.PI / 180
const camera = { hfovRad: 45.7574 * RAD, widthPx: 640 }

describe('camera geometry', () => {
  it.skipIf(!vectors)(`matches the reference lenses${why}`, () => {
    for (const { lens, hfov_deg, nadir } of vectors!.camera) {
      const widthPx = lens.includes('1280x') ? 1280 : 640
      for (const { agl_m, gsd_m, swath_m } of nadir) {
        expect(swathM({ hfovRad: hfov_deg * RAD }, agl_m)).toBeCloseTo(swath_m, 3)
        expect(gsdM({ hfovRad: hfov_deg * RAD, widthPx }, agl_m)).toBeCloseTo(gsd_m, 5)
      }
    }
  })

  it('sees coarser on the slant', () => {
    expect(gsdObliqueM(camera, 60, 30 * RAD)).toBeCloseTo(2 * gsdM(camera, 60), 12)
    expect(() => swathM(camera, 0)).toThrow(RangeError)
  })

  it.skipIf(!vectors)(`gives Johnson's task probabilities${why}`, () => {
    for (const { pixels, N50, P } of vectors!.ttpf_detection.cases)
      expect(taskProbability(pixels, N50)).toBeCloseTo(P, 6)
    expect(taskProbability(0)).toBe(0)
    expect(taskProbability(1e4)).toBe(1)
  })
})

describe('sweepWidth', () => {
  const base = { camera, heightM: 60, cover: 'open', contrast: 'strong', speedMps: 8 } as const

  it('is close to the swath over open ground on a cool night and never above it', () => {
    const w = sweepWidth(base)
    expect(w.swathM).toBeCloseTo(50.64, 1)
    expect(w.sweepWidthM).toBeGreaterThan(0.75 * w.swathM)
    expect(w.high).toBeLessThanOrEqual(w.swathM)
    expect(w.low).toBeLessThan(w.sweepWidthM)
    expect(w.high).toBeGreaterThanOrEqual(w.sweepWidthM)
  })

  it('shrinks under trees, with less contrast, with speed and with height per swath', () => {
    const share = (input: Parameters<typeof sweepWidth>[0]): number => {
      const w = sweepWidth(input)
      return w.sweepWidthM / w.swathM
    }
    expect(share({ ...base, cover: 'evergreen' })).toBeCloseTo(share(base) * 0.1, 9)
    expect(share({ ...base, contrast: 'weak' })).toBeCloseTo(share(base) * 0.5, 9)
    expect(share({ ...base, speedMps: 20 })).toBeLessThan(share(base))
    expect(share({ ...base, heightM: 300 })).toBeLessThan(0.4 * share(base))
    expect(podCap('evergreen')).toBeCloseTo(0.1, 12)
    expect(pixelsOnTarget(0.5, 0.125)).toBe(4)
  })

  it('is narrower over water, where only a head shows, and less certain', () => {
    const [land, water] = [sweepWidth({ ...base, heightM: 100 }), sweepWidth({ ...base, heightM: 100, cover: 'water' })]
    expect(water.sweepWidthM).toBeCloseTo(sweepWidth({ ...base, heightM: 100, targetM: 0.25 }).sweepWidthM, 12)
    expect(water.sweepWidthM).toBeLessThan(0.8 * land.sweepWidthM)
    expect((water.high - water.low) / water.sweepWidthM).toBeGreaterThan((land.high - land.low) / land.sweepWidthM)
    expect(podCap('water')).toBe(1)
  })

  it('names what is wrong', () => {
    expect(() => sweepWidth({ ...base, cover: 'jungle' as 'open' })).toThrow(/cover/)
    expect(() => sweepWidth({ ...base, speedMps: -1 })).toThrow(/speedMps/)
  })
})

describe('cameraFootprint', () => {
  const nadir: CameraPose = {
    positionLocal: [100, 200],
    heightAboveGroundM: 60,
    cameraYawRad: 0,
    cameraPitchRad: -Math.PI / 2,
    hfovRad: 45 * RAD,
    vfovRad: 35 * RAD,
  }
  const corners = (pose: CameraPose): number[][] => {
    const print = cameraFootprint(pose)
    if (print.kind !== 'footprint') throw new Error(print.reason)
    return print.cornersM
  }

  it('is the swath wide and centred below a camera that looks straight down', () => {
    const [farLeft, nearLeft, nearRight, farRight] = corners(nadir)
    const half = [60 * Math.tan(22.5 * RAD), 60 * Math.tan(17.5 * RAD)]
    expect(farLeft![0]).toBeCloseTo(100 - half[0]!, 6)
    expect(farLeft![1]).toBeCloseTo(200 + half[1]!, 6)
    expect(nearRight![0]).toBeCloseTo(100 + half[0]!, 6)
    expect(nearLeft![1]).toBeCloseTo(200 - half[1]!, 6)
    expect(farRight![1]).toBeCloseTo(200 + half[1]!, 6)
  })

  it('lies ahead in the direction of the camera, wider at the far edge', () => {
    const east = corners({ ...nadir, cameraYawRad: 90 * RAD, cameraPitchRad: -45 * RAD })
    expect(east[1]![0]).toBeCloseTo(100 + 60 / Math.tan(62.5 * RAD), 6)
    expect(east[0]![0]).toBeCloseTo(100 + 60 / Math.tan(27.5 * RAD), 6)
    expect(east[0]![1]! - east[3]![1]!).toBeGreaterThan(east[1]![1]! - east[2]![1]!)
    expect(east[0]![1]).toBeGreaterThan(200)
  })

  it('sees less far on the right when the right side rolls down', () => {
    const range = (p: number[]): number => Math.hypot(p[0]! - 100, p[1]! - 200)
    const level = corners({ ...nadir, cameraPitchRad: -60 * RAD })
    const rolled = corners({ ...nadir, cameraPitchRad: -60 * RAD, rollRad: 10 * RAD })
    expect(range(level[3]!)).toBeCloseTo(range(level[0]!), 9)
    expect(range(rolled[3]!)).toBeLessThan(range(level[3]!) - 1)
    expect(range(rolled[0]!)).toBeGreaterThan(range(level[0]!) + 1)
  })

  it('is unknown rather than guessed', () => {
    const reason = (change: Partial<CameraPose>): string => {
      const print = cameraFootprint({ ...nadir, ...change })
      return print.kind === 'unknown' ? print.reason : print.kind
    }
    expect(reason({ heightAboveGroundM: null })).toBe('height-unknown')
    expect(reason({ cameraPitchRad: null })).toBe('gimbal-unknown')
    expect(reason({ cameraYawRad: Number.NaN })).toBe('gimbal-unknown')
    expect(reason({ heightAboveGroundM: 1 })).toBe('on-ground')
    expect(reason({ cameraPitchRad: -15 * RAD })).toBe('horizon')
    expect(reason({ cameraPitchRad: -22 * RAD })).toBe('beyond-range')
  })
})
