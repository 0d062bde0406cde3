import { describe, expect, it } from 'vitest'
import { decodeGrid, encodeGrid, type GridFrame } from './grid-frame.ts'

const frame: GridFrame = {
  shape: { rows: 2, cols: 3, cellM: 25, origin: [122.345678901, 29.87654321] },
  revision: 41,
  restOfWorld: 0.25,
  pos: 0.5,
  poa: Float32Array.from([0, 0.125, 0.0625, 1e-7, 0.03125, 0.5]),
  pod: Uint8Array.from([0, 1, 128, 255, 7, 9]),
}

describe('grid frames', () => {
  it('come back exactly', () => {
    expect(decodeGrid(encodeGrid(frame))).toEqual(frame)
  })
  it('are refused when a cell is missing, on either side', () => {
    expect(() => encodeGrid({ ...frame, poa: new Float32Array(5) })).toThrow(RangeError)
    expect(() => decodeGrid(encodeGrid(frame).subarray(0, 60))).toThrow(RangeError)
    expect(() => decodeGrid(new Uint8Array(80))).toThrow(RangeError)
  })
})
