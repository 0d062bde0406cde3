import type { LngLat, RosterUnit, UnitKind } from '@skerry/contract'

/** A unit of the demo city and the middle of its beat. */
export interface Posting {
  readonly unit: RosterUnit
  readonly beat: LngLat
  readonly beatRadiusM: number
}

const SHENJIAMEN: LngLat = [122.298, 29.953]
const DONGGANG: LngLat = [122.325, 29.962]
const ZHUJIAJIAN: LngLat = [122.388, 29.897]
const PUTUOSHAN: LngLat = [122.388, 29.99]
const LINCHENG: LngLat = [122.2, 29.99]
const DINGHAI: LngLat = [122.107, 30.02]
const GAOTING: LngLat = [122.2, 30.25]
const TAOHUA: LngLat = [122.285, 29.815]

const PUTUO = '普陀公安分局'
const DING = '定海公安分局'
const DAISHAN = '岱山县公安局'
const SEA = '舟山海巡'
const RESCUE = '民安救援队'

interface Group {
  readonly prefix: string
  readonly first: number
  readonly count: number
  readonly kind: UnitKind
  readonly agency: string
  readonly beats: readonly LngLat[]
  readonly radiusM: number
  readonly skills: readonly string[]
}

const GROUPS: readonly Group[] = [
  {
    prefix: '普陀',
    first: 101,
    count: 9,
    kind: 'car',
    agency: PUTUO,
    beats: [SHENJIAMEN, DONGGANG, ZHUJIAJIAN],
    radiusM: 3000,
    skills: ['first-aid'],
  },
  {
    prefix: '定海',
    first: 201,
    count: 5,
    kind: 'car',
    agency: DING,
    beats: [DINGHAI, LINCHENG],
    radiusM: 3500,
    skills: ['first-aid'],
  },
  { prefix: '岱山', first: 301, count: 3, kind: 'car', agency: DAISHAN, beats: [GAOTING], radiusM: 2500, skills: [] },
  {
    prefix: '普陀骑',
    first: 11,
    count: 4,
    kind: 'motorbike',
    agency: PUTUO,
    beats: [SHENJIAMEN, ZHUJIAJIAN],
    radiusM: 2500,
    skills: [],
  },
  {
    prefix: '定海骑',
    first: 21,
    count: 2,
    kind: 'motorbike',
    agency: DING,
    beats: [DINGHAI],
    radiusM: 2000,
    skills: [],
  },
  {
    prefix: '普陀步',
    first: 31,
    count: 5,
    kind: 'foot',
    agency: PUTUO,
    beats: [SHENJIAMEN, PUTUOSHAN, DONGGANG],
    radiusM: 900,
    skills: [],
  },
  { prefix: '定海步', first: 41, count: 2, kind: 'foot', agency: DING, beats: [DINGHAI], radiusM: 900, skills: [] },
  {
    prefix: '海巡-0',
    first: 1,
    count: 6,
    kind: 'boat',
    agency: SEA,
    beats: [[122.34, 29.91], [122.42, 29.97], [122.26, 29.9], [122.1, 29.98], [122.25, 30.21], TAOHUA],
    radiusM: 4000,
    skills: ['water-rescue'],
  },
  {
    prefix: '民安-',
    first: 1,
    count: 4,
    kind: 'ground-team',
    agency: RESCUE,
    beats: [ZHUJIAJIAN],
    radiusM: 1200,
    skills: ['search', 'first-aid', 'dog'],
  },
]
/** Call signs read 普陀-101, 海巡-03. */
const callSign = (g: Group, n: number): string => `${g.prefix}${g.prefix.includes('-') ? '' : '-'}${n}`
const KEY: Readonly<Record<UnitKind, string>> = { car: 'c', motorbike: 'm', foot: 'f', boat: 'b', 'ground-team': 't' }

/** Who is off duty today. One of them forgot to switch the terminal off: intake must refuse its positions. */
export const OFF_DUTY: ReadonlySet<string> = new Set(['定海-205', '普陀步-35'])
export const FORGOT_TO_SIGN_OFF = '普陀步-35'

/** The forty units of the demo city; ids are stable, handles are the server's. */
export const postings = (): Posting[] =>
  GROUPS.flatMap((g) =>
    Array.from({ length: g.count }, (_, i) => {
      const sign = callSign(g, g.first + i)
      const id = `${KEY[g.kind]}${g.first + i}`
      const { agency, kind } = g
      const unit = { id, callSign: sign, agency, kind, skills: [...g.skills], onDuty: !OFF_DUTY.has(sign) }
      return { unit, beat: g.beats[i % g.beats.length]!, beatRadiusM: g.radiusM }
    }),
  )
