import { describe, expect, it } from 'vitest'
import { localFrame } from '../frame/local-frame.ts'
import { type Random, seededRandom } from '../frame/seeded-random.ts'
import { DEFAULT_TRIAGE_POLICY, type ThermalReading } from './thermal-reading.ts'
import { clusterReadings, createTriage } from './thermal-triage.ts'
import { possibleMoves } from '../learning/moved-candidate.ts'

const about = localFrame([122.2, 30])

/** Something warm on the ground; seen in a frame with probability `seen`. */
interface Warm {
  readonly at: readonly [number, number]
  readonly overC: number
  readonly seen?: number
}

interface World {
  readonly random: Random
  readonly warm: readonly Warm[]
  /** Hottest ground pixel of an empty frame, Celsius. */
  readonly groundC?: (eastM: number, northM: number) => number
}

/** Largest of many noisy pixels: a Gumbel variable. */
const gumbel = (random: Random): number => -Math.log(-Math.log(1e-9 + random()))

/** A nadir flight: one frame per second, 50 x 40 m, each with its hottest point. Position error about 3 m. */
function flight(
  world: World,
  from: readonly [number, number],
  to: readonly [number, number],
  options: { startMs: number; droneId?: string; speedMps?: number; bearingRad?: number },
): ThermalReading[] {
  const { startMs, droneId = 'a', speedMps = 8, bearingRad } = options
  const { random, warm, groundC = () => 18 } = world
  const seconds = Math.max(30, Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / speedMps))
  return Array.from({ length: seconds }, (_, i) => {
    const [e, n] = [from[0] + ((to[0] - from[0]) * i) / seconds, from[1] + ((to[1] - from[1]) * i) / seconds]
    let point: [number, number] = [e + 50 * (random() - 0.5), n + 40 * (random() - 0.5)]
    const ground = groundC(e, n)
    let maxC = ground + 0.25 * gumbel(random)
    for (const { at, overC, seen = 1 } of warm) {
      const inView = Math.abs(at[0] - e) < 25 && Math.abs(at[1] - n) < 20
      const shownC = ground + overC + 0.3 * (random() - 0.5)
      if (inView && random() < seen && shownC > maxC) {
        maxC = shownC
        point = [at[0] + 6 * (random() - 0.5), at[1] + 6 * (random() - 0.5)]
      }
    }
    const ring = [
      [-25, -20],
      [25, -20],
      [25, 20],
      [-25, 20],
    ].map(([x, y]) => about.toLngLat([e + x!, n + y!]))
    return {
      atMs: startMs + i * 1000,
      droneId,
      position: about.toLngLat(point),
      errorRadiusM: 6,
      maxC,
      contrastC: maxC - ground + 0.8,
      bearingRad,
      footprint: ring,
    }
  })
}

const person: Warm = { at: [10, 400], overC: 8 }

describe('thermal triage', () => {
  it('raises nothing on uniform ground, however long it flies (ten seeds, half an hour each)', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const world = { random: seededRandom(seed), warm: [] }
      const frames = flight(world, [0, 0], [0, 14_400], { startMs: 0 })
      expect(frames.length).toBe(1800)
      expect(clusterReadings(frames)).toEqual([])
    }
  })

  it('raises nothing while hovering over uniform ground', () => {
    const frames = flight({ random: seededRandom(2), warm: [] }, [0, 0], [0, 1], { startMs: 0, speedMps: 0.001 })
    expect(frames).toHaveLength(1000)
    expect(clusterReadings(frames)).toEqual([])
  })

  it('raises nothing for a single hot frame', () => {
    const frames = flight({ random: seededRandom(3), warm: [] }, [0, 0], [0, 1000], { startMs: 0 })
    frames[60] = { ...frames[60]!, maxC: 40, contrastC: 20 }
    expect(clusterReadings(frames)).toEqual([])
  })

  it('raises a person seen over several looks, at the right place and only there (ten seeds)', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const world = { random: seededRandom(seed), warm: [person] }
      const found = clusterReadings(flight(world, [0, 0], [0, 800], { startMs: 0 }))
      expect(found).toHaveLength(1)
      const [e, n] = about.toLocal(found[0]!.position)
      expect(Math.hypot(e - 10, n - 400)).toBeLessThan(found[0]!.errorRadiusM)
      expect(found[0]!.looks).toBeGreaterThanOrEqual(2)
      expect(found[0]!.excessC).toBeGreaterThan(5)
      expect(found[0]!.standing).toBe(true)
    }
  })

  it('raises a person missed on the first pass and seen on the second, and counts the misses', () => {
    const random = seededRandom(5)
    const first = flight({ random, warm: [{ ...person, seen: 0 }] }, [0, 0], [0, 800], { startMs: 0 })
    const second = flight({ random, warm: [person] }, [0, 800], [0, 0], { startMs: 600_000 })
    expect(clusterReadings(first)).toEqual([])
    const [found] = clusterReadings([...first, ...second])
    expect(found!.opportunities).toBeGreaterThan(found!.looks)
    expect(found!.standing).toBe(true)
  })

  it('withdraws support when later looks see nothing there', () => {
    const random = seededRandom(6)
    const triage = createTriage()
    const seen = flight({ random, warm: [person] }, [0, 0], [0, 800], { startMs: 0 })
    const raised = seen.flatMap((frame) => triage.add(frame))
    expect(raised[raised.length - 1]!.standing).toBe(true)
    const gone = flight({ random, warm: [] }, [0, 390], [0, 410], { startMs: 900_000, speedMps: 0.5 })
    const later = gone.flatMap((frame) => triage.add(frame))
    expect(later[later.length - 1]!.key).toBe(raised[0]!.key)
    expect(later[later.length - 1]!.standing).toBe(false)
    expect(later[later.length - 1]!.likelihoodRatio).toBeLessThan(raised[raised.length - 1]!.likelihoodRatio / 20)
  })

  it('keeps a candidate while hovering over it for minutes: the person never becomes the background', () => {
    const random = seededRandom(7)
    const triage = createTriage()
    for (const frame of flight({ random, warm: [person] }, [0, 0], [0, 400], { startMs: 0 })) triage.add(frame)
    const hover = flight({ random, warm: [person] }, [0, 400], [1, 400], { startMs: 51_000, speedMps: 1 / 300 })
    for (const frame of hover) triage.add(frame)
    const [only, ...rest] = triage.candidates()
    expect(rest).toEqual([])
    expect(only!.standing).toBe(true)
    expect(only!.looks).toBe(only!.opportunities)
    // And a second person just beyond is not lost in it.
    const world = { random, warm: [{ at: [0, 500], overC: 8 } as const] }
    for (const frame of flight(world, [0, 430], [0, 700], { startMs: 400_000 })) triage.add(frame)
    expect(triage.candidates()).toHaveLength(2)
  })

  it('follows ground that gets warmer without calling all of it a candidate', () => {
    const world = { random: seededRandom(8), warm: [], groundC: (_: number, n: number) => 18 + n / 200 }
    expect(clusterReadings(flight(world, [0, 0], [0, 6000], { startMs: 0 }))).toEqual([])
  })

  it('hardly takes the warm sea along a cold shore for people (twenty passes along it)', () => {
    const random = seededRandom(21)
    const frames: ThermalReading[] = []
    for (let n = 0; n < 20; n++) {
      // Every other leg runs along the shore, its frames a third over water four degrees warmer than the land.
      const [e, wet] = n % 2 === 1 ? [200, 16] : [0, 0]
      for (const frame of flight({ random, warm: [] }, [e, 0], [e, 400], { startMs: n * 120_000 })) {
        const [middle, north] = about.toLocal(frame.position)
        const east = about.toLocal(frame.footprint![1]!)[0]
        const position = about.toLngLat([wet > 0 ? east - wet * random() : middle, north])
        const overC = wet > 0 ? 4 : 0
        frames.push({ ...frame, position, maxC: frame.maxC + overC, contrastC: frame.contrastC + overC })
      }
    }
    const standing = (minSteadiness: number): number =>
      clusterReadings(frames, { ...DEFAULT_TRIAGE_POLICY, minSteadiness }).filter((found) => found.standing).length
    expect(standing(DEFAULT_TRIAGE_POLICY.minSteadiness)).toBeLessThanOrEqual(2)
    const raised = (minSteadiness: number): number =>
      clusterReadings(frames, { ...DEFAULT_TRIAGE_POLICY, minSteadiness }).length
    expect(raised(DEFAULT_TRIAGE_POLICY.minSteadiness)).toBeLessThanOrEqual(4)
    expect(raised(0)).toBeGreaterThan(10)
  })

  it('gets used to ground on which everything is warm (a rocky field)', () => {
    const random = seededRandom(10)
    const rocks = Array.from(
      { length: 600 },
      () => ({ at: [80 * random() - 40, 300 + 8000 * random()], overC: 8 }) as const,
    )
    const found = clusterReadings(flight({ random, warm: rocks }, [0, 0], [0, 8300], { startMs: 0 }))
    const late = found.filter(({ position }) => about.toLocal(position)[1] > 3000)
    expect(found.length).toBeGreaterThan(0)
    expect(late.length).toBeLessThan(5)
  })

  it('joins the looks of two drones from two sides into one candidate', () => {
    const random = seededRandom(9)
    const world = { random, warm: [person] }
    const frames = [
      ...flight(world, [0, 0], [0, 800], { startMs: 0, bearingRad: 0 }),
      ...flight(world, [-400, 405], [400, 405], { startMs: 300_000, droneId: 'b', bearingRad: Math.PI / 2 }),
    ]
    const found = clusterReadings(frames)
    expect(found).toHaveLength(1)
    expect(found[0]!.droneIds).toEqual(['a', 'b'])
    expect(found[0]!.aspects).toBe(2)
  })

  it('lets a warm rock become a candidate beside the person, without hiding the person', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const warm = [person, { at: [-8, 300], overC: 12 }] as const
      const world = { random: seededRandom(seed), warm }
      const found = clusterReadings(flight(world, [0, 0], [0, 800], { startMs: 0 }))
      const near = found.map(({ position }) => about.toLocal(position)[1]).sort((a, b) => a - b)
      expect(near).toHaveLength(2)
      expect(near[0]).toBeCloseTo(300, -1)
      expect(near[1]).toBeCloseTo(400, -1)
    }
  })

  it('does not count the looks of one slow pass as many witnesses: a later empty pass pulls it down', () => {
    const random = seededRandom(31)
    const triage = createTriage()
    // A metre a second: some forty seconds in view, one look after another.
    for (const frame of flight({ random, warm: [person] }, [0, 300], [0, 500], { startMs: 0, speedMps: 1 }))
      triage.add(frame)
    const [slow] = triage.candidates()
    expect(slow!.looks).toBeGreaterThan(15)
    expect(slow!.passes).toBeLessThanOrEqual(3)
    expect(slow!.likelihoodRatio).toBeLessThanOrEqual(DEFAULT_TRIAGE_POLICY.maxLikelihoodRatio)
    for (const frame of flight({ random, warm: [] }, [0, 500], [0, 300], { startMs: 600_000 })) triage.add(frame)
    const [after] = triage.candidates()
    expect(after!.passes).toBe(slow!.passes + 1)
    expect(after!.passesSeen).toBe(slow!.passesSeen)
    expect(after!.likelihoodRatio).toBeLessThan(slow!.likelihoodRatio / 3)
    for (const frame of flight({ random, warm: [] }, [0, 300], [0, 500], { startMs: 1_200_000 })) triage.add(frame)
    for (const frame of flight({ random, warm: [] }, [0, 500], [0, 300], { startMs: 1_800_000 })) triage.add(frame)
    expect(triage.candidates()[0]!.standing).toBe(false)
  })

  it('finds the person among many warm rocks, and claims no more for either than it knows', () => {
    for (let seed = 1; seed <= 3; seed++) {
      const random = seededRandom(40 + seed)
      // Some two hundred rocks per square kilometre, on four lanes 50 m apart. None in the person's own frame: the camera
      // tells only the hottest point, and a hotter rock beside a person hides them (the test after this one).
      const rocks = Array.from(
        { length: 40 },
        () => ({ at: [200 * random(), 100 + 900 * random()], overC: 6 + 4 * random() }) as const,
      ).filter(({ at }) => Math.hypot(at[0] - 110, at[1] - 640) > 65)
      const warm = [...rocks, { at: [110, 640], overC: 8 } as const]
      const frames = [0, 1, 2, 3].flatMap((lane) => {
        const [from, to] = lane % 2 === 0 ? [0, 1100] : [1100, 0]
        return flight({ random, warm }, [25 + 50 * lane, from], [25 + 50 * lane, to], { startMs: lane * 200_000 })
      })
      const found = clusterReadings(frames)
      const local = found.map(({ position }) => about.toLocal(position))
      expect(local.some(([e, n]) => Math.hypot(e - 110, n - 640) < 12)).toBe(true)
      for (const { likelihoodRatio } of found) expect(likelihoodRatio).toBeLessThanOrEqual(50)
      // Each candidate is a warm thing, hardly ever empty ground.
      const empty = local.filter(([e, n]) => !warm.some(({ at }) => Math.hypot(e - at[0], n - at[1]) < 15))
      expect(empty.length).toBeLessThanOrEqual(1)
    }
  })

  it('cannot see a person beside a hotter rock, does not hold that against the place, and finds them from another side', () => {
    const random = seededRandom(61)
    const triage = createTriage()
    const rock: Warm = { at: [-12, 405], overC: 12 }
    // Seen once before the rock came into view; then outshone on every frame that shows both.
    const warm = [person, rock]
    for (const frame of flight({ random, warm }, [8, 0], [8, 800], { startMs: 0 })) triage.add(frame)
    const near = (c: { position: readonly number[] }): boolean => {
      const [e, n] = about.toLocal(c.position)
      return Math.hypot(e - 10, n - 400) < 10
    }
    expect(triage.candidates().some(near)).toBe(false)
    // A pass 25 m to the east no longer shows the rock.
    for (const frame of flight({ random, warm }, [30, 800], [30, 0], { startMs: 300_000 })) triage.add(frame)
    const found = triage.candidates().find(near)
    expect(found!.standing).toBe(true)
    expect(found!.passes).toBe(found!.passesSeen)
  })

  it('sees a walking person at two places, lets the first go, and says that they may be one', () => {
    const random = seededRandom(51)
    const triage = createTriage()
    const pass = (at: readonly [number, number], startMs: number): void => {
      for (const frame of flight({ random, warm: [{ at, overC: 8 }] }, [0, 0], [0, 800], { startMs })) triage.add(frame)
    }
    pass([0, 300], 0)
    pass([0, 400], 150_000)
    pass([0, 500], 300_000)
    pass([0, 600], 450_000)
    const found = triage.candidates()
    const at = (n: number) => found.find(({ position }) => Math.abs(about.toLocal(position)[1] - n) < 12)!
    expect(found).toHaveLength(4)
    expect(at(600).standing).toBe(true)
    expect(at(300).standing).toBe(false)
    expect(at(300).passesSeen).toBe(1)
    const moves = possibleMoves(found)
    expect(moves).toContainEqual(expect.objectContaining({ from: at(300).key, to: at(400).key }))
    expect(moves.every(({ speedMps }) => speedMps < 1.4)).toBe(true)
    expect(possibleMoves(found, 0.1)).toEqual([])
  })

  it('gives the same candidates frame by frame as all at once, with stable keys', () => {
    const world = { random: seededRandom(12), warm: [person] }
    const frames = flight(world, [0, 0], [0, 800], { startMs: 0 })
    const triage = createTriage()
    const reported = frames.flatMap((frame) => triage.add(frame))
    expect(new Set(reported.map(({ key }) => key)).size).toBe(1)
    expect(triage.candidates()).toEqual(clusterReadings(frames))
    expect(reported[reported.length - 1]!.looks).toBe(triage.candidates()[0]!.looks)
  })

  it('goes on from candidates of before: a pass that shows nothing there speaks against them, one that shows it for them', () => {
    const known = {
      key: 'c1',
      position: about.toLngLat([0, 300]),
      errorRadiusM: 6,
      maxC: 26,
      lastSeenMs: 0,
    }
    const pass = (warm: readonly Warm[]) => {
      const triage = createTriage(DEFAULT_TRIAGE_POLICY, [known])
      for (const frame of flight({ random: seededRandom(61), warm }, [0, 0], [0, 800], { startMs: 1e6 }))
        triage.add(frame)
      return triage.candidates()
    }
    const [gone, ...others] = pass([])
    expect(others).toEqual([])
    expect(gone).toMatchObject({ key: 'c1', looks: 0 })
    expect(gone!.likelihoodRatio).toBeLessThan(0.5)
    expect(gone!.missedRatio).toBe(gone!.likelihoodRatio)
    const [there] = pass([{ at: [0, 300], overC: 8 }])
    expect(there!.key).toBe('c1')
    expect(there!.looks).toBeGreaterThan(0)
    expect(there!.likelihoodRatio).toBeGreaterThan(5)
  })

  it('weighs each pass by the recall of the drone that flew it: an empty one of a poor camera says little', () => {
    const known = { key: 'c1', position: about.toLngLat([0, 300]), errorRadiusM: 6, maxC: 26, lastSeenMs: 0 }
    const triage = createTriage(DEFAULT_TRIAGE_POLICY, [known])
    const fly = (droneId: string, recall: number, startMs: number): number => {
      const frames = flight({ random: seededRandom(61), warm: [] }, [0, 0], [0, 800], { startMs, droneId })
      for (const frame of frames) triage.add({ ...frame, recall })
      return triage.candidates()[0]!.likelihoodRatio
    }
    const { falseAlarm } = DEFAULT_TRIAGE_POLICY
    const poor = fly('a', 0.3, 1e6)
    expect(poor).toBeCloseTo(0.7 / (1 - falseAlarm), 6)
    expect(fly('b', 0.9, 2e6) / poor).toBeCloseTo(0.1 / (1 - falseAlarm), 6)
  })

  it('refuses a reading that is not a number', () => {
    const good = flight({ random: seededRandom(1), warm: [] }, [0, 0], [0, 10], { startMs: 0 })[0]!
    expect(() => createTriage().add({ ...good, maxC: Number.NaN })).toThrow(/maxC/)
    expect(() => createTriage().add({ ...good, errorRadiusM: 0 })).toThrow(/errorRadiusM/)
    expect(() => createTriage().add({ ...good, recall: 1 })).toThrow(/recall/)
  })
})
