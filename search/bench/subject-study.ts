import { noFlyZones } from '../src/plan/no-fly.ts'
import { restrictedMeanTime } from '../src/plan/next-hour.ts'
import { createPosField, posOverTime } from '../src/plan/path-pos.ts'
import type { Cells } from '../src/plan/path-score.ts'
import { planSorties } from '../src/plan/plan-sorties.ts'
import { seededRandom } from '../src/frame/seeded-random.ts'
import { legTimer } from '../src/plan/wind.ts'
import { cutAt, type Pattern } from './sarenv-baselines.ts'
import { studySeed } from './study-seed.ts'

/** Everything the study fixes, printed with its results. Both sides fly under the same of it. */
export const STUDY = {
  drones: 5,
  baseM: [1800, 300],
  airspeedMps: 12,
  enduranceS: 1500,
  reserveS: 300,
  swapS: 300,
  wind: { fromDeg: 270, speedMps: 6 },
  swathM: 2 * 33.1370849898476,
  sweepWidthM: 53,
  horizonS: 3 * 3600,
  subjects: 1000,
  seed: studySeed(),
} as const

/** One straight leg flown: along a lane, from one lane to the next, or out and back. */
export interface FlownLeg {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly startS: number
  readonly endS: number
  readonly kind: 'lane' | 'turn' | 'way'
}

const legS = legTimer(STUDY.airspeedMps, STUDY.wind)
const usableS = STUDY.enduranceS - STUDY.reserveS

/** Our sorties: best ground first, one battery after another, on the map as the planned looks leave it. */
export function ourLegs(cells: Cells, baseM: readonly number[] = STUDY.baseM): FlownLeg[] {
  const ids = Array.from({ length: STUDY.drones }, (_, i) => `d${i}`)
  const { sorties } = planSorties({
    cells,
    drones: ids.map((id) => ({
      id,
      startM: baseM,
      returnM: baseM,
      airspeedMps: STUDY.airspeedMps,
      budgetS: usableS,
    })),
    spacingM: STUDY.swathM,
    wind: STUDY.wind,
    noFly: noFlyZones([]),
    turnS: 0,
    overheadS: 0,
    maxSorties: 1000,
    maxRounds: 1000,
    byRounds: false,
    swapS: STUDY.swapS,
    horizonS: STUDY.horizonS,
    leftAfterLook: Math.exp(-STUDY.sweepWidthM / STUDY.swathM),
  })
  return sorties.flatMap(({ startS, sortie: { pointsM, timesS, outPoints, backPoints } }) =>
    pointsM.slice(1).map((b, i): FlownLeg => ({
      a: pointsM[i]!,
      b,
      startS: startS + timesS[i]!,
      endS: startS + timesS[i + 1]!,
      // Between the ways lie lanes and turns by turns.
      kind: i < outPoints || i + 1 >= pointsM.length - backPoints ? 'way' : (i - outPoints) % 2 === 0 ? 'lane' : 'turn',
    })),
  )
}

/** A published pattern flown by the same drones: out, on from where it was left, home in time, swap; then again. */
export function patternLegs(pattern: Pattern): FlownLeg[] {
  return pattern(STUDY.drones).flatMap((whole) => {
    const legs: FlownLeg[] = []
    let [line, clockS] = [whole, 0]
    while (clockS < STUDY.horizonS) {
      const takeOffS = clockS
      let at: readonly number[] = STUDY.baseM
      const fly = (b: readonly number[], kind: FlownLeg['kind']): void => {
        const endS = clockS + legS(at, b)
        legs.push({ a: at, b, startS: clockS, endS, kind })
        at = b
        clockS = endS
      }
      fly(line[0]!, 'way')
      let flownM = 0
      for (let i = 1; i < line.length; i++) {
        const next = line[i]!
        if (clockS - takeOffS + legS(at, next) + legS(next, STUDY.baseM) > usableS) break
        flownM += Math.hypot(next[0]! - at[0]!, next[1]! - at[1]!)
        fly(next, 'lane')
      }
      line = cutAt(line, flownM)[1]
      if (line.length < 2) line = whole
      fly(STUDY.baseM, 'way')
      clockS += STUDY.swapS
    }
    return legs
  })
}

/** A subject: where it is, and the coverage at which it is seen (exponential: POD = 1 - exp(-coverage)). */
interface Subject {
  readonly eastM: number
  readonly northM: number
  readonly seenAt: number
}

/** Subjects drawn from a map by a seed; the same for every planner. */
export function drawSubjects({ cols, cellM, values }: Cells, seed: number): Subject[] {
  const random = seededRandom(seed)
  const upTo = new Float64Array(values.length)
  let sum = 0
  values.forEach((value, i) => (upTo[i] = sum += value))
  return Array.from({ length: STUDY.subjects }, () => {
    const cell = indexAt(upTo, random() * sum)
    return {
      eastM: ((cell % cols) + random()) * cellM,
      northM: (Math.floor(cell / cols) + random()) * cellM,
      seenAt: -Math.log(1 - random()),
    }
  })
}

function indexAt(upTo: Float64Array, target: number): number {
  let [low, high] = [0, upTo.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (upTo[middle]! > target) high = middle
    else low = middle + 1
  }
  return low
}

/** When each subject is found, seconds; Infinity when not. Every leg looks, the ways out and back too. */
export function findTimesS(legs: readonly FlownLeg[], subjects: readonly Subject[]): number[] {
  const inOrder = legs.toSorted((p, q) => p.endS - q.endS)
  const halfM = STUDY.swathM / 2
  const perPass = STUDY.sweepWidthM / STUDY.swathM
  return subjects.map(({ eastM, northM, seenAt }) => {
    let coverage = 0
    for (const { a, b, startS, endS } of inOrder) {
      if (eastM < Math.min(a[0]!, b[0]!) - halfM || eastM > Math.max(a[0]!, b[0]!) + halfM) continue
      if (northM < Math.min(a[1]!, b[1]!) - halfM || northM > Math.max(a[1]!, b[1]!) + halfM) continue
      const lengthM = Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)
      if (lengthM === 0) continue
      const [ux, uy] = [(b[0]! - a[0]!) / lengthM, (b[1]! - a[1]!) / lengthM]
      const along = (eastM - a[0]!) * ux + (northM - a[1]!) * uy
      const across = (eastM - a[0]!) * uy - (northM - a[1]!) * ux
      if (along < 0 || along >= lengthM || Math.abs(across) > halfM) continue
      coverage += perPass
      if (coverage >= seenAt) return startS + ((endS - startS) * along) / lengthM
    }
    return Infinity
  })
}

/** Legs, or the parts of them, that are flown by a time. */
export const legsBy = (legs: readonly FlownLeg[], atS: number): FlownLeg[] =>
  legs
    .filter(({ startS }) => startS < atS)
    .map((leg) => {
      const { a, b, startS, endS } = leg
      if (endS <= atS) return leg
      const t = (atS - startS) / (endS - startS)
      return { ...leg, b: [a[0]! + t * (b[0]! - a[0]!), a[1]! + t * (b[1]! - a[1]!)], endS: atS }
    })

/** What legs sweep, km2: overlaps count again. */
export const sweptKm2 = (legs: readonly FlownLeg[]): number =>
  legs.reduce((sum, { a, b }) => sum + Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!) * STUDY.swathM, 0) / 1e6

/** Share of all subjects that legs are expected to find: the sum over the map instead of over drawn subjects. */
export function expectedShare(cells: Cells, legs: readonly FlownLeg[]): number {
  return expectedByLeg(cells, legs).reduce((a, b) => a + b, 0)
}

/** The same by leg, in the order given: what each finds of what those before it have left. */
export function expectedByLeg(cells: Cells, legs: readonly FlownLeg[]): number[] {
  const field = createPosField(cells, STUDY)
  const total = cells.values.reduce((p, q) => p + q, 0)
  return legs.map(({ a, b }) => field.fly(a, b) / total)
}

/** Expected restricted mean time to the find, seconds, given that the subject is in the scene. */
export function expectedMeanS(cells: Cells, legs: readonly FlownLeg[]): number {
  const paths = legs.map(({ a, b, startS, endS }) => ({ points: [a, b], timesS: [startS, endS] }))
  const total = cells.values.reduce((p, q) => p + q, 0)
  const steps = posOverTime(cells, paths, STUDY).map(({ atS, pos }) => ({ at: atS, pos: pos / total }))
  return restrictedMeanTime([{ at: 0, pos: 0 }, ...steps], STUDY.horizonS)
}

/**
 * Share found by a time when the same swept area had looked at the best cells first, again and again where that pays.
 * The legs given are those whose finds it is compared with.
 */
export function boundShare({ values, cellM }: Cells, legs: readonly FlownLeg[], atS: number): number {
  const sweptM2 = sweptKm2(legsBy(legs, atS)) * 1e6
  const missed = Math.exp(-STUDY.sweepWidthM / STUDY.swathM)
  const looks = Array.from({ length: 8 }, (_, k) => values.map((p) => p * (1 - missed) * missed ** k))
  const best = Float64Array.from(looks.flatMap((each) => [...each])).toSorted((p, q) => q - p)
  const total = values.reduce((p, q) => p + q, 0)
  return best.slice(0, Math.round(sweptM2 / (cellM * cellM))).reduce((p, q) => p + q, 0) / total
}
