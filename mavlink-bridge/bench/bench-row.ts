/** One line of the bench table: ours against a named baseline measured in the same run. */
export interface BenchRow {
  name: string
  baseline: string
  /** How many times cheaper ours is. */
  ratio: number
  unit: string
  ours: number
  theirs: number
}
