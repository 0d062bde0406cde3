import { describe, expect, it } from 'vitest'
import { seededRandom } from '../frame/seeded-random.ts'
import { approachAlarms, straightTrack } from './approach-alarm.ts'
import { type FlightIntent, intentConflicts, outlinesOverlap, volumesOfPath } from './flight-volume.ts'
import { HEIGHT_CEILING_M, heightLayers } from './height-layers.ts'
import { startDelayMs } from './start-delay.ts'

const north = (id: string, eastM: number, heightM: number, startMs: number): FlightIntent => ({
  id,
  droneId: id,
  volumes: volumesOfPath(
    [
      [eastM, 0, heightM],
      [eastM, 1000, heightM],
    ],
    [startMs, startMs + 100_000],
  ),
})

describe('intentConflicts', () => {
  const a = north('a', 0, 60, 0)

  it('needs the same ground, the same height and the same time', () => {
    expect(intentConflicts([a, north('b', 20, 65, 50_000)])).toHaveLength(1)
    expect(intentConflicts([a, north('b', 31, 65, 50_000)])).toEqual([])
    expect(intentConflicts([a, north('b', 20, 75, 50_000)])).toEqual([])
    expect(intentConflicts([a, north('b', 20, 65, 200_000)])).toEqual([])
  })

  it('does not take layers or times that only touch for a conflict', () => {
    expect(intentConflicts([a, north('b', 0, 70, 0)])).toEqual([])
    expect(intentConflicts([a, north('b', 0, 60, 160_000)])).toEqual([])
    expect(intentConflicts([a, north('b', 30, 60, 0)])).toEqual([])
  })

  it('says when and in which heights, and leaves a drone alone with its own tasks', () => {
    const [conflict] = intentConflicts([a, north('b', 0, 66, 60_000)])
    expect(conflict).toEqual({ a: 'a', b: 'b', fromMs: 30_000, toMs: 130_000, lowM: 61, highM: 65 })
    expect(intentConflicts([a, { ...north('b', 0, 60, 0), droneId: 'a' }])).toEqual([])
  })

  it('finds the same conflicts in any order, after any shift and turn (seeded)', () => {
    const random = seededRandom(3)
    for (let n = 0; n < 60; n++) {
      const legs = Array.from({ length: 4 }, () => [300 * random(), 300 * random(), 300 * random(), 300 * random()])
      const [turn, shift] = [6 * random(), 1000 * random()]
      const conflicts = (angle: number, by: number, order: readonly number[]): string[] => {
        const at = (x: number, y: number): number[] => [
          x * Math.cos(angle) - y * Math.sin(angle) + by,
          x * Math.sin(angle) + y * Math.cos(angle) - by,
          60,
        ]
        const intents = order.map((i) => ({
          id: `${i}`,
          droneId: `${i}`,
          volumes: volumesOfPath([at(legs[i]![0]!, legs[i]![1]!), at(legs[i]![2]!, legs[i]![3]!)], [0, 1]),
        }))
        return intentConflicts(intents)
          .map((c) => [c.a, c.b].sort().join())
          .sort()
      }
      expect(conflicts(turn, shift, [3, 1, 0, 2])).toEqual(conflicts(0, 0, [0, 1, 2, 3]))
    }
  })

  it('refuses paths without heights or with times that fall', () => {
    const path = [
      [0, 0, 60],
      [9, 9, 60],
    ]
    expect(() => volumesOfPath(path, [1, 0])).toThrow(/timesMs/)
    expect(() => volumesOfPath(path, [1])).toThrow(/timesMs/)
    expect(() => volumesOfPath([path[0]!, [9, 9, Number.NaN]], [0, 1])).toThrow(/height/)
  })

  it('tells crossing outlines from ones beside each other whose boxes overlap', () => {
    const diagonal = volumesOfPath(
      [
        [0, 0, 0],
        [400, 400, 0],
      ],
      [0, 1],
    )[0]!.outlineM
    const beside = volumesOfPath(
      [
        [100, 0, 0],
        [500, 400, 0],
      ],
      [0, 1],
    )[0]!.outlineM
    expect(outlinesOverlap(diagonal, beside)).toBe(false)
    expect(
      outlinesOverlap(diagonal, [
        [100, 90],
        [120, 90],
        [120, 110],
      ]),
    ).toBe(true)
  })
})

describe('startDelayMs', () => {
  it('waits just until the other is gone, or says that waiting does not help', () => {
    const a = north('a', 0, 60, 0)
    expect(startDelayMs(north('b', 100, 60, 0), [a])).toBe(0)
    expect(startDelayMs(north('b', 0, 60, 0), [a])).toBe(160_000)
    expect(startDelayMs(north('b', 0, 60, 0), [a], { maxMs: 100_000 })).toBeNull()
  })
})

describe('heightLayers', () => {
  const wishes = ['a', 'b', 'c', 'd'].map((id) => ({ id, wishM: 60 }))

  it('keeps away from heights that others have already, whether or not they lie on a layer', () => {
    const flying = { id: 'x', wishM: 0, fixedM: 57 }
    const { heightM, transitM } = heightLayers([flying, { id: 'a', wishM: 40 }, { id: 'b', wishM: 40 }], {
      floorM: 40,
      transitLayer: false,
    })
    expect(Object.fromEntries(heightM)).toEqual({ x: 57, a: 80, b: 100 })
    expect(transitM).toBeNull()
  })

  it('gives everyone a layer of their own near their wish, below the ceiling, transit on top', () => {
    const { heightM, transitM, unplaced } = heightLayers(wishes, { floorM: 40 })
    expect(unplaced).toEqual([])
    expect([...heightM.values()]).toEqual([60, 40, 80, 100])
    expect(transitM).toBe(120)
    expect(HEIGHT_CEILING_M).toBe(120)
  })

  it('says who finds no layer, and lets those who never meet share one', () => {
    expect(heightLayers(wishes, { floorM: 80 }).unplaced).toEqual(['c', 'd'])
    const apart = wishes.map((wish) => ({ ...wish, meets: [] }))
    expect([...heightLayers(apart, { floorM: 80 }).heightM.values()]).toEqual([80, 80, 80, 80])
    expect(heightLayers(wishes.slice(0, 1), { floorM: 110 })).toMatchObject({ transitM: null, unplaced: [] })
  })

  it('keeps at least the spacing between any two that meet (seeded)', () => {
    const random = seededRandom(8)
    for (let n = 0; n < 100; n++) {
      const spacingM = 15 + 10 * random()
      const many = Array.from({ length: 6 }, (_, i) => ({ id: `${i}`, wishM: 130 * random() }))
      const { heightM, transitM, unplaced } = heightLayers(many, { floorM: 30, spacingM })
      const all = [...heightM.values(), transitM!]
      expect(heightM.size + unplaced.length).toBe(6)
      for (const [i, p] of all.entries()) {
        expect(p).toBeLessThanOrEqual(120)
        for (const q of all.slice(i + 1)) expect(Math.abs(p - q)).toBeGreaterThanOrEqual(spacingM - 1e-9)
      }
    }
    expect(() => heightLayers(wishes, { floorM: 40, spacingM: 10 })).toThrow(/spacingM/)
    expect(() => heightLayers(wishes, { floorM: 140 })).toThrow(/floorM/)
  })
})

describe('approachAlarms', () => {
  const a = straightTrack('a', [0, 0, 60], [10, 0, 0], 120)

  it('warns of the crossing before it happens, and when it begins', () => {
    const b = straightTrack('b', [1000, -500, 60], [0, 5, 0], 120)
    const [alarm] = approachAlarms([a, b])
    expect(alarm!.closestS).toBeCloseTo(100, 6)
    expect(alarm!.horizontalM).toBeCloseTo(0, 6)
    expect(alarm!.fromS).toBeCloseTo(100 - 30 / Math.hypot(10, 5), 6)
    expect(approachAlarms([a, straightTrack('b', [1000, -500, 60], [0, 5, 0], 90)])).toEqual([])
  })

  it('is quiet between layers, not while one climbs through the other, nor when a height is unknown', () => {
    const at = (heightM: number | null, climbMps: number) =>
      straightTrack('b', [1000, 0, heightM], [-10, 0, climbMps], 120)
    expect(approachAlarms([a, at(80, 0)])).toEqual([])
    expect(approachAlarms([a, at(110, -1)])).toHaveLength(1)
    expect(approachAlarms([a, at(110, -0.2)])).toEqual([])
    expect(approachAlarms([a, at(null, 0)])[0]).toMatchObject({ verticalM: null })
  })

  it('follows the planned turn: a straight prediction would not have seen it', () => {
    const turning = {
      droneId: 'b',
      points: [
        { atS: 0, positionM: [0, 200, 60] as const },
        { atS: 40, positionM: [400, 200, 60] as const },
        { atS: 60, positionM: [400, 0, 60] as const },
      ],
    }
    const straight = straightTrack('b', [0, 200, 60], [10, 0, 0], 120)
    const still = straightTrack('a', [400, 0, 60], [0, 0, 0], 120)
    expect(approachAlarms([still, straight])).toEqual([])
    expect(approachAlarms([still, turning])[0]).toMatchObject({ fromS: 57, closestS: 60, horizontalM: 0 })
  })

  it('finds an encounter that lasts less than a second, and sees the same from both sides', () => {
    const fast = straightTrack('b', [1000, 29, 60], [-60, 0, 0], 120)
    const [one] = approachAlarms([a, fast])
    const [other] = approachAlarms([fast, a])
    expect(one!.fromS).toBeCloseTo(other!.fromS, 9)
    expect(one!.horizontalM).toBeCloseTo(29, 6)
    expect(() => approachAlarms([a], { horizontalM: 0 })).toThrow(RangeError)
  })
})
