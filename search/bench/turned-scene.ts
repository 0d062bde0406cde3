import type { Cells } from '../src/plan/path-score.ts'

/** A square map turned about its middle, and mirrored before that; between cells by bilinear weights. */
function turnedScene({ rows, cols, cellM, values }: Cells, angleDeg: number, mirrored: boolean): Cells {
  const [sin, cos] = [Math.sin((angleDeg * Math.PI) / 180), Math.cos((angleDeg * Math.PI) / 180)]
  const at = (row: number, col: number): number =>
    row < 0 || col < 0 || row >= rows || col >= cols ? 0 : values[row * cols + col]!
  const turned = Float64Array.from({ length: rows * cols }, (_, i) => {
    const east = ((i % cols) + 0.5 - cols / 2) * (mirrored ? -1 : 1)
    const north = Math.floor(i / cols) + 0.5 - rows / 2
    const [x, y] = [cos * east - sin * north + cols / 2 - 0.5, sin * east + cos * north + rows / 2 - 0.5]
    const [col, row] = [Math.floor(x), Math.floor(y)]
    const [right, up] = [x - col, y - row]
    return (
      at(row, col) * (1 - right) * (1 - up) +
      at(row, col + 1) * right * (1 - up) +
      at(row + 1, col) * (1 - right) * up +
      at(row + 1, col + 1) * right * up
    )
  })
  return { rows, cols, cellM, values: turned }
}

/** Angles by which the scenes are turned: none lies along the grid. */
const TURNED_DEG = [23, 67, 111, 38, 152, 81]

/** The scene of this number, from 0, turned; every second one mirrored first. */
export function turnedOf(cells: Cells, number: number): { grid: Cells; angleDeg: number } {
  const angleDeg = TURNED_DEG[number % TURNED_DEG.length]!
  return { grid: turnedScene(cells, angleDeg, number % 2 === 1), angleDeg }
}
