import type { LngLat, Unit, UnitKind } from '@skerry/contract'
import { loadCrossings } from './load-crossings.ts'
import { loadNetwork } from './load-network.ts'
import type { Network } from './network.ts'
import { NO_ROUTER, recommend, type RecommendInput } from './recommend.ts'
import type { Candidate } from './ranking.ts'

/** Things that tests of the recommendation share: the real island graph, places on it, units. */
export const SHENJIAMEN: LngLat = [122.298, 29.953]
export const DINGHAI: LngLat = [122.107, 30.02]
export const GAOTING: LngLat = [122.2, 30.25]
export const TAOHUA: LngLat = [122.285, 29.815]
export const PUTUOSHAN: LngLat = [122.388, 29.99]
export const OFF_TAOHUA: LngLat = [122.34, 29.84]
export const OPEN_SEA: LngLat = [122.6, 29.9]

/** 2026-03-02 at a time of day in China. */
export const chinaMs = (time: string): number => Date.parse(`2026-03-02T${time}:00+08:00`)

export const islandNetwork = async (): Promise<Network> => loadNetwork(await loadCrossings(null))

export const unit = (id: string, kind: UnitKind, over: Partial<Unit> = {}): Unit => ({
  id,
  handle: 1,
  callSign: id,
  agency: 'test',
  kind,
  skills: kind === 'boat' ? ['water-rescue'] : [],
  onDuty: true,
  status: 'available',
  assignment: null,
  ...over,
})
export const stands = (
  id: string,
  kind: UnitKind,
  lngLat: LngLat,
  nowMs: number,
  over: Partial<Unit> = {},
): Candidate => ({
  unit: unit(id, kind, over),
  fix: { lngLat, fixAtMs: nowMs },
})

export const ask = (
  network: Network,
  position: LngLat,
  nowMs: number,
  candidates: readonly Candidate[],
  over: Partial<RecommendInput> = {},
) =>
  recommend(network, {
    incident: { id: 'i1', position, unitIds: [] },
    needs: [],
    nowMs,
    candidates,
    drones: [],
    declined: new Set(),
    promised: new Set(),
    mostRows: 20,
    roads: NO_ROUTER,
    sailings: new Map(),
    ...over,
  })
