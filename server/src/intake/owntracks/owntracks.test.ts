import { FixReport } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createFuzz, fixesOf } from '../feeds/fuzz.ts'
import { decodeOwnTracks } from './owntracks.ts'

/** As the booklet of the protocol shows one. */
const LOCATION =
  '{"_type":"location","BSSID":"0:1e:2a:3b:4c:5d","SSID":"home","acc":14,"alt":86,"batt":71,"bs":1,"conn":"w","created_at":1764312612,"lat":29.9853,"lon":122.1072,"m":1,"t":"u","tid":"jp","topic":"owntracks/jane/phone","tst":1764312600,"vac":3,"vel":36,"cog":270}'
const say = (change: object) => decodeOwnTracks(JSON.stringify({ ...JSON.parse(LOCATION), ...change }), 'P-101')

describe('an OwnTracks message', () => {
  it('is a fix in metres, degrees and metres a second, and nothing else of the phone is kept', () => {
    expect(decodeOwnTracks(LOCATION, 'P-101')).toEqual({
      observations: [
        {
          kind: 'fix',
          source: 'P-101',
          fix: {
            atMs: 1_764_312_600_000,
            position: [122.1072, 29.9853],
            accuracyM: 14,
            speedMps: 10,
            headingDeg: 270,
          },
        },
      ],
      faults: [],
      ignored: 0,
    })
  })
  it('leaves out what the phone does not know', () => {
    expect(fixesOf(say({ vel: -1, cog: -1, acc: 'wide' }))[0]).toEqual({
      atMs: 1_764_312_600_000,
      position: [122.1072, 29.9853],
    })
  })
  it('may be empty, or of a type that carries no place: a card with a name and a face is never looked into', () => {
    expect(decodeOwnTracks('', 'P-101')).toEqual({ observations: [], faults: [], ignored: 0 })
    for (const type of ['card', 'lwt', 'transition', 'waypoints'])
      expect(decodeOwnTracks(JSON.stringify({ _type: type, name: 'Jane', face: 'iVBORw0' }), 'P-101')).toEqual({
        observations: [],
        faults: [],
        ignored: 1,
      })
  })
  it.each([
    ['no JSON', '{"_type":'],
    ['no type', '{"lat":1,"lon":2,"tst":3}'],
    ['encrypted', '{"_type":"encrypted","data":"x"}'],
    ['a latitude beyond the pole', JSON.stringify({ _type: 'location', lat: 122, lon: 30, tst: 1 })],
    ['no time', JSON.stringify({ _type: 'location', lat: 30, lon: 122 })],
  ])('is refused as malformed: %s', (_, text) => {
    expect(decodeOwnTracks(text, 'P-101').faults).toEqual(['malformed'])
  })
  it('never throws and never lets out what is no fix, whatever comes (seeded)', () => {
    const fuzz = createFuzz(5)
    const good = new TextEncoder().encode(LOCATION)
    for (let i = 0; i < 20_000; i++) {
      const text = new TextDecoder().decode(i % 3 === 0 ? fuzz.bytes(300) : fuzz.bent(good))
      const { observations, faults, ignored } = decodeOwnTracks(text, 'P-101')
      expect(observations.length + faults.length + ignored).toBe(text.trim() === '' ? 0 : 1)
      for (const fix of fixesOf({ observations }))
        expect(FixReport.safeParse({ ...fix, unitId: 'u' }).success).toBe(true)
    }
  })
})
