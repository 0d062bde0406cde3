/** One comparison of ours with a named baseline of the same run; `ratio` says how many times cheaper or better ours is. */
export interface Row {
  readonly name: string
  readonly baseline: string
  readonly ratio: number
  readonly unit: string
  readonly ours: number
  readonly theirs: number
  /** 95 % interval of ours, where it was drawn from cases. */
  readonly within?: readonly [low: number, high: number] | undefined
}

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const figure = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3))

const withinText = ({ within }: Row): string => (within ? ` (${within.map((x) => x.toFixed(3)).join('-')})` : '')

export const rowTable = (rows: readonly Row[]): string =>
  table(
    ['what', 'ours', 'baseline', 'measured', 'unit', 'ratio'],
    rows.map((r) => [r.name, figure(r.ours) + withinText(r), r.baseline, figure(r.theirs), r.unit, r.ratio.toFixed(2)]),
  )
