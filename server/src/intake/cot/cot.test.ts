import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { FixReport } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createFuzz, fixesOf } from '../feeds/fuzz.ts'
import { readXml } from '../xml/read-xml.ts'
import { cotFramer, TAK_HEAD } from './cot-framer.ts'
import { cotDatagrams } from './cot-protocol.ts'
import { readCotXml } from './read-event.ts'
import { readTakMessage } from './read-takmessage.ts'
import { writeCotXml, writeTakMessage, type OutEvent } from './write-event.ts'

const DATA = path.resolve(import.meta.dirname, '../../../../../shared/data/cot')
const noData = existsSync(DATA) ? false : 'recorded data are not here'
const xmlOf = (file: string): string => readFileSync(path.join(DATA, 'xml', file), 'utf8')
const heard = (bytes: Uint8Array) => cotDatagrams().session('10.0.0.1', null).message(bytes, 0).decoded

const OUT: OutEvent = {
  uid: 'skerry-unit-P-101',
  type: 'a-f-G-E-V-C',
  atMs: Date.UTC(2026, 10, 28, 7),
  staleMs: Date.UTC(2026, 10, 28, 7, 2),
  lngLat: [122.1072, 29.9853],
  accuracyM: 12,
  speedMps: 10.5,
  courseDeg: 270,
  callSign: '普陀-101 <"&\'>',
}

describe('Cursor on Target', () => {
  it.skipIf(noData)('reads every recorded event, and the same from XML and from the TAK protocol', () => {
    const files = readdirSync(path.join(DATA, 'proto_bin'))
    expect(files.length).toBeGreaterThan(15)
    for (const file of files) {
      const xml = readCotXml(xmlOf(file.replace('.takmessage.bin', '.xml')))
      const tak = readTakMessage(readFileSync(path.join(DATA, 'proto_bin', file)))
      expect(xml, file).not.toBeNull()
      if (tak === null || tak === 'none' || xml === null) throw new Error(`${file} was not read`)
      expect(tak, file).toEqual({ ...xml, lng: expect.closeTo(xml.lng, 9), lat: expect.closeTo(xml.lat, 9) })
    }
  })
  it.skipIf(noData)(
    'takes positions that a device measured, and leaves drawings, routes, chat and typed-in places',
    () => {
      const files = readdirSync(path.join(DATA, 'xml'))
      const decoded = new Map(files.map((file) => [file, heard(readFileSync(path.join(DATA, 'xml', file)))]))
      expect(decoded.get('cot-itak-01.xml')).toMatchObject({
        observations: [
          {
            kind: 'fix',
            source: 'C94B9215-9BD4-4DBE-BDE1-83625F09153F',
            fix: { position: [-107.72376567, 41.52309645], speedMps: 0, headingDeg: 137.23542786 },
          },
        ],
        faults: [],
      })
      for (const file of files.filter((name) => /route|draw|shape|chat|icon|validation-0[34]/.test(name)))
        expect(decoded.get(file)?.observations, file).toEqual([])
      expect([...decoded.values()].flatMap(({ faults }) => faults).filter((fault) => fault === 'malformed')).toEqual([])
    },
  )
  it.skipIf(noData)(
    'reads an emergency as a call of the device that it belongs to, and keeps no phone and no name',
    () => {
      const decoded = heard(readFileSync(path.join(DATA, 'xml/cot-emergency-01.xml')))
      expect(decoded.observations).toEqual([
        {
          kind: 'terminal-alarms',
          source: 'WEAROS_dce34c83708172e9',
          alarms: ['emergency'],
          atMs: Date.parse('2026-02-04T13:40:15.895Z'),
          position: [-87.6590334, 41.8838397],
        },
      ])
      const itak = JSON.stringify(readCotXml(xmlOf('cot-itak-01.xml')))
      expect(itak).not.toMatch(/7204258729|Schmidt/)
    },
  )
  it('says the same in XML and in the TAK protocol, and reads back what it says', () => {
    const xml = readCotXml(writeCotXml(OUT))
    const framed = cotFramer(65_536).push(writeTakMessage(OUT)).frames[0]!
    const tak = readTakMessage(Buffer.from(framed.subarray(TAK_HEAD.length)))
    expect(xml).toMatchObject({
      uid: OUT.uid,
      lng: 122.1072,
      lat: 29.9853,
      speedMps: 10.5,
      courseDeg: 270,
      accuracyM: 12,
    })
    expect(tak).toEqual(xml)
    expect(writeCotXml(OUT)).toMatch(/^<\?xml [^\n]+\n<event [^\n]+<\/event>$/)
  })
  it('finds events in a stream however it is cut, XML and TAK protocol mixed, and leaves out what is too large', () => {
    const stream = Buffer.concat([
      Buffer.from(writeCotXml(OUT)),
      writeTakMessage(OUT),
      Buffer.from(`<event>${'x'.repeat(3000)}</event>`),
      writeTakMessage({ ...OUT, callSign: 'x'.repeat(3000) }),
      Buffer.from(writeCotXml(OUT)),
    ])
    for (const size of [1, 7, 100, 5000]) {
      const framer = cotFramer(2000)
      let frames = 0
      let tooLarge = 0
      for (let at = 0; at < stream.length; at += size) {
        const step = framer.push(stream.subarray(at, at + size))
        frames += step.frames.filter((frame) => heard(frame).observations.length === 1).length
        tooLarge += step.tooLarge
      }
      expect([frames, tooLarge > 0], `cut every ${size}`).toEqual([3, true])
    }
  })
  it('has no entities, no deep nesting and no document type', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><event>&a;</event>'
    expect(readXml(bomb)).toBeNull()
    expect(readXml('<a>&a;</a>')).toBeNull()
    expect(readXml('<a>'.repeat(40) + '</a>'.repeat(40))).toBeNull()
    expect(readXml(`<a>${'<b/>'.repeat(6000)}</a>`)).toBeNull()
    expect(readXml('<a x="1" x="2"/>')).toBeNull()
    expect(readXml('<a x="&#26032;&amp;">&lt;<!-- c --><![CDATA[<&>]]></a>')).toMatchObject({ text: '<<&>' })
  })
  it('never throws and never lets out what is no fix, whatever comes (seeded)', () => {
    const fuzz = createFuzz(41)
    const good = [Buffer.from(writeCotXml(OUT)), Buffer.concat([TAK_HEAD, writeTakMessage(OUT).subarray(3)])]
    const framer = cotFramer(4096)
    for (let i = 0; i < 4000; i++) {
      const bytes = i % 5 === 0 ? fuzz.bytes(400) : fuzz.bent(good[i % 2]!)
      for (const frame of [bytes, ...framer.push(bytes).frames]) {
        const decoded = heard(frame)
        expect(decoded.observations.length + decoded.faults.length + decoded.ignored).toBeGreaterThan(0)
        for (const fix of fixesOf(decoded)) expect(FixReport.safeParse({ ...fix, unitId: 'u' }).success).toBe(true)
      }
    }
  })
})
