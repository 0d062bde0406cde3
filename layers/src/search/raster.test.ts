import { afterEach, expect, it, vi } from 'vitest'
import { rasterOf } from './raster.ts'

class FakeImageData {
  readonly args: unknown[]
  constructor(...args: unknown[]) {
    this.args = args
  }
}
afterEach(() => vi.unstubAllGlobals())

it('gives deck.gl a real ImageData in a browser: a plain object would be drawn as a black rectangle', () => {
  vi.stubGlobal('ImageData', FakeImageData)
  const data = new Uint8ClampedArray(8)
  const raster = rasterOf({ data, width: 2, height: 1 })
  expect(raster).toBeInstanceOf(FakeImageData)
  expect((raster as unknown as FakeImageData).args).toEqual([data, 2, 1])
})
