// How long orders wait while a story is added to a search, or its assumptions change: the longest delay of the event loop,
// with stories drawn ahead in a thread against the same command that draws where orders are taken.
// Alone: node scripts/run.mjs server/bench/search-stories.bench.ts
import { pathToFileURL } from 'node:url'
import { BOUNDS } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import type { DomainEvent, LngLat, OpenedSearch, ScenarioStory, SearchSetup } from '@skerry/contract'
import { gridAround, localFrame } from '@skerry/search'
import { systemScheduler } from '../src/engine/scheduler.ts'
import { NO_GROUND } from '../src/ground/ground-source.ts'
import { landSource } from '../src/maps/land-source.ts'
import { createPlanner } from '../src/maps/planner/planner.ts'
import { createPlanning } from '../src/maps/planner/planning.ts'
import { createSearchMaps, type SearchMaps } from '../src/maps/search-maps.ts'
import type { AskedStory } from '../src/maps/stories.ts'
import { longestDelayMs } from './event-loop-delay.ts'
import type { BenchRow } from './fanout.bench.ts'

const ROUNDS = 5
const PUTUO: LngLat = [122.385, 29.985]
const HOUR_MS = 3_600_000
const land = landSource(await loadLand(), BOUNDS)

const setupOf = (halfSizeM: number, cellM: number): SearchSetup => ({
  category: 'dementia',
  terrain: 'mountain',
  planningPoint: PUTUO,
  halfSizeM,
  cellM,
  shoreShare: 0.5,
})

function openedOn(setup: SearchSetup): OpenedSearch {
  return {
    id: 's',
    incidentId: 'i',
    state: 'open',
    openedAtMs: 0,
    endedAtMs: null,
    subject: { category: 'dementia', lastKnownAtMs: 0, lastKnownPosition: PUTUO, description: '' },
    setup,
    grid: gridAround(PUTUO, setup.halfSizeM, setup.cellM),
    restOfWorld: 0,
    pos: 0,
    nextHourPos: null,
    mapRevision: 1,
    highestGroundAmslM: null,
    found: null,
  } as unknown as OpenedSearch
}

const frame = localFrame(PUTUO)
const walked: ScenarioStory = {
  name: '往北',
  kind: 'radial',
  planningPoint: frame.toLngLat([300, 500]),
  category: 'hiker',
  terrain: 'mountain',
}
const drifts: ScenarioStory = {
  name: '落水',
  kind: 'drift',
  // South of the island, in the channel.
  planningPoint: [122.43, 29.985],
  entryErrorM: 100,
  enteredAtMs: 0,
  objectId: 'PIW-1',
  wind: { fromDeg: 20, speedMps: 6 },
  current: {
    kind: 'tide',
    ebb: { towardDeg: 120, speedMps: 0.6 },
    flood: { towardDeg: 300, speedMps: 0.5 },
    slackAtMs: HOUR_MS,
    afterSlack: 'flood',
  },
}
const added = (story: ScenarioStory, number: number): DomainEvent => ({
  type: 'search.scenario-added',
  searchId: 's',
  scenario: { id: `x${number}`, weight: 1, ...askedOf(story, number) },
})
/** Never the same story twice: nothing that was drawn before may serve again. */
const askedOf = (story: ScenarioStory, number: number): AskedStory => ({
  story: { ...story, name: `${story.name} ${number}` },
  ...(story.kind === 'drift' ? { mapAtMs: 6 * HOUR_MS } : {}),
})
const removed = (number: number): DomainEvent => ({
  type: 'search.scenario-removed',
  searchId: 's',
  scenarioId: `x${number}`,
  reason: '-',
})

async function compare(halfSizeM: number, cellM: number): Promise<BenchRow[]> {
  const setup = setupOf(halfSizeM, cellM)
  const search = { id: 's', setup }
  const opened = (): SearchMaps => {
    const maps = createSearchMaps({ land })
    maps.follow({ event: { type: 'search.opened', search: openedOn(setup) } })
    return maps
  }
  const [ahead, here] = [opened(), opened()]
  const planner = createPlanner({
    clock: systemScheduler,
    onFault: (error) => process.stderr.write(`${String(error)}\n`),
  })
  const planning = createPlanning(ahead, planner, NO_GROUND)
  const side = Math.ceil((2 * halfSizeM) / cellM)
  const rows: BenchRow[] = []
  try {
    let number = 0
    for (const [what, story] of [
      ['story on land', walked],
      ['drift of 6 h', drifts],
    ] as const) {
      const best = { ours: Infinity, theirs: Infinity, took: Infinity, tookHere: Infinity }
      for (let round = 0; round <= ROUNDS; round++) {
        const n = ++number
        const asked = askedOf(story, n)
        let took = 0
        const ours = await longestDelayMs(async () => {
          const startMs = performance.now()
          await planning.ahead(search, [asked])
          ahead.scenario(search, asked.story, asked.mapAtMs)
          ahead.follow({ event: added(story, n) })
          took = performance.now() - startMs
        })
        let tookHere = 0
        const theirs = await longestDelayMs(() => {
          const startMs = performance.now()
          here.scenario(search, asked.story, asked.mapAtMs)
          here.follow({ event: added(story, n) })
          tookHere = performance.now() - startMs
        })
        if (JSON.stringify(ahead.figures('s')) !== JSON.stringify(here.figures('s')))
          throw new Error('bench: maps differ')
        for (const maps of [ahead, here]) maps.follow({ event: removed(n) })
        if (round === 0) continue // the thread loads its code once
        best.ours = Math.min(best.ours, ours)
        best.theirs = Math.min(best.theirs, theirs)
        best.took = Math.min(best.took, took)
        best.tookHere = Math.min(best.tookHere, tookHere)
      }
      const row = (of: string, mine: number, other: number): BenchRow => ({
        name: `${what} on ${side}x${side} cells: ${of}`,
        baseline: 'drawn where orders are taken',
        ratio: other / mine,
        unit: 'ms',
        ours: mine,
        theirs: other,
      })
      rows.push(
        row('longest event-loop delay', best.ours, best.theirs),
        row('time to the map', best.took, best.tookHere),
      )
    }
    return rows
  } finally {
    await planner.stop()
  }
}

export const run = async (): Promise<BenchRow[]> => [...(await compare(2500, 25)), ...(await compare(10_000, 40))]

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const row of await run()) process.stdout.write(`${JSON.stringify(row)}\n`)
