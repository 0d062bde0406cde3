import { describe, expect, it } from 'vitest'
import type { Calibration } from '@skerry/contract'
import { statusOf } from '../domain/test-kit.ts'
import { lightOf, sensorCover } from './sensor-cover.ts'

const NOON_MS = Date.parse('2023-11-14T04:00:00Z')
const MIDNIGHT_MS = Date.parse('2023-11-14T16:00:00Z')
const view = { terrain: 'flat', light: 'by-sun', heightM: 60, speedMps: 10, maxC: null, covers: false } as const

describe('what a camera covers', () => {
  it('is less by day than by night, by the sun where the drone is, and says which was counted', () => {
    const [day, night] = [NOON_MS, MIDNIGHT_MS].map((atMs) => sensorCover(statusOf('main-1', { atMs }), view, []))
    expect(day!.sweepWidthM).toBeLessThan(0.7 * night!.sweepWidthM)
    expect([day!.assumed, night!.assumed]).toEqual([
      { light: 'day', lightBy: 'sun', cover: 'open', contrast: 'weak', camera: 'assumed' },
      { light: 'night', lightBy: 'sun', cover: 'open', contrast: 'moderate', camera: 'assumed' },
    ])
    const warm = [NOON_MS, MIDNIGHT_MS].map((atMs) =>
      sensorCover(statusOf('main-1', { atMs }), { ...view, terrain: 'mountain', maxC: 25 }, []),
    )
    expect(warm[0]!.sweepWidthM).toBeLessThan(warm[1]!.sweepWidthM)
    expect(warm[0]!.assumed!.cover).toBe('scrub')
  })

  it('is told over each cover where layers tell what grows: less is seen under trees, with the same camera', () => {
    const status = statusOf('main-1', { atMs: MIDNIGHT_MS })
    expect(sensorCover(status, view, [])).not.toHaveProperty('byCover')
    const { byCover, sweepWidthM } = sensorCover(status, { ...view, covers: true }, [])
    expect(byCover!.open.sweepWidthM).toBe(sweepWidthM)
    expect(byCover!.broadleaf.sweepWidthM / sweepWidthM).toBeCloseTo(0.2, 9)
    expect(byCover!.evergreen.sweepWidthM / sweepWidthM).toBeCloseTo(0.1, 9)
    expect(byCover!.scrub.rangeM[0]).toBeLessThan(byCover!.scrub.sweepWidthM)
  })

  it('says whether the drone has told its camera, and takes no exercise for one that is only assumed', () => {
    const camera = {
      thermal: true,
      hfovRad: 0.799,
      vfovRad: 0.64,
      widthPx: 640,
      heightPx: 512,
      vendor: 'T',
      model: '1',
    }
    const plan = { heightM: 60, speedMps: 10, cover: 'open', contrast: 'moderate' }
    const measured = { sweepWidthM: 30, low: 24, high: 36, doubts: [] }
    const exercises = [{ state: 'finished', plan, camera, measured } as unknown as Calibration]
    const over = (told: typeof camera | null) =>
      sensorCover(statusOf('main-1', { atMs: MIDNIGHT_MS, camera: told }), { ...view, covers: true }, exercises)
    expect(over(camera)).toMatchObject({ basis: 'measured', sweepWidthM: 30, assumed: { camera: 'told' } })
    for (const untold of [null, { ...camera, widthPx: 0 }]) {
      expect(over(untold)).toMatchObject({ basis: 'assumed', assumed: { camera: 'assumed' } })
      expect(over(untold).byCover!.scrub.basis).toBe('assumed')
    }
  })

  it('counts by day where nobody knows where the drone is', () => {
    const nobodyKnows = { light: 'day', lightBy: 'unknown' }
    expect(lightOf(null)).toEqual(nobodyKnows)
    expect(lightOf(statusOf('main-1', { atMs: MIDNIGHT_MS, position: null, home: null }))).toEqual(nobodyKnows)
    expect(lightOf(statusOf('main-1', { atMs: MIDNIGHT_MS, position: null }))).toMatchObject({ light: 'night' })
  })

  it('goes by the light that the coordinator has chosen, whatever the sun says', () => {
    const noon = statusOf('main-1', { atMs: NOON_MS })
    const [sun, night] = [sensorCover(noon, view, []), sensorCover(noon, { ...view, light: 'night' }, [])]
    expect(night.sweepWidthM).toBeGreaterThan(1.4 * sun.sweepWidthM)
    expect(night.assumed).toMatchObject({ light: 'night', lightBy: 'coordinator' })
    expect(lightOf(null, 'night')).toEqual({ light: 'night', lightBy: 'coordinator' })
  })
})
