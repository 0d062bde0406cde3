import { COVER_CODES, coverCodeOf } from '@skerry/search'
import { expect, it } from 'vitest'
import { at } from '../domain/test-kit.ts'
import { sweepOver } from './cut-sorties.ts'
import { sensorCover } from './sensor-cover.ts'
import { sweptCells } from './swept-cells.ts'

const coverAt = (heightM: number) =>
  sensorCover(null, { terrain: 'flat', light: 'night', heightM, speedMps: 8, maxC: null, covers: true }, [])
const [WOODS, ROCKS] = [coverCodeOf('woodland'), coverCodeOf('rock')]

it('spreads the figures of each cover over its cells, and fills a map once for the same camera', () => {
  const cover = coverAt(60)
  const covers = Uint8Array.from([0, WOODS, ROCKS, WOODS])
  const swept = sweptCells(covers, 0.6, cover)
  const { broadleaf, 'shore-rocks': rocks } = cover.byCover!
  expect([...(swept.sweepWidthM as Float64Array)]).toEqual(
    [cover, broadleaf, rocks, broadleaf].map(({ sweepWidthM }) => sweepWidthM),
  )
  expect([...(swept.podCap as Float64Array)].map((cap) => Math.round(cap * 100))).toEqual([60, 20, 85, 20])
  expect(sweptCells(covers, 0.6, coverAt(60))).toBe(swept)
  expect(sweptCells(covers, 0.6, coverAt(90)).sweepWidthM).not.toEqual(swept.sweepWidthM)
  expect(sweptCells(covers, 0.5, cover)).not.toEqual(swept)
})

it('is one number for all ground where no layer tells the cover, or the camera is asked for one alone', () => {
  const { byCover: _, ...one } = coverAt(60)
  expect(sweptCells(undefined, 0.6, coverAt(60))).toEqual({ sweepWidthM: one.sweepWidthM, podCap: 0.6 })
  expect(sweptCells(new Uint8Array(4), 0.6, one)).toEqual({ sweepWidthM: one.sweepWidthM, podCap: 0.6 })
})

it('looks for the mean over a small area at the cells of it alone, however large the map is', () => {
  const [rows, cols] = [300, 300]
  let asked = 0
  const covers = new Proxy(new Uint8Array(rows * cols).fill(COVER_CODES.indexOf('scrub')), {
    get(codes, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) asked++
      const value: unknown = Reflect.get(codes, key, codes)
      return typeof value === 'function' ? value.bind(codes) : value
    },
  })
  const grid = {
    rows,
    cols,
    cellM: 10,
    origin: at(-1500, -1500),
    values: new Float64Array(rows * cols),
    restOfWorld: 1,
  }
  const area = [at(-50, -50), at(50, -50), at(50, 50), at(-50, 50)]
  const cover = coverAt(60)
  expect(sweepOver({ grid, covers, podCap: 1 }, area, cover)).toEqual({
    sweepWidthM: expect.closeTo(cover.byCover!.scrub.sweepWidthM, 9),
    podCap: expect.closeTo(0.6, 9),
  })
  expect(asked).toBeLessThan(500)
})
