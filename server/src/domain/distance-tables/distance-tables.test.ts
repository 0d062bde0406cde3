import type { DomainEvent } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createSearchMaps } from '../../maps/search-maps.ts'
import { decideDeclareTable } from './decide.ts'
import { COORDINATOR, DISPATCHER, REPORT, SETUP, world } from '../test-kit.ts'

const file = (flat: number[] = [0.1, 0.3, 0.6, 0.9]) => ({
  attribution: '嵊泗县 2015–2025，214 次搜救',
  categories: [
    { id: 'dementia', label: '失智老人', distancesKm: { flat } },
    { id: '赶海人', label: '赶海人', distancesKm: { flat: [0.1, 0.4, 0.8, 2] } },
  ],
})

function desk() {
  const maps = createSearchMaps({ land: () => null })
  const town = world(maps)
  let followed = 0
  const give = (command: Parameters<typeof town.give>[1], seat = COORDINATOR) => {
    const answer = town.give(seat, command)
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
    return answer
  }
  const declare = (tableName: string, given: Record<string, unknown> = file(), replaces?: string) =>
    give({ type: 'distance-table.declare', tableName, file: given, ...(replaces ? { replaces } : {}) })
  const tables = () => [...town.picture.distanceTable.values()]
  const open = (over: object = {}) => {
    give(REPORT, DISPATCHER)
    return give({ type: 'search.open', incidentId: town.only('incident').id, setup: { ...SETUP, ...over } })
  }
  return { maps, town, give, declare, tables, open }
}

describe("an agency's own distance table", () => {
  it('is kept with its name, its source and who declared it', () => {
    const { declare, tables } = desk()
    declare('嵊泗')
    expect(tables()).toEqual([
      expect.objectContaining({ name: '嵊泗', ...file(), state: 'current', by: COORDINATOR.name, replaces: null }),
    ])
  })

  it('draws the map of a search that is opened with it, which others do not', () => {
    const { declare, tables, open, town } = desk()
    declare('嵊泗')
    open({ tableId: tables()[0]!.id })
    const near = town.only('search')
    open()
    const usual = town.only('search')
    expect(near.setup.tableId).toBe(tables()[0]!.id)
    expect(near.restOfWorld).toBeLessThan(0.1)
    expect(usual.restOfWorld).toBeGreaterThan(0.2)
  })

  it('knows kinds of people that the default does not, in further stories too; those it lacks keep the default', () => {
    const { declare, tables, open, town, give } = desk()
    declare('嵊泗')
    const { id: tableId } = tables()[0]!
    expect(open({ category: '赶海人' })).toBe('unknown-category')
    expect(open({ category: '赶海人', tableId })).toBeInstanceOf(Array)
    const { id: searchId, setup } = town.only('search')
    const story = (category: string) =>
      ({ name: '另一说', kind: 'radial', planningPoint: setup.planningPoint, category, terrain: 'flat' }) as const
    for (const category of ['赶海人', 'hiker'])
      expect(give({ type: 'search.add-scenario', searchId, story: story(category), weight: 1 })).toBeInstanceOf(Array)
    expect(give({ type: 'search.add-scenario', searchId, story: story('nobody'), weight: 1 })).toBe('unknown-category')
    open()
    const plain = town.only('search').id
    expect(give({ type: 'search.add-scenario', searchId: plain, story: story('赶海人'), weight: 1 })).toBe(
      'unknown-category',
    )
  })

  it('is refused with the field that is wrong and what it must be', () => {
    const { town } = desk()
    const refusal = (given: Record<string, unknown>): unknown => {
      const command = { id: crypto.randomUUID(), type: 'distance-table.declare', tableName: '表', file: given } as const
      const decided = decideDeclareTable(town.picture, command, town.ctx(COORDINATOR))
      return decided.ok ? null : [decided.error.code, decided.error.detail]
    }
    expect(refusal(file([3, 2, 1, 0.5]))).toEqual([
      'table-not-possible',
      'table.categories[0].distancesKm.flat: must be four distances above 0 km, rising (25, 50, 75, 95 %)',
    ])
    expect(refusal({})).toEqual(['table-not-possible', expect.stringContaining('table.attribution: must be')])
    expect(refusal({ ...file(), extra: 1 })).toEqual(['table-not-possible', expect.stringContaining("not 'extra'")])
    expect(refusal(file())).toBeNull()
  })

  it('is changed by another one in its place; a search that was opened with the first goes on with it', () => {
    const { declare, tables, open, town, maps } = desk()
    declare('嵊泗')
    const first = tables()[0]!.id
    open({ tableId: first })
    const search = town.only('search')
    const before = maps.frame(search.id)
    expect(declare('嵊泗', file([1, 2, 3, 4]))).toBe('table-name-taken')
    declare('嵊泗', file([1, 2, 3, 4]), first)
    expect(tables().map(({ state }) => state)).toEqual(['replaced', 'current'])
    expect(declare('嵊泗', file(), first)).toBe('table-not-current')
    expect(open({ tableId: first })).toBe('table-not-current')
    expect(maps.frame(search.id)).toEqual(before)
    const replayed = createSearchMaps({ land: () => null })
    for (const event of JSON.parse(JSON.stringify(town.log)) as DomainEvent[]) replayed.follow({ event })
    expect(replayed.frame(search.id)).toEqual(maps.frame(search.id))
  })

  it('can be withdrawn with a reason, and no longer be chosen', () => {
    const { declare, tables, give, open } = desk()
    declare('嵊泗')
    const { id: tableId } = tables()[0]!
    give({ type: 'distance-table.withdraw', tableId, reason: '样本太少' })
    expect(tables()[0]!.state).toBe('withdrawn')
    expect(give({ type: 'distance-table.withdraw', tableId, reason: '样本太少' })).toBe('table-not-current')
    expect(open({ tableId })).toBe('table-not-current')
    expect(open({ tableId: 'none' })).toBe('unknown-table')
    expect(declare('嵊泗')).toBeInstanceOf(Array)
  })
})
