import { emptyColumns, encodeMotion, topicName, topicTile, type MotionFrame } from '@skerry/contract'
import { expect, it } from 'vitest'
import { createMovers } from './movers.ts'

const TILE = { kind: 'unit', ...topicTile([122.2, 29.9]) } as const
const NAME = topicName(TILE)

function block(sequence: number, handles: number[], more: Partial<MotionFrame> = {}): Uint8Array {
  const moved = emptyColumns(handles.length)
  handles.forEach((handle, i) => {
    moved.handle[i] = handle
    moved.positions.set([122.2, 29.9], i * 2)
    moved.ageS[i] = 1
  })
  return encodeMotion({
    topic: TILE,
    keyframe: false,
    tickAtMs: 1000,
    sequence,
    moved,
    gone: new Uint16Array(0),
    ...more,
  })
}
const whole = (sequence: number, handles: number[]): Uint8Array => block(sequence, handles, { keyframe: true })
const handlesOf = (movers: ReturnType<typeof createMovers>): number[] =>
  [...movers.columns('unit', 1000).handle].toSorted((a, b) => a - b)

it('takes every block of a message, and tells once of each kind that changed', () => {
  const movers = createMovers()
  const told: string[] = []
  movers.onChange((kind) => void told.push(kind))
  const vessels = block(3, [9], { topic: { ...TILE, kind: 'vessel' }, keyframe: true })
  expect(movers.take(Buffer.concat([whole(1, [1, 2]), block(2, [3]), vessels]))).toEqual([])
  expect(handlesOf(movers)).toEqual([1, 2, 3])
  expect(movers.find('vessel', 9)).not.toBeNull()
  expect(told).toEqual(['unit', 'vessel'])
})
it('asks once for a topic of which a block is missing, shows what came, and is content with the whole', () => {
  const movers = createMovers()
  movers.take(whole(1, [1, 2]))
  expect(movers.take(block(3, [3]))).toEqual([NAME])
  expect(movers.take(block(5, [4]))).toEqual([])
  expect(handlesOf(movers)).toEqual([1, 2, 3, 4])
  movers.take(whole(5, [2, 3, 4]))
  expect(handlesOf(movers)).toEqual([2, 3, 4])
  expect(movers.take(block(6, [2]))).toEqual([])
  expect(movers.take(block(8, [2]))).toEqual([NAME])
})
it('asks for nothing when it gets a block twice, and never goes back', () => {
  const movers = createMovers()
  movers.take(whole(4, [1]))
  const older = block(4, [1], { tickAtMs: 500 })
  expect(movers.take(older)).toEqual([])
  expect(movers.find('unit', 1)!.fixAtMs).toBe(0)
})
it('takes no part of a topic that it does not hold: a late one of a tile that was left must not bring it back', () => {
  const movers = createMovers()
  movers.take(whole(1, [1]))
  movers.forget(NAME)
  expect(movers.take(block(2, [1]))).toEqual([])
  expect(handlesOf(movers)).toEqual([])
})
it('begins again with the whole of a server that counts anew', () => {
  const movers = createMovers()
  movers.take(whole(900, [1]))
  movers.take(whole(2, [7]))
  expect(movers.take(block(3, [8]))).toEqual([])
  expect(handlesOf(movers)).toEqual([7, 8])
})
it('drops a message that is none, and repairs what it missed', () => {
  const movers = createMovers()
  movers.take(whole(1, [1]))
  expect(movers.take(new Uint8Array([1, 2, 3]))).toEqual([])
  expect(movers.take(block(3, [2]))).toEqual([NAME])
})
