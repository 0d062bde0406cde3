import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFuzz } from '../test/fuzz.ts'
import { schemaFaults } from '../test/validate.ts'
import type { CapAlert, CapInfo } from './alert.ts'
import { readCap } from './read-cap.ts'
import { capReference, capTime, writeCap } from './write-cap.ts'

const SAMPLE = path.resolve(import.meta.dirname, '../../../../shared/data/cap/oasis_amber_alert_cap12.xml')
const noData = existsSync(SAMPLE) ? false : 'recorded data are not here'

const info: CapInfo = {
  language: 'zh-CN',
  categories: ['Met', 'Safety'],
  event: '海上大风',
  responseTypes: ['Prepare', 'Avoid'],
  urgency: 'Expected',
  severity: 'Severe',
  certainty: 'Likely',
  eventCodes: [{ scheme: 'GB/T 35561', code: '11B06' }],
  effectiveMs: Date.UTC(2026, 10, 28, 7),
  onsetMs: null,
  expiresMs: Date.UTC(2026, 10, 28, 19),
  headline: '舟山海域大风橙色预警 <"&\'>',
  description: '阵风 10 到 11 级',
  instruction: null,
  areas: [
    {
      areaDesc: '普陀以东海域',
      polygons: [
        [
          [122.3, 29.8],
          [122.9, 29.8],
          [122.9, 30.2],
        ],
      ],
      circles: [{ centre: [122.5, 30.5], radiusM: 12_500 }],
      geocodes: [{ scheme: 'GB/T 2260', code: '330903' }],
    },
  ],
}
const alert: CapAlert = {
  identifier: 'ZS-20261128-0007',
  sender: 'met@zhoushan.example',
  sentMs: Date.UTC(2026, 10, 28, 7, 0, 1),
  status: 'Actual',
  msgType: 'Alert',
  scope: 'Public',
  restriction: null,
  note: null,
  references: [],
  infos: [info, { ...info, language: 'en', event: 'Gale at sea', headline: 'Gale warning' }],
  signed: false,
}
const text = writeCap(alert)
const without = (name: string): string => text.replace(new RegExp(`<${name}>[^<]*</${name}>`), '')
const withText = (name: string, value: string): string =>
  text.replace(new RegExp(`<${name}>[^<]*</${name}>`), `<${name}>${value}</${name}>`)

describe('a CAP 1.2 message', () => {
  it.skipIf(noData)('of the standard is read with both its languages, and says nothing about whom to call', () => {
    const read = readCap(readFileSync(SAMPLE, 'utf8'))
    if (!read.ok) throw new Error(`${read.field} ${read.problem}`)
    expect(read.alert).toMatchObject({
      identifier: 'KAR0-0306112239-SW',
      sender: 'KARO@CLETS.DOJ.CA.GOV',
      sentMs: Date.UTC(2003, 5, 12, 5, 39),
      status: 'Actual',
      msgType: 'Alert',
      signed: false,
    })
    expect(read.alert.infos.map(({ language, event }) => [language, event])).toEqual([
      ['en-US', 'Child Abduction'],
      ['es-US', 'Abducción de Niño'],
    ])
    expect(read.alert.infos[0]!.areas).toEqual([
      { areaDesc: 'Los Angeles County', polygons: [], circles: [], geocodes: [{ scheme: 'SAME', code: '006037' }] },
    ])
    expect(JSON.stringify(read.alert)).not.toContain('DET. SMITH')
  })
  it('that we write fits the schema of the standard, and is read back as it was', async () => {
    expect(await schemaFaults(text, 'CAP-v1.2.xsd')).toEqual([])
    expect(readCap(text)).toEqual({ ok: true, alert })
    const update: CapAlert = {
      ...alert,
      identifier: 'ZS-20261128-0008',
      msgType: 'Update',
      scope: 'Restricted',
      restriction: '民安救援队',
      references: [alert, { ...alert, identifier: 'ZS-20261128-0006' }].map(({ sender, identifier, sentMs }) => ({
        sender,
        identifier,
        sentMs,
      })),
    }
    const cancel: CapAlert = { ...update, msgType: 'Cancel', infos: [] }
    for (const each of [update, cancel]) {
      expect(await schemaFaults(writeCap(each), 'CAP-v1.2.xsd')).toEqual([])
      expect(readCap(writeCap(each))).toEqual({ ok: true, alert: each })
    }
  })
  it('that we write has its times in figures with their zone, and never a Z', () => {
    expect(capTime(Date.UTC(2026, 10, 28, 7, 0, 1, 999))).toBe('2026-11-28T15:00:01+08:00')
    expect(capTime(0, 0)).toBe('1970-01-01T00:00:00-00:00')
    expect(capTime(0, -210)).toBe('1969-12-31T20:30:00-03:30')
    expect(capReference(alert)).toBe('met@zhoushan.example,ZS-20261128-0007,2026-11-28T15:00:01+08:00')
    expect(text).not.toMatch(/\dZ</)
  })
  it('is not written where its readers would refuse it', () => {
    expect(() => writeCap({ ...alert, identifier: 'a b' })).toThrow(RangeError)
    expect(() => writeCap({ ...alert, sender: 'a,b' })).toThrow(RangeError)
    expect(() => writeCap({ ...alert, msgType: 'Cancel' })).toThrow('references')
  })
  it.each([
    ['document', '<?xml version="1.0"?><html/>', 'must be an alert'],
    ['alert', text.replace('cap:1.2', 'cap:1.1'), 'must be of the namespace'],
    ['identifier', without('identifier'), 'must be given'],
    ['identifier', withText('identifier', 'a b'), 'must have no blanks'],
    ['sender', withText('sender', 'a,b'), 'must have no blanks'],
    ['sent', withText('sent', '2026-11-28T15:00:01'), 'must be a time with its zone'],
    ['sent', withText('sent', '2026-02-31T15:00:01+08:00'), 'must be a time with its zone'],
    ['status', withText('status', 'actual'), 'must be one of Actual, Exercise'],
    ['msgType', withText('msgType', 'Warning'), 'must be one of Alert, Update'],
    ['references', withText('msgType', 'Update'), 'must name the messages'],
    ['restriction', withText('scope', 'Restricted'), 'must say who'],
    ['info[0].category', text.replaceAll(/<category>[^<]*<\/category>/g, ''), 'must be given at least once'],
    ['info[0].severity', withText('severity', 'Grave'), 'must be one of Extreme'],
    ['info[0].area[0].polygon', withText('polygon', '29.8,122.3 29.8,122.9 29.8,122.3'), 'must be 4 to'],
    ['info[0].area[0].polygon', withText('polygon', '29.8,122.3 29.8,122.9 30.2,122.9 30.3,122.9'), 'must end where'],
    ['info[0].area[0].polygon', withText('polygon', '29.8,122.3 99,122.9 30.2,122.9 29.8,122.3'), 'must be 4 to'],
    ['info[0].area[0].circle', withText('circle', '29.8,122.3'), 'must be latitude,longitude and a radius'],
    ['references', text.replace('<info>', '<references>a,b</references><info>'), 'must be triples'],
  ])('is refused with the element at fault: %s', (field, given, problem) => {
    const read = readCap(given)
    expect(read).toMatchObject({ ok: false, field })
    expect(read.ok ? '' : read.problem).toContain(problem)
  })
  it('that is signed says so, and nobody has checked the signature', () => {
    const signature =
      '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>x</SignatureValue></Signature>'
    expect(readCap(text.replace('</alert>', `${signature}</alert>`))).toMatchObject({
      ok: true,
      alert: { signed: true },
    })
    expect(readCap(text.replace('</alert>', '<Signature/></alert>'))).toMatchObject({
      ok: true,
      alert: { signed: false },
    })
  })
  it('may have a prefix, comments and CDATA, and has no document type and no entities', () => {
    const prefixed = text
      .replace('<alert xmlns=', '<cap:alert xmlns:cap=')
      .replaceAll(/<(\/?)(?!cap:|\?)(\w+)>/g, '<$1cap:$2>')
    expect(readCap(prefixed)).toEqual({ ok: true, alert })
    const wordy = withText('description', '<!-- c --><![CDATA[风 < 11 级]]>')
    expect(readCap(wordy)).toMatchObject({ ok: true, alert: { infos: [{ description: '风 < 11 级' }, {}] } })
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${text.slice(text.indexOf('<alert'))}`
    expect(readCap(bomb)).toEqual({ ok: false, field: 'document', problem: 'doctype' })
    expect(readCap(withText('description', '&b;'))).toMatchObject({ ok: false, field: 'document' })
  })
  it('is read back whatever stands in its texts (property)', () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((one) => `x${one}`)
    fc.assert(
      fc.property(words, words, (event, description) => {
        const read = readCap(writeCap({ ...alert, infos: [{ ...info, event, description }] }))
        const kept = (one: string): string => one.replaceAll('\r', '').trim()
        expect(read.ok && [read.alert.infos[0]!.event, read.alert.infos[0]!.description]).toEqual(
          [event, description].map(kept),
        )
      }),
    )
  })
  it('never makes the reader throw, whatever comes (seeded)', () => {
    const fuzz = createFuzz(71)
    const good = new TextEncoder().encode(text)
    let read = 0
    for (let i = 0; i < 3000; i++) {
      const bytes = i % 5 === 0 ? fuzz.bytes(500) : fuzz.bent(good)
      if (readCap(new TextDecoder().decode(bytes)).ok) read++
    }
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(3000)
  })
})
