import { describe, expect, it } from 'vitest'
import { seededRandom } from '../frame/seeded-random.ts'
import { latticeOf } from './lattice.ts'
import { createLookField } from './look-field.ts'

const [rows, cols, cellM] = [40, 40, 30]
const random = seededRandom(3)
const values = Float64Array.from({ length: rows * cols }, () => random() / 800)
const cells = { rows, cols, cellM, values }
const lattice = latticeOf(cells, { spacingM: 60, stepM: 15, bearingRad: 0 })
const LEFT = 0.45
const field = (worth: readonly number[]) => createLookField(cells, [{ values, worth }], lattice, LEFT)
const prices = new Float64Array(lattice.lanes * lattice.steps)
/** Up the middle of lane 5, then down lane 6. */
const pair = [lattice.toLocal(10, 5.5), lattice.toLocal(60, 5.5), lattice.toLocal(60, 6.5), lattice.toLocal(10, 6.5)]
const inLanes = (from: number, to: number): number =>
  [5, 6].reduce((sum, lane) => {
    for (let step = from; step < to; step++) sum += lattice.mass[lane * lattice.steps + step]!
    return sum
  }, 0)

describe('a field of looks', () => {
  it('prices a first look at what it finds, and a lane at the ground under it', () => {
    const looks = field([1])
    looks.price(0, prices)
    expect(prices[5 * lattice.steps + 20]).toBeCloseTo(lattice.mass[5 * lattice.steps + 20]!, 12)
    // The way across sees the inner halves of both lanes, half a spacing to either side: once again, and beyond.
    const lanes = [pair.slice(0, 2), pair.slice(2)].map((lane) => looks.worth(lane))
    expect(lanes[0]! + lanes[1]!).toBeCloseTo((1 - LEFT) * inLanes(10, 60), 9)
    expect(looks.worth(pair)).toBeGreaterThan(lanes[0]! + lanes[1]!)
    expect(looks.worth(pair)).toBeLessThan(lanes[0]! + lanes[1]! + (1 - LEFT) * inLanes(58, 62))
  })

  it('lets a second look at the same ground find its share of what the first has left, in whatever order', () => {
    const looks = field([1, 1])
    looks.price(1, prices)
    const first = looks.worth(pair)
    looks.book(pair, 0)
    looks.price(1, prices)
    expect(looks.worth(pair.slice(0, 2)) / looks.worth(pair.slice(0, 2).toReversed())).toBeCloseTo(1, 9)
    expect(looks.worth(pair)).toBeLessThan(LEFT * first + 1e-9)
    looks.unbook(pair, 0)
    looks.price(1, prices)
    expect(looks.worth(pair)).toBeCloseTo(first, 12)
  })

  it('counts a look before others by what it finds sooner, less what those then no longer find', () => {
    const looks = field([10, 4])
    looks.book(pair, 1)
    looks.price(0, prices)
    const lane = pair.slice(0, 2)
    const sooner = looks.worth(lane)
    const alone = field([10, 4])
    alone.price(0, prices)
    const first = alone.worth(lane)
    // p (1 - l) 10 now, and the later look finds only its share of p l: p (1 - l) (10 - 4 (1 - l)); at the turn twice.
    expect(sooner / first).toBeLessThanOrEqual(1 - 0.4 * (1 - LEFT) + 1e-9)
    expect(sooner / first).toBeGreaterThan(1 - 0.4 * (1 - LEFT) - 0.03)
  })

  it('adds up stories, each with its own worth by time', () => {
    const [west, east] = [0, 1].map((half) => values.map((p, i) => (i % cols < cols / 2 === (half === 0) ? p : 0)))
    const both = createLookField(
      cells,
      [
        { values: west!, worth: [3, 1] },
        { values: east!, worth: [1, 1] },
      ],
      lattice,
      LEFT,
    )
    both.price(0, prices)
    expect(prices[2 * lattice.steps + 20]).toBeCloseTo(3 * lattice.mass[2 * lattice.steps + 20]!, 12)
    both.price(1, prices)
    expect(prices[2 * lattice.steps + 20]).toBeCloseTo(lattice.mass[2 * lattice.steps + 20]!, 12)
  })

  it('gives nothing for ground that nobody may search', () => {
    const zone = [
      [0, 0],
      [1200, 0],
      [1200, 600],
      [0, 600],
    ]
    const around = latticeOf(cells, { spacingM: 60, stepM: 15, bearingRad: 0 }, [zone])
    const looks = createLookField(cells, [{ values, worth: [1] }], around, LEFT)
    looks.price(0, prices)
    expect(
      looks.worth([
        [300, 0],
        [300, 590],
      ]),
    ).toBe(0)
    expect(
      looks.worth([
        [300, 610],
        [300, 1200],
      ]),
    ).toBeGreaterThan(0)
  })
})
