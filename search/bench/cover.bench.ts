import { allowedArea, type AllowedArea } from '../src/area-cover/allowed-area.ts'
import { coverArea } from '../src/area-cover/cover-area.ts'
import { inRing } from '../src/frame/polygon.ts'
import type { LocalM } from '../src/frame/position.ts'
import { seededRandom } from '../src/frame/seeded-random.ts'
import { legTimer } from '../src/plan/wind.ts'
import type { Row } from './row.ts'

const SPACING_M = 42
const WIND = { fromDeg: 30, speedMps: 4 }

/** A ring around a centre with random radii: concave as a rule. */
function star(random: () => number, [e, n]: LocalM, corners: number, leastM: number, mostM: number): LocalM[] {
  const turn = 6 * random()
  return Array.from({ length: corners }, (_, i) => {
    const angle = turn + ((i + 0.7 * random()) / corners) * 2 * Math.PI
    const r = leastM + (mostM - leastM) * random()
    return [e + r * Math.cos(angle), n + r * Math.sin(angle)]
  })
}

function areaOf(corners: number, holes: number): LocalM[][] {
  const random = seededRandom(corners)
  const ring = (i: number): LocalM[] => {
    const angle = (2 * Math.PI * i) / holes
    return star(random, [330 * Math.cos(angle), 330 * Math.sin(angle)], 6, 30, 70)
  }
  return [star(random, [0, 0], corners, 500, 900), ...Array.from({ length: holes }, (_, i) => ring(i))]
}

/** The same answers, every edge looked at for each. Legs that touch the rim do not come up in random areas. */
function edgeByEdge(rings: readonly (readonly LocalM[])[], area: AllowedArea): AllowedArea {
  const side = (a: readonly number[], b: readonly number[], p: readonly number[]): number =>
    (b[0]! - a[0]!) * (p[1]! - a[1]!) - (b[1]! - a[1]!) * (p[0]! - a[0]!)
  const holds = (p: readonly number[]): boolean =>
    rings.reduce((inside, ring) => inside !== inRing(ring, p[0]!, p[1]!), false)
  const crossed = (a: readonly number[], b: readonly number[]): boolean =>
    rings.some((ring) =>
      ring.some((p, i) => {
        const q = ring[(i + 1) % ring.length]!
        return side(a, b, p) > 0 !== side(a, b, q) > 0 && side(p, q, a) > 0 !== side(p, q, b) > 0
      }),
    )
  return { ...area, holds, holdsLeg: (a, b) => holds(a) && holds(b) && !crossed(a, b) }
}

function timeMs(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

function compare(corners: number, holes: number): Row[] {
  const rings = areaOf(corners, holes)
  const area = allowedArea(rings)
  const input = {
    area,
    trackSpacingM: SPACING_M,
    airspeedMps: 10,
    wind: WIND,
    turnS: 3,
    startM: null,
    endM: null,
    insetM: SPACING_M / 4,
  }
  const all = [0, Math.PI / 2]
  let [cover, same] = [coverArea({ ...input, alsoRad: all })!, coverArea({ ...input, alsoRad: all })!]
  const ours = timeMs(() => (cover = coverArea({ ...input, alsoRad: all })!))
  const theirs = timeMs(() => (same = coverArea({ ...input, area: edgeByEdge(rings, area), alsoRad: all })!))
  if (Math.abs(cover.timeS - same.timeS) > 0.01 * cover.timeS) throw new Error('bench: paths differ')
  const fixedS = coverArea({ ...input, bearingRad: 0 })!.timeS
  const legS = legTimer(input.airspeedMps, WIND)
  const lanesS = cover.lanes.reduce((sum, { from, to }) => sum + legS(from, to), 0)
  const about = `path over an area of ${corners} corners and ${holes} holes`
  return [
    {
      name: `${about}: planning it`,
      baseline: 'every edge looked at for every leg',
      ratio: theirs / ours,
      unit: 'ms',
      ours,
      theirs,
    },
    {
      name: `${about}: flying it, ${Math.round((100 * lanesS) / cover.timeS)} % on lanes`,
      baseline: 'lanes north and south',
      ratio: fixedS / cover.timeS,
      unit: 's',
      ours: cover.timeS,
      theirs: fixedS,
    },
  ]
}

/** Paths over drawn areas: what planning costs, and what trying all bearings buys. */
export const run = (): Row[] => [...compare(10, 0), ...compare(60, 0), ...compare(200, 9)]
