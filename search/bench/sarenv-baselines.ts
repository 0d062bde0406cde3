import type { PathM } from '../src/plan/path-score.ts'

/** The published patterns of the SAREnv benchmark, one line per drone, not yet cut to a budget. Settings as published. */
export type Pattern = (drones: number) => number[][][]

const SWATH_M = 2 * 33.1370849898476
/** Neighbouring rings do not overlap: with this the published figures of scene 1 come out to all their digits. */
const SPACING_M = SWATH_M
const POINTS_EVERY_M = 10
const TRANSITION_M = 50
const BORDER_GAP_M = 15
const RADIUS_M = 1800
const CENTRE_M = 1800

const at = (radiusM: number, angle: number): number[] => [
  CENTRE_M + radiusM * Math.cos(angle),
  CENTRE_M + radiusM * Math.sin(angle),
]
const evenly = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1))

/** Archimedean spiral from the middle, cut in equal parts. */
const spiral: Pattern = (drones) => {
  const a = SPACING_M / (2 * Math.PI)
  const end = RADIUS_M / a
  const lengthM = 0.5 * a * (end * Math.hypot(1, end) + Math.log(end + Math.hypot(1, end)))
  const line = evenly(0, end, Math.floor(lengthM / POINTS_EVERY_M)).map((angle) => at(a * angle, angle))
  return inParts(line, drones)
}

/** Circles outwards, each left a little before it closes, cut in equal parts. */
const concentric: Pattern = (drones) => {
  const line: number[][] = []
  for (let radiusM = SPACING_M; radiusM <= RADIUS_M; radiusM += SPACING_M) {
    const open = 2 * Math.PI - TRANSITION_M / radiusM
    line.push(...evenly(0, open, Math.max(2, Math.floor((radiusM * open) / POINTS_EVERY_M))).map((t) => at(radiusM, t)))
    if (radiusM + SPACING_M <= RADIUS_M) line.push([CENTRE_M + radiusM + SPACING_M, CENTRE_M])
  }
  return inParts(line, drones)
}

/** A slice of the circle for each drone, arcs to and fro outwards. */
const pizza: Pattern = (drones) =>
  Array.from({ length: drones }, (_, drone) => {
    const slice = (2 * Math.PI) / drones
    const line = [[CENTRE_M, CENTRE_M]]
    let onward = true
    for (let radiusM = SPACING_M; radiusM <= RADIUS_M; radiusM += SPACING_M) {
      const [from, to] = [drone * slice + BORDER_GAP_M / radiusM, (drone + 1) * slice - BORDER_GAP_M / radiusM]
      if (from >= to) continue
      const count = Math.max(2, Math.floor((radiusM * (to - from)) / POINTS_EVERY_M))
      line.push(...evenly(onward ? from : to, onward ? to : from, count).map((t) => at(radiusM, t)))
      onward = !onward
    }
    return line
  })

/** Published planners by the name they have there. */
export const PATTERNS: Readonly<Record<string, Pattern>> = { Spiral: spiral, Concentric: concentric, Pizza: pizza }

const legM = (a: readonly number[], b: readonly number[]): number => Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)

function inParts(line: number[][], count: number): number[][][] {
  const lengthM = line.reduce((sum, p, i) => (i === 0 ? 0 : sum + legM(line[i - 1]!, p)), 0)
  const parts: number[][][] = []
  let rest = line
  for (let i = 0; i < count; i++) {
    const [part, left] = cutAt(rest, i === count - 1 ? Infinity : lengthM / count)
    parts.push(part)
    rest = left
  }
  return parts
}

/** The first so many metres of a line, and the rest. */
export function cutAt(line: number[][], lengthM: number): [first: number[][], rest: number[][]] {
  let leftM = lengthM
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const stepM = legM(a, b)
    if (stepM > leftM) {
      const t = leftM / stepM
      const cut = [a[0]! + t * (b[0]! - a[0]!), a[1]! + t * (b[1]! - a[1]!)]
      return [
        [...line.slice(0, i), cut],
        [cut, ...line.slice(i)],
      ]
    }
    leftM -= stepM
  }
  return [line, []]
}

/** Patterns of all drones, each cut to its share of the budget. */
export const patternPaths = (pattern: Pattern, drones: number, totalM: number): PathM[] =>
  pattern(drones).map((line) => cutAt(line, totalM / drones)[0])
