import { areaLikelihood, sarenvLikelihood } from '../src/plan/path-score.ts'
import { planPaths } from '../src/plan/plan-paths.ts'
import { bestCellsMass, NO_SCENES, sarenvScenes, type SarenvScene } from '../src/plan/sarenv-scenes.ts'
import { run as runDrift } from './drift.bench.ts'
import { run as runMapScore } from './mapscore.bench.ts'
import { planPicture } from './plan-picture.ts'
import { type Row, rowTable, table } from './row.ts'
import { cpuTimed } from './cpu-time.ts'
import { mean } from './intervals.ts'
import { PATTERNS, patternPaths } from './sarenv-baselines.ts'
import { studySection } from './study-tables.ts'
import { lawnmowerPaths } from './threshold-lawnmower.ts'
import { turnedOf } from './turned-scene.ts'
import { run as runUpdate } from './update.bench.ts'

/** What a bench has to say in tables: printed, and written below the repository. */
interface Report {
  readonly text: string
  readonly files: readonly { readonly path: string; readonly content: string }[]
}

const BUDGET_M = 100_000
const BOUND_M2 = 6.64e6

/**
 * Everything that is measured of the search science, as one page: planning against the published patterns and a threshold
 * lawnmower, the simulated-subject study, and the tables of the other benches, which are run when this run did not.
 * Seeded; figures but times repeat exactly.
 */
export async function report(measured: ReadonlyMap<string, readonly Row[]> = new Map()): Promise<Report> {
  const sarenv = sarenvScenes()
  if (!sarenv) return { text: `planning: ${NO_SCENES}\n`, files: [] }
  const { radiusM, scenes } = sarenv
  const planned = scenes.map((scene) => planScene(scene, radiusM))
  const text = [
    '# Search science: benchmark',
    '',
    'Written by `npm run bench -- search`. Scenes, rules and published figures: SAREnv (MIT).',
    '',
    '## Lengths only: five drones, 20 km each, free start, detection certain within 33.1 m',
    '',
    'Area: 5 m sub-cells within the radius. Bound: best cells of 6.64 km2, whether or not they touch. Raw: the rule of SAREnv; it rewards lanes on cell centres, so the planner is not steered by it. Patterns are cut to 20 km per drone here and scored in the same run; beside them their published raw score (dev: deviation of ours from it).',
    '',
    lengthTable(planned),
    '',
    lawnmowerTable(planned),
    '',
    'The lawnmower (smooth over two or three cells, threshold to the length, lanes one swath apart along the better axis, cut in five) is run here in our own writing; the notes quote 0.924 of the bound and 1.084 of the best published raw score for another one.',
    '',
    '### The six scenes, turned',
    '',
    'The six scenes turned by odd angles, every second one mirrored first, so that no lane lies along the cells; the bound is that of the turned map. The target is 0.95 in the mean.',
    '',
    unseenTable(scenes, radiusM),
    '',
    '## Batteries, transit, wind, and detection that may fail',
    '',
    studySection(scenes),
    '',
    '## Probability map against the public cases (MapScore, Arizona half)',
    '',
    'R from -1 to 1, 0 is chance. Distance only: no case of the public set comes with layers of terrain, so the terrain factors are ready to be scored (`mapscore_layers/CASE.json` beside the cases) and not scored.',
    '',
    rowTable(measured.get('mapscore') ?? (await runMapScore())),
    '',
    '## Posterior update, one telemetry tick',
    '',
    'Targets: 1 ms for 120 x 120; for 1000 x 1000 50 ms in a worker and 16 ms on the main thread. Best of several rounds.',
    '',
    rowTable([...(measured.get('update') ?? (await runUpdate())), ...(measured.get('search-tick') ?? [])]),
    '',
    '## Drift',
    '',
    rowTable(measured.get('drift') ?? (await runDrift())),
    ...storiesSection(measured.get('search-stories')),
    '',
    '## Weak points',
    '',
    '- Of the times here: they are of one run on a shared machine with two cores that was busy with other work, so they are upper figures, and no two runs agree to better than a factor of two; those of plans are processor time, which other work disturbs less. Scores do not depend on them.',
    '- Of the SAREnv rules: starts are free, without transit, wind, battery or terrain; detection is certain inside the radius; its time-discounted score sees only the first few hundred metres, so it is not shown; 45 of 60 maps are not public in full; its maps put too little probability near the planning point (a density over distance used as one over area).',
    '- Of the planner: its lead over the plain lawnmower is small where lengths alone count and starts are free, and by the raw rule the lawnmower may be ahead on a scene (its lanes lie along the cells); batteries, wind and second looks make the difference. One boustrophedon chain per sortie (no lane is flown in two stretches by one chain), so thin roads and small patches are seen together with what lies beside them: that, and the ways out and back, is what keeps the first hour below the bound. Of that bound the first hour misses the target of 0.9 in the scenes named under its tables (as the sum over the map: lanes, and every leg). Sorties are exchanged one at a time; the study tries one lane bearing for long plans (others gained nothing when tried).',
    '- Of the study: flat ground, steady wind, one sensor model for all planners, subjects that stay. Patterns are flown again as they were; a coordinator would turn them. The lawnmower is laid once for 100 km and repeated.',
    '- Of the map: distances alone; whether terrain layers make it better is not known. MapScore cases are inland and dry, ours is an island city.',
    '- Of the drift: compared with its own reference moments and vectors, not with drifters at sea; the acceptance run of OpenDrift needs its land mask and was not run.',
    '',
    '## Pictures',
    '',
    ...planned.map(({ scene }) => `![Plan of scene ${scene.id}, ${scene.site}](plan-scene-${scene.id}.svg)`),
    '',
  ].join('\n')
  return {
    text,
    files: [
      { path: 'docs/benchmarks/search.md', content: text },
      ...planned.map(({ scene, paths }) => ({
        path: `docs/benchmarks/plan-scene-${scene.id}.svg`,
        content: planPicture(scene.grid, paths, `SAREnv scene ${scene.id}, ${scene.site}: five drones, 20 km each`),
      })),
    ],
  }
}

/** The server's own bench, where it ran: it stands in another room. */
const storiesSection = (rows: readonly Row[] | undefined): string[] =>
  rows
    ? [
        '',
        '## Drawing the stories of a search',
        '',
        "Of the server: how long orders wait (longest delay of its event loop) and how long it takes until the map is there, when a story is added to a search on the embedded coast; drawn ahead in the planner's threads, against the same command drawn where orders are taken. Best of several rounds.",
        '',
        rowTable(rows),
      ]
    : []

function planScene(scene: SarenvScene, radiusM: number) {
  const drones = Array.from({ length: 5 }, (_, i) => ({ id: `d${i}`, startM: null, budgetM: BUDGET_M / 5 }))
  const { value, ms } = cpuTimed(() => planPaths({ grid: scene.grid, drones, detectionRadiusM: radiusM }))
  const paths = value.map(({ pointsM }) => pointsM)
  const bound = bestCellsMass(scene.grid, BOUND_M2)
  const score = (lines: readonly (readonly (readonly number[])[])[]) => ({
    area: areaLikelihood(scene.grid, lines, radiusM),
    raw: sarenvLikelihood(scene.grid, lines, radiusM),
  })
  const theirs = Object.entries(PATTERNS).map(([name, pattern]) => ({
    name,
    ...score(patternPaths(pattern, 5, BUDGET_M)),
    published: scene.published['n5_budget100000']![name]!,
    onePublished: scene.published['n1_budget100000']![name]!,
    oneRaw: score(patternPaths(pattern, 1, BUDGET_M)).raw,
  }))
  const bestPublished = Math.max(...Object.values(scene.published['n5_budget100000']!))
  const lawnmower = score(lawnmowerPaths(scene.grid, 5, BUDGET_M))
  return { scene, paths, ms, bound, ours: score(paths), theirs, lawnmower, bestPublished }
}

function lengthTable(planned: readonly ReturnType<typeof planScene>[]): string {
  const dev = (raw: number, published: number): string => `${(100 * (raw / published - 1)).toFixed(2)} %`
  const names = Object.keys(PATTERNS)
  const rows = planned.map(({ scene, ms, bound, ours, bestPublished }) => [
    `${scene.id} ${scene.site}`,
    ours.area.toFixed(4),
    bound.toFixed(4),
    (ours.area / bound).toFixed(4),
    ours.raw.toFixed(4),
    (ours.raw / bestPublished).toFixed(3),
    ms.toFixed(0),
  ])
  const all = (pick: (each: ReturnType<typeof planScene>) => number): number => mean(planned.map(pick))
  rows.push([
    'mean',
    all(({ ours }) => ours.area).toFixed(4),
    all(({ bound }) => bound).toFixed(4),
    all(({ ours, bound }) => ours.area / bound).toFixed(4),
    all(({ ours }) => ours.raw).toFixed(4),
    all(({ ours, bestPublished }) => ours.raw / bestPublished).toFixed(3),
    all(({ ms }) => ms).toFixed(0),
  ])
  const patterns = names.map((name, k) => [
    name,
    all(({ theirs, bound }) => theirs[k]!.area / bound).toFixed(4),
    ...planned.map(({ theirs }) => {
      const { raw, published, oneRaw, onePublished } = theirs[k]!
      return `${raw.toFixed(5)} (${dev(raw, published)}); ${oneRaw.toFixed(5)} (${dev(oneRaw, onePublished)})`
    }),
  ])
  return [
    table(['scene', 'area', 'bound', 'area / bound', 'raw', 'raw / best published', 'plan, ms of processor'], rows),
    '',
    'Patterns: raw score with five drones (deviation from the published figure); with one drone and 100 km (deviation).',
    '',
    table(['pattern', 'area / bound, mean', ...planned.map(({ scene }) => `scene ${scene.id}`)], patterns),
  ].join('\n')
}

function unseenTable(scenes: readonly SarenvScene[], radiusM: number): string {
  const drones = Array.from({ length: 5 }, (_, i) => ({ id: `d${i}`, startM: null, budgetM: BUDGET_M / 5 }))
  const rows = scenes.map((scene, i) => {
    const { grid, angleDeg } = turnedOf(scene.grid, i)
    const paths = planPaths({ grid, drones, detectionRadiusM: radiusM }).map(({ pointsM }) => pointsM)
    const bound = bestCellsMass(grid, BOUND_M2)
    const part = (lines: readonly (readonly (readonly number[])[])[]): number =>
      areaLikelihood(grid, lines, radiusM) / bound
    return [`${scene.id}, turned by ${angleDeg}`, bound, part(paths), part(lawnmowerPaths(grid, 5, BUDGET_M))] as const
  })
  const text = ([name, ...figures]: readonly [string, ...number[]]): string[] => [
    name,
    ...figures.map((figure) => figure.toFixed(4)),
  ]
  const means = ([1, 2, 3] as const).map((k) => mean(rows.map((row) => row[k])))
  return table(
    ['scene', 'bound', 'ours, area / bound', 'lawnmower, area / bound'],
    [...rows.map(text), text(['mean', ...means])],
  )
}

function lawnmowerTable(planned: readonly ReturnType<typeof planScene>[]): string {
  const rows = planned.map(({ scene, bound, ours, lawnmower, bestPublished }) => [
    `${scene.id} ${scene.site}`,
    lawnmower.area / bound,
    ours.area / bound,
    lawnmower.raw / bestPublished,
    ours.raw / bestPublished,
  ]) satisfies [string, ...number[]][]
  const means = [1, 2, 3, 4].map((k) => mean(rows.map((row) => row[k] as number)))
  return table(
    ['scene', 'lawnmower, area / bound', 'ours', 'lawnmower, raw / best published', 'ours'],
    [...rows, ['mean', ...means]].map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(4) : cell))),
  )
}
