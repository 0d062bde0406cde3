import type { Candidate, Search, Task, Zone } from '@skerry/contract'
import { readFile, writeGeoJson, writeGpx, writeKml } from '@skerry/exchange'
import { describe, expect, it } from 'vitest'
import { HOME, at } from '../domain/test-kit.ts'
import { EXPORT_PARTS, searchDocument, type SearchExport } from './search-document.ts'
import { merged } from './tracks-of-search.ts'

const T0 = Date.UTC(2026, 10, 28, 7)
const square = [at(0, 0), at(200, 0), at(200, 200), at(0, 200)]
const search = {
  id: 's',
  setup: { planningPoint: HOME },
  grid: { rows: 4, cols: 4, cellM: 50, origin: HOME },
  found: null,
  sightings: [
    {
      id: 'a',
      number: 1,
      withdrawn: null,
      report: {
        kind: 'clue',
        position: at(50, 50),
        atMs: T0,
        errorM: 20,
        movedM: 0,
        certainty: 0.8,
        note: '布鞋，13800138000',
      },
    },
    {
      id: 'b',
      number: 2,
      withdrawn: { reason: 'x', atMs: T0 },
      report: { kind: 'sighting', position: at(60, 60), atMs: T0, errorM: 20, movedM: 0, certainty: 0.8, note: '' },
    },
  ],
  drawings: [
    {
      id: 'd',
      number: 1,
      name: '小路',
      note: '',
      shape: { kind: 'line', line: [at(0, 0), at(90, 0)] },
      atMs: T0,
      by: '协调员甲',
    },
  ],
  subject: { description: '穿蓝色外套的老人' },
} as unknown as Search
const task = {
  id: 't',
  number: 3,
  droneId: 'main-1',
  state: 'flying',
  area: square,
  path: square,
  poa: 0.2,
  expectedPos: 0.1,
  laneSpacingM: 40,
  lengthM: 800,
  heightAboveTakeoffM: 90,
  pilot: { name: '飞手乙' },
} as unknown as Task
const candidate = {
  number: 7,
  position: at(20, 30),
  state: 'team-sent',
  maxC: 33.7,
  looks: 2,
  opportunities: 3,
  lastSeenAtMs: T0,
  errorRadiusM: 8,
  likelihoodRatio: 12.3,
} as Candidate
const zones = [{ name: '锚地', shape: { kind: 'circle', centre: HOME, radiusM: 100 } }] as unknown as Zone[]
const walked = [0, 1, 2].map((i) => ({ atMs: T0 + i * 10_000, lngLat: at(i * 10, 0), heightAmslM: null }))
const of: SearchExport = {
  incident: { number: 12 },
  search,
  tasks: [task],
  candidates: [candidate],
  tracks: [
    {
      of: { kind: 'team', callSign: '搜救-2' },
      points: [...walked, ...walked.map((point) => ({ ...point, atMs: point.atMs + 3_600_000 }))],
    },
    { of: { kind: 'flight', drone: 'main-1', task: 3 }, points: walked },
  ],
  zones,
  segments: [{ number: 1, name: '北坡', area: square }],
  frame: {
    shape: search.grid,
    revision: 4,
    restOfWorld: 0.1,
    pos: 0,
    poa: new Float32Array(16).fill(0.05),
    pod: new Uint8Array(16),
  },
}

describe('a search as a file', () => {
  it('has a folder for each part that is asked for, in both languages', () => {
    const folders = (lang: 'zh' | 'en') => searchDocument(of, EXPORT_PARTS, lang, T0).folders.map(({ name }) => name)
    expect(folders('zh')).toEqual([
      '起点与范围',
      '概率',
      '任务',
      '地面分区',
      '航迹与队伍轨迹',
      '疑似点',
      '目击与物证',
      '外来图形',
      '区域',
    ])
    expect(folders('en')[0]).toBe('Planning point and extent')
    expect(searchDocument(of, ['tasks'], 'zh', T0).folders.map(({ things }) => things.length)).toEqual([2])
    expect(
      searchDocument({ ...of, frame: null, candidates: [] }, ['probability', 'candidates'], 'zh', T0).folders,
    ).toEqual([])
  })
  it('names nobody who flew, drew or is searched for, and no number that somebody can be reached by', () => {
    const text = JSON.stringify(searchDocument(of, EXPORT_PARTS, 'zh', T0))
    expect(text).not.toMatch(/飞手|协调员|蓝色外套|13800138000/)
    expect(text).toContain('布鞋')
  })
  it('is read back by the reader with everything where it was, whatever the format', () => {
    const document = searchDocument(of, EXPORT_PARTS, 'zh', T0)
    const things = document.folders.reduce((sum, folder) => sum + folder.things.length, 0)
    for (const text of [writeGeoJson(document), writeKml(document), writeGpx(document)]) {
      const read = readFile(Buffer.from(text))
      if (!read.ok) throw new Error(read.fault)
      expect(read.file.left).toEqual([])
      expect(read.file.things.length).toBeGreaterThanOrEqual(things)
      const found = read.file.things.find(({ name }) => name === '疑似点 7')!
      expect(found.shape).toMatchObject({ kind: 'point', at: at(20, 30).map((degrees) => expect.closeTo(degrees, 6)) })
      expect(found.atMs).toBe(T0)
    }
  })
  it('breaks a track where the receiver was off', () => {
    const [, tracks] = searchDocument(of, ['place', 'tracks'], 'zh', T0).folders
    expect(tracks!.things.map(({ name, shape }) => [name, shape.kind === 'track' && shape.pieces.length])).toEqual([
      ['搜救-2 轨迹', 2],
      ['main-1 任务 3', 1],
    ])
  })
  it('has the spans of a unit that overlap as one', () => {
    expect(merged([{ fromMs: 50, toMs: 60 }, { fromMs: 0, toMs: 10 }, { fromMs: 5, toMs: 20 }])).toEqual([{ fromMs: 0, toMs: 20 }, { fromMs: 50, toMs: 60 }]) // oxfmt-ignore
  })
})
