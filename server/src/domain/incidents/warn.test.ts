import { standingWarning, type WarningDraft } from '@skerry/contract'
import { readCap } from '@skerry/exchange'
import { describe, expect, it } from 'vitest'
import { capOf } from '../../exports/cap-of.ts'
import { COORDINATOR, DISPATCHER, HOME, NOW_MS, REPORT, SETUP, world } from '../test-kit.ts'

const DRAFT: WarningDraft = {
  status: 'Actual',
  restriction: null,
  category: 'Rescue',
  responseTypes: ['Monitor'],
  urgency: 'Immediate',
  severity: 'Severe',
  certainty: 'Likely',
  area: { kind: 'circle', radiusM: 2000 },
  expiresInMin: 120,
  texts: [
    {
      language: 'zh-CN',
      event: '人员走失',
      headline: '普陀山发生人员走失',
      description: '',
      instruction: '如有线索请拨打 110',
      areaDesc: '普陀山',
    },
    {
      language: 'en',
      event: 'Missing person',
      headline: 'A person is missing on Putuoshan',
      description: '',
      instruction: 'Call 110',
      areaDesc: 'Putuoshan',
    },
  ],
}
function town(sender: string | null = 'duty@skerry.example', exercisesOnly = false) {
  const made = world(undefined, undefined, undefined, sender === null ? null : { sender, exercisesOnly })
  made.give(DISPATCHER, REPORT)
  return made
}
const warn = (of: ReturnType<typeof town>, warning: WarningDraft = DRAFT) =>
  outcome(of.give(DISPATCHER, { type: 'incident.warn', incidentId: of.only('incident').id, warning }))
const outcome = (given: unknown): unknown => (typeof given === 'string' ? given : 'ok')
const read = (of: ReturnType<typeof town>, n = -1) => {
  const result = readCap(capOf(of.only('incident').warnings!.at(n)!))
  if (!result.ok) throw new Error(`${result.field} ${result.problem}`)
  return result.alert
}

describe('a warning of ours', () => {
  it('goes out as CAP in both languages, about the place of the incident', () => {
    const here = town()
    expect(warn(here)).toBe('ok')
    expect(read(here)).toMatchObject({
      sender: 'duty@skerry.example',
      msgType: 'Alert',
      references: [],
      scope: 'Public',
      infos: [
        {
          language: 'zh-CN',
          headline: '普陀山发生人员走失',
          expiresMs: NOW_MS + 7_200_000,
          areas: [{ circles: [{ centre: HOME.map((at) => expect.closeTo(at, 6)), radiusM: 2000 }] }],
        },
        { language: 'en', event: 'Missing person' },
      ],
    })
  })
  it('is updated and taken back by messages that name all before them, each later than the last', () => {
    const here = town()
    for (const severity of ['Severe', 'Extreme'] as const) warn(here, { ...DRAFT, severity })
    here.give(DISPATCHER, { type: 'incident.unwarn', incidentId: here.only('incident').id, reason: '人已找到' })
    const [alert, update, cancel] = [0, 1, 2].map((n) => read(here, n))
    const name = (of: typeof alert) => ({ sender: of!.sender, identifier: of!.identifier, sentMs: of!.sentMs })
    expect(update).toMatchObject({ msgType: 'Update', references: [name(alert)], infos: [{ severity: 'Extreme' }, {}] })
    expect(cancel).toMatchObject({
      msgType: 'Cancel',
      references: [name(alert), name(update)],
      note: '人已找到',
      infos: [{ responseTypes: ['AllClear'] }, {}],
    })
    expect(new Set([alert, update, cancel].map((one) => one!.identifier)).size).toBe(3)
    expect([alert, update, cancel].map((one) => one!.sentMs)).toEqual([NOW_MS, NOW_MS + 1000, NOW_MS + 2000])
    expect(
      here.give(DISPATCHER, { type: 'incident.unwarn', incidentId: here.only('incident').id, reason: '再来' }),
    ).toBe('no-warning')
  })
  it('begins anew when the last one has expired', () => {
    const here = town()
    warn(here)
    here.pass(121 * 60_000)
    expect(standingWarning(here.only('incident').warnings, here.nowMs())).toBeNull()
    warn(here)
    expect(read(here)).toMatchObject({ msgType: 'Alert', references: [] })
  })
  it('ends with its incident', () => {
    const here = town()
    warn(here)
    here.give(DISPATCHER, { type: 'incident.close', incidentId: here.only('incident').id, outcome: '已找到' })
    expect(read(here)).toMatchObject({ msgType: 'Cancel', note: '已找到' })
    expect(warn(here)).toBe('incident-closed')
  })
  it('may be about the map of a search or a zone, and about nothing that is not there', () => {
    const here = town()
    expect(warn(here, { ...DRAFT, area: { kind: 'search' } })).toBe('unknown-search')
    expect(warn(here, { ...DRAFT, area: { kind: 'zone', zoneId: 'x' } })).toBe('unknown-zone')
    here.give(COORDINATOR, { type: 'search.open', incidentId: here.only('incident').id, setup: SETUP })
    warn(here, { ...DRAFT, area: { kind: 'search' } })
    expect(read(here).infos[0]!.areas[0]!.polygons).toMatchObject([{ length: 4 }])
    const zone = {
      name: '锚地',
      shape: { kind: 'circle', centre: HOME, radiusM: 300 },
      rules: [],
      evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
    } as const
    here.give(DISPATCHER, { type: 'zone.declare', zone: { ...zone, rules: [] } })
    warn(here, { ...DRAFT, area: { kind: 'zone', zoneId: here.only('zone').id } })
    expect(read(here).infos[0]!.areas[0]!.circles).toMatchObject([{ radiusM: 300 }])
  })
  it('is for those alone that it names, where it names some', () => {
    const here = town()
    warn(here, { ...DRAFT, restriction: '民安救援队' })
    expect(read(here)).toMatchObject({ scope: 'Restricted', restriction: '民安救援队' })
  })
  it('does not go out without a name to go under, or of a demo as if it were real', () => {
    expect(warn(town(null))).toBe('no-warning-sender')
    expect(warn(town('demo@skerry.invalid', true))).toBe('exercise-only')
    expect(warn(town('demo@skerry.invalid', true), { ...DRAFT, status: 'Exercise' })).toBe('ok')
  })
})
