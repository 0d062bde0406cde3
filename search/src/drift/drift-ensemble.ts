import { type Random, seededRandom } from '../frame/seeded-random.ts'
import type { Flow } from './flow.ts'
import {
  CAPSIZED_LEEWAY,
  capsizePerHour,
  DEFAULT_JIBE_PER_HOUR,
  jibeProbability,
  type LeewayConvention,
  type LeewaySide,
  leewayVelocity,
  type VelocityMps,
} from './leeway.ts'
import type { LeewayObject } from './leeway-objects.ts'
import { normalFrom } from './random-normal.ts'

/** Circular error that holds half of the positions, in standard deviations per axis. Source: notes 3 (IAMSAR). */
export const PROBABLE_ERROR_SIGMAS = 1.1774

/** What an ensemble drifts from and under. */
export interface DriftInput {
  readonly object: LeewayObject
  readonly wind: Flow
  readonly current: Flow
  readonly durationS: number
  readonly particles: number
  readonly seed: number
  /** `both`: half of the particles each, which is right unless the side was seen. Default `both`. */
  readonly side?: LeewaySide | 'both' | undefined
  readonly convention?: LeewayConvention | undefined
  /** Where particle `i` starts, local frame; default the origin. */
  readonly start?: ((i: number, random: Random) => readonly [number, number]) | undefined
  /** Total probable error of the start (50 % circle), metres; 0 when omitted. */
  readonly datumErrorM?: number | undefined
  /** Longest step, seconds; default 600. */
  readonly stepS?: number | undefined
  readonly jibePerHour?: number | undefined
  /** Lets craft capsize in strong wind. Off when omitted: it is of boats, not of persons. */
  readonly capsizing?: boolean | undefined
  /** Whether a point is land: there a particle strands and stays. Without it nothing stops. */
  readonly isLand?: ((eastM: number, northM: number) => boolean) | undefined
}

/** `lost`: came where wind or current is not known; it stays at the rim of what is, and belongs to the rest of the world. */
export type Fate = 'afloat' | 'stranded' | 'lost'

/** Particles at the end of the drift. */
export interface DriftCloud {
  /** East, north, east, north, ... in the local frame, metres. */
  readonly positionsM: Float64Array
  readonly fates: readonly Fate[]
  /**
   * Where each particle began, as `positionsM`; only of those that began at many places, along a shore. How far such a
   * cloud is spread then says nothing of how finely it samples the water.
   */
  readonly startsM?: Float64Array | undefined
}

interface Particle {
  eastM: number
  northM: number
  side: LeewaySide
  capsized: boolean
  readonly downwindCmps: number
  /** Standard deviate of the crosswind noise, mirrored at a jibe like the side itself. */
  crosswindZ: number
  readonly calmBearingRad: number
}

/**
 * Drifts an ensemble: deviations drawn once per particle (downwind redrawn until a + e / 20 >= 0), each step integrated
 * with classical Runge-Kutta in the fields, then a chance to jibe and to capsize, and stranding where land begins.
 * A jibe takes the other side's slope, offset and deviation, not only the other sign of the slope.
 * Deterministic for a seed, and particle `i` of a longer drift is where particle `i` of a shorter one came by, so that
 * what a search learned of each can be carried on. RangeError that names the field for a bad number.
 * Source: Breivik & Allen 2008; search-science notes 3.
 */
export function driftEnsemble(input: DriftInput): DriftCloud {
  const { durationS, particles, seed, isLand } = input
  const longestS = input.stepS ?? 600
  if (!(durationS >= 0 && Number.isFinite(durationS))) throw new RangeError('durationS: must be 0 or above')
  if (!(longestS > 0)) throw new RangeError('stepS: must be above 0')
  if (!(Number.isInteger(particles) && particles >= 0)) throw new RangeError('particles: must be a whole number from 0')
  if (!(input.object.downwind.slopePct >= 0)) throw new RangeError('object: downwind slope must be 0 or above')
  if (!((input.datumErrorM ?? 0) >= 0)) throw new RangeError('datumErrorM: must be 0 or above')
  const random = seededRandom(seed)
  const normal = normalFrom(random)
  const jibePerHour = input.jibePerHour ?? DEFAULT_JIBE_PER_HOUR

  const positionsM = new Float64Array(2 * particles)
  const fates: Fate[] = []
  for (let i = 0; i < particles; i++) {
    const particle = newParticle(input, i, random, normal)
    const chance = chancesOf(seed, i)
    let fate: Fate = isLand?.(particle.eastM, particle.northM) ? 'stranded' : 'afloat'
    for (let step = 0; step * longestS < durationS && fate === 'afloat'; step++) {
      const stepS = Math.min(longestS, durationS - step * longestS)
      fate = advance(particle, input, step * longestS, stepS)
      if (fate !== 'afloat') break
      if (chance() < jibeProbability(jibePerHour, stepS)) turnOver(particle)
      if (input.capsizing && !particle.capsized) {
        const wind = input.wind(step * longestS + stepS, particle.eastM, particle.northM)
        const perHour = wind ? capsizePerHour(Math.hypot(wind[0], wind[1])) : 0
        particle.capsized = chance() < jibeProbability(perHour, stepS)
      }
    }
    positionsM[2 * i] = particle.eastM
    positionsM[2 * i + 1] = particle.northM
    fates.push(fate)
  }
  return { positionsM, fates }
}

/** Chances on the way, of each particle its own: they are the same for every duration. */
const chancesOf = (seed: number, i: number): Random => seededRandom((seed ^ 0x5bd1e995) + Math.imul(i + 1, 0x9e3779b1))

function newParticle(input: DriftInput, i: number, random: Random, normal: Random): Particle {
  const { object, side = 'both', datumErrorM = 0 } = input
  const sigmaM = datumErrorM / PROBABLE_ERROR_SIGMAS
  const [eastM, northM] = startOf(input, i, sigmaM, random, normal)
  let downwindCmps: number
  // A negative slope would drift an object into the wind for good: redrawn, as the method has it.
  do downwindCmps = object.downwind.stdCmps * normal()
  while (object.downwind.slopePct + downwindCmps / 20 < 0)
  return {
    eastM,
    northM,
    side: side === 'both' ? (i % 2 === 0 ? 'right' : 'left') : side,
    capsized: false,
    downwindCmps,
    crosswindZ: normal(),
    calmBearingRad: 2 * Math.PI * random(),
  }
}

/** A start in the water: the datum error is redrawn while it says land, as long as there is hope. */
function startOf(
  input: DriftInput,
  i: number,
  sigmaM: number,
  random: Random,
  normal: Random,
): readonly [number, number] {
  let start = input.start?.(i, random) ?? ([0, 0] as const)
  for (let tries = 0; tries < 100; tries++) {
    const [eastM, northM] = sigmaM > 0 ? [start[0] + sigmaM * normal(), start[1] + sigmaM * normal()] : start
    if (sigmaM === 0 || !input.isLand?.(eastM, northM)) return [eastM, northM]
    start = input.start?.(i, random) ?? start
  }
  return start
}

function turnOver(particle: Particle): void {
  particle.side = particle.side === 'right' ? 'left' : 'right'
  particle.crosswindZ = -particle.crosswindZ
}

/**
 * One step in place; a step that ends on land stops at the water's edge, and one that leaves what is known of wind and
 * current ends at its rim (to 1/1000 of the step).
 */
function advance(particle: Particle, input: DriftInput, atS: number, stepS: number): Fate {
  const whole = shift(particle, input, atS, stepS)
  if (whole) return move(particle, input, whole)
  let [known, unknown] = [0, stepS]
  let last: readonly [number, number] | null = null
  for (let halving = 0; halving < 10; halving++) {
    const middleS = (known + unknown) / 2
    const part = shift(particle, input, atS, middleS)
    if (part) [known, last] = [middleS, part]
    else unknown = middleS
  }
  return last && move(particle, input, last) === 'stranded' ? 'stranded' : 'lost'
}

/** Way of one Runge-Kutta step, metres; null where wind or current is not known all along it. */
function shift(
  particle: Particle,
  input: DriftInput,
  atS: number,
  stepS: number,
): readonly [eastM: number, northM: number] | null {
  const { eastM, northM } = particle
  const k1 = velocity(particle, input, atS, eastM, northM)
  const k2 = k1 && velocity(particle, input, atS + stepS / 2, eastM + (k1[0] * stepS) / 2, northM + (k1[1] * stepS) / 2)
  const k3 = k2 && velocity(particle, input, atS + stepS / 2, eastM + (k2[0] * stepS) / 2, northM + (k2[1] * stepS) / 2)
  const k4 = k3 && velocity(particle, input, atS + stepS, eastM + k3[0] * stepS, northM + k3[1] * stepS)
  if (!k1 || !k2 || !k3 || !k4) return null
  return [((k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0]) * stepS) / 6, ((k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1]) * stepS) / 6]
}

function move(particle: Particle, input: DriftInput, [dEastM, dNorthM]: readonly [number, number]): Fate {
  const { eastM, northM } = particle
  const share = input.isLand ? waterShareOfStep(input.isLand, eastM, northM, dEastM, dNorthM) : 1
  particle.eastM = eastM + share * dEastM
  particle.northM = northM + share * dNorthM
  return share < 1 ? 'stranded' : 'afloat'
}

/** Sampling of a step for land, metres: a spit thinner than this may be drifted over. */
const LOOK_M = 25

/** Share of a step that is over water: 1, or up to the first land met (to 1/1000 of a look). */
function waterShareOfStep(
  isLand: (eastM: number, northM: number) => boolean,
  eastM: number,
  northM: number,
  dEastM: number,
  dNorthM: number,
): number {
  const looks = Math.max(1, Math.ceil(Math.hypot(dEastM, dNorthM) / LOOK_M))
  for (let look = 1; look <= looks; look++) {
    if (!isLand(eastM + (dEastM * look) / looks, northM + (dNorthM * look) / looks)) continue
    let [water, land] = [(look - 1) / looks, look / looks]
    for (let halving = 0; halving < 10; halving++) {
      const middle = (water + land) / 2
      if (isLand(eastM + dEastM * middle, northM + dNorthM * middle)) land = middle
      else water = middle
    }
    return Math.min(water, 1 - 1e-9)
  }
  return 1
}

function velocity(
  particle: Particle,
  input: DriftInput,
  atS: number,
  eastM: number,
  northM: number,
): VelocityMps | null {
  const wind = input.wind(atS, eastM, northM)
  const current = input.current(atS, eastM, northM)
  if (!wind || !current) return null
  const { object, convention = 'allen' } = input
  const { side, downwindCmps, crosswindZ, calmBearingRad, capsized } = particle
  const leeway = leewayVelocity(object, wind, side, {
    deviation: { downwindCmps, crosswindCmps: crosswindZ * object.crosswind[side].stdCmps },
    convention,
    calmBearingRad,
  })
  const kept = capsized ? CAPSIZED_LEEWAY : 1
  return [current[0] + kept * leeway[0], current[1] + kept * leeway[1]]
}
