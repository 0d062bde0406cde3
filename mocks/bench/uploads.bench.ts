import { figureRun, isLie, uploadRun, type UploadResult } from '../src/with-bridge/upload-run.ts'

const RUNS = Number(process.env['UPLOAD_RUNS'] ?? 10_000)
/** Share of confirmed uploads that is asked for at each loss, percent. */
const TARGETS = { 0.1: 99.9, 0.2: 99, 0.3: 95 } as const

/**
 * Ten thousand uploads of a hundred items on a simulated clock. Throws where a run ends with another plan on the screen
 * than in the vehicle: that is no figure but a fault, and its seed belongs into a test.
 */
export async function run() {
  const results = new Map<number, UploadResult[]>()
  for (let seed = 1; seed <= RUNS; seed++) {
    const { losses, ...how } = figureRun(seed)
    const result = await uploadRun({ losses, ...how })
    if (isLie(result))
      throw new Error(`seed ${seed}: shows ${result.shown}, holds ${result.holds} (${result.code ?? 'confirmed'})`)
    if (result.said === 'failed')
      process.stderr.write(`  seed ${seed} (${losses.lost}, ${losses.rttMs} ms, ${how.autopilot}): ${result.code}\n`)
    results.set(losses.lost, [...(results.get(losses.lost) ?? []), result])
  }
  return Object.entries(TARGETS).map(([lost, target]) => {
    const own = results.get(Number(lost)) ?? []
    const confirmed = (100 * own.filter(({ said }) => said === 'confirmed').length) / Math.max(1, own.length)
    const times = own.map(({ tookMs }) => tookMs / 1000).toSorted((a, b) => a - b)
    const median = times[Math.floor(times.length / 2)]?.toFixed(0) ?? '?'
    return {
      name: `${own.length} uploads of 100 items at ${Number(lost) * 100} % loss both ways, 50-800 ms (median ${median} s), confirmed`,
      baseline: 'asked for',
      ratio: confirmed / target,
      unit: '%',
      ours: confirmed,
      theirs: target,
    }
  })
}

if (import.meta.main) console.table(await run())
