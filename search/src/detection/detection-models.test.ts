import { describe, expect, it } from 'vitest'
import { createGrid, gridSum } from '../frame/grid.ts'
import { podCapped } from './pod.ts'
import { seededRandom } from '../frame/seeded-random.ts'
import { sweepWidth, type SweepWidthInput } from './sweep-width.ts'
import { calibratedSweepWidth } from './calibrated-sweep-width.ts'
import { calibrationLayout, crossOverSweepWidth, type TargetPass } from './calibration.ts'
import {
  pathCoverage,
  SOUND_LINE_M,
  soundLinePod,
  teamSweepWidth,
  TEMPERATE_FOREST_SWEEP_WIDTH_M,
} from './ground-team.ts'
import { expectedContrast } from './expected-contrast.ts'
import { obliqueWeight } from './oblique-weight.ts'
import { accumulatePath } from './path-coverage.ts'
import { seaSweepWidth, seaWeatherFactor, SHIP_SWEEP_WIDTH_NM } from './sea-visual.ts'
import { accumulateView, hiddenFrom, newViewCoverage, podOfViews, type View, viewOf, VIEWS } from './view-coverage.ts'

const RAD = Math.PI / 180
const camera = { hfovRad: 45.7574 * RAD, widthPx: 640 }
const conditions: SweepWidthInput = { camera, heightM: 60, cover: 'open', contrast: 'strong', speedMps: 8 }

/** Passes by evenly laid targets of a sensor that detects with probability p(lateral range). */
function exercise(p: (lateralM: number) => number, targets: number, perTarget: number, seed: number): TargetPass[] {
  const random = seededRandom(seed)
  return calibrationLayout({ targets, rangeM: 100, spacingM: 50, seed }).flatMap(({ lateralM }, i) =>
    Array.from({ length: perTarget }, () => ({ lateralM, detected: random() < p(lateralM), targetId: `${i}` })),
  )
}

describe('the calibration exercise', () => {
  it('gives back the width of a sensor that sees everything inside it and nothing outside', () => {
    const measured = crossOverSweepWidth(exercise((m) => (m < 32 ? 1 : 0), 200, 1, 3))
    expect(measured.sweepWidthM).toBeGreaterThan(62)
    expect(measured.sweepWidthM).toBeLessThan(66)
    expect(measured.doubts).toEqual([])
  })

  it('gives the area under the lateral range curve, whatever its shape', () => {
    for (const [p, width] of [
      [(m: number) => 0.8 * Math.exp(-((m / 30) ** 2)), 0.8 * 30 * Math.sqrt(Math.PI)],
      [(m: number) => (m < 60 ? 0.5 : 0), 60],
      [(m: number) => Math.max(0, 1 - m / 50), 50],
    ] as const) {
      const measured = crossOverSweepWidth(exercise(p, 600, 5, 7), { rounds: 20 })
      expect(Math.abs(measured.sweepWidthM - width)).toBeLessThan(0.08 * width)
    }
  })

  it('has an interval that holds the truth about as often as it says (fifty exercises)', () => {
    let held = 0
    for (let seed = 1; seed <= 50; seed++) {
      const { low, high } = crossOverSweepWidth(
        exercise((m) => Math.max(0, 1 - m / 50), 60, 3, seed),
        { rounds: 200 },
      )
      if (low <= 50 && 50 <= high) held++
    }
    expect(held).toBeGreaterThanOrEqual(43)
  })

  it('is wider the fewer targets there were, and the same for the same seed', () => {
    const width = (targets: number): number => {
      const { low, high } = crossOverSweepWidth(exercise((m) => Math.max(0, 1 - m / 50), targets, 2, 5))
      return high - low
    }
    expect(width(20)).toBeGreaterThan(width(200))
    const passes = exercise((m) => Math.max(0, 1 - m / 50), 40, 2, 5)
    expect(crossOverSweepWidth(passes)).toEqual(crossOverSweepWidth(passes))
  })

  it('says what is wrong with an exercise', () => {
    expect(crossOverSweepWidth(exercise(() => 0.9, 60, 2, 1)).doubts).toContain('not-far-enough')
    expect(crossOverSweepWidth(exercise((m) => (m < 40 ? 1 : 0), 5, 1, 1)).doubts).toContain('few-targets')
    const crowded = exercise((m) => (m < 40 ? 1 : 0), 60, 2, 1).map((pass) => ({
      ...pass,
      lateralM: pass.lateralM ** 2 / 100,
    }))
    expect(crossOverSweepWidth(crowded).doubts).toContain('uneven-range')
    expect(crossOverSweepWidth(exercise(() => 0, 40, 1, 1)).sweepWidthM).toBe(0)
    expect(() => crossOverSweepWidth([])).toThrow(/passes/)
    expect(() => crossOverSweepWidth([{ lateralM: -1, detected: true, targetId: 'a' }])).toThrow(/lateralM/)
  })

  it('lays one target in every slice of the range', () => {
    const layout = calibrationLayout({ targets: 30, rangeM: 90, spacingM: 40, seed: 2 })
    const slices = layout.map(({ lateralM }) => Math.floor(lateralM / 3)).sort((a, b) => a - b)
    expect(slices).toEqual(Array.from({ length: 30 }, (_, i) => i))
    expect(layout.every(({ alongM }, i) => i === 0 || alongM > layout[i - 1]!.alongM)).toBe(true)
  })
})

describe('calibratedSweepWidth', () => {
  const measured = crossOverSweepWidth(exercise((m) => (m < 15 ? 0.9 : 0), 100, 3, 4))

  it('puts the measured width in place of the assumed one under the same conditions', () => {
    const now = calibratedSweepWidth(conditions, [{ conditions, measured }])
    expect(now.basis).toBe('measured')
    expect(now.sweepWidthM).toBeCloseTo(measured.sweepWidthM, 9)
    expect(now.low).toBeCloseTo(measured.low, 9)
    expect(now.high).toBeCloseTo(measured.high, 9)
  })

  it('carries the factor to other heights and covers, with a wider range there', () => {
    const other = { ...conditions, cover: 'scrub' as const }
    const now = calibratedSweepWidth(other, [{ conditions, measured }])
    const factor = measured.sweepWidthM / sweepWidth(conditions).sweepWidthM
    expect(now.basis).toBe('transferred')
    expect(now.sweepWidthM).toBeCloseTo(sweepWidth(other).sweepWidthM * factor, 9)
    expect(now.low).toBeLessThanOrEqual(now.sweepWidthM)
    expect(now.high).toBeGreaterThanOrEqual(sweepWidth(other).sweepWidthM)
  })

  it('takes the most similar exercise, never another camera, and stays assumed without one', () => {
    const scrub = { ...conditions, cover: 'scrub' as const }
    const poor = { ...measured, sweepWidthM: 5, low: 4, high: 6 }
    const both = [
      { conditions, measured },
      { conditions: scrub, measured: poor },
    ]
    expect(calibratedSweepWidth(scrub, both)).toMatchObject({ sweepWidthM: 5, basis: 'measured' })
    const lepton = { ...conditions, camera: { hfovRad: 1, widthPx: 160 } }
    expect(calibratedSweepWidth(lepton, both)).toEqual({ ...sweepWidth(lepton), basis: 'assumed' })
  })
})

describe('expectedContrast', () => {
  it('falls as the ground warms, is a step weaker by day, and never better for not having looked', () => {
    expect([10, 25, 30, 40].map((c) => expectedContrast('night', c))).toEqual(['strong', 'moderate', 'weak', 'none'])
    expect([10, 25, 30, 40].map((c) => expectedContrast('day', c))).toEqual(['moderate', 'weak', 'none', 'none'])
    expect(expectedContrast('night', null)).toBe('moderate')
    expect(expectedContrast('day', null)).toBe('weak')
    const width = (light: 'day' | 'night'): number =>
      sweepWidth({ ...conditions, contrast: expectedContrast(light, 20) }).sweepWidthM
    expect(width('day')).toBeLessThan(width('night'))
  })
})

describe('ground teams', () => {
  it('sweep a multiple of the range at which they lose sight, by visibility, light and company', () => {
    expect(teamSweepWidth({ detectionRangeM: 40 }).sweepWidthM).toBeCloseTo(65.8, 9)
    expect(teamSweepWidth({ detectionRangeM: 40, visibility: 'medium' }).sweepWidthM).toBeCloseTo(64, 9)
    expect(teamSweepWidth({ detectionRangeM: 40, visibility: 'medium', light: 'night' }).sweepWidthM).toBeCloseTo(22, 9)
    expect(
      teamSweepWidth({ detectionRangeM: 40, visibility: 'medium', light: 'night-infrared' }).sweepWidthM,
    ).toBeCloseTo(68, 9)
    expect(TEMPERATE_FOREST_SWEEP_WIDTH_M).toEqual({ day: 64, night: 22, 'night-infrared': 68 })
    const night = { detectionRangeM: 40, visibility: 'medium', light: 'night' } as const
    expect(teamSweepWidth({ ...night, lampLux: 100 }).sweepWidthM).toBeCloseTo(11, 9)
    expect(teamSweepWidth({ ...night, searchers: 2 }).sweepWidthM).toBeCloseTo(28.6, 9)
    expect(teamSweepWidth({ ...night, searchers: 3 })).toEqual(teamSweepWidth({ ...night, searchers: 2 }))
    const low = teamSweepWidth({ detectionRangeM: 40, visibility: 'low' })
    expect(low.low).toBeLessThan(low.sweepWidthM)
    expect(low.high).toBeGreaterThan(low.sweepWidthM)
    expect(() => teamSweepWidth({ detectionRangeM: 0 })).toThrow(/detectionRangeM/)
    expect(() => teamSweepWidth({ detectionRangeM: 9, searchers: 0 })).toThrow(/searchers/)
  })

  it('call and listen for those who answer, and say where nobody has tried', () => {
    const line = {
      signal: 'team-hears-shout',
      light: 'day',
      pathM: 1000,
      areaM2: 332_000,
      responsiveShare: 0.5,
    } as const
    expect(soundLinePod(line)).toBeCloseTo(0.5 * (1 - Math.exp(-1)), 12)
    expect(SOUND_LINE_M['either-signal'].night).toBe(460)
    expect(() => soundLinePod({ ...line, signal: 'subject-sees-light' })).toThrow(/not tried/)
    expect(pathCoverage({ sweepWidthM: 64, pathM: 2500, areaM2: 160_000 })).toBe(1)
  })

  it('add W times their way to the same map as the drones, whatever the direction', () => {
    const grid = createGrid({ rows: 60, cols: 60, cellM: 10, origin: [122, 30] })
    const at = (e: number, n: number, atMs: number) => ({ pointM: [e, n], atMs })
    for (const to of [
      [300, 500],
      [480, 300],
      [430, 440],
    ] as const) {
      const coverage = new Float64Array(3600)
      const effort = accumulatePath(coverage, grid, at(300, 300, 0), at(to[0], to[1], 100_000), { sweepWidthM: 40 })
      expect(gridSum(coverage) * 100).toBeCloseTo(effort, 6)
      expect(effort).toBeCloseTo(40 * Math.hypot(to[0] - 300, to[1] - 300), 9)
    }
    const coverage = new Float64Array(3600)
    expect(accumulatePath(coverage, grid, at(0, 0, 0), at(300, 0, 200_000), { sweepWidthM: 40 })).toBe(0)
    expect(accumulatePath(coverage, grid, at(0, 0, 0), at(300, 0, 1000), { sweepWidthM: 40 })).toBe(0)
    expect(gridSum(coverage)).toBe(0)
  })
})

describe('visual search at sea', () => {
  it('is cut by wind and sea for small things, hardly for others', () => {
    const knots = 1852 / 3600
    expect(seaWeatherFactor('person-in-water', 15 * knots, 0.3)).toBe(1)
    expect(seaWeatherFactor('person-in-water', 16 * knots, 0.3)).toBe(0.5)
    expect(seaWeatherFactor('person-in-water', 5 * knots, 0.7)).toBe(0.5)
    expect(seaWeatherFactor('boat-under-9-m', 26 * knots, 0.3)).toBe(0.25)
    expect(seaWeatherFactor('person-in-water', 5 * knots, 1.3)).toBe(0.25)
    expect(seaWeatherFactor('other', 30 * knots, 2)).toBe(0.9)
    expect(() => seaWeatherFactor('other', -1, 0)).toThrow(/windMps/)
  })

  it('reads the table between visibilities and never beyond it', () => {
    const calm = {
      tableNm: SHIP_SWEEP_WIDTH_NM['person-in-water']!,
      target: 'person-in-water',
      windMps: 3,
      waveHeightM: 0.2,
    } as const
    expect(seaSweepWidth({ ...calm, visibilityNm: 3 }).sweepWidthM).toBeCloseTo(0.4 * 1852, 9)
    expect(seaSweepWidth({ ...calm, visibilityNm: 7.5 }).sweepWidthM).toBeCloseTo(0.55 * 1852, 9)
    expect(seaSweepWidth({ ...calm, visibilityNm: 90 }).sweepWidthM).toBeCloseTo(0.7 * 1852, 9)
    expect(seaSweepWidth({ ...calm, visibilityNm: 1.5 }).sweepWidthM).toBeCloseTo(0.2 * 1852, 9)
    const tired = seaSweepWidth({ ...calm, visibilityNm: 10, windMps: 9, tiredCrew: true })
    expect(tired.sweepWidthM).toBeCloseTo(0.6 * 1852 * 0.5 * 0.9, 9)
    expect(tired.low).toBeLessThan(tired.sweepWidthM)
    expect(tired.high).toBeGreaterThan(tired.sweepWidthM)
    expect(() => seaSweepWidth({ ...calm, visibilityNm: 3, tableNm: [1] })).toThrow(/tableNm/)
  })
})

describe('views of hidden ground', () => {
  const none = { down: 0, north: 0, east: 0, south: 0, west: 0 }

  it('are told apart by the direction of the camera, unless it looks down', () => {
    expect(viewOf(1, 80 * RAD)).toBe('down')
    expect([0, 80, 190, 280, -80, 359].map((deg) => viewOf(deg * RAD, 40 * RAD))).toEqual([
      'north',
      'east',
      'south',
      'west',
      'west',
      'north',
    ])
  })

  it('from one direction never pass what that direction can see, as the capped POD', () => {
    for (const h of [0, 0.15, 0.4, 0.9]) {
      for (const c of [0.1, 1, 10, 1e6]) {
        expect(podOfViews({ ...none, down: c }, { hiddenDown: h })).toBeCloseTo(podCapped(c, 1 - h), 12)
        expect(podOfViews({ ...none, east: c }, { hiddenDown: h })).toBeLessThanOrEqual(1 - h + 1e-12)
      }
    }
    expect(podOfViews({ ...none, down: 5 }, { hiddenDown: 1 })).toBe(0)
  })

  it('from another direction open a part of it: more than the same again, less than independent looks', () => {
    const pod = (views: Partial<Record<View, number>>, openedByTurning?: number): number =>
      podOfViews({ ...none, ...views }, { hiddenDown: 0.6, openedByTurning })
    const again = pod({ north: 4 })
    const turned = pod({ north: 2, east: 2 })
    expect(turned).toBeGreaterThan(again)
    expect(turned).toBeLessThan(1 - (1 - pod({ north: 2 })) ** 2)
    expect(pod({ north: 2, east: 2 }, 1)).toBeCloseTo(1 - (1 - pod({ north: 2 })) ** 2, 12)
    expect(pod({ north: 2, east: 2 }, 0)).toBeCloseTo(again, 12)
    // Seen from everywhere without end: all but what is hidden from everywhere.
    const all = Object.fromEntries(VIEWS.map((view) => [view, 1e6]))
    expect(pod(all)).toBeLessThan(1 - (0.6 * 0.6) / (1 - 0.24) + 1e-9)
  })

  it('never lose POD by more effort, in any order (seeded)', () => {
    const random = seededRandom(14)
    for (let n = 0; n < 200; n++) {
      const ground = { hiddenDown: 0.9 * random(), openedByTurning: random() }
      const seen = { down: random(), north: random(), east: random(), south: random(), west: 0 }
      const before = podOfViews(seen, ground)
      for (const view of VIEWS) {
        expect(podOfViews({ ...seen, [view]: seen[view] + random() }, ground)).toBeGreaterThanOrEqual(before)
      }
      const swapped = { ...seen, north: seen.south, south: seen.north }
      expect(podOfViews(swapped, ground)).toBeCloseTo(before, 12)
      expect(before).toBeLessThan(1)
    }
  })

  it('keep coverage apart and do not join looks of two directions', () => {
    const grid = createGrid({ rows: 20, cols: 20, cellM: 10, origin: [122, 30] })
    const look = (n: number, atMs: number, view: View) => ({
      atMs,
      view,
      cornersM: [
        [50, n],
        [90, n],
        [90, n + 40],
        [50, n + 40],
      ],
    })
    const coverage = newViewCoverage(400)
    const policy = { sweepWidthM: 20, swathM: 40 }
    expect(accumulateView(coverage, grid, look(50, 0, 'north'), look(58, 1000, 'north'), policy).kind).toBe('credited')
    expect(accumulateView(coverage, grid, look(58, 1000, 'north'), look(66, 2000, 'east'), policy).kind).toBe('gap')
    expect(gridSum(coverage.north)).toBeGreaterThan(0)
    expect(gridSum(coverage.east)).toBe(0)
  })

  it('are worth less on the slant: fewer pixels, a longer way through the canopy', () => {
    expect(hiddenFrom(0.5, 90 * RAD)).toBeCloseTo(0.5, 12)
    expect(hiddenFrom(0.5, 30 * RAD)).toBeCloseTo(0.75, 12)
    expect(obliqueWeight({ camera, heightM: 60, depressionRad: 90 * RAD })).toBeCloseTo(1, 12)
    const slant = obliqueWeight({ camera, heightM: 60, depressionRad: 40 * RAD })
    expect(slant).toBeLessThan(1)
    expect(obliqueWeight({ camera, heightM: 60, depressionRad: 40 * RAD, hiddenDown: 0.4 })).toBeLessThan(slant)
  })
})
