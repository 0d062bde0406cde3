import { FixReport } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createFuzz, fixesOf } from '../feeds/fuzz.ts'
import { decodeOsmAnd } from './osmand.ts'

const QUERY =
  'id=P-101&timestamp=1764312600&lat=29.9853&lon=122.1072&speed=19.438&bearing=270&altitude=12.5&accuracy=8&batt=77.5'
const JSON_TEXT = JSON.stringify({
  location: {
    timestamp: '2025-11-28T06:50:00.000Z',
    coords: { latitude: 29.9853, longitude: 122.1072, accuracy: 8, speed: 10, heading: 270, altitude: 12.5 },
    is_moving: true,
    odometer: 0,
    event: 'motionchange',
    battery: { level: 0.77, is_charging: false },
  },
  device_id: 'P-101',
})
const ask = (query: string) => decodeOsmAnd(new URLSearchParams(query), null)
const document = (change: object) => decodeOsmAnd(new URLSearchParams(), JSON.stringify({ device_id: 'd', ...change }))

describe('a message of the OsmAnd protocol', () => {
  it('says the same as a query in knots and as a document in metres a second', () => {
    const fix = { atMs: 1_764_312_600_000, position: [122.1072, 29.9853], accuracyM: 8, headingDeg: 270 }
    const byQuery = ask(QUERY)
    const byDocument = decodeOsmAnd(new URLSearchParams(), JSON_TEXT)
    expect(byDocument).toEqual({
      source: 'P-101',
      observations: [{ kind: 'fix', source: 'P-101', fix: { ...fix, speedMps: 10 } }],
      faults: [],
      ignored: 0,
    })
    expect(fixesOf(byQuery)[0]).toMatchObject(fix)
    expect(fixesOf(byQuery)[0]?.speedMps).toBeCloseTo(10, 3)
  })
  it('may have its time in seconds, in milliseconds, in ISO form or plain in UTC', () => {
    for (const time of ['1764312600', '1764312600000', '2025-11-28T06:50:00Z', '2025-11-28T14:50:00%2B08:00'])
      expect(fixesOf(ask(`id=d&lat=1&lon=2&timestamp=${time}`))[0]?.atMs).toBe(1_764_312_600_000)
    expect(fixesOf(ask('id=d&location=1,2&timestamp=2025-11-28 06:50:00'))[0]).toEqual({
      atMs: 1_764_312_600_000,
      position: [2, 1],
    })
  })
  it('leaves out what the device does not know', () => {
    const coords = { latitude: 1, longitude: 2, accuracy: -1, speed: -1, heading: -1 }
    expect(fixesOf(document({ location: { timestamp: 1_764_312_600_000, coords } }))[0]).toEqual({
      atMs: 1_764_312_600_000,
      position: [2, 1],
    })
  })
  it.each([
    ['no time', 'id=d&lat=1&lon=2', 'malformed'],
    ['a time without its zone', 'id=d&lat=1&lon=2&timestamp=2025-11-28T06:50:00', 'malformed'],
    ['no number', 'id=d&lat=1&lon=east&timestamp=1', 'malformed'],
    ['a latitude beyond the pole', 'id=d&lat=91&lon=2&timestamp=1', 'malformed'],
    ['nobody', 'lat=1&lon=2&timestamp=1', 'malformed'],
    ['a receiver without a fix', 'id=d&lat=0&lon=0&timestamp=1&valid=false', 'no-fix'],
  ])('is refused with its reason: %s', (_, query, fault) => {
    expect(ask(query)).toMatchObject({ observations: [], faults: [fault] })
  })
  it('never throws and never lets out what is no fix, whatever comes (seeded)', () => {
    const fuzz = createFuzz(6)
    const query = new TextEncoder().encode(QUERY)
    const json = new TextEncoder().encode(JSON_TEXT)
    const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
    for (let i = 0; i < 20_000; i++) {
      const decoded =
        i % 2 === 0 ? ask(text(fuzz.bent(query))) : decodeOsmAnd(new URLSearchParams(), text(fuzz.bent(json)))
      expect(decoded.observations.length + decoded.faults.length).toBeGreaterThan(0)
      for (const fix of fixesOf(decoded)) expect(FixReport.safeParse({ ...fix, unitId: 'u' }).success).toBe(true)
    }
  })
})
