import type { Ring, Zone } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { cutSorties } from '../../maps/cut-sorties.ts'
import { createSearchMaps } from '../../maps/search-maps.ts'
import { COORDINATOR, DISPATCHER, HOME, REPORT, SETUP, at, world } from '../test-kit.ts'
import { noFlyFor } from './no-fly.ts'

const zone = (
  shape: Zone['shape'],
  rule: Partial<Extract<Zone['rules'][number], { kind: 'intrusion' }>> = {},
): Zone => ({
  id: 'z',
  name: '靶场',
  shape,
  rules: [{ kind: 'intrusion', priority: 'critical', movers: ['drone'], only: [], allowed: [], ...rule }],
  evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
  revision: 1,
  changedAtMs: 0,
  changedBy: 'x',
})
const RADIUS_M = 150
const CIRCLE = { kind: 'circle', centre: at(0, 500), radiusM: RADIUS_M } satisfies Zone['shape']
const closed = (one: Zone, droneIds = ['main-1']): Ring[] =>
  noFlyFor({ zone: new Map([[one.id, one]]) }, { setup: SETUP }, droneIds)

describe('zones that a drone may not enter', () => {
  it('are those near the search with an intrusion rule for it', () => {
    expect(closed(zone(CIRCLE))).toHaveLength(1)
    expect(closed(zone(CIRCLE, { movers: ['vessel'] }))).toEqual([])
    expect(closed(zone(CIRCLE, { allowed: ['main-1'] }))).toEqual([])
    expect(closed(zone(CIRCLE, { allowed: ['main-1'] }), ['main-1', 'main-2'])).toHaveLength(1)
    expect(closed(zone(CIRCLE, { only: ['main-2'] }))).toEqual([])
    expect(closed({ ...zone(CIRCLE), rules: [] })).toEqual([])
    expect(closed(zone({ ...CIRCLE, centre: at(0, 9000) }))).toEqual([])
  })

  it('are outlined no smaller than they are', () => {
    const frame = localFrame(CIRCLE.centre)
    for (const corner of closed(zone(CIRCLE))[0]!)
      expect(Math.hypot(...frame.toLocal(corner))).toBeGreaterThan(RADIUS_M)
    const line = [at(-300, 0), at(300, 0), at(300, 400)]
    expect(closed(zone({ kind: 'corridor', line, halfWidthM: 40 }))).toHaveLength(5)
  })

  it('are flown around, and nothing inside them is searched, neither by a cut nor by a pattern', () => {
    const maps = createSearchMaps({ land: () => null })
    const town = world(maps, (request) => cutSorties(maps.ground(request.searchId)!, request))
    town.see('main-1')
    town.give(DISPATCHER, REPORT)
    town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
    for (const event of town.log) maps.follow({ event })
    const searchId = town.only('search').id
    const cut = () => {
      town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 50 })
      return nearestM()
    }
    /** How near the whole flight comes to the middle of the zone. */
    const nearestM = (): number => {
      const frame = localFrame(CIRCLE.centre)
      const points = [HOME, ...town.only('task').path, HOME].map((point) => frame.toLocal(point))
      const along = points.slice(1).flatMap(([x, y], i) => {
        const [fromX, fromY] = points[i]!
        return Array.from({ length: 101 }, (_, k) =>
          Math.hypot(fromX + ((x - fromX) * k) / 100, fromY + ((y - fromY) * k) / 100),
        )
      })
      return Math.min(...along)
    }
    const pattern = { name: 'parallel-track', centre: CIRCLE.centre, bearingDeg: 0, reachM: 300, acrossM: 200 } as const
    const lay = () => {
      town.give(COORDINATOR, { type: 'search.lay-pattern', searchId, droneIds: ['main-1'], clearanceM: 50, pattern })
      return nearestM()
    }
    expect(lay()).toBeLessThan(RADIUS_M)
    town.give(COORDINATOR, { type: 'task.withdraw', taskId: town.only('task').id, reason: '区域关闭' })
    town.apply([{ type: 'zone.declared', zone: zone(CIRCLE) }])
    expect(cut()).toBeGreaterThan(RADIUS_M)
    expect(lay()).toBeGreaterThan(RADIUS_M)
    expect(town.only('task').pattern).toEqual(pattern)
  })
})
