import { randomUUID } from 'node:crypto'
import type { GroundSensor, LngLat, Search, Segment } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { beforeEach, describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, HOME, REPORT, SETUP, at, world } from '../domain/test-kit.ts'
import type { UnitFix } from '../domain/context.ts'
import { decideAddTrack } from '../domain/searches/drawings.ts'
import { mapChanged } from './map-changed.ts'
import { createSearchMaps } from './search-maps.ts'

const SENSOR: GroundSensor = {
  kind: 'ground-team',
  detectionRangeM: 30,
  visibility: 'unknown',
  light: 'day',
  searchers: 1,
  dimLamp: false,
}
const BOAT: GroundSensor = {
  kind: 'boat',
  target: 'person-in-water',
  visibilityNm: 5,
  windMps: 3,
  waveHeightM: 0.2,
  tiredCrew: false,
  daylight: true,
}
const AREA: LngLat[] = [at(-300, -300), at(300, -300), at(300, 300), at(-300, 300)]
/** To and fro over the segment at 1 m/s, lanes 50 m apart, and the way there from the west. */
function walk(fromMs: number): UnitFix[] {
  const points: [number, number][] = [[-700, -250]]
  for (let lane = 0; lane < 10; lane++) {
    const y = -250 + 50 * lane
    points.push(
      ...((lane % 2 === 0
        ? [
            [-280, y],
            [280, y],
          ]
        : [
            [280, y],
            [-280, y],
          ]) as [number, number][]),
    )
  }
  const fixes: UnitFix[] = []
  let atMs = fromMs
  points.forEach(([x, y], i) => {
    const [px, py] = points[i - 1] ?? [x, y]
    const lengthM = Math.hypot(x - px, y - py)
    for (let m = 0; m < lengthM; m += 25) {
      const t = m / lengthM
      fixes.push({ atMs, position: at(px + t * (x - px), py + t * (y - py)), accuracyM: 5 })
      atMs += 25_000
    }
  })
  return fixes
}

function searching() {
  const maps = createSearchMaps({ land: () => null })
  const town = world(maps)
  let followed = 0
  const follow = (): void => {
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
  }
  const give = (command: Parameters<typeof town.give>[1]) => {
    const answer = town.give(COORDINATOR, command)
    follow()
    town.apply(mapChanged(maps, town.only('search'), town.picture))
    follow()
    return answer
  }
  const units = (['foot', 'boat', 'car'] as const).map((kind) => ({
    id: kind,
    callSign: `民安 ${kind}`,
    agency: 'x',
    kind,
    skills: [],
    onDuty: true,
  }))
  town.apply([{ type: 'roster.declared', units, handles: { foot: 1, boat: 2, car: 3 } }])
  town.give(DISPATCHER, REPORT)
  give({ type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const { id: searchId } = town.only('search')
  give({ type: 'search.add-segment', searchId, name: '后山', area: AREA })
  return { maps, town, give, searchId }
}
let s: ReturnType<typeof searching>
beforeEach(() => {
  s = searching()
})
const search = (): Search => s.town.only('search')
const segment = (): Segment => search().segments![0]!
const send = (unitId = 'foot') =>
  s.give({
    type: 'search.assign-teams',
    searchId: s.searchId,
    assignments: [{ segmentId: segment().id, unitId, hours: 2 }],
  })
function confirm(unitId = 'foot', sensor = SENSOR, spanMs?: [number, number]) {
  const [fromMs, toMs] = spanMs ?? [
    segment().teams.findLast((team) => team.unitId === unitId)?.sinceMs ?? 0,
    s.town.nowMs(),
  ]
  return s.give({
    type: 'search.confirm-searched',
    searchId: s.searchId,
    segmentId: segment().id,
    unitId,
    track: { kind: 'reported', fromMs, toMs },
    sensor,
  })
}
/** The unit walks for as long as it takes. */
function walks(): void {
  const fixes = walk(s.town.nowMs())
  s.town.report(fixes)
  s.town.pass(fixes.at(-1)!.atMs - s.town.nowMs() + 60_000)
}

describe('what people search', () => {
  it('sends a unit to the middle of its segment, and keeps who was there from when to when', () => {
    send()
    expect(s.town.picture.unit.get('foot')!.assignment).toMatchObject({ note: '#1 后山 · 2 h' })
    expect(localFrame(HOME).toLocal(s.town.picture.unit.get('foot')!.assignment!.destination)[0]).toBeCloseTo(0, 0)
    expect(segment().teams).toMatchObject([{ unitId: 'foot', hours: 2, untilMs: null }])
    s.give({ type: 'search.add-segment', searchId: s.searchId, name: '海滩', area: AREA })
    s.town.pass(5000)
    const [, second] = search().segments!
    const assignments = [{ segmentId: second!.id, unitId: 'foot', hours: null }]
    s.give({ type: 'search.assign-teams', searchId: s.searchId, assignments })
    expect(segment().teams[0]!.untilMs).toBe(s.town.nowMs())
    expect(search().segments![1]!.teams).toHaveLength(1)
  })

  it('never counts by itself: only when a person answers for it', () => {
    send()
    walks()
    const before = search().pos
    s.town.apply(mapChanged(s.maps, search(), s.town.picture))
    expect(search().pos).toBe(before)
    expect(typeof confirm()).not.toBe('string')
    expect(search().pos).toBeGreaterThan(before)
  })

  it('enters the map as a no-find inside the segment, with its figures, its source and what it changed', () => {
    const ground = (): number => s.maps.ground(s.searchId)!.grid.values.reduce((sum, v) => sum + v, 0)
    const before = { sum: ground(), rest: search().restOfWorld }
    send()
    walks()
    confirm()
    const [effort] = search().efforts!
    // Ten lanes of 560 m, no way there.
    expect(effort!.lengthM).toBeGreaterThan(5300)
    expect(effort!.lengthM).toBeLessThan(6300)
    // W 49 m over 600 m square.
    expect(effort!.coverage).toBeCloseTo((49.35 * effort!.lengthM) / 360_000, 1)
    expect(effort!.pos).toBeCloseTo(search().pos, 6)
    expect(effort!.sweepRangeM[0]).toBeLessThan(effort!.sweepWidthM)
    expect(ground()).toBeLessThan(before.sum)
    expect(search().restOfWorld).toBeGreaterThan(before.rest)
    expect(search().posBySource).toMatchObject({ drones: 0, boats: 0, beforeMoves: 0 })
    expect(search().posBySource!.teams).toBeCloseTo(search().pos, 6)
    expect(search().change).toMatchObject({ kind: 'ground-searched', about: '后山' })
    // The journal keeps no way that is not about the segment.
    const event = s.town.log.findLast(({ type }) => type === 'search.ground-searched')!
    const frame = localFrame(HOME)
    if (event.type === 'search.ground-searched')
      for (const [, lng, lat] of event.fixes.slice(1)) expect(frame.toLocal([lng, lat])[0]).toBeGreaterThan(-400)
  })

  it('counts the same way once, and can be taken back exactly', () => {
    send()
    const start = search().pos
    walks()
    confirm()
    const once = search().pos
    expect(confirm()).toBe('already-counted')
    s.give({
      type: 'search.withdraw-effort',
      searchId: s.searchId,
      effortId: search().efforts![0]!.id,
      reason: '走错沟',
    })
    expect(search().pos).toBeCloseTo(start, 12)
    expect(search().efforts![0]!.withdrawn).toMatchObject({ reason: '走错沟' })
    expect(search().change?.kind).toBe('effort-withdrawn')
    confirm()
    expect(search().pos).toBeCloseTo(once, 12)
  })

  it('shares the ground between a team and a boat that both searched it', () => {
    send('foot')
    send('boat')
    walks()
    confirm('foot')
    confirm('boat', BOAT)
    const { teams, boats, drones } = search().posBySource!
    expect(teams).toBeGreaterThan(0)
    expect(boats).toBeGreaterThan(teams)
    expect(teams + boats + drones).toBeCloseTo(search().pos, 9)
  })

  it('draws the same map again from the journal alone', () => {
    send()
    walks()
    confirm()
    const again = createSearchMaps({ land: () => null })
    for (const event of s.town.log) again.follow({ event })
    expect(again.figures(s.searchId)).toEqual(s.maps.figures(s.searchId))
  })

  it('takes a file of a receiver for a track', () => {
    send()
    const fixes = walk(s.town.nowMs()).map(({ atMs, position }): [number, number, number] => [atMs, ...position])
    s.town.pass(fixes.at(-1)![0] - s.town.nowMs() + 60_000)
    const track = { kind: 'file' as const, name: 'team1.gpx', fixes }
    s.give({
      type: 'search.confirm-searched',
      searchId: s.searchId,
      segmentId: segment().id,
      unitId: 'foot',
      track,
      sensor: SENSOR,
    })
    expect(search().efforts![0]).toMatchObject({ from: 'file', source: 'team' })
    expect(search().pos).toBeGreaterThan(0)
  })

  it('takes a track that was imported into the search, of the unit whose it is, sent there or not', () => {
    const fixes = walk(s.town.nowMs())
    s.town.report(fixes)
    s.town.pass(fixes.at(-1)!.atMs - s.town.nowMs() + 60_000)
    const track = { id: randomUUID(), unitId: 'foot', fromMs: fixes[0]!.atMs, toMs: fixes.at(-1)!.atMs }
    const rest = { points: fixes.length, refused: {}, lengthM: 6000, atMs: s.town.nowMs(), by: '协调' }
    const added = decideAddTrack(s.town.picture, s.searchId, { ...track, ...rest })
    if (!added.ok) throw new Error(added.error.code)
    s.town.apply(added.value)
    const credit = (unitId: string, trackId: string, sensor: GroundSensor = SENSOR) =>
      s.give({
        type: 'search.confirm-searched',
        searchId: s.searchId,
        segmentId: segment().id,
        unitId,
        track: { kind: 'imported', trackId },
        sensor,
      })
    expect(credit('foot', randomUUID())).toBe('unknown-track')
    expect(credit('boat', track.id, BOAT)).toBe('track-of-other')
    credit('foot', track.id)
    expect(search().efforts).toMatchObject([{ from: 'imported', unitId: 'foot', fromMs: track.fromMs }])
    expect(search().pos).toBeGreaterThan(0)
    expect(credit('foot', track.id)).toBe('already-counted')
  })

  it('is refused where nobody can answer for it', () => {
    expect(confirm('foot')).toBe('unit-not-in-segment')
    expect(send('car')).toBe('unit-does-not-search')
    send()
    expect(confirm('foot', BOAT)).toBe('unit-does-not-search')
    s.town.report([])
    s.town.pass(60_000)
    expect(confirm()).toBe('no-track')
    s.town.report(walk(s.town.nowMs() - 50_000).map((fix) => ({ ...fix, position: at(900, 900) })))
    expect(confirm()).toBe('track-outside-segment')
    // Before it was sent there it was somewhere else's business.
    expect(confirm('foot', SENSOR, [s.town.nowMs() - 600_000, s.town.nowMs()])).toBe('unit-not-in-segment')
    s.give({ type: 'search.remove-segment', searchId: s.searchId, segmentId: segment().id, reason: '并入别区' })
    expect(send()).toBe('segment-removed')
  })

  it('sends all of a list or none', () => {
    const assignments = ['foot', 'nobody'].map((unitId) => ({ segmentId: segment().id, unitId, hours: 1 }))
    expect(s.give({ type: 'search.assign-teams', searchId: s.searchId, assignments })).toBe('unknown-unit')
    expect(s.town.picture.unit.get('foot')!.assignment).toBeNull()
  })
})
