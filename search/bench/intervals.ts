import { measuredShare } from '../src/learning/detector-rates.ts'
import { seededRandom } from '../src/frame/seeded-random.ts'

export const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length

/** Half of the 95 % interval of a mean, by its standard error. */
export function meanHalf(list: readonly number[]): number {
  const middle = mean(list)
  return 1.96 * Math.sqrt(list.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (list.length - 1) / list.length)
}

/** A share with its 95 % interval (Wilson), as of a whole: `0.559 (0.528-0.589)`; both divided by `of`, default 1. */
export function shareText(hits: number, trials: number, of = 1): string {
  const { best, low, high } = measuredShare(hits, trials)
  return `${(best / of).toFixed(3)} (${(low / of).toFixed(3)}-${(high / of).toFixed(3)})`
}

/** 95 % interval of a mean by drawing the cases again (bootstrap, seeded). */
export function bootstrapMean(
  list: readonly number[],
  seed: number,
  draws = 2000,
): readonly [low: number, high: number] {
  const random = seededRandom(seed)
  const means = Array.from({ length: draws }, () => mean(list.map(() => list[Math.floor(random() * list.length)]!)))
  means.sort((a, b) => a - b)
  return [means[Math.floor(0.025 * draws)]!, means[Math.ceil(0.975 * draws) - 1]!]
}
