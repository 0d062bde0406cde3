import { describe, expect, it } from 'vitest'
import { noFlyZones } from './no-fly.ts'
import { createPosField, posOfPaths, posOverTime, type TimedPath } from './path-pos.ts'
import { areaLikelihood, type Cells, pathLengthM, sarenvLikelihood } from './path-score.ts'
import { planFlights } from './plan-flights.ts'
import { planPaths } from './plan-paths.ts'
import { bestCellsMass, NO_SCENES, sarenvScenes } from './sarenv-scenes.ts'
import { type Random, seededRandom } from '../frame/seeded-random.ts'
import { takeOffDelaysS } from '../separation/take-off-delays.ts'
import { legTimer } from './wind.ts'

const sarenv = sarenvScenes()
const why = sarenv ? '' : ` (${NO_SCENES})`

/** Hills of probability on any size of grid, with empty ground between. */
function lumpy(random: Random, rows: number, cols: number, cellM: number): Cells {
  const lumps = Array.from({ length: 4 }, () => [
    random() * cols,
    random() * rows,
    1 + (random() * Math.max(rows, cols)) / 6,
  ])
  const values = Float64Array.from({ length: rows * cols }, (_, i) => {
    const [x, y] = [(i % cols) + 0.5, Math.floor(i / cols) + 0.5]
    const sum = lumps.reduce((s, [a, b, w]) => s + Math.exp(-((x - a!) ** 2 + (y - b!) ** 2) / (2 * w! * w!)), 0)
    return sum < 0.02 ? 0 : sum
  })
  const sum = values.reduce((a, b) => a + b, 0)
  return { rows, cols, cellM, values: values.map((v) => (0.9 * v) / sum) }
}

const turned = ({ rows, cols, cellM, values }: Cells): Cells => ({
  rows: cols,
  cols: rows,
  cellM,
  // A quarter turn counter-clockwise: [e, n] goes to [height - n, e].
  values: Float64Array.from({ length: rows * cols }, (_, i) => {
    const [row, col] = [Math.floor(i / rows), i % rows]
    return values[(rows - 1 - col) * cols + row]!
  }),
})

const free = (count: number, budgetM: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `d${i}`, startM: null, budgetM }))

describe('planPaths', () => {
  it.skipIf(!sarenv)(`sees at least 0.95 of the bound on the SAREnv scenes, five drones with 20 km each${why}`, () => {
    const { radiusM, scenes } = sarenv!
    const shares = scenes.map(({ grid }) => {
      const paths = planPaths({ grid, drones: free(5, 20_000), detectionRadiusM: radiusM }).map(
        ({ pointsM }) => pointsM,
      )
      expect(paths).toHaveLength(5)
      return areaLikelihood(grid, paths, radiusM) / bestCellsMass(grid, 6.64e6)
    })
    expect(Math.min(...shares)).toBeGreaterThan(0.92)
    expect(shares.reduce((a, b) => a + b) / shares.length).toBeGreaterThan(0.95)
  })

  it('leaves no drone idle while a second look is worth it: POS rises with every drone, the area seen does not fall', () => {
    const grid = lumpy(seededRandom(5), 20, 20, 25)
    const drones = Array.from({ length: 5 }, (_, i) => ({ id: `d${i}`, startM: [100, 100], budgetM: 30_000 }))
    const swept = { swathM: 50, sweepWidthM: 50 }
    const figures = [1, 2, 3].map((count) => {
      const paths = planPaths({ grid, drones: drones.slice(0, count), detectionRadiusM: 25 })
      expect(paths.map(({ droneId }) => droneId)).toEqual(drones.slice(0, count).map(({ id }) => id))
      const points = paths.map(({ pointsM }) => pointsM)
      return { area: areaLikelihood(grid, points, 25), pos: posOfPaths(grid, points, swept) }
    })
    for (const [i, more] of figures.slice(1).entries()) {
      expect(more.pos).toBeGreaterThan(figures[i]!.pos)
      expect(more.area).toBeGreaterThanOrEqual(figures[i]!.area)
    }
    expect(planPaths({ grid, drones, detectionRadiusM: 25 })).toHaveLength(3)
  })

  it('keeps within every budget and the grid, on grids and drones of all kinds (seeded), and plans the same twice', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = seededRandom(seed)
      const [rows, cols] = [1 + Math.floor(random() * 60), 1 + Math.floor(random() * 60)]
      const grid = lumpy(random, rows, cols, 5 + random() * 90)
      const detectionRadiusM = 5 + random() * 80
      const drones = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, i) => ({
        id: `d${i}`,
        startM:
          random() < 0.5
            ? null
            : [(random() * 1.4 - 0.2) * cols * grid.cellM, (random() * 1.4 - 0.2) * rows * grid.cellM],
        budgetM: random() * 6000,
      }))
      const plan = planPaths({ grid, drones, detectionRadiusM })
      expect(planPaths({ grid, drones, detectionRadiusM })).toEqual(plan)
      expect(new Set(plan.map(({ droneId }) => droneId)).size).toBe(plan.length)
      for (const { droneId, pointsM, lengthM } of plan) {
        const { startM, budgetM } = drones.find(({ id }) => id === droneId)!
        expect(pathLengthM(pointsM)).toBe(lengthM)
        expect(lengthM).toBeLessThanOrEqual(budgetM)
        if (startM) expect(pointsM[0]).toEqual(startM)
        for (const [e, n] of startM ? pointsM.slice(1) : pointsM) {
          expect(e >= 0 && e <= cols * grid.cellM && n >= 0 && n <= rows * grid.cellM).toBe(true)
        }
      }
    }
  })

  it('sees more with more to fly, and all of a small ground', () => {
    const grid = lumpy(seededRandom(3), 40, 40, 30)
    let before = 0
    for (const budgetM of [500, 1000, 2000, 4000, 8000, 40_000]) {
      const seen = areaLikelihood(
        grid,
        planPaths({ grid, drones: free(2, budgetM), detectionRadiusM: 30 }).map(({ pointsM }) => pointsM),
        30,
      )
      expect(seen).toBeGreaterThanOrEqual(before - 1e-9)
      before = seen
    }
    expect(before).toBeGreaterThan(0.9 * 0.99)
  })

  it('turns with the map: a quarter turn changes what is seen by next to nothing', () => {
    const grid = lumpy(seededRandom(5), 50, 35, 30)
    const seen = (cells: Cells): number =>
      areaLikelihood(
        cells,
        planPaths({ grid: cells, drones: free(3, 2000), detectionRadiusM: 33 }).map((p) => p.pointsM),
        33,
      )
    expect(Math.abs(seen(turned(grid)) / seen(grid) - 1)).toBeLessThan(0.01)
  })

  it('has no path for ground that holds nothing, nor for a drone that cannot reach any', () => {
    const empty = { rows: 4, cols: 4, cellM: 30, values: new Float64Array(16) }
    expect(planPaths({ grid: empty, drones: free(2, 1000), detectionRadiusM: 30 })).toEqual([])
    const one = { rows: 1, cols: 1, cellM: 30, values: Float64Array.of(0.5) }
    expect(
      planPaths({ grid: one, drones: [{ id: 'far', startM: [5000, 0], budgetM: 100 }], detectionRadiusM: 30 }),
    ).toEqual([])
    expect(
      areaLikelihood(
        one,
        planPaths({ grid: one, drones: free(1, 0.1), detectionRadiusM: 30 }).map((p) => p.pointsM),
        30,
      ),
    ).toBeCloseTo(0.5, 12)
    expect(() => planPaths({ grid: one, drones: [], detectionRadiusM: 0 })).toThrow(/detectionRadiusM/)
  })
})

describe('planFlights', () => {
  it('keeps to batteries, zones and separation, in wind, from anywhere (seeded)', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const random = seededRandom(100 + seed)
      const grid = lumpy(random, 60, 50, 40)
      const zone = [
        [600, 700],
        [1300, 800],
        [1200, 1500],
        [900, 1000],
      ].map(([e, n]) => [e! + 200 * random(), n! + 200 * random()])
      const noFly = noFlyZones([zone])
      const wind = { fromDeg: random() * 360, speedMps: 7 * random() }
      const base = [random() * 2000, 100 * random()]
      const drones = Array.from({ length: 3 }, (_, i) => ({
        id: `d${i}`,
        startM: i === 2 ? null : base,
        returnM: base,
        airspeedMps: 10 + 3 * random(),
        enduranceS: 600 + 600 * random(),
        reserveS: 150,
      }))
      const flights = planFlights({
        grid,
        drones,
        detectionRadiusM: 33,
        sweepWidthM: 50,
        wind,
        noFly: [zone],
        ceilingM: 100,
        separationM: 60,
      })
      expect(flights.length).toBeGreaterThan(1)
      for (const { droneId, points, timesS, lengthM, heightM } of flights) {
        const drone = drones.find(({ id }) => id === droneId)!
        const legS = legTimer(drone.airspeedMps, wind)
        let seconds = 0
        for (let i = 1; i < points.length; i++) {
          expect(noFly.blocks(points[i - 1]!, points[i]!)).toBe(false)
          seconds += legS(points[i - 1]!, points[i]!)
          expect(timesS[i]! - timesS[0]!).toBeCloseTo(seconds, 6)
        }
        expect(seconds).toBeLessThanOrEqual(drone.enduranceS - drone.reserveS)
        if (drone.startM) expect(points[0]).toEqual(drone.startM)
        expect(points[points.length - 1]).toEqual(base)
        expect(lengthM).toBeCloseTo(pathLengthM(points), 9)
        expect(heightM).toBeLessThanOrEqual(100)
      }
      for (let i = 0; i < flights.length; i++) {
        for (let k = 0; k < i; k++) expect(closestSampledM(flights[i]!, flights[k]!)).toBeGreaterThanOrEqual(60 - 1e-6)
      }
    }
  })

  it('lets crossing flights wait for each other', () => {
    const across = {
      points: [
        [0, 0],
        [1000, 0],
      ],
      timesS: [0, 100],
    }
    const along = {
      points: [
        [500, -500],
        [500, 500],
      ],
      timesS: [0, 100],
    }
    expect(closestSampledM(across, along)).toBeLessThan(1)
    const [first, second] = takeOffDelaysS([across, along], 100)
    expect(first).toBe(0)
    expect(second).toBeGreaterThanOrEqual(10)
    expect(second).toBeLessThanOrEqual(20)
  })
})

/** Least distance of two flights while both are in the air, looked at ten times a second. */
function closestSampledM(a: TimedPath, b: TimedPath): number {
  const at = ({ points, timesS }: TimedPath, atS: number): number[] => {
    const leg = Math.max(
      1,
      timesS.findIndex((s) => s >= atS),
    )
    const t = (atS - timesS[leg - 1]!) / (timesS[leg]! - timesS[leg - 1]!)
    return [0, 1].map((axis) => points[leg - 1]![axis]! + t * (points[leg]![axis]! - points[leg - 1]![axis]!))
  }
  const endS = Math.min(a.timesS.at(-1)!, b.timesS.at(-1)!)
  let least = Infinity
  for (let atS = Math.max(a.timesS[0]!, b.timesS[0]!) + 1e-6; atS < endS; atS += 0.1) {
    const [p, q] = [at(a, atS), at(b, atS)]
    least = Math.min(least, Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!))
  }
  return least
}

describe('scores of paths', () => {
  const grid = lumpy(seededRandom(9), 30, 40, 30)
  const random = seededRandom(10)
  const path = Array.from({ length: 12 }, () => [random() * 1200, random() * 900])
  const sweeping = { swathM: 60, sweepWidthM: 45 }

  it('counts ground within the radius as a slow count of sub-cells does', () => {
    let slow = 0
    for (let row = 0; row < 180; row++) {
      for (let col = 0; col < 240; col++) {
        const [e, n] = [col * 5 + 2.5, row * 5 + 2.5]
        const near = path.some((b, i) => {
          const a = path[i - 1] ?? b
          const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!]
          const t = Math.max(0, Math.min(1, ((e - a[0]!) * dx + (n - a[1]!) * dy) / (dx * dx + dy * dy || 1)))
          return Math.hypot(a[0]! + t * dx - e, a[1]! + t * dy - n) <= 30
        })
        if (near) slow += grid.values[Math.floor(row / 6) * 40 + Math.floor(col / 6)]! / 36
      }
    }
    expect(areaLikelihood(grid, [path], 30)).toBeCloseTo(slow, 12)
  })

  it('does not change when the map and the paths are turned or moved together', () => {
    const turnedPath = path.map(([e, n]) => [900 - n!, e!])
    const moved = { ...grid, rows: 35, cols: 47, values: new Float64Array(35 * 47) }
    for (let row = 0; row < 30; row++) {
      for (let col = 0; col < 40; col++) moved.values[(row + 2) * 47 + col + 3] = grid.values[row * 40 + col]!
    }
    const movedPath = path.map(([e, n]) => [e! + 90, n! + 60])
    for (const score of [
      (g: Cells, p: number[][]): number => areaLikelihood(g, [p], 30),
      (g: Cells, p: number[][]): number => sarenvLikelihood(g, [p], 30),
      (g: Cells, p: number[][]): number => posOfPaths(g, [p], sweeping),
    ]) {
      expect(score(turned(grid), turnedPath)).toBeCloseTo(score(grid, path), 9)
      expect(score(moved, movedPath)).toBeCloseTo(score(grid, path), 9)
    }
  })

  it('never falls with more effort, whatever is flown', () => {
    const field = createPosField(grid, sweeping)
    let pos = 0
    for (let i = 0; i < 60; i++) {
      const added = field.fly([random() * 1200, random() * 900], [random() * 1200, random() * 900])
      expect(added).toBeGreaterThanOrEqual(0)
      pos += added
    }
    expect(pos).toBeLessThanOrEqual(0.9 + 1e-9)
    const twice = posOfPaths(grid, [path, path], sweeping)
    expect(twice).toBeGreaterThan(posOfPaths(grid, [path], sweeping))
    expect(posOfPaths(grid, [path], { ...sweeping, sweepWidthM: 50 })).toBeGreaterThan(
      posOfPaths(grid, [path], sweeping),
    )
  })

  it('finds over time what it finds in all, and lanes one swath apart find 1 - exp(-W / S)', () => {
    const flat = { rows: 20, cols: 20, cellM: 30, values: new Float64Array(400).fill(1 / 400) }
    const lanes = Array.from({ length: 10 }, (_, i) => [
      [0, 30 + 60 * i],
      [600, 30 + 60 * i],
    ])
    expect(posOfPaths(flat, lanes, sweeping)).toBeCloseTo(1 - Math.exp(-45 / 60), 9)
    const curve = posOverTime(
      flat,
      lanes.map((points, i) => ({ points, timesS: [100 * i, 100 * i + 50] })),
      sweeping,
    )
    expect(curve[curve.length - 1]!.pos).toBeCloseTo(1 - Math.exp(-45 / 60), 9)
    expect(curve.every(({ pos, atS }, i) => i === 0 || (pos >= curve[i - 1]!.pos && atS >= curve[i - 1]!.atS))).toBe(
      true,
    )
  })
})
