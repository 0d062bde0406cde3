import { measuredShare } from '../src/learning/detector-rates.ts'
import { mapScoreCases } from './mapscore-cases.ts'
import { bootstrapMean, mean } from './intervals.ts'
import { containment, scoreCases } from './mapscore-study.ts'
import type { Row } from './row.ts'

const SEED = 4

const row = (
  name: string,
  baseline: string,
  unit: string,
  ours: number,
  theirs: number,
  within?: Row['within'],
): Row => ({ name, baseline, ratio: ours / theirs, unit, ours, theirs, within })

/** MapScore of the distance-only map on the Arizona half, and how true its distances are there. */
export function run(): Row[] {
  const cases = mapScoreCases()
  if (cases.length === 0) {
    process.stderr.write('mapscore: skipped, ../shared/data/search/mapscore_arizona_half.csv is not here\n')
    return []
  }
  const scored = scoreCases(cases)
  const inBox = scored.filter(({ inBox }) => inBox)
  const worst = Math.max(...inBox.map(({ ours, smooth }) => Math.abs(ours - smooth)))
  process.stderr.write(`mapscore: largest difference from the smooth reference in the box ${worst.toFixed(4)}\n`)
  const layered = scored.filter(({ withTerrain }) => withTerrain !== null)
  process.stderr.write(
    `mapscore: terrain factor scored on ${layered.length} of ${scored.length} cases (those with layers)\n`,
  )
  const compared = (
    name: string,
    baseline: string,
    of: readonly (typeof scored)[number][],
    theirs: (each: (typeof scored)[number]) => number,
    mine: (each: (typeof scored)[number]) => number = ({ ours }) => ours,
  ): Row => row(name, baseline, 'R', mean(of.map(mine)), mean(of.map(theirs)), bootstrapMean(of.map(mine), SEED))
  return [
    compared(`MapScore R, ${inBox.length} cases in the box`, 'smooth radial reference', inBox, ({ smooth }) => smooth),
    compared(`MapScore R, ${inBox.length} cases in the box`, 'rings', inBox, ({ rings }) => rings),
    compared(`MapScore R, all ${scored.length} cases`, 'rings', scored, ({ rings }) => rings),
    ...(layered.length > 0
      ? [
          compared(
            `MapScore R with terrain, ${layered.length} cases`,
            'distance only',
            layered,
            ({ ours }) => ours,
            ({ withTerrain }) => withTerrain!,
          ),
        ]
      : []),
    ...containment(cases).map(({ nominal, contained, of }) => {
      const { best, low, high } = measuredShare(contained, of)
      return row(`finds inside the ${nominal * 100} % distance, ${of} cases`, 'nominal', 'share', best, nominal, [
        low,
        high,
      ])
    }),
  ]
}
