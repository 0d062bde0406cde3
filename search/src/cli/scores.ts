import { restrictedMeanTime } from '../plan/next-hour.ts'
import { posOfPaths, posOverTime, type Sweeping, type TimedPath } from '../plan/path-pos.ts'
import { foundAlive, type SurvivalConditions, survivalKnown, valuedPos } from '../plan/survival-curve.ts'
import { areaLikelihood, type Cells, type PathM, sarenvLikelihood } from '../plan/path-score.ts'

/** What a plan is worth, as `score` and `plan` print it. */
export interface Scores {
  readonly areaLikelihood: number
  readonly sarenvLikelihood: number
  readonly pos: number
  /** Null when the times of the paths or the horizon are not known. */
  readonly restrictedMeanTimeS: number | null
  /** Only where survival was asked for: probability to find the subject alive; null when times, or survival, are not known. */
  readonly survivalWeightedPos?: number | null
}

/** Survival of the subject, and how long before the paths' start it went missing. */
export type Survival = SurvivalConditions & { readonly sinceS: number }

/** Scores of paths; with times for all of them and a horizon, the restricted mean time too. */
export function scoresOf(
  grid: Cells,
  paths: readonly { readonly points: PathM; readonly timesS?: readonly number[] | undefined }[],
  sweeping: Sweeping,
  horizonS: number | null,
  survival: Survival | null = null,
): Scores {
  const points = paths.map((path) => path.points)
  const timed = paths.flatMap((path): TimedPath[] =>
    path.timesS ? [{ points: path.points, timesS: path.timesS }] : [],
  )
  const known = timed.length === paths.length
  const steps = known && (horizonS !== null || survival) ? posOverTime(grid, timed, sweeping) : []
  return {
    areaLikelihood: areaLikelihood(grid, points, sweeping.swathM / 2),
    sarenvLikelihood: sarenvLikelihood(grid, points, sweeping.swathM / 2),
    pos: posOfPaths(grid, points, sweeping),
    restrictedMeanTimeS: known && horizonS !== null ? meanTimeS(steps, horizonS) : null,
    ...(survival
      ? {
          survivalWeightedPos:
            known && survivalKnown(survival) ? valuedPos(steps, foundAlive(survival, survival.sinceS)) : null,
        }
      : {}),
  }
}

const meanTimeS = (steps: readonly { readonly atS: number; readonly pos: number }[], horizonS: number): number =>
  restrictedMeanTime([{ at: 0, pos: 0 }, ...steps.map(({ atS, pos }) => ({ at: atS, pos }))], horizonS)
