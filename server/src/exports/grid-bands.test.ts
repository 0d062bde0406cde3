import type { LngLat } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { gridBands, type Band } from './grid-bands.ts'

const origin: LngLat = [122.1, 29.9]
const CELL_M = 50
const frameOf = (rows: readonly string[]) => {
  const cells = rows.toReversed().map((row) => [...row].map(Number)) // written north up
  const flat = cells.flat()
  const sum = flat.reduce((a, b) => a + b, 0)
  return {
    shape: { rows: cells.length, cols: cells[0]!.length, cellM: CELL_M, origin },
    poa: Float32Array.from(flat, (value) => value / sum),
  }
}
/** Rings in cells, as text. */
const inCells = ({ polygons }: Band) =>
  polygons.map((polygon) =>
    polygon.map((ring) =>
      ring
        .map((at) =>
          localFrame(origin)
            .toLocal(at)
            .map((m) => Math.round(m / CELL_M))
            .join(','),
        )
        .join(' '),
    ),
  )
function area2(ring: readonly LngLat[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + (x - origin[0]) * (nextY - origin[1]) - (nextX - origin[0]) * (y - origin[1])
  }, 0)
}

describe('the smallest area that holds a share of the probability', () => {
  it('is the likeliest cells, outlined once, counter-clockwise', () => {
    const [band] = gridBands(frameOf(['0110', '0990', '0000']), [0.8])
    expect(band).toMatchObject({ share: 0.8, held: expect.closeTo(0.9, 6), areaKm2: expect.closeTo(0.005, 9) })
    expect(inCells(band!)).toEqual([['1,1 3,1 3,2 1,2']])
    expect(area2(band!.polygons[0]![0]!)).toBeGreaterThan(0)
  })
  it('has holes, and an area within a hole is an area of its own', () => {
    const [band] = gridBands(frameOf(['99999', '90009', '90909', '90009', '99999']), [1])
    const polygons = inCells(band!)
    expect(polygons.map((polygon) => polygon.length).sort()).toEqual([1, 2])
    const ring = band!.polygons.find((polygon) => polygon.length === 2)!
    expect([area2(ring[0]!) > 0, area2(ring[1]!) < 0]).toEqual([true, true])
  })
  it('keeps cells that touch by a corner alone apart', () => {
    expect(inCells(gridBands(frameOf(['90', '09']), [1])[0]!).sort()).toEqual([
      ['1,0 2,0 2,1 1,1'],
      ['1,1 1,2 0,2 0,1'],
    ])
  })
  it('holds at least what was asked and no cell too many, whatever the map (seeded)', () => {
    let state = 5
    const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
    for (let round = 0; round < 60; round++) {
      const rows = Array.from({ length: 9 }, () => Array.from({ length: 11 }, () => Math.floor(next() * 10)).join(''))
      const frame = frameOf(rows)
      for (const band of gridBands(frame, [0.5, 0.75, 0.95])) {
        const least = Math.min(...[...frame.poa].filter((value) => value > 0))
        expect(band.held).toBeGreaterThanOrEqual(band.share - 1e-6)
        expect(band.held - band.share).toBeLessThan(Math.max(...frame.poa) + least)
        // The polygons cover exactly the cells that they should.
        const cell2 = 2 * (band.areaKm2 * 1e6)
        const degrees =
          area2([
            origin,
            localFrame(origin).toLngLat([1000, 0]),
            localFrame(origin).toLngLat([1000, 1000]),
            localFrame(origin).toLngLat([0, 1000]),
          ]) / 2e6
        const covered = band.polygons.flat().reduce((sum, ring) => sum + area2(ring), 0) / degrees
        expect(covered / cell2).toBeCloseTo(1, 2)
      }
    }
  })
  it('of an empty map is none', () => expect(gridBands(frameOf(['00', '00']), [0.5])).toEqual([]))
})
