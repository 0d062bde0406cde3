import type { LngLat } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { earliestWay, HORIZON_MS, type Lifts, type Traveller } from './earliest.ts'
import type { Goal } from './goal.ts'
import type { FerryEdge, Network } from './network.ts'
import { BOARD_BY_CAR_S, BOARD_ON_FOOT_S } from './speeds.ts'

const MIN_MS = 60_000
const QUAY: LngLat = [122, 30]
const FAR_QUAY: LngLat = [122.1, 30]
const OTHER_QUAY: LngLat = [122.001, 30]

/** Two islands: two quays on the first, one on the second, one ferry from the first quay; clocks in UTC. */
function strait(ferry: Partial<FerryEdge>): Network {
  const pier = (at: LngLat, land: number) => ({ name: { zh: '', en: '' }, at, land, pier: true })
  const line: FerryEdge = {
    to: 1,
    departures: [],
    days: new Set([1, 2, 3, 4, 5, 6, 7]),
    way: 'line/quay',
    crossingS: 1200,
    distanceM: 9600,
    vehicles: false,
    undated: false,
    ...ferry,
  }
  return {
    crossings: { utcOffsetMin: 0 },
    nodes: [pier(QUAY, 1), pier(FAR_QUAY, 2), pier(OTHER_QUAY, 1)],
    bridges: [[], [], []],
    ferries: [line.departures.length > 0 ? [line] : [], [], []],
    seaM: [
      [Infinity, 9600, 100],
      [9600, Infinity, 9500],
      [100, 9500, Infinity],
    ].map((row) => Float64Array.from(row)),
    detour: () => 1,
  } as unknown as Network
}

const goal = { at: FAR_QUAY, land: 2 } as unknown as Goal
const NO_LIFTS: Lifts = { byPier: [null, null, null] }
const driver = (startMin: number): Traveller => ({
  at: QUAY,
  land: 1,
  mps: 10,
  onFoot: false,
  startMs: startMin * MIN_MS,
})
const boarding = (ferry: Partial<FerryEdge>, startMin: number) => {
  const hop = earliestWay(strait(ferry), driver(startMin), goal, NO_LIFTS)!.hops.find(({ by }) => by === 'ferry')!
  return { leaveMin: hop.leaveMs / MIN_MS, onFoot: hop.onFoot }
}

describe('the earliest way', () => {
  it('misses a ferry that sails before one is aboard', () => {
    const aboardMin = BOARD_ON_FOOT_S / 60
    expect(boarding({ departures: [60, 120] }, 60 - aboardMin)).toEqual({ leaveMin: 60, onFoot: true })
    expect(boarding({ departures: [60, 120] }, 60 - aboardMin + 0.5)).toEqual({ leaveMin: 120, onFoot: true })
  })

  it('takes the car along where the ferry carries cars and it is there in time, and else walks aboard', () => {
    const car = { departures: [60, 300], vehicles: true }
    // It is no later on foot; the car stays with the crew only where the way goes on from the quay.
    const inland = { at: [122.2, 30], land: 2 } as unknown as Goal
    const ferry = (startMin: number) =>
      earliestWay(strait(car), driver(startMin), inland, NO_LIFTS)!.hops.find(({ by }) => by === 'ferry')!
    expect(ferry(60 - BOARD_BY_CAR_S / 60)).toMatchObject({ onFoot: false, leaveMs: 60 * MIN_MS })
    expect(ferry(60 - BOARD_BY_CAR_S / 60 + 1)).toMatchObject({ onFoot: true, leaveMs: 60 * MIN_MS })
  })

  it('is none when it would take longer than is any help', () => {
    const wait = HORIZON_MS / MIN_MS
    const at = (departure: number) => earliestWay(strait({ departures: [departure] }), driver(0), goal, NO_LIFTS)
    expect(at(wait - 30)).not.toBeNull()
    expect(at(wait - 10)).toBeNull() // it sails in time, and arrives too late
  })

  it('is by a patrol boat to the other island, never along the own one', () => {
    const lifts: Lifts = { byPier: [{ atMs: 0, boatId: 'b1' }, null, null] }
    const way = earliestWay(strait({}), driver(0), goal, lifts)!
    expect(way.hops.map(({ by, to }) => [by, to])).toContainEqual(['lift', 1])
    const alongside = { at: OTHER_QUAY, land: 1 } as unknown as Goal
    const own = earliestWay(strait({}), { ...driver(0), mps: 0.01 }, alongside, lifts)!
    expect(own.hops.every(({ by }) => by === 'land')).toBe(true)
  })
})
