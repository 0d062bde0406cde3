import { emptyColumns, type MoverColumns } from '@skerry/contract'
import { expect, it } from 'vitest'
import { createMoverTable } from './mover-table.ts'

/** Columns of movers by handle: lng = handle / 10, age 1 s, received half a second ago. */
function moved(...handles: number[]): MoverColumns {
  const columns = emptyColumns(handles.length)
  handles.forEach((handle, i) => {
    columns.handle[i] = handle
    columns.positions[i * 2] = handle / 10
    columns.positions[i * 2 + 1] = 30
    columns.ageS[i] = 1
    columns.receivedAgeS[i] = 0.5
    columns.headingDeg[i] = handle
  })
  return columns
}
const none = new Uint16Array(0)
const frame = (columns: MoverColumns, change: { keyframe?: boolean; gone?: number[]; tickAtMs?: number } = {}) => ({
  keyframe: change.keyframe ?? false,
  tickAtMs: change.tickAtMs ?? 100_000,
  moved: columns,
  gone: change.gone === undefined ? none : Uint16Array.from(change.gone),
})
const handles = (columns: MoverColumns): number[] => [...columns.handle].sort((a, b) => a - b)

it('keeps the newest of each mover and lets its age grow with the clock', () => {
  const table = createMoverTable()
  table.apply('a', frame(moved(1, 2)))
  table.apply('a', frame(moved(2), { tickAtMs: 104_000 }))
  const columns = table.columns(105_000)
  expect(handles(columns)).toEqual([1, 2])
  const row = (handle: number): number => [...columns.handle].indexOf(handle)
  expect(columns.ageS[row(1)]).toBeCloseTo(6)
  expect(columns.ageS[row(2)]).toBeCloseTo(2)
  expect(columns.receivedAgeS[row(2)]).toBeCloseTo(1.5)
})
it('removes one mover and keeps the columns of the others together', () => {
  const table = createMoverTable()
  table.apply('a', frame(moved(1, 2, 3)))
  table.apply('a', frame(moved(), { gone: [1] }))
  expect(handles(table.columns(0))).toEqual([2, 3])
  expect(table.find(3)).toMatchObject({ lngLat: [0.3, 30], headingDeg: 3, fixAtMs: 99_000, receivedAtMs: 99_500 })
  expect(table.find(1)).toBeNull()
})
it('keeps a mover that crossed into another tile when the tile it left says it is gone', () => {
  const table = createMoverTable()
  table.apply('a', frame(moved(1)))
  table.apply('b', frame(moved(1)))
  table.apply('a', frame(moved(), { gone: [1] }))
  expect(handles(table.columns(0))).toEqual([1])
})
it('drops what a keyframe no longer has, of its own tile only', () => {
  const table = createMoverTable()
  table.apply('a', frame(moved(1, 2)))
  table.apply('b', frame(moved(3)))
  table.apply('a', frame(moved(2), { keyframe: true }))
  expect(handles(table.columns(0))).toEqual([2, 3])
})
it('forgets a tile that was left', () => {
  const table = createMoverTable()
  table.apply('a', frame(moved(1)))
  table.apply('b', frame(moved(2)))
  expect(table.forget('a')).toBe(true)
  expect(table.forget('a')).toBe(false)
  expect(handles(table.columns(0))).toEqual([2])
})
it('grows past its first size without losing anyone', () => {
  const table = createMoverTable()
  const all = Array.from({ length: 1000 }, (_, i) => i + 1)
  table.apply('a', frame(moved(...all)))
  expect(table.columns(0).count).toBe(1000)
  expect(table.find(1000)).toMatchObject({ lngLat: [100, 30] })
})
it('says unknown for a fix without a time', () => {
  const table = createMoverTable()
  const columns = moved(1)
  columns.ageS[0] = Infinity
  columns.headingDeg[0] = NaN
  table.apply('a', frame(columns))
  expect(table.find(1)).toMatchObject({ fixAtMs: null, headingDeg: null })
  expect(table.columns(5000).ageS[0]).toBe(Infinity)
})
it('keeps the time of a clock that is ahead, and calls its fix new', () => {
  const table = createMoverTable()
  const columns = moved(1)
  columns.ageS[0] = -3
  table.apply('a', frame(columns))
  expect(table.find(1)!.fixAtMs).toBe(103_000)
  expect(table.columns(100_500).ageS[0]).toBe(0)
})
