import { describe, expect, it } from 'vitest'
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
      { light: 'day', lightBy: 'sun', cover: 'open', contrast: 'weak' },
      { light: 'night', lightBy: 'sun', cover: 'open', contrast: 'moderate' },
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
