import type { Cells, PathM } from '../src/plan/path-score.ts'

const SHADES = 8
/** Told apart by their dash as well as by their colour. */
const LINES = [
  { colour: '#0b3c6f', dash: '' },
  { colour: '#8a1c1c', dash: '7 2' },
  { colour: '#14532d', dash: '2 2' },
  { colour: '#5b2a86', dash: '9 2 2 2' },
  { colour: '#7a4a00', dash: '4 4' },
]

/** From metres of a grid's frame to pixels of a picture, north up. */
export interface Panel {
  x(eastM: number): number
  y(northM: number): number
  /** Pixels per metre. */
  readonly scale: number
}

/** A panel that shows a window of the grid's frame, its south-west corner and side in metres. */
export const panel = (
  leftPx: number,
  topPx: number,
  sidePx: number,
  [westM, southM]: readonly number[],
  sideM: number,
): Panel => {
  const scale = sidePx / sideM
  return {
    x: (eastM) => round(leftPx + (eastM - westM!) * scale),
    y: (northM) => round(topPx + sidePx - (northM - southM!) * scale),
    scale,
  }
}
const round = (px: number): number => Math.round(px * 10) / 10

/** Values at which the shades of a map begin: as many cells with anything in them in each. */
export function shadeLimits({ values }: Pick<Cells, 'values'>): number[] {
  const sorted = values.filter((v) => v > 0).toSorted()
  return Array.from({ length: SHADES }, (_, k) => sorted[Math.floor((k * sorted.length) / SHADES)] ?? Infinity)
}

/** Cells of a map in shades, darker for more. Give the limits of one map to another to compare the two. */
export function shaded({ rows, cols, cellM, values }: Cells, at: Panel, limits: readonly number[]): string {
  const shade = (value: number): number => (value > 0 ? limits.findLastIndex((limit) => value >= limit) : -1)
  const areas: string[] = limits.map(() => '')
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols;) {
      const level = shade(values[row * cols + col]!)
      let end = col + 1
      while (end < cols && shade(values[row * cols + end]!) === level) end++
      if (level >= 0) {
        const [west, east] = [at.x(col * cellM), at.x(end * cellM)]
        areas[level] += `M${west} ${at.y((row + 1) * cellM)}H${east}V${at.y(row * cellM)}H${west}z`
      }
      col = end
    }
  }
  return areas.map((d, k) => `<path d="${d}" fill="#d97706" fill-opacity="${(0.08 + k * 0.11).toFixed(2)}"/>`).join('')
}

/** One line per path, each with its own colour and dash; a dot where it starts. */
export const paths = (lines: readonly PathM[], at: Panel, width = 1.6): string =>
  lines
    .map((line, i) => {
      const { colour, dash } = LINES[i % LINES.length]!
      const points = line.map((p) => `${at.x(p[0]!)},${at.y(p[1]!)}`).join(' ')
      const [first] = line
      const dashed = dash === '' ? '' : ` stroke-dasharray="${dash}"`
      return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="${width}"${dashed}/><circle cx="${at.x(first![0]!)}" cy="${at.y(first![1]!)}" r="4" fill="${colour}"/>`
    })
    .join('')

/** A closed outline with holes. */
export const outline = (rings: readonly PathM[], at: Panel, style: string): string =>
  `<path d="${rings.map((ring) => `M${ring.map((p) => `${at.x(p[0]!)} ${at.y(p[1]!)}`).join('L')}z`).join('')}" fill-rule="evenodd" ${style}/>`

export const circle = (p: readonly number[], radiusPx: number, at: Panel, style: string): string =>
  `<circle cx="${at.x(p[0]!)}" cy="${at.y(p[1]!)}" r="${round(radiusPx)}" ${style}/>`

/** Text with a white edge, readable over lines and shades. */
export const label = (text: string, x: number, y: number, more = ''): string =>
  `<text x="${x}" y="${y}" font-size="13" fill="#111" stroke="#fff" stroke-width="3" paint-order="stroke" ${more}>${text}</text>`

/** The planning point: a cross, so that it is no dot among dots. */
export const cross = ([e, n]: readonly number[], at: Panel): string => {
  const [x, y] = [at.x(e!), at.y(n!)]
  return `<path d="M${x - 6} ${y}H${x + 6}M${x} ${y - 6}V${y + 6}" stroke="#111" stroke-width="2"/>`
}

/** A bar of a round length at the lower left. */
export function scaleBar(at: Panel, leftPx: number, bottomPx: number, lengthM: number): string {
  const px = round(lengthM * at.scale)
  return `<path d="M${leftPx + 10} ${bottomPx - 12}v4h${px}v-4" fill="none" stroke="#111" stroke-width="1.5"/>${label(`${lengthM / 1000} km`, leftPx + 10 + px + 6, bottomPx - 8)}`
}

/** A whole picture on white. */
export const svg = (widthPx: number, heightPx: number, title: string, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPx} ${heightPx}" width="${widthPx}" height="${heightPx}" font-family="system-ui, sans-serif"><title>${title}</title><rect width="100%" height="100%" fill="#fff"/>${content}</svg>\n`
