import { restrictedMeanTime } from '../next-hour.ts'
import { posOfPaths, posOverTime, type Sweeping, type TimedPath } from '../path-pos.ts'
import { areaLikelihood, type Cells, type PathM, sarenvLikelihood } from '../path-score.ts'

/** What a plan is worth, as `score` and `plan` print it. */
export interface Scores {
  readonly areaLikelihood: number
  readonly sarenvLikelihood: number
  readonly pos: number
  /** Null when the times of the paths or the horizon are not known. */
  readonly restrictedMeanTimeS: number | null
}

/** Scores of paths; with times for all of them and a horizon, the restricted mean time too. */
export function scoresOf(
  grid: Cells,
  paths: readonly { readonly points: PathM; readonly timesS?: readonly number[] | undefined }[],
  sweeping: Sweeping,
  horizonS: number | null,
): Scores {
  const points = paths.map((path) => path.points)
  const timed = paths.flatMap((path): TimedPath[] =>
    path.timesS ? [{ points: path.points, timesS: path.timesS }] : [],
  )
  const known = horizonS !== null && timed.length === paths.length
  return {
    areaLikelihood: areaLikelihood(grid, points, sweeping.swathM / 2),
    sarenvLikelihood: sarenvLikelihood(grid, points, sweeping.swathM / 2),
    pos: posOfPaths(grid, points, sweeping),
    restrictedMeanTimeS: known ? meanTimeS(grid, timed, sweeping, horizonS) : null,
  }
}

function meanTimeS(grid: Cells, paths: readonly TimedPath[], sweeping: Sweeping, horizonS: number): number {
  const steps = posOverTime(grid, paths, sweeping).map(({ atS, pos }) => ({ at: atS, pos }))
  return restrictedMeanTime([{ at: 0, pos: 0 }, ...steps], horizonS)
}
