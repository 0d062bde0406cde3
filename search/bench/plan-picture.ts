import type { Cells, PathM } from '../src/path-score.ts'

const SIDE_PX = 480
const SHADES = 8
const LINES = ['#0b3c6f', '#8a1c1c', '#14532d', '#5b2a86', '#7a4a00']

/** Picture of a plan: the map in shades, north up, one coloured line per drone that starts with a dot. SVG. */
export function planPicture({ rows, cols, cellM, values }: Cells, paths: readonly PathM[], title: string): string {
  const scale = SIDE_PX / (Math.max(rows, cols) * cellM)
  const x = (eastM: number): string => (eastM * scale).toFixed(1)
  const y = (northM: number): string => ((rows * cellM - northM) * scale).toFixed(1)
  const sorted = values.filter((v) => v > 0).toSorted()
  const limits = Array.from({ length: SHADES }, (_, k) => sorted[Math.floor((k * sorted.length) / SHADES)] ?? Infinity)
  const shade = (value: number): number => (value > 0 ? limits.findLastIndex((limit) => value >= limit) : -1)
  const areas: string[] = Array.from({ length: SHADES }, () => '')
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols;) {
      const level = shade(values[row * cols + col]!)
      let end = col + 1
      while (end < cols && shade(values[row * cols + end]!) === level) end++
      if (level >= 0) {
        areas[level] +=
          `M${x(col * cellM)} ${y((row + 1) * cellM)}H${x(end * cellM)}V${y(row * cellM)}H${x(col * cellM)}z`
      }
      col = end
    }
  }
  const ground = areas.map((d, k) => `<path d="${d}" fill="#d97706" fill-opacity="${(0.08 + k * 0.11).toFixed(2)}"/>`)
  const lines = paths.map((path, i) => {
    const [first] = path
    const d = path.map((p) => `${x(p[0]!)},${y(p[1]!)}`).join(' ')
    const colour = LINES[i % LINES.length]!
    return `<polyline points="${d}" fill="none" stroke="${colour}" stroke-width="1.6"/><circle cx="${x(first![0]!)}" cy="${y(first![1]!)}" r="4" fill="${colour}"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE_PX} ${SIDE_PX}" width="${SIDE_PX}" height="${SIDE_PX}"><title>${title}</title><rect width="100%" height="100%" fill="#fff"/>${ground.join('')}${lines.join('')}</svg>\n`
}
