import { describe, expect, it } from 'vitest'
import { gridFrame } from '../../gallery/samples.ts'
import { gridBounds, HATCH_SCALE, hatchLine, probabilityImage, sweptImage } from './grid-image.ts'
import { legendStops, rampColor } from './probability-ramp.ts'

const share = (pod: number): number => {
  const drawn = Array.from({ length: 160 }, (_, d) => hatchLine(d, pod)).filter((line) => line !== null)
  return drawn.length / 160
}
const LIGHT = [255, 255, 255, 255] as const
const DARK = [0, 0, 0, 255] as const

describe('the probability image', () => {
  it('has north at the top: the first row of the grid is the last of the image', () => {
    const frame = gridFrame(4)
    frame.poa.fill(0)
    frame.poa[0] = 1 // south-west corner
    const image = probabilityImage(frame, 1)
    const opacity = Array.from({ length: 16 }, (_, i) => image.data[i * 4 + 3]!)
    expect(opacity.findIndex((value) => value > 0)).toBe(12)
  })
  it('stretches over the ground that the cells cover', () => {
    const [west, south, east, north] = gridBounds({ shape: { rows: 200, cols: 100, cellM: 50, origin: [122.3, 30] } })
    expect([west, south]).toEqual([122.3, 30])
    expect((east - west) * 96_486).toBeCloseTo(5000, -1)
    expect((north - south) * 110_852).toBeCloseTo(10_000, -1)
  })
})

describe('the ramp', () => {
  it('starts transparent, and more is always brighter and more opaque', () => {
    expect(rampColor(0)[3]).toBe(0)
    expect(rampColor(Number.NaN)[3]).toBe(0)
    const steps = [0.005, 0.05, 0.1, 0.2, 0.4, 0.7, 1].map((value) => rampColor(value))
    const light = ([r, g, b]: readonly number[]): number => 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    for (let i = 1; i < steps.length; i++) {
      expect(light(steps[i]!)).toBeGreaterThan(light(steps[i - 1]!))
      expect(steps[i]![3]).toBeGreaterThanOrEqual(steps[i - 1]![3])
    }
  })
  it('has a legend in per cent of the whole for each square kilometre', () => {
    const stops = legendStops(0.001, 50)
    expect(stops.at(-1)).toEqual({ percentPerKm2: 40, color: rampColor(1) })
    expect(stops.map((stop) => stop.percentPerKm2)).toEqual(
      stops.map((stop) => stop.percentPerKm2).toSorted((a, b) => a - b),
    )
  })
})

describe('the hatching', () => {
  it('is absent where nothing was seen and grows denser with the POD', () => {
    expect(share(0)).toBe(0)
    expect(share(0.1)).toBeGreaterThan(0)
    expect(share(0.4)).toBeGreaterThan(share(0.1))
    expect(share(0.9)).toBeGreaterThan(share(0.4))
  })
  it('leaves at least half of the ramp visible however well the ground was searched', () => {
    expect(share(1)).toBeLessThanOrEqual(0.5)
  })
  it('draws nothing outside the searched cells', () => {
    const frame = gridFrame(8)
    frame.pod.fill(0)
    frame.pod[7] = 255 // south-east corner
    const image = sweptImage(frame, LIGHT, DARK)
    for (let i = 0; i < image.width * image.height; i++) {
      const x = i % image.width
      const y = Math.floor(i / image.width)
      const inside = x >= 7 * HATCH_SCALE && y >= 7 * HATCH_SCALE
      if (!inside) expect(image.data[i * 4 + 3]).toBe(0)
    }
    expect(image.data.some((value) => value > 0)).toBe(true)
  })
})
