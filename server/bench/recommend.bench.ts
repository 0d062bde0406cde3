import { landInBox } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import type { LngLat } from '@skerry/contract'
import { loadCrossings } from '../src/eta/load-crossings.ts'
import { makeNetwork } from '../src/eta/network.ts'
import { needsOf } from '../src/eta/needs.ts'
import { NO_ROUTER, recommend } from '../src/eta/recommend.ts'
import type { Candidate } from '../src/eta/ranking.ts'
import { lineM } from '../src/eta/line.ts'
import { islandPlaces, islandUnits } from './island-units.ts'

const FLEETS = [500, 40] as const
const PLACES = 120
/** Straight-line shortlists: the usual length of a nearest system, and its longest. */
const SHORTLISTS = [5, 25] as const
/** 2026-03-02 in Asia/Shanghai at these hours: ferries run, the last have left, none runs. */
const HOURS = [9, 17, 23] as const
const DAY_MS = Date.UTC(2026, 2, 1, 16)

/**
 * Recommendation of all units by time of arrival, against a straight-line shortlist that is then routed by the same
 * code: time of each, and how often and by how much the shortlist misses the unit that would be first.
 */
export async function report(): Promise<{ text: string; files: { path: string; content: string }[] }> {
  const land = await loadLand()
  const crossings = await loadCrossings(null)
  const before = performance.now()
  const network = await makeNetwork(landInBox(land, crossings.box), crossings)
  const madeMs = performance.now() - before
  const places = islandPlaces(network, PLACES, 7)
  const rows = FLEETS.flatMap((count) =>
    HOURS.map((hour) => {
      const nowMs = DAY_MS + hour * 3_600_000
      const units = islandUnits(network, count, 11, nowMs)
      const ask = (position: LngLat, candidates: readonly Candidate[]) =>
        recommend(network, {
          incident: { id: 'i', position, unitIds: [] },
          needs: needsOf('other', 'warning'),
          nowMs,
          candidates,
          drones: [],
          declined: new Set(),
          promised: new Set(),
          mostRows: 12,
          roads: NO_ROUTER,
          sailings: new Map(),
        })
      ask(places[0]!, units) // warm
      const all = places.map((place) => timed(() => ask(place, units)))
      const again = places.map((place) => ask(place, [...units].reverse()))
      const same = all.every(({ value }, i) => JSON.stringify(value) === JSON.stringify(again[i]))
      const lists = SHORTLISTS.map((length) => {
        const near = (place: LngLat) =>
          [...units].sort((a, b) => lineM(a.fix!.lngLat, place) - lineM(b.fix!.lngLat, place)).slice(0, length)
        const short = places.map((place) => timed(() => ask(place, near(place))))
        const lostMin = all.flatMap(({ value }, i) => {
          const best = value.rows[0]
          const found = short[i]!.value.rows[0]
          if (best === undefined) return []
          return [found === undefined ? Infinity : (found.etaS - best.etaS) / 60]
        })
        const missed = lostMin.filter((min) => min > 0.5).sort((a, b) => b - a)
        return {
          length,
          p95: quantile(
            short.map(({ ms }) => ms),
            0.95,
          ),
          missed,
          of: lostMin.length,
        }
      })
      return {
        count,
        hour,
        p50: quantile(
          all.map(({ ms }) => ms),
          0.5,
        ),
        cpu95: quantile(
          all.map(({ cpuMs }) => cpuMs),
          0.95,
        ),
        p95: quantile(
          all.map(({ ms }) => ms),
          0.95,
        ),
        same,
        lists,
      }
    }),
  )
  const text = [
    `# Recommendation: all units by time of arrival, ${PLACES} places, island graph of ${network.nodes.length} piers and bridge ends`,
    '',
    `The graph is made once, in ${madeMs.toFixed(0)} ms. Times are for one recommendation, ways over water to the place included.`,
    'A miss: the shortlist does not hold a unit that arrives within 30 s of the true first; lost: how much later its best arrives.',
    '',
    '| units | hour | all: p50 ms | all: p95 ms | all: p95 ms of CPU | same order, input reversed | shortlist | p95 ms | misses | lost, median min | lost, worst min | nobody found |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows.flatMap(({ count, hour, p50, p95, cpu95, same, lists }) =>
      lists.map(({ length, p95: theirs, missed, of }) => {
        const finite = missed.filter(Number.isFinite)
        const figure = (x: number | undefined) => (x === undefined ? '-' : x.toFixed(1))
        return `| ${count} | ${hour}:00 | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${cpu95.toFixed(1)} | ${same ? 'yes' : 'NO'} | ${length} | ${theirs.toFixed(1)} | ${missed.length} of ${of} | ${figure(finite[Math.floor(finite.length / 2)])} | ${figure(finite[0])} | ${missed.length - finite.length} |`
      }),
    ),
    '',
  ].join('\n')
  return { text, files: [{ path: 'docs/benchmarks/recommend.md', content: text }] }
}

/** Wall time, and the time that this process really had: on a shared machine they differ. */
function timed<T>(run: () => T): { ms: number; cpuMs: number; value: T } {
  const before = performance.now()
  const cpu = process.cpuUsage()
  const value = run()
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - before, cpuMs: (user + system) / 1000, value }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!
}
