// A thousand zones against 2,800 positions a second (2,000 units, 3,000 vessels, 20 drones), in order and with late ones.
// Alone: node scripts/run.mjs server/bench/zones.bench.ts
import { pathToFileURL } from 'node:url'
import type { Zone, ZoneRule } from '@skerry/contract'
import { normal, place, rule, seeded } from '../src/zones/test-kit.ts'
import { createZoneEngine, type ZoneEngine } from '../src/zones/zone-engine.ts'
import type { ZoneFix } from '../src/zones/zone-fix.ts'
import { indexZones, scanZones, type MakeZoneSearch } from '../src/zones/zone-index.ts'

interface BenchRow {
  name: string
  baseline: string
  ratio: number
  unit: string
  ours: number
  theirs: number
}

const ZONES = 1000
const SECONDS = 60
const START_MS = 1_700_000_000_000
const WINDOW_MS = 5000
/** Half the sides of the sea and land that all this lies in, metres. */
const HALF_EAST_M = 45_000
const HALF_NORTH_M = 35_000
/** Kind, how many, seconds between two positions, greatest speed in m/s: the load that issue 5 names. */
const FLEET = [
  ['unit', 2000, 1, 20],
  ['vessel', 3000, 5, 12],
  ['drone', 20, 0.1, 15],
] as const

const RULES: readonly ZoneRule[] = [
  rule({ kind: 'enter' }),
  rule({ kind: 'dwell', forS: 30 }),
  rule({ kind: 'overspeed', limitMps: 8 }),
  rule({ kind: 'coverage', minUnits: 2, forS: 30, movers: ['unit'] }),
  rule({ kind: 'loiter', forS: 40, radiusM: 60 }),
  rule({ kind: 'gap', forS: 20 }),
  rule({ kind: 'meeting', forS: 20, withinM: 80, maxMps: 3, movers: ['vessel'] }),
]

/** Star-like polygons of 12 to 60 corners, 150 m to 1.5 km across, three rules each. */
function zones(): Zone[] {
  const random = seeded(17)
  return Array.from({ length: ZONES }, (_, i) => {
    const corners = 12 + Math.floor(random() * 49)
    const east = (random() * 2 - 1) * HALF_EAST_M
    const north = (random() * 2 - 1) * HALF_NORTH_M
    const radiusM = 75 + random() * 675
    const ring = Array.from({ length: corners }, (_, k) => {
      const far = radiusM * (0.7 + 0.3 * random())
      const angle = (k / corners) * 2 * Math.PI
      return place(east + far * Math.cos(angle), north + far * Math.sin(angle))
    })
    return {
      id: `z${i}`,
      name: `z${i}`,
      shape: { kind: 'polygon', rings: [ring] },
      rules: [0, 2, 4].map((k) => RULES[(i + k) % RULES.length]!),
      evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
      revision: 1,
      changedAtMs: START_MS,
      changedBy: 'bench',
    }
  })
}

/** Positions by the second in which they arrive: one in twenty up to four seconds late. */
function traffic(): ZoneFix[][] {
  const random = seeded(23)
  const arrivals: ZoneFix[][] = Array.from({ length: SECONDS + 6 }, () => [])
  for (const [kind, count, everyS, mostMps] of FLEET)
    for (let n = 0; n < count; n++) {
      let east = (random() * 2 - 1) * HALF_EAST_M
      let north = (random() * 2 - 1) * HALF_NORTH_M
      let angle = random() * 2 * Math.PI
      const mps = random() * mostMps
      for (let s = random() * everyS; s < SECONDS; s += everyS) {
        angle += normal(random) * 0.1
        east += Math.cos(angle) * mps * everyS
        north += Math.sin(angle) * mps * everyS
        const lateS = random() < 0.05 ? random() * 4 : random() * 0.3
        arrivals[Math.floor(s + lateS)]!.push({
          kind,
          id: `${kind}${n}`,
          atMs: START_MS + Math.round(s * 1000),
          lngLat: place(east + normal(random) * 3, north + normal(random) * 3),
          accuracyM: 8,
          speedMps: mps,
          available: true,
          feed: 'bench',
        })
      }
    }
  return arrivals
}

interface Measured {
  meanUs: number
  fixes: number
  events: number
}

function measure(all: Zone[], arrivals: readonly ZoneFix[][], makeSearch: MakeZoneSearch): Measured {
  const engine: ZoneEngine = createZoneEngine(makeSearch)
  engine.setZones(all, START_MS - 1000)
  let fixes = 0
  let events = 0
  const from = performance.now()
  arrivals.forEach((batch, second) => {
    for (const fix of batch) engine.take(fix)
    fixes += batch.length
    events += engine.advance(START_MS + (second + 1) * 1000 - WINDOW_MS).length
  })
  return { meanUs: ((performance.now() - from) * 1000) / fixes, fixes, events }
}

export function run(): BenchRow[] {
  const all = zones()
  const arrivals = traffic()
  let ours: Measured | null = null
  let naive: Measured | null = null
  for (let round = 0; round < 3; round++) {
    const indexed = measure(all, arrivals, indexZones)
    const scanned = measure(all, arrivals, scanZones)
    if (indexed.events !== scanned.events) throw new Error('the index and the scan disagree')
    if (ours === null || indexed.meanUs < ours.meanUs) ours = indexed
    if (naive === null || scanned.meanUs < naive.meanUs) naive = scanned
  }
  const perS = Math.round(ours!.fixes / SECONDS)
  return [
    {
      name: `${ZONES} zones, 3 rules each, ${perS} positions/s, ${ours!.events} events: mean`,
      baseline: 'every box of every zone looked at',
      ratio: naive!.meanUs / ours!.meanUs,
      unit: 'us per position',
      ours: ours!.meanUs,
      theirs: naive!.meanUs,
    },
  ]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const row of run()) process.stdout.write(`${JSON.stringify(row)}\n`)
