import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Cells } from './path-score.ts'

const FOLDER = new URL('../../../../shared/data/search/', import.meta.url)

/** One scene of the SAREnv benchmark. */
export interface SarenvScene {
  readonly id: number
  readonly site: string
  readonly grid: Cells
  /** Published likelihood scores: `n5_budget100000` by planner. */
  readonly published: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** The scenes and the scoring radius; null when the data folder is not beside the repository. For tests and benches. */
export function sarenvScenes(): { readonly radiusM: number; readonly scenes: readonly SarenvScene[] } | null {
  const [json, bin] = ['sarenv_scenes.json', 'sarenv_scenes_f32.bin'].map((name) =>
    fileURLToPath(new URL(name, FOLDER)),
  )
  if (!existsSync(json!) || !existsSync(bin!)) return null
  const meta = JSON.parse(readFileSync(json!, 'utf8')) as {
    shape: [number, number, number]
    cell_m: number
    rules: { detection_radius_m: number }
    datasets: { id: number; site: string; published_likelihood: SarenvScene['published'] }[]
  }
  const bytes = readFileSync(bin!)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [, rows, cols] = meta.shape
  const scenes = meta.datasets.map(({ id, site, published_likelihood }, scene) => ({
    id,
    site,
    published: published_likelihood,
    grid: {
      rows,
      cols,
      cellM: meta.cell_m,
      values: Float64Array.from({ length: rows * cols }, (_, i) =>
        view.getFloat32(4 * (scene * rows * cols + i), true),
      ),
    },
  }))
  return { radiusM: meta.rules.detection_radius_m, scenes }
}

/** Why a scene test was skipped. */
export const NO_SCENES = 'skipped: ../shared/data/search/sarenv_scenes.json is not here'

/** Most probability that so much area can hold: best cells first, whether or not they touch. */
export function bestCellsMass({ values, cellM }: Cells, areaM2: number): number {
  const sorted = values.toSorted((a, b) => b - a)
  const cells = areaM2 / (cellM * cellM)
  let sum = 0
  for (let i = 0; i < Math.min(sorted.length, Math.floor(cells)); i++) sum += sorted[i]!
  return sum + (sorted[Math.floor(cells)] ?? 0) * (cells % 1)
}
