import { mapScoreCases } from './mapscore-cases.ts'
import { containment, mean, scoreCases } from './mapscore-study.ts'
import type { Row } from './row.ts'

const row = (name: string, baseline: string, unit: string, ours: number, theirs: number): Row => ({
  name,
  baseline,
  ratio: ours / theirs,
  unit,
  ours,
  theirs,
})

/** MapScore of the distance-only map on the Arizona half, and how true its distances are there. */
export function run(): Row[] {
  const cases = mapScoreCases()
  if (cases.length === 0) {
    process.stderr.write('mapscore: skipped, ../shared/data/search/mapscore_arizona_half.csv is not here\n')
    return []
  }
  const scored = scoreCases(cases)
  const inBox = scored.filter(({ inBox }) => inBox)
  const ours = mean(inBox.map(({ ours }) => ours))
  const worst = Math.max(...inBox.map(({ ours, smooth }) => Math.abs(ours - smooth)))
  process.stderr.write(`mapscore: largest difference from the smooth reference in the box ${worst.toFixed(4)}\n`)
  const layered = scored.filter(({ withTerrain }) => withTerrain !== null)
  process.stderr.write(
    `mapscore: terrain factor scored on ${layered.length} of ${scored.length} cases (those with layers)\n`,
  )
  return [
    row(
      `MapScore R, ${inBox.length} cases in the box`,
      'smooth radial reference',
      'R',
      ours,
      mean(inBox.map(({ smooth }) => smooth)),
    ),
    row(`MapScore R, ${inBox.length} cases in the box`, 'rings', 'R', ours, mean(inBox.map(({ rings }) => rings))),
    row(
      `MapScore R, all ${scored.length} cases`,
      'rings',
      'R',
      mean(scored.map(({ ours }) => ours)),
      mean(scored.map(({ rings }) => rings)),
    ),
    ...(layered.length > 0
      ? [
          row(
            `MapScore R with terrain, ${layered.length} cases`,
            'distance only',
            'R',
            mean(layered.map(({ withTerrain }) => withTerrain!)),
            mean(layered.map(({ ours }) => ours)),
          ),
        ]
      : []),
    ...containment(cases).map(({ nominal, contained }) =>
      row(
        `finds inside the ${nominal * 100} % distance, ${cases.length} cases`,
        'nominal',
        'share',
        contained,
        nominal,
      ),
    ),
  ]
}
