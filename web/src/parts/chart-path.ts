/** Geometry of small charts: SVG paths in a box of `width` by `height`, y down, from 0 to `max`. */
export interface ChartBox {
  width: number
  height: number
  /** Value at the top, > 0. */
  max: number
}

const round = (value: number): string => (Math.round(value * 10) / 10).toString()
const yOf = (value: number, { height, max }: ChartBox): number =>
  height - (Math.min(max, Math.max(0, value)) / max) * height
const xOf = (index: number, count: number, { width }: ChartBox): number =>
  count < 2 ? 0 : (index / (count - 1)) * width

/** A line through the values; where one is not known it stops and begins again. */
export function linePath(values: readonly (number | null)[], box: ChartBox): string {
  let path = ''
  let drawing = false
  values.forEach((value, i) => {
    if (value === null) {
      drawing = false
      return
    }
    path += `${drawing ? 'L' : 'M'}${round(xOf(i, values.length, box))} ${round(yOf(value, box))}`
    drawing = true
  })
  return path
}

/** Areas between low and high, one for each run of known values. */
export function bandPath(bands: readonly ({ low: number; high: number } | null)[], box: ChartBox): string {
  let path = ''
  let run: { x: number; low: number; high: number }[] = []
  const close = (): void => {
    const there = run.map(({ x, high }) => `${round(x)} ${round(yOf(high, box))}`)
    const back = run.toReversed().map(({ x, low }) => `${round(x)} ${round(yOf(low, box))}`)
    if (run.length > 0) path += `M${[...there, ...back].join('L')}Z`
    run = []
  }
  bands.forEach((band, i) => {
    if (band === null) close()
    else run.push({ x: xOf(i, bands.length, box), ...band })
  })
  close()
  return path
}

export interface ChartBar {
  x: number
  y: number
  width: number
  height: number
  /** Not known: drawn hatched over the whole height, never as an empty bar. */
  unknown: boolean
}

/** One bar for each value, with a little air between. */
export function chartBars(values: readonly (number | null)[], box: ChartBox): ChartBar[] {
  const step = box.width / Math.max(1, values.length)
  return values.map((value, i) => {
    const y = value === null ? 0 : yOf(value, box)
    return { x: i * step, y, width: step * 0.8, height: box.height - y, unknown: value === null }
  })
}

/** A round number at or above the largest value, so that scales do not jump with every count. */
export function niceMax(values: Iterable<number | null>): number {
  let most = 0
  for (const value of values) if (value !== null && value > most) most = value
  if (most <= 10) return 10
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= most)!
}
