import { expect, it } from 'vitest'
import type { CutRequest, LanesRequest, RelookRequest } from './context.ts'
import {
  COORDINATOR,
  DISPATCHER,
  NOW_MS,
  REPORT,
  SETUP,
  at,
  squareCuts,
  squareMaps,
  statusOf,
  world,
} from './test-kit.ts'
import { windFor } from './wind-at-hand.ts'

const BREEZE = { fromDeg: 270, speedMps: 3 }
const GALE = { fromDeg: 90, speedMps: 7 }

/** Two drones at a search; what was asked of the search science is kept. */
function searching() {
  const asked = { cuts: [] as CutRequest[], lanes: [] as LanesRequest[], looks: [] as RelookRequest[] }
  const maps = squareMaps()
  const town = world(
    {
      ...maps,
      lanes: (request) => (asked.lanes.push(request), maps.lanes(request)),
      relook: (request) => (asked.looks.push(request), maps.relook(request)),
    },
    (request) => (asked.cuts.push(request), squareCuts(request)),
  )
  for (const id of ['main-1', 'main-2', 'main-3']) town.see(id)
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const searchId = town.only('search').id
  town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 30 })
  const cut = (...droneIds: string[]) =>
    town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds, clearanceM: 50 })
  return { town, asked, searchId, cut }
}

it('is what the drone reports itself, else the strongest that others report, and never calm air in place of it', () => {
  const { town, asked, cut } = searching()
  town.see('main-2', { wind: BREEZE })
  town.see('main-3', { wind: GALE })
  cut('main-1', 'main-2')
  expect(asked.cuts.at(-1)!.drones.map(({ wind }) => wind)).toEqual([GALE, BREEZE])
})

it('is unknown where nobody reports any, or only a drone whose link is lost', () => {
  const { link } = statusOf('main-2')
  const lost = statusOf('main-2', { wind: GALE, link: { ...link, state: 'lost' } })
  expect(windFor(statusOf('main-1'), { statuses: () => [statusOf('main-1'), lost] })).toBeNull()
  expect(windFor(null, { statuses: () => [lost, statusOf('main-3', { wind: BREEZE })] })).toEqual(BREEZE)
})

it('counts for the rest of a task that is handed over and for another look as well', () => {
  const { town, asked, searchId, cut } = searching()
  cut('main-1')
  const task = town.only('task')
  town.see('main-3', { wind: GALE })
  town.apply([
    { type: 'task.flying', taskId: task.id },
    { type: 'task.done', taskId: task.id },
  ])
  town.give(COORDINATOR, { type: 'task.hand-over', taskId: task.id, droneId: 'main-1' })
  expect(asked.lanes.at(-1)!.wind).toEqual(GALE)
  const candidate = {
    id: 'c1',
    number: 1,
    searchId,
    incidentId: task.incidentId,
    state: 'open' as const,
    position: at(0, 200),
    errorRadiusM: 8,
    firstSeenAtMs: NOW_MS,
    lastSeenAtMs: NOW_MS,
    looks: 3,
    opportunities: 4,
    maxC: 31,
    contrastSd: 9,
    likelihoodRatio: 30,
    passes: 1,
    taskId: null,
    unitId: null,
    reason: null,
  }
  town.apply([{ type: 'candidate.raised', candidate }])
  town.give(COORDINATOR, { type: 'candidate.look-again', candidateId: 'c1', droneId: 'main-2' })
  expect(asked.looks.at(-1)!.wind).toEqual(GALE)
})
