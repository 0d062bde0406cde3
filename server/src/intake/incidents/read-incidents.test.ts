import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { IncidentReport } from '@skerry/contract'
import { fromWgs84, writeCap, type CapAlert } from '@skerry/exchange'
import { describe, expect, it } from 'vitest'
import { createFuzz } from '../feeds/fuzz.ts'
import { readFeedsConfig, type SpecOf } from '../feeds/feeds-config.ts'
import { cleanItem } from './clean-item.ts'
import type { Item, ReadDocument } from './item.ts'
import { readIncidents, type IncidentSpec } from './read-document.ts'
import { readSourceTime } from './source-time.ts'

const DATA = path.resolve(import.meta.dirname, '../../../../../shared/data')
const CHICAGO = path.join(DATA, 'incidents/chicago_crimes_2012_5k.csv')
const AMBER = path.join(DATA, 'cap/oasis_amber_alert_cap12.xml')
const without = (file: string) => (existsSync(file) ? false : 'recorded data are not here')
const NOW_MS = Date.UTC(2026, 10, 28, 7)

const specOf = <P extends IncidentSpec['protocol']>(protocol: P, more: object): SpecOf<P> =>
  readFeedsConfig(JSON.stringify({ feeds: [{ name: 'f', protocol, kind: 'folder', folder: 'in', ...more }] }))
    .feeds[0] as SpecOf<P>
const read = (spec: IncidentSpec, text: string | Uint8Array): ReadDocument =>
  readIncidents(spec, typeof text === 'string' ? Buffer.from(text) : text, NOW_MS)
function items(spec: IncidentSpec, text: string | Uint8Array): Item[] {
  const document = read(spec, text)
  if (!document.ok) throw new Error(document.detail)
  return document.items.map(({ item }) => item)
}
const faults = (list: readonly Item[]) =>
  list.flatMap((item) => (item.kind === 'fault' ? [`${item.reason}: ${item.detail}`] : []))

describe('incidents as JSON', () => {
  const json = specOf('incidents-json', {})
  const report = { externalId: 'A-1', category: 'fire', priority: 'critical', position: [122.1, 29.98], place: '', occurredAtMs: NOW_MS, text: '烟' } // oxfmt-ignore
  it('come alone or in a list, whole or as what changed, each judged by itself', () => {
    expect(items(json, JSON.stringify(report))).toMatchObject([{ kind: 'notice', notice: report }])
    const list = items(json, JSON.stringify({ incidents: [report, { externalId: 'A-1', text: 'x' }, { externalId: 'A-2' }, 7, { ...report, phone: '1' }] })) // oxfmt-ignore
    expect(list.map(({ kind }) => kind)).toEqual(['notice', 'notice', 'fault', 'fault', 'fault'])
    expect(faults(list)).toEqual(['malformed: must say what changed', 'malformed: must be an object', 'malformed: Unrecognized key: "phone"']) // oxfmt-ignore
  })
  it('without a place are refused, or shown where the file says', () => {
    const { position: _, ...nowhere } = report
    expect(faults(items(json, JSON.stringify(nowhere)))).toEqual(['no-place: position: is missing'])
    const placed = specOf('incidents-json', { unplaced: [122.2, 30] })
    expect(items(placed, JSON.stringify(nowhere))).toMatchObject([{ notice: { position: [122.2, 30] } }])
    expect(items(placed, JSON.stringify({ externalId: 'A-1', text: 'x' }))).toEqual([{ kind: 'notice', notice: { externalId: 'A-1', text: 'x' } }]) // oxfmt-ignore
  })
  it.each(['', '[]', '7', '{"incidents":{}}', '{"incidents":[],"more":1}'])('are no document: %s', (text) =>
    expect(read(json, text)).toMatchObject({ ok: false, reason: 'malformed' }),
  )
})

describe('incidents as a table', () => {
  const columns = { id: '警情编号', occurredAt: '报警时间', updatedAt: '更新', lng: '经度', lat: '纬度', category: '类别', level: '等级', place: '地点', text: ['内容', '备注'] } // oxfmt-ignore
  const rows = {
    columns,
    categories: { 火警: 'fire', 求助: 'other' },
    levels: { 特急: { priority: 'critical' } },
    closed: { column: '状态', values: ['办结'], at: '更新', outcome: '结果' },
  }
  const csv = specOf('incidents-csv', { rows })
  const head = '警情编号,报警时间,更新,经度,纬度,类别,等级,地点,内容,备注,状态,结果\n'
  it('are read by the header that the file declares, with the words of their source', () => {
    const [open, closed] = items(csv, `${head}1,2026-11-28 14:00,,122.1,29.98,火警,特急,"定海, 解放路",冒烟,三楼,处置中,\n2,2026/11/28 9:05:30,2026-11-28 10:00,122.2,30,乱写,一般,,,,办结,已和解\n`) // oxfmt-ignore
    expect(open).toEqual({
      kind: 'notice',
      notice: {
        externalId: '1',
        category: 'fire',
        priority: 'critical',
        position: [122.1, 29.98],
        place: '定海, 解放路',
        text: '冒烟 · 三楼',
        occurredAtMs: Date.UTC(2026, 10, 28, 6),
      },
    })
    expect(closed).toMatchObject({
      notice: {
        category: 'other',
        priority: 'warning',
        closed: { atMs: Date.UTC(2026, 10, 28, 2), outcome: '已和解' },
      },
    })
  })
  it('tell each row that is none with its line, and take the others', () => {
    const text = `${head}1,never,,122,30,,,,,,,\n2,2026-11-28 14:00,,,,,,,,,,\n3,2026-11-28 14:00\n4,2026-11-28 14:00,,0,0,,,,,,,\n5,2026-11-28 14:00,,122,30,,,,,,,\n"6,` // oxfmt-ignore
    const document = read(csv, text)
    if (!document.ok) throw new Error(document.detail)
    expect(document.items.map(({ at, item }) => [at, item.kind === 'fault' ? item.reason : item.kind])).toEqual([
      ['line 2', 'no-time'],
      ['line 3', 'no-place'],
      ['line 4', 'malformed'],
      ['line 5', 'no-place'],
      ['line 6', 'notice'],
      ['line 7', 'malformed'],
    ])
  })
  it('are read in GB 18030 where the file says so, and in nothing else', () => {
    const gbk = specOf('incidents-csv', { rows: { encoding: 'gb18030', columns: { id: 'id', occurredAt: 't', lng: 'x', lat: 'y', place: '地' } } }) // oxfmt-ignore
    const bytes = Buffer.concat([Buffer.from('id,t,x,y,'), Buffer.from([0xb5, 0xd8]), Buffer.from('\n1,2026-11-28 14:00,122,30,'), Buffer.from([0xe1, 0xb7, 0xc9, 0xbd, 0x0a])]) // oxfmt-ignore
    expect(items(gbk, bytes)).toMatchObject([{ notice: { place: '岱山' } }])
    expect(read(csv, bytes)).toEqual({ ok: false, reason: 'malformed', detail: 'is not utf-8' })
  })
  it.each([
    ['has no header', ''],
    ['has no column "报警时间"', '警情编号\n1\n'],
  ])('are no document: %s', (detail, text) =>
    expect(read(csv, text)).toEqual({ ok: false, reason: 'malformed', detail }),
  )
  it.skipIf(without(CHICAGO))(
    'of a real city are all there: 5,000 rows, those without a place refused and counted',
    () => {
      const chicago = specOf('incidents-csv', {
        rows: {
          times: { format: 'local', zone: '-06:00' },
          columns: { id: 'case_number', occurredAt: 'date', lng: 'longitude', lat: 'latitude', category: 'primary_type', place: 'block', text: ['description', 'location_description'] }, // oxfmt-ignore
          categories: { ARSON: 'fire', BATTERY: 'public-order', ASSAULT: 'public-order' },
          closed: { olderThanH: 24 },
        },
      })
      const all = items(chicago, readFileSync(CHICAGO))
      expect(all).toHaveLength(5000)
      const lines = readFileSync(CHICAGO, 'utf8').trim().split('\n').slice(1)
      const nowhere = lines.filter((line) => !/,-\d\d\.\d+,/.test(line)).length
      expect(all.filter((item) => item.kind === 'fault' && item.reason === 'no-place')).toHaveLength(nowhere)
      expect(faults(all)).toHaveLength(nowhere)
      const notices = all.flatMap((item) => (item.kind === 'notice' ? [item.notice] : []))
      expect(notices.every((notice) => IncidentReport.safeParse(notice).success)).toBe(true)
      expect(new Set(notices.map((notice) => notice.category))).toEqual(new Set(['other', 'public-order']))
      expect(notices[0]).toMatchObject({ closed: { outcome: 'closed-at-source' } })
    },
  )
})

describe('times of a source', () => {
  const local = { format: 'local', zone: '+08:00' } as const
  it.each([
    ['2026-11-28 15:00', Date.UTC(2026, 10, 28, 7)],
    ['2026/1/8 9:05:30', Date.UTC(2026, 0, 8, 1, 5, 30)],
    ['2026-11-28T15:00:01.25', Date.UTC(2026, 10, 28, 7, 0, 1, 250)],
    ['2026年11月28日15时00分01秒', Date.UTC(2026, 10, 28, 7, 0, 1)],
    ['2026-11-28', Date.UTC(2026, 10, 27, 16)],
    ['2026-02-29 10:00', null],
    ['2026-11-28 24:00', null],
    ['28/11/2026 10:00', null],
    ['', null],
  ])('as local time: %s', (text, ms) => expect(readSourceTime(text, local)).toBe(ms))
  it('as ISO 8601 with a zone, as seconds and as milliseconds', () => {
    expect(readSourceTime('2026-11-28T15:00:00+0800', { ...local, format: 'iso' })).toBe(NOW_MS)
    expect(readSourceTime('2026-11-28T15:00:00', { ...local, format: 'iso' })).toBeNull()
    expect(readSourceTime(String(NOW_MS / 1000), { ...local, format: 'epoch-s' })).toBe(NOW_MS)
    expect(readSourceTime(String(NOW_MS), { ...local, format: 'epoch-ms' })).toBe(NOW_MS)
    expect(readSourceTime('-1', { ...local, format: 'epoch-ms' })).toBeNull()
  })
})

describe('CAP warnings', () => {
  const warnings = { senders: ['met@zhoushan.example'], categories: { 海上大风: 'other', '11B06': 'vessel-distress' }, geocodes: [{ scheme: 'GB/T 2260', code: '330903', position: [122.3, 29.95], radiusM: 20_000 }] } // oxfmt-ignore
  const cap = specOf('cap', { warnings })
  const area = { areaDesc: '普陀以东', polygons: [[[122.3, 29.8], [122.9, 29.8], [122.9, 30.2], [122.3, 30.2]]] as [number, number][][], circles: [], geocodes: [] } // oxfmt-ignore
  const info = {
    language: 'zh-CN', categories: ['Met' as const], event: '海上大风', responseTypes: [], urgency: 'Expected' as const,
    severity: 'Severe' as const, certainty: 'Likely' as const, eventCodes: [], effectiveMs: null, onsetMs: null,
    expiresMs: NOW_MS + 3_600_000, headline: '大风橙色预警', description: '咨询 0580-2026110', instruction: null, areas: [area],
  } // oxfmt-ignore
  const message: CapAlert = {
    identifier: 'W1', sender: 'met@zhoushan.example', sentMs: NOW_MS - 60_000, status: 'Actual', msgType: 'Alert', scope: 'Public',
    restriction: null, note: null, references: [], signed: false, infos: [info, { ...info, language: 'en', event: 'Gale', headline: 'Gale warning' }],
  } // oxfmt-ignore
  const one = (of: Partial<CapAlert>, spec = cap): Item => items(spec, writeCap({ ...message, ...of }))[0]!
  it('keep their languages side by side, and are placed in the middle of their area', () => {
    expect(one({})).toMatchObject({
      kind: 'alert',
      notice: {
        kind: 'alert',
        message: 'met@zhoushan.example,W1',
        report: {
          category: 'other',
          priority: 'warning',
          position: [expect.closeTo(122.6, 6), expect.closeTo(30, 6)],
          place: '普陀以东',
        },
        alert: {
          severity: 'Severe',
          expiresMs: NOW_MS + 3_600_000,
          signature: 'none',
          texts: [
            { language: 'zh-CN', event: '海上大风' },
            { language: 'en', event: 'Gale' },
          ],
          area: { polygons: [{ length: 4 }] },
        },
      },
    })
  })
  it('lose telephone numbers out of every text, counted once each', () => {
    const clean = cleanItem(one({}), 'wgs84')
    expect(clean.redacted).toBe(2)
    expect(JSON.stringify(clean.item)).not.toContain('2026110')
  })
  it('of several parts are as severe as the worst of them and hold as long as the longest', () => {
    const parts = [
      info,
      { ...info, severity: 'Extreme' as const, urgency: 'Immediate' as const, expiresMs: NOW_MS + 7_200_000 },
    ]
    expect(one({ infos: parts })).toMatchObject({
      notice: {
        report: { priority: 'critical' },
        alert: { severity: 'Extreme', expiresMs: NOW_MS + 7_200_000, texts: [{}] },
      },
    })
    expect(one({ infos: [info, { ...info, expiresMs: null }] })).toMatchObject({
      notice: { alert: { expiresMs: null } },
    })
  })
  it('are placed by the codes that the file declares, and refused with the codes where it declares none', () => {
    const coded = { ...area, polygons: [], geocodes: [{ scheme: 'GB/T 2260', code: '330903' }] }
    expect(one({ infos: [{ ...info, areas: [coded] }] })).toMatchObject({
      notice: { report: { position: [122.3, 29.95] }, alert: { area: { circles: [{ radiusM: 20_000 }] } } },
    })
    const unknown = { ...coded, geocodes: [{ scheme: 'SAME', code: '006037' }] }
    expect(one({ infos: [{ ...info, areas: [unknown] }] })).toEqual({
      kind: 'fault',
      reason: 'no-place',
      detail: 'area: SAME 006037',
    })
    const shown = specOf('cap', { warnings, unplaced: [122.2, 30] })
    expect(one({ infos: [{ ...info, areas: [unknown] }] }, shown)).toMatchObject({
      notice: { report: { position: [122.2, 30] } },
    })
  })
  const references = [{ sender: message.sender, identifier: 'W0', sentMs: NOW_MS - 90_000 }]
  it.each<[string, Partial<CapAlert>, object]>([
    ['another sender', { sender: 'nobody' }, { kind: 'fault', reason: 'not-allowed' }],
    [
      'about the message of another sender',
      { msgType: 'Update', references: [{ ...references[0]!, sender: 'x' }] },
      { kind: 'fault', reason: 'not-allowed' },
    ],
    ['a test', { status: 'Test' }, { kind: 'ignored' }],
    ['an exercise', { status: 'Exercise' }, { kind: 'ignored' }],
    ['a receipt', { msgType: 'Ack', references }, { kind: 'ignored' }],
    ['expired', { infos: [{ ...info, expiresMs: NOW_MS }] }, { kind: 'fault', reason: 'expired' }],
    [
      'an update',
      { msgType: 'Update', references },
      { kind: 'alert', notice: { kind: 'update', references: ['met@zhoushan.example,W0'] } },
    ],
    [
      'a cancel that says nothing more',
      { msgType: 'Cancel', references, infos: [], note: '误发' },
      { kind: 'alert', notice: { kind: 'cancel', note: '误发' } },
    ],
  ])('that are %s', (_, of, expected) => expect(one(of)).toMatchObject(expected))
  it('that are exercises are taken where the file says so, and signed ones say that nobody checked', () => {
    const drills = specOf('cap', { warnings: { ...warnings, exercises: true } })
    expect(one({ status: 'Exercise' }, drills)).toMatchObject({ notice: { alert: { status: 'Exercise' } } })
    const signed = writeCap(message).replace(
      '</alert>',
      '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></alert>',
    )
    expect(items(cap, signed)).toMatchObject([{ notice: { alert: { signature: 'unchecked' } } }])
    expect(items(specOf('cap', { warnings: { ...warnings, signed: 'refuse' } }), signed)).toMatchObject([
      { kind: 'fault', reason: 'not-for-us' },
    ])
  })
  it('may stand in a wrapper, several of them', () => {
    const inner = writeCap(message).replace(/^<\?xml[^>]*\?>\s*/, '')
    expect(
      items(
        cap,
        `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>${inner}</content></entry><entry>${inner}</entry></feed>`,
      ),
    ).toHaveLength(2)
    expect(read(cap, '<html/>')).toMatchObject({ ok: false, detail: 'must be a CAP message, not html' })
  })
  it.skipIf(without(AMBER))(
    'of the standard is read with its two languages; what can be known as a number of somebody is gone',
    () => {
      const amber = specOf('cap', { unplaced: [122.2, 30], warnings: { senders: ['KARO@CLETS.DOJ.CA.GOV'] } })
      const [item] = items(amber, readFileSync(AMBER))
      const clean = cleanItem(item!, 'wgs84')
      expect(clean.item).toMatchObject({
        notice: {
          message: 'KARO@CLETS.DOJ.CA.GOV,KAR0-0306112239-SW',
          report: { priority: 'critical' },
          alert: { texts: [{ language: 'en-US' }, { language: 'es-US' }] },
        },
      })
      expect(JSON.stringify(clean.item)).not.toMatch(/DET\. SMITH|485-2389/)
    },
  )
})

describe('every incident feed', () => {
  it('converts the datum that it declares, once', () => {
    const json = specOf('incidents-json', { datum: 'gcj02' })
    const [item] = items(json, JSON.stringify({ externalId: '1', position: fromWgs84([122.1, 29.98], 'gcj02') }))
    expect(cleanItem(item!, json.datum).item).toMatchObject({
      notice: { position: [expect.closeTo(122.1, 7), expect.closeTo(29.98, 7)] },
    })
  })
  it('takes numbers that point at persons out of texts, and out of an id that is one', () => {
    const notice = {
      externalId: '13800138000',
      text: '报警人13800138000',
      place: '浙L12345旁',
      closed: { atMs: 1, outcome: '身份证33090219800101123X' },
    }
    const { item, redacted } = cleanItem({ kind: 'notice', notice }, 'wgs84')
    expect(redacted).toBe(3)
    expect(JSON.stringify(item)).not.toMatch(/13800138000|12345|19800101/)
    expect(cleanItem({ kind: 'notice', notice }, 'wgs84').item).toEqual(item)
    expect(cleanItem({ kind: 'notice', notice: { externalId: '330902202611280001' } }, 'wgs84').item).toMatchObject({
      notice: { externalId: '330902202611280001' },
    })
  })
  it('never throws and makes of every item an incident, a fault or nothing for us, whatever comes (seeded)', () => {
    const fuzz = createFuzz(61)
    const cap = specOf('cap', { warnings: { senders: ['a'] } })
    const specs: [IncidentSpec, Uint8Array][] = [
      [specOf('incidents-json', {}), Buffer.from('{"incidents":[{"externalId":"1","category":"fire","priority":"critical","position":[122,30],"place":"","occurredAtMs":1,"text":""}]}')],
      [specOf('incidents-csv', { rows: { columns: { id: 'id', occurredAt: 't', lng: 'x', lat: 'y' } } }), Buffer.from('id,t,x,y\n1,2026-11-28 10:00,122,30\n2,2026-11-28 10:00,122,"30"\n')],
      [cap, Buffer.from('<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sender>a</sender><sent>2026-11-28T15:00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><category>Met</category><event>x</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty><area><areaDesc>a</areaDesc><circle>30,122 5</circle></area></info></alert>')],
    ] // oxfmt-ignore
    let good = 0
    for (let i = 0; i < 3000; i++) {
      const [spec, bytes] = specs[i % specs.length]!
      const document = read(spec, i % 7 === 0 ? fuzz.bytes(200) : fuzz.bent(bytes))
      if (!document.ok) {
        expect(document.detail.length).toBeGreaterThan(0)
        continue
      }
      for (const { item } of document.items) {
        if (item.kind === 'notice' && 'occurredAtMs' in item.notice)
          expect(IncidentReport.safeParse(item.notice).success).toBe(true)
        if (item.kind === 'notice' || item.kind === 'alert') good++
      }
    }
    expect(good).toBeGreaterThan(100)
  })
})
