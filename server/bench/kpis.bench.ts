// Figures of a month of 5,000 incidents, by category and island, with every interval.
// Alone: node scripts/run.mjs server/bench/kpis.bench.ts
import { pathToFileURL } from 'node:url'
import { contains, type LandPolygon } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import type { Crossings, Incident, LngLat } from '@skerry/contract'
import { createAlarmLedger } from '../src/alarms/measures.ts'
import { SAME_RULE } from '../src/domain/incidents/similar.ts'
import { loadCrossings } from '../src/eta/load-crossings.ts'
import { islandFinder, type IslandOf } from '../src/kpis/island-of.ts'
import { kpiReport } from '../src/kpis/kpi-report.ts'
import { seeded } from '../src/zones/test-kit.ts'

const INCIDENTS = 5000
const ROUNDS = 3
const MONTH_MS = 30 * 86_400_000
const MINUTE_MS = 60_000
const CATEGORIES = ['traffic', 'fire', 'medical', 'public-order', 'other'] as const

function month(box: Crossings['box']): Incident[] {
  const random = seeded(29)
  const within = (low: number, high: number): number => low + random() * (high - low)
  return Array.from({ length: INCIDENTS }, (_, i) => {
    const receivedAtMs = Math.floor(random() * MONTH_MS)
    let atMs = receivedAtMs
    const next = (): number => (atMs += Math.ceil(-Math.log(random()) * 5 * MINUTE_MS))
    const category = CATEGORIES[Math.floor(random() * CATEGORIES.length)]!
    return {
      id: `i${i}`,
      number: i,
      category,
      class: category,
      priority: 'warning',
      state: 'closed',
      position: [within(box[0], box[2]), within(box[1], box[3])] as LngLat,
      place: '',
      text: '',
      occurredAtMs: receivedAtMs,
      receivedAtMs,
      times: { dispatched: next(), acknowledged: next(), 'en-route': next(), 'on-scene': next() },
      closedAtMs: next(),
      closedAs: 'handled',
      outcome: null,
      subject: null,
      unitIds: [],
      searchId: null,
      source: '',
    }
  })
}

/** The island of a place with every piece of the map looked at each time, and then every island. */
const plainFinder =
  (land: readonly LandPolygon[], { islands }: Pick<Crossings, 'islands'>): IslandOf =>
  (at) => {
    const piece = land.find((polygon) => contains(polygon, at))
    if (piece === undefined) return null
    const on = islands.filter((island) => contains(piece, island.at))
    const farness = ([lng, lat]: LngLat): number =>
      ((lng - at[0]) * Math.cos((at[1] * Math.PI) / 180)) ** 2 + (lat - at[1]) ** 2
    return on.sort((a, b) => farness(a.at) - farness(b.at))[0]?.id ?? null
  }

export async function run() {
  const [land, crossings] = [await loadLand(), await loadCrossings(null)]
  const incidents = month(crossings.box)
  const measure = (islandOf: IslandOf) => {
    const before = performance.now()
    const report = kpiReport({
      incidents,
      searches: [],
      alarms: createAlarmLedger(),
      rule: SAME_RULE,
      crossings,
      islandOf,
      fromMs: 0,
      toMs: MONTH_MS,
      nowMs: MONTH_MS,
    })
    return { ms: performance.now() - before, islands: JSON.stringify(report.islands) }
  }
  const [ours, plain] = [islandFinder(land, crossings), plainFinder(land, crossings)]
  let [best, theirs] = [Infinity, Infinity]
  const first = measure(ours).ms // the islands are found once
  for (let round = 0; round < ROUNDS; round++) {
    const [a, b] = [measure(ours), measure(plain)]
    if (a.islands !== b.islands) throw new Error('the two find different islands')
    best = Math.min(best, a.ms)
    theirs = Math.min(theirs, b.ms)
  }
  return [
    {
      name: `figures of ${INCIDENTS} incidents, by category and island (the first time ${first.toFixed(0)} ms)`,
      baseline: 'every piece of land looked at for each incident',
      ratio: theirs / best,
      unit: 'ms',
      ours: best,
      theirs,
    },
  ]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const row of await run()) process.stdout.write(`${JSON.stringify(row)}\n`)
