import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { FixReport } from '@skerry/contract'
import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { createFuzz, fixesOf } from '../feeds/fuzz.ts'
import { readXml } from '../xml/read-xml.ts'
import { cotFramer } from './cot-framer.ts'
import { cotDatagrams } from './cot-protocol.ts'
import { readCotXml } from './read-event.ts'
import { readTakMessage } from './read-takmessage.ts'
import {
  inDatagram,
  inStream,
  writeControlMessage,
  writeControlXml,
  writeCotXml,
  writeTakControl,
  writeTakMessage,
  type OutEvent,
} from './write-event.ts'

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

const CONTROL_XML = writeControlXml({
  uid: 'x',
  type: 't-x-takp-q',
  atMs: OUT.atMs,
  control: '<TakRequest version="1"/>',
})

describe('Cursor on Target', () => {
  it.skipIf(noData)('reads every recorded event, and the same from XML and from the TAK protocol', () => {
    const files = readdirSync(path.join(DATA, 'proto_bin'))
    expect(files.length).toBeGreaterThan(15)
    for (const file of files) {
      const xml = readCotXml(xmlOf(file.replace('.takmessage.bin', '.xml')))
      const tak = readTakMessage(readFileSync(path.join(DATA, 'proto_bin', file)))?.event
      if (!tak || xml === null) throw new Error(`${file} was not read`)
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
    const tak = readTakMessage(writeTakMessage(OUT))?.event
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
  it('writes everything that an event must have, also where speed, course and accuracy are not known', () => {
    const unknown = { ...OUT, accuracyM: null, courseDeg: null, lngLat: [1e-8, -89.5] as [number, number] }
    for (const text of [writeCotXml(OUT), writeCotXml(unknown), CONTROL_XML]) {
      const tree = readXml(text)
      expect([...tree!.attributes.keys()].sort()).toEqual(['how', 'stale', 'start', 'time', 'type', 'uid', 'version'])
      for (const when of ['time', 'start', 'stale'])
        expect(tree!.attributes.get(when)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      const point = tree!.children.find(({ name }) => name === 'point')!
      expect([...point.attributes.keys()]).toEqual(['lat', 'lon', 'hae', 'ce', 'le'])
      for (const value of point.attributes.values()) expect(value).toMatch(/^-?\d+\.\d+$/)
    }
    const tree = readXml(writeCotXml(unknown))
    const [point, detail] = tree!.children
    expect(Object.fromEntries(point!.attributes)).toEqual({
      lat: '-89.5',
      lon: '0.00000001',
      hae: '9999999.0',
      ce: '9999999.0',
      le: '9999999.0',
    })
    expect(detail!.children.map(({ name }) => name)).toEqual(['contact'])
  })
  it.skipIf(noData)('writes messages that the published definitions of the TAK protocol read', async () => {
    const root = await protobuf.load(path.join(DATA, 'proto/takmessage.proto'))
    const type = root.lookupType('atakmap.commoncommo.protobuf.v1.TakMessage')
    const read = (message: Buffer): unknown => type.toObject(type.decode(message), { longs: Number, defaults: false })
    expect(read(writeTakMessage(OUT))).toEqual({
      cotEvent: {
        type: OUT.type,
        uid: OUT.uid,
        sendTime: OUT.atMs,
        startTime: OUT.atMs,
        staleTime: OUT.staleMs,
        how: 'm-g',
        lat: 29.9853,
        lon: 122.1072,
        hae: 9_999_999,
        ce: 12,
        le: 9_999_999,
        detail: { contact: { callsign: OUT.callSign }, track: { speed: 10.5, course: 270 } },
      },
    })
    const pong = { type: 't-x-c-t-r', uid: 'x', atMs: OUT.atMs, control: '' } as const
    expect(read(writeControlMessage(pong))).toMatchObject({ cotEvent: { type: 't-x-c-t-r', uid: 'x' } })
    expect(read(writeTakControl({ min: 1, max: 1, uid: 'skerry' }))).toEqual({
      takControl: { minProtoVersion: 1, maxProtoVersion: 1, contactUid: 'skerry' },
    })
    const encoded = type.encode(type.create({ takControl: { contactUid: 'other' } })).finish()
    expect(readTakMessage(Buffer.from(encoded)), 'a version that is left out is 1').toEqual({
      event: null,
      control: { min: 1, max: 1, uid: 'other' },
    })
    const twice = { xmlDetail: '<track speed="3" course="4"/>', track: { speed: 1, course: 2 } }
    const event = { type: 'a-f-G', uid: 'x', sendTime: 1, staleTime: 2, how: 'm-g', lat: 1, lon: 1, detail: twice }
    const double = Buffer.from(type.encode(type.create({ cotEvent: event })).finish())
    expect(readTakMessage(double)?.event, 'said twice, the XML counts').toMatchObject({ speedMps: 3, courseDeg: 4 })
  })
  it('reads a connection that is one message to one device, however it is cut', () => {
    const bytes = inDatagram(writeTakMessage(OUT))
    for (const size of [1, 2, 100]) {
      const framer = cotFramer(2000)
      for (let at = 0; at < bytes.length; at += size)
        expect(framer.push(bytes.subarray(at, at + size))).toEqual({ frames: [], tooLarge: 0 })
      expect(framer.end().map((frame) => heard(frame).observations.length)).toEqual([1])
    }
    const framer = cotFramer(100)
    expect([framer.push(bytes), framer.push(bytes), framer.end()]).toEqual([
      { frames: [], tooLarge: 1 },
      { frames: [], tooLarge: 0 },
      [],
    ])
  })
  it('finds events in a stream however it is cut, XML and TAK protocol mixed, and leaves out what is too large', () => {
    const stream = Buffer.concat([
      Buffer.from(writeCotXml(OUT)),
      inStream(writeTakMessage(OUT)),
      Buffer.from(`<event>${'x'.repeat(3000)}</event>`),
      inStream(writeTakMessage({ ...OUT, callSign: 'x'.repeat(3000) })),
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
    const good = [Buffer.from(writeCotXml(OUT)), inDatagram(writeTakMessage(OUT))]
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
