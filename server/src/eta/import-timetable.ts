// node scripts/run.mjs server/src/eta/import-timetable.ts TIMETABLE.csv [AS-OF] [CROSSINGS.json] > my-crossings.json
import { readFile } from 'node:fs/promises'
import { loadCrossings } from './load-crossings.ts'
import { withTimetable } from './timetable-csv.ts'

const [csv, asOf, file] = process.argv.slice(2)
if (csv === undefined) {
  process.stderr.write('Usage: import-timetable TIMETABLE.csv [AS-OF yyyy-mm-dd, or - when unknown] [CROSSINGS.json]\n')
  process.exit(2)
}
const read = withTimetable(
  await loadCrossings(file ?? null),
  await readFile(csv, 'utf8'),
  asOf === undefined || asOf === '-' ? null : asOf,
)
for (const { line, reason } of read.refused) process.stderr.write(`line ${line}: ${reason}\n`)
process.stderr.write(`${read.departures} departures taken, ${read.refused.length} not\n`)
process.stdout.write(`${JSON.stringify(read.crossings, null, 2)}\n`)
