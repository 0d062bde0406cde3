import type { Rgba } from '../theme/palette.ts'

/** Anchor colours of matplotlib's magma (CC0, van der Walt and Smith 2015), perceptually even from dark to bright. */
const MAGMA: readonly (readonly [number, number, number])[] = [
  [20, 14, 54],
  [59, 15, 112],
  [100, 26, 128],
  [140, 41, 129],
  [183, 55, 121],
  [222, 73, 104],
  [247, 112, 92],
  [254, 159, 109],
  [254, 207, 146],
  [252, 253, 191],
]

/** Share of a cell's density, relative to the densest of the map as first drawn, below which nothing is drawn. */
export const RAMP_FLOOR = 0.004

/**
 * Colour of a relative density: transparent at the floor, then magma, by the square root of the density so that the
 * tails of the map are seen too. The same everywhere, also in legends.
 * @param relative 0..1, cell value / reference value
 */
export function rampColor(relative: number): Rgba {
  if (!(relative > RAMP_FLOOR)) return [...MAGMA[0]!, 0]
  const t = Math.sqrt(Math.min(1, relative)) * (MAGMA.length - 1)
  const i = Math.min(MAGMA.length - 2, Math.floor(t))
  const a = MAGMA[i]!
  const b = MAGMA[i + 1]!
  const mix = (k: 0 | 1 | 2): number => Math.round(a[k] + (b[k] - a[k]) * (t - i))
  return [mix(0), mix(1), mix(2), Math.round(225 * Math.min(1, 1.5 * Math.sqrt(relative)))]
}

export interface LegendStop {
  /** Per cent of the whole probability that one square kilometre of this colour holds. */
  percentPerKm2: number
  color: Rgba
}

/** Legend of the ramp in per cent of the whole for each square kilometre. @param reference cell value at full brightness */
export function legendStops(reference: number, cellM: number, count = 5): LegendStop[] {
  const cellsPerKm2 = 1e6 / (cellM * cellM)
  return Array.from({ length: count }, (_, i) => {
    const relative = ((i + 1) / count) ** 2
    return { percentPerKm2: reference * relative * cellsPerKm2 * 100, color: rampColor(relative) }
  })
}
