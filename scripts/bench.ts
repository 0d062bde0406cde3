import { readdirSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { ARROWS } from './check-arrows.ts'

const HELP = `Usage: npm run bench [-- WORD ...] [--seed N]

Runs the benches beside the hot paths (PACKAGE/bench/*.bench.ts) and prints each as a ratio against a named
baseline measured in the same run. A bench may also report in tables; those are printed and written to docs/benchmarks. WORDs choose benches whose path holds one of them.

--seed N   draws what is drawn by chance (the subjects of the search study) by another seed; tables are then printed
           alone, so that the pages in docs/benchmarks stay what the plain command gives
`

/** One measured comparison. `ratio` says how many times cheaper ours is than the baseline. */
interface Row {
  name: string
  baseline: string
  ratio: number
  unit: string
  ours: number
  theirs: number
}

/** What a bench says in tables, and the files it keeps below the repository. */
interface Report {
  text: string
  files: readonly { path: string; content: string }[]
}

interface Bench {
  run?: () => Promise<Row[]> | Row[]
  /** After all benches of this run; what they measured is there by the name of their file, without `.bench.ts`. */
  report?: (measured: ReadonlyMap<string, readonly Row[]>) => Promise<Report> | Report
}

const root = path.dirname(import.meta.dirname)
const { values: options, positionals: words } = parseArgs({
  options: { seed: { type: 'string' }, help: { type: 'boolean' } },
  allowPositionals: true,
})
if (options.seed !== undefined) process.env['SKERRY_SEED'] = options.seed

function benches(): string[] {
  return Object.keys(ARROWS)
    .map((name) => path.join(root, name, 'bench'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.bench.ts'))
        .map((file) => path.join(folder, file)),
    )
    .filter((file) => words.length === 0 || words.some((word) => path.relative(root, file).includes(word)))
}

function table(rows: readonly Row[]): string {
  const cells = [
    ['what', 'ours', 'baseline', 'measured', 'unit', 'times cheaper'],
    ...rows.map((r) => [r.name, figure(r.ours), r.baseline, figure(r.theirs), r.unit, r.ratio.toFixed(1)]),
  ]
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))

const wrongSeed = options.seed !== undefined && !/^\d{1,9}$/.test(options.seed)
if (options.help) process.stdout.write(HELP)
else if (wrongSeed) {
  process.stderr.write(`--seed: must be a whole number of at most nine digits, not ${options.seed}\n`)
  process.exitCode = 2
} else {
  const rows: Row[] = []
  const measured = new Map<string, readonly Row[]>()
  const reporting: NonNullable<Bench['report']>[] = []
  const reports: string[] = []
  for (const file of benches()) {
    process.stderr.write(`${path.relative(root, file)} ...\n`)
    const bench = (await import(pathToFileURL(file).href)) as Bench
    const own = (await bench.run?.()) ?? []
    rows.push(...own)
    if (bench.run) measured.set(path.basename(file, '.bench.ts'), own)
    if (bench.report) reporting.push(bench.report)
  }
  for (const report of reporting) {
    const { text, files } = await report(measured)
    reports.push(text)
    if (options.seed !== undefined) continue
    for (const { path: name, content } of files) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
      writeFileSync(path.join(root, name), content)
    }
  }
  if (rows.length === 0 && reports.length === 0) {
    process.stderr.write(`no bench matches ${words.join(' ')}\n`)
    process.exitCode = 2
  } else {
    process.stdout.write(`${process.version}, ${process.platform} ${process.arch}\n\n`)
    if (rows.length > 0) process.stdout.write(`${table(rows)}\n`)
    for (const text of reports) process.stdout.write(`\n${text}`)
  }
}
