import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutFlow } from './cut-flow.ts'
import { readCoverage } from './read-coverage.ts'

const HOUR_MS = 3_600_000
const FROM_MS = Date.parse('2026-07-01T00:00:00Z')
const LNGS = [122, 122.1, 122.2]
const LATS = [29.9, 30, 30.1, 30.2]
const TIMES = ['2026-07-01T00:00:00Z', '2026-07-01T01:00:00Z']
const SIZE = LNGS.length * LATS.length * TIMES.length

const parameter = (name: string, symbol: unknown = 'm s-1') => ({
  type: 'Parameter',
  unit: { symbol },
  observedProperty: { id: `http://vocab.nerc.ac.uk/standard_name/${name}/`, label: { en: name } },
})
/** Value by time, row and column, so that every place can be told from every other. */
const numbered = Array.from({ length: SIZE }, (_, i) => i / 10)
const range = (values: readonly (number | null)[], over: object = {}) => ({
  type: 'NdArray',
  dataType: 'float',
  axisNames: ['t', 'y', 'x'],
  shape: [TIMES.length, LATS.length, LNGS.length],
  values,
  ...over,
})
const coverage = (over: Record<string, unknown> = {}, axes: Record<string, unknown> = {}) => ({
  type: 'Coverage',
  domain: {
    type: 'Domain',
    domainType: 'Grid',
    axes: { x: { values: LNGS }, y: { start: 29.9, stop: 30.2, num: 4 }, t: { values: TIMES }, ...axes },
    referencing: [
      {
        coordinates: ['x', 'y'],
        system: { type: 'GeographicCRS', id: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
      },
      { coordinates: ['t'], system: { type: 'TemporalRS', calendar: 'Gregorian' } },
    ],
  },
  parameters: { u: parameter('eastward_wind'), v: parameter('northward_wind') },
  ranges: { u: range(numbered), v: range(numbered.map((value) => -value)) },
  ...over,
})
const read = (json: unknown) => readCoverage(new TextEncoder().encode(JSON.stringify(json)))
const windOf = (json: unknown) => {
  const result = read(json)
  if (!result.ok) throw new Error(`${result.fault} ${result.detail}`)
  return result.wind!
}
const faultOf = (json: unknown) => {
  const result = read(json)
  return result.ok ? null : result.fault
}

describe('a forecast in CoverageJSON', () => {
  it('gives the components of the wind by time, row from south and column from west', () => {
    const wind = windOf(coverage())
    expect(wind.lngs).toEqual(LNGS)
    expect(wind.lats).toHaveLength(4)
    expect(wind.lats[1]).toBeCloseTo(30, 9)
    expect(wind.timesMs).toEqual([FROM_MS, FROM_MS + HOUR_MS])
    expect(wind.eastMps).toEqual(numbered)
    expect(wind.northMps[5]).toBe(-0.5)
    expect(read(coverage())).toMatchObject({ ok: true, current: null })
  })

  it('is the same in whatever order its axes run', () => {
    const plain = windOf(coverage())
    const rows = (values: number[]) =>
      TIMES.flatMap((_, t) => LATS.flatMap((__, y) => LNGS.map((___, x) => values[(t * 4 + (3 - y)) * 3 + x]!)))
    const fromNorth = windOf(
      coverage(
        { ranges: { u: range(rows(numbered)), v: range(rows(numbered).map((value) => -value)) } },
        { y: { start: 30.2, stop: 29.9, num: 4 } },
      ),
    )
    expect(fromNorth.eastMps).toEqual(plain.eastMps)
    expect(fromNorth.lats[0]).toBeCloseTo(29.9, 9)
    const byColumns = (values: number[]) =>
      LNGS.flatMap((_, x) => LATS.flatMap((__, y) => TIMES.map((___, t) => values[(t * 4 + y) * 3 + x]!)))
    const over = { axisNames: ['x', 'y', 't'], shape: [3, 4, 2] }
    const turned = windOf(
      coverage({
        ranges: { u: range(byColumns(numbered), over), v: range(byColumns(numbered.map((value) => -value)), over) },
      }),
    )
    expect(turned).toEqual(plain)
  })

  it('takes longitudes that run to 360', () => {
    const wind = windOf(coverage({}, { x: { values: [238, 238.1, 238.2] } }))
    expect(wind.lngs.map((lng) => Math.round(lng * 10) / 10)).toEqual([-122, -121.9, -121.8])
  })

  it('takes the wind at 10 m and the water nearest the surface, wherever these stand among the heights', () => {
    const WATER = ['eastward_sea_water_velocity', 'northward_sea_water_velocity']
    // The first of two heights is 99 everywhere, the second numbered; or the other way round.
    const levels = (first: boolean) => {
      const other = numbered.map(() => 99)
      const parts = [0, 12].flatMap((at) => [numbered.slice(at, at + 12), other.slice(at, at + 12)])
      const ofTime = (t: number) => (first ? [parts[2 * t]!, parts[2 * t + 1]!] : [parts[2 * t + 1]!, parts[2 * t]!])
      return range([0, 1].flatMap(ofTime).flat(), { axisNames: ['t', 'z', 'y', 'x'], shape: [2, 2, 4, 3] })
    }
    const at = (kind: 'wind' | 'water', z: unknown, first: boolean) => {
      const names = kind === 'wind' ? ['eastward_wind', 'northward_wind'] : WATER
      const parameters = { u: parameter(names[0]!), v: parameter(names[1]!) }
      const result = read(coverage({ parameters, ranges: { u: levels(first), v: levels(first) } }, { z }))
      return result.ok ? (result.wind ?? result.current)!.eastMps : result
    }
    expect(at('wind', { values: [10, 100] }, true)).toEqual(numbered)
    expect(at('wind', { values: [100, 10] }, false)).toEqual(numbered)
    expect(at('water', { values: [0.5, 40] }, true)).toEqual(numbered)
    expect(at('water', { values: [-40, -0.5] }, false)).toEqual(numbered)
    expect(at('water', { start: 40, stop: 0, num: 2 }, false)).toEqual(numbered)
    // Pressures, or names: nobody can tell which is the wind over the water.
    expect(at('wind', { values: [1000, 850] }, true)).toEqual({ ok: false, fault: 'several', detail: 'z (2)' })
    expect(at('water', { values: ['bottom', 'surface'] }, true)).toMatchObject({ fault: 'several' })
  })

  it('takes none of two parameters with one name', () => {
    const high = { u100: parameter('eastward_wind'), v100: parameter('northward_wind') }
    const { u, v } = coverage().parameters as Record<string, object>
    const all = range(numbered)
    const json = coverage({ parameters: { ...high, u, v }, ranges: { u: all, v: all, u100: all, v100: all } })
    expect(read(json)).toEqual({ ok: false, fault: 'several', detail: 'u100, u' })
  })

  it('turns a direction that wind comes from, and one that water flows to, into components', () => {
    const all = (value: number | null) => range(Array.from({ length: SIZE }, () => value))
    const both = coverage({
      parameters: {
        ws: parameter('wind_speed', { value: '[kn_i]', type: 'http://www.opengis.net/def/uom/UCUM/' }),
        wd: parameter('wind_from_direction', 'degree'),
        cs: parameter('sea_water_speed', 'cm s-1'),
        cd: parameter('direction_of_sea_water_velocity', 'degree'),
      },
      ranges: { ws: all(10), wd: all(270), cs: all(50), cd: all(180) },
    })
    const result = read(both)
    if (!result.ok) throw new Error(result.fault)
    expect(result.wind!.eastMps[0]).toBeCloseTo(5.144, 3)
    expect(result.wind!.northMps[0]).toBeCloseTo(0, 9)
    expect(result.current!.northMps[0]).toBeCloseTo(-0.5, 9)
  })

  it('leaves unknown what is null in either component', () => {
    const holed = numbered.map((value, i) => (i === 4 ? null : value))
    const { eastMps, northMps } = windOf(coverage({ ranges: { u: range(numbered), v: range(holed) } }))
    expect([eastMps[4], northMps[4], eastMps[3]]).toEqual([null, null, 0.3])
  })

  it('is found in a collection that states parameters once for all', () => {
    const { parameters, ...rest } = coverage()
    expect(windOf({ type: 'CoverageCollection', parameters, coverages: [rest] }).eastMps).toEqual(numbered)
    // One hour of many must not stand for all of them.
    expect(read({ type: 'CoverageCollection', parameters, coverages: [rest, rest] })).toEqual({
      ok: false,
      fault: 'several',
      detail: 'coverages (2)',
    })
  })

  it.each([
    ['not-a-grid', { type: 'FeatureCollection', features: [] }],
    ['no-flow', coverage({ parameters: { t: parameter('air_temperature') } })],
    ['unit', coverage({ parameters: { u: parameter('eastward_wind', ''), v: parameter('northward_wind') } })],
    ['unit', coverage({ parameters: { u: parameter('eastward_wind'), v: parameter('northward_wind', 'furlong/h') } })],
    ['values', coverage({ ranges: { u: range(numbered.slice(1)), v: range(numbered) } })],
    ['values', coverage({ ranges: { u: range(numbered) } })],
    ['values', coverage({ ranges: { u: range(numbered, { axisNames: ['y', 't', 'x'] }), v: range(numbered) } })],
    ['speeds', coverage({ ranges: { u: range([...numbered.slice(1), -999]), v: range(numbered) } })],
    ['speeds', coverage({ ranges: { u: range(numbered), v: range([...numbered.slice(1), 1e20]) } })],
    [
      'speeds',
      coverage({
        parameters: { u: parameter('eastward_sea_water_velocity'), v: parameter('northward_sea_water_velocity') },
        ranges: { u: range(numbered.map((value) => 20 * value)), v: range(numbered) },
      }),
    ],
    ['axes', coverage({}, { x: { values: [122, 122, 122.2] } })],
    ['axes', coverage({}, { y: { values: [89, 90, 91, 92] } })],
    ['axes', coverage({}, { t: { values: ['2026-07-01T00:00:00', '2026-07-01T01:00:00'] } })],
    ['axes', coverage({}, { t: { values: ['2026-07-01', '2026-07-02'] } })],
    ['axes', coverage({}, { t: { values: TIMES.toReversed() } })],
    [
      'reference',
      coverage({
        domain: {
          ...coverage().domain,
          referencing: [{ coordinates: ['x', 'y'], system: { type: 'ProjectedCRS', id: 'EPSG:4549' } }],
        },
      }),
    ],
  ])('is refused with its fault: %s', (fault, json) => {
    expect(faultOf(json)).toBe(fault)
  })

  it('never throws, whatever the bytes', () => {
    expect(readCoverage(new TextEncoder().encode('{"type"'))).toMatchObject({ ok: false, fault: 'not-json' })
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => !readCoverage(bytes).ok))
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('x', 'y', 't', 'u', 'parameters', 'ranges'), (text, member) => {
        const value: unknown = JSON.parse(text)
        const json = 'xyt'.includes(member)
          ? coverage({}, { [member]: value })
          : coverage(member === 'u' ? { ranges: { u: value, v: range(numbered) } } : { [member]: value })
        const result = read(json)
        return result.ok ? result.wind !== null : true
      }),
    )
  })
})

describe('the part of a forecast that stays with a search', () => {
  const axis = (from: number, step: number, count: number) => Array.from({ length: count }, (_, i) => from + i * step)
  const whole = (count: number, step: number, hours: number) => {
    const [lngs, lats] = [axis(122 - (count * step) / 2, step, count), axis(30 - (count * step) / 2, step, count)]
    const timesMs = axis(FROM_MS, HOUR_MS, hours)
    const values = timesMs.flatMap((_, t) => lats.flatMap((__, y) => lngs.map((___, x) => t + y / 1000 + x / 1e6)))
    return { lngs, lats, timesMs, eastMps: values, northMps: values }
  }
  const needs = (fromH: number, toH: number) => ({
    entry: [122.01, 30.01] as const,
    fromMs: FROM_MS + fromH * HOUR_MS,
    toMs: FROM_MS + toH * HOUR_MS,
    source: 'forecast.covjson',
  })

  it('holds the times and places that the drift needs, and no more than a search can carry', () => {
    const cut = cutFlow(whole(101, 0.05, 96), needs(10.5, 34.5))
    if (!cut.ok) throw new Error(cut.gap)
    const { lngs, lats, timesMs, eastMps } = cut.field
    expect(timesMs[0]).toBe(FROM_MS + 10 * HOUR_MS)
    expect(timesMs.at(-1)).toBe(FROM_MS + 35 * HOUR_MS)
    expect(eastMps.length).toBe(lngs.length * lats.length * timesMs.length)
    expect(eastMps.length).toBeLessThanOrEqual(4000)
    expect(lats[0]! < 30 && lats.at(-1)! > 30.02).toBe(true)
    expect(cut.reachM).toBeGreaterThanOrEqual(15_000)
    expect(cut.reachM).toBeLessThan(60_000)
    expect(Math.floor(eastMps[0]!)).toBe(10)
    expect(eastMps.every((value) => Number((value! * 100).toFixed(6)) % 1 === 0)).toBe(true)
  })

  it('is nothing where the forecast does not hold the place or the time, or tells nothing there', () => {
    const small = whole(11, 0.05, 6)
    const gap = (flow: ReturnType<typeof whole>, over: object = {}) => {
      const cut = cutFlow(flow, { ...needs(1, 2), ...over })
      return cut.ok ? null : cut.gap
    }
    expect(gap(small)).toBeNull()
    expect(gap(small, { entry: [125, 30] })).toBe('elsewhere')
    expect(gap(small, { fromMs: FROM_MS - 1 })).toBe('other-times')
    expect(gap(small, { fromMs: FROM_MS + 5.1 * HOUR_MS, toMs: FROM_MS + 6 * HOUR_MS })).toBe('other-times')
    const blank = small.eastMps.map(() => null)
    expect(gap({ ...small, eastMps: blank, northMps: blank } as unknown as ReturnType<typeof whole>)).toBe(
      'unknown-there',
    )
    expect(gap(whole(400, 0.0001, 48), needs(0, 47))).toBe('too-fine')
  })

  it('tells of the water one node into its land, and no farther', () => {
    const { eastMps, ...flow } = whole(11, 0.05, 2)
    // Sea only in the three western columns: 1 m/s, and 3 m/s in the third.
    const sea = eastMps.map((_, i) => (i % 11 > 2 ? null : i % 11 === 2 ? 3 : 1))
    const at = (col: number) => [flow.lngs[col]!, 30.01] as const
    const cut = cutFlow({ ...flow, eastMps: sea, northMps: sea }, { ...needs(0, 1), entry: at(3) })
    if (!cut.ok) throw new Error(cut.gap)
    const { lngs, eastMps: kept } = cut.field
    const valueAt = (col: number) => kept[3 * lngs.length + lngs.indexOf(flow.lngs[col]!)]
    expect([1, 2, 3, 4].map(valueAt)).toEqual([1, 3, 3, null])
    const inland = { ...needs(0, 1), entry: at(5) }
    expect(cutFlow({ ...flow, eastMps: sea, northMps: sea }, inland)).toEqual({ ok: false, gap: 'unknown-there' })
    // Whoever walked from there entered the water somewhere on the shore.
    expect(cutFlow({ ...flow, eastMps: sea, northMps: sea }, { ...inland, onLand: true })).toMatchObject({ ok: true })
    const none = sea.map(() => null)
    expect(cutFlow({ ...flow, eastMps: none, northMps: none }, { ...inland, onLand: true })).toMatchObject({
      ok: false,
    })
  })

  it('of one time alone holds throughout a drift of that time, and is nothing for one of another day', () => {
    expect(cutFlow(whole(11, 0.05, 1), needs(-2, 22))).toMatchObject({ ok: true })
    expect(cutFlow(whole(11, 0.05, 1), needs(2, 26))).toMatchObject({ ok: true })
    expect(cutFlow(whole(11, 0.05, 1), needs(24, 48))).toEqual({ ok: false, gap: 'other-times' })
    expect(cutFlow(whole(11, 0.05, 1), needs(-72, -48))).toEqual({ ok: false, gap: 'other-times' })
  })

  it('of several times never is one alone, which would hold throughout', () => {
    const cut = cutFlow(whole(11, 0.05, 6), needs(5, 29))
    expect(cut.ok && cut.field.timesMs).toEqual([FROM_MS + 4 * HOUR_MS, FROM_MS + 5 * HOUR_MS])
  })
})
