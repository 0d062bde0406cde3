import { DEFAULT_DICTIONARY, type Candidate, type Incident, type JournalEntry, type Zone } from '@skerry/contract'
import { readFile, writeGeoJson, writeGpx, writeKml, type OutThing, type Thing } from '@skerry/exchange'
import { describe, expect, it } from 'vitest'
import { HOME, at } from '../domain/test-kit.ts'
import type { TrackPoint } from '../tracks/track-point.ts'
import { incidentDocument, type IncidentExport, type UnitOut } from './incident-document.ts'
import { spansOut } from './spans-out.ts'

const T0 = Date.UTC(2026, 10, 28, 7)
const MIN = 60_000
const HOSTILE = `<b>"&'码头</b> 13800138000 ]]>`
const fix = (s: number, eastM: number): TrackPoint => ({
  kind: 'unit',
  id: 'P-1',
  atMs: T0 + s * 1000,
  receivedAtMs: T0 + s * 1000,
  lngLat: at(eastM, 0),
  accuracyM: 5,
  headingDeg: null,
  speedMps: 3,
  heightM: null,
})
const incident = {
  id: 'i',
  number: 12,
  category: 'fire',
  class: 'fire',
  priority: 'critical',
  level: 'critical',
  state: 'en-route',
  position: HOME,
  place: HOSTILE,
  text: '冒烟，联系人 13957201234',
  occurredAtMs: T0,
  receivedAtMs: T0 + MIN,
  closedAtMs: null,
  times: { dispatched: T0 + 2 * MIN },
  source: '接警员甲',
  alert: undefined,
  warnings: [
    {
      identifier: 'w',
      sentMs: T0 + MIN,
      msgType: 'Alert',
      expiresMs: T0 + 600 * MIN,
      draft: { texts: [{ language: 'zh-CN', headline: '请勿靠近码头' }] },
      area: { polygons: [], circles: [{ centre: HOME, radiusM: 300 }] },
    },
  ],
} as unknown as Incident
const unit = (id: string, points: TrackPoint[], toMs: number | null): UnitOut => ({
  unit: { id, callSign: `普陀-${id}`, kind: 'car' },
  spans: [{ fromMs: T0, toMs }],
  points,
})
const circle = (name: string, eastM: number): Zone =>
  ({ id: name, name, shape: { kind: 'circle', centre: at(eastM, 0), radiusM: 100 }, rules: [] }) as unknown as Zone
const of: IncidentExport = {
  incident,
  dictionary: DEFAULT_DICTIONARY,
  units: [unit('P-1', [fix(0, 0), fix(10, 50), fix(900, 400), fix(910, 450)], null), unit('P-2', [], T0 + MIN)],
  flights: [{ of: { kind: 'flight', drone: 'main-1', task: 3 }, points: [fix(0, 0), fix(5, 10)].map((p) => ({ ...p, heightAmslM: null })) }], // oxfmt-ignore
  searches: [
    {
      search: {
        setup: { planningPoint: HOME },
        grid: { rows: 4, cols: 4, cellM: 50, origin: HOME },
        found: null,
        segments: [
          { number: 1, name: '北坡', area: [at(0, 0), at(90, 0), at(90, 90)], removed: null },
          { number: 2, name: '撤销的', area: [at(0, 0), at(90, 0), at(90, 90)], removed: { reason: 'x', atMs: T0 } },
        ],
      },
      tasks: [],
      candidates: [
        {
          number: 7,
          position: at(20, 30),
          state: 'open',
          maxC: 33.7,
          looks: 2,
          opportunities: 3,
          lastSeenAtMs: T0,
          errorRadiusM: 8,
          likelihoodRatio: 12.3,
        } as Candidate,
      ],
    } as unknown as IncidentExport['searches'][number],
  ],
  zones: [circle('码头警戒 13800138000', 400), circle('远处锚地', 9000)],
}
const NOW = T0 + 20 * MIN
const document = incidentDocument(of, 'zh', NOW)
const all = document.folders.flatMap(({ things }) => things)
const folder = (name: string) => document.folders.find((one) => one.name === name)?.things ?? []

/** What must be the same on both sides of a file; an area is its outline where the format has lines alone. */
function facts({ name, atMs, shape }: Pick<Thing, 'name' | 'atMs' | 'shape'>, outlines: boolean) {
  const round = ([lng, lat]: readonly number[]) => [lng!.toFixed(7), lat!.toFixed(7)].join()
  const places =
    shape.kind === 'point'
      ? [round(shape.at)]
      : shape.kind === 'line'
        ? shape.line.map(round)
        : shape.kind === 'polygon'
          ? shape.rings.flatMap((ring) => (outlines ? [...ring, ring[0]!] : ring).map(round))
          : shape.pieces.flatMap((piece) => piece.map((point) => `${round(point.at)} ${point.atMs}`))
  const kind = outlines && shape.kind === 'polygon' ? 'line' : shape.kind
  return { name, atMs: shape.kind === 'point' ? atMs : null, kind, places: [...places].sort() }
}
/** GeoJSON has each piece of a track as a feature of its own. */
const pieces = (thing: OutThing): OutThing[] =>
  thing.shape.kind === 'track'
    ? thing.shape.pieces.map((piece) => ({ ...thing, shape: { kind: 'track', pieces: [piece] } }))
    : [thing]

describe('an incident as a file', () => {
  it.each([
    ['geojson', writeGeoJson, all.flatMap(pieces), false],
    ['kml', writeKml, all, false],
    ['gpx', writeGpx, all, true],
  ] as const)('as %s is read back by our own reader with the same features', (format, write, expected, outlines) => {
    const read = readFile(Buffer.from(write(document)))
    if (!read.ok) throw new Error(read.fault)
    expect(read.file).toMatchObject({ format, left: [] })
    const sorted = (things: readonly Pick<Thing, 'name' | 'atMs' | 'shape'>[]) =>
      things.map((thing) => JSON.stringify(facts(thing, outlines))).sort()
    expect(sorted(read.file.things)).toEqual(sorted(expected))
  })
  it('has its place with its times in ISO, in UTC', () => {
    expect(folder('警情')).toMatchObject([
      {
        name: '警情 12 火情',
        atMs: T0,
        figures: { state: 'en-route', occurredAt: '2026-11-28T07:00:00Z', dispatchedAt: '2026-11-28T07:02:00Z', closedAt: null }, // oxfmt-ignore
      },
    ])
  })
  it('has the last position of a unit and its way, apart where it was silent, and names the unit without a position', () => {
    expect(folder('单位最后位置')).toMatchObject([
      { name: '普陀-P-1', atMs: T0 + 910_000, shape: { kind: 'point', at: at(450, 0) }, figures: { accuracyM: 5, outUntil: null } }, // oxfmt-ignore
    ])
    expect(folder('轨迹').map(({ name }) => name)).toEqual(['普陀-P-1 轨迹', 'main-1 任务 3'])
    expect(folder('轨迹')[0]!.shape).toMatchObject({ pieces: [{ length: 2 }, { length: 2 }] })
    expect(document.note).toContain('没有位置的单位：普陀-P-2')
  })
  it('has the warning that stands and the zones nearby, and none from far away or taken back', () => {
    expect(folder('预警范围').map(({ name }) => name)).toEqual(['预警 请勿靠近码头'])
    expect(folder('区域').map(({ name }) => name)).toEqual(['码头警戒 [***]'])
    const later = incidentDocument(of, 'zh', T0 + 601 * MIN)
    expect(later.folders.map(({ name }) => name)).not.toContain('预警范围')
    expect(folder('地面分区').map(({ name }) => name)).toEqual(['分区 1 北坡'])
  })
  it('holds no number that somebody can be reached by, nobody who took the call, and nothing of what a lost person is like', () => {
    const text = JSON.stringify(document)
    expect(text).not.toMatch(/13800138000|13957201234|接警员甲/)
    expect(text).toContain('冒烟')
    const lost: Incident = {
      ...incident,
      category: 'missing-person',
      class: 'missing-person',
      text: '穿蓝色外套的老人',
    }
    expect(JSON.stringify(incidentDocument({ ...of, incident: lost }, 'zh', NOW))).not.toContain('蓝色外套')
  })
  it('is labelled in English where that is asked', () => {
    expect(incidentDocument(of, 'en', NOW).folders.map(({ name }) => name)).toEqual([
      'Incident',
      'Last positions of units',
      'Tracks',
      'Areas of warnings',
      'Zones',
      'Planning point and extent of the search',
      'Segments on the ground',
      'Candidates',
    ])
  })
})

describe('the times that units were out', () => {
  const told = (...events: [number, object][]) =>
    [...spansOut(events.map(([min, event]) => ({ atMs: T0 + min * MIN, event }) as unknown as JournalEntry))].map(
      ([id, spans]) => [
        id,
        ...spans.map(({ fromMs, toMs }) => [(fromMs - T0) / MIN, toMs === null ? null : (toMs - T0) / MIN]),
      ],
    )
  const offered = (unitId: string) => ({ type: 'incident.offered', offer: { unitId } })
  const of = (type: string, unitId: string, more = {}) => ({ type: `incident.${type}`, unitId, ...more })

  it('begin when a unit is asked or ordered and end when it is let go, is lost or the incident closes', () => {
    expect(
      told(
        [1, offered('a')],
        [2, of('assigned', 'b')],
        [3, of('assigned', 'b')], // to a candidate, on the same errand
        [4, of('released', 'b')],
        [5, of('unit-lost', 'a')],
        [6, of('assigned', 'b')],
        [7, of('assigned', 'c')],
        [9, { type: 'incident.closed' }],
      ),
    ).toEqual([
      ['a', [1, 5]],
      ['b', [2, 4], [6, 9]],
      ['c', [7, 9]],
    ]) // oxfmt-ignore
  })
  it('run on while a unit is out, and are none for whoever said no or nothing', () => {
    expect(
      told(
        [1, offered('a')],
        [1, offered('b')],
        [1, offered('c')],
        [2, of('offer-answered', 'a', { answer: 'declined' })],
        [2, of('offer-answered', 'c', { answer: 'accepted' })],
        [3, of('offer-expired', 'b')],
      ),
    ).toEqual([['c', [1, null]]])
  })
})
